// Lesson 1: add two arrays. A body, its parameters, a loop of the generated function, and the source that comes out.
#include <cogent/cogent.h>

#include <cstdio>
#include <vector>

using namespace cogent;

// An ordinary lambda. `code` stands for the function that is being generated; In and Out are arrays whose elements are
// known only when it runs. Their sizes are known already, so every access below is proven to lie inside.
GeneratedFunction add("add", [](GeneratedCodeBlock& code, In<int> a, In<int> b, Out<int> sum) {
  for (auto i : code.range(sum.size())) sum[i] = a[i] + b[i];
});

int main() {
  const std::vector<int> a = {1, 2, 3, 4}, b = {10, 20, 30, 40};
  std::vector<int> sum(4);

  add(a, b, sum);  // generates and compiles the function, then runs it
  add(a, b, sum);  // finds it again, and only runs it

  for (int number : sum) std::printf("%d ", number);
  std::printf("\n%s", add.get_source(a, b, sum).c_str());
}
