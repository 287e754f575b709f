// The smallest example: a loop that runs while generating and leaves five prints of a value that is known later.
#include <cogent/cogent.h>

#include <cstdio>

namespace natural {

void printer(int x, int first, int last) {
  for (int i = first; i <= last; ++i) std::printf("%d times %d is %d\n", i, x, i * x);
}

}  // namespace natural

using namespace cogent;

GeneratedFunction printer("printer", [](GeneratedCodeBlock& code, Value<int> x, int first, int last) {
  for (int i = first; i <= last; ++i) code.print("{} times {} is {}\n", i, x, i * x);
});

int main() {
  printer(7, 1, 5);
  std::printf("\n%s", printer.get_source(7, 1, 5).c_str());
  return 0;
}
