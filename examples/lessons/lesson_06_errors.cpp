// Lesson 6: errors name your file and line; nothing that goes wrong loses more than the call.
#include <cogent/cogent.h>

#include <cstdio>
#include <vector>

using namespace cogent;

GeneratedFunction shift("shift", [](GeneratedCodeBlock& code, In<int> source, Out<int> target, int by) {
  for (auto i : code.range(target.size())) target[i] = source[i + by];
});

GeneratedFunction look_up("look_up", [](GeneratedCodeBlock& code, In<int> table, Value<int> index, Value<int> divisor) {
  code.require(divisor < 1000, "the divisor is smaller than 1000");
  return cast<int>(table[index] / divisor);
});

template <class Call>
void show(Call call) {
  try {
    call();
  } catch (const Error& error) {
    std::printf("%s\n", error.what());
  }
}

int main() {
  const std::vector<int> source = {1, 2, 3, 4}, table = {10, 20, 30};
  std::vector<int> target(4);
  show([&] { shift(source, target, 1); });    // every call would read behind the end: not even generated
  show([&] { (void)look_up(table, 7, 1); });  // found out when it runs
  show([&] { (void)look_up(table, 1, 0); });
  show([&] { (void)look_up(table, 1, 5000); });
  std::printf("%d\n", look_up(table, 1, 5));  // the function is as good as before
}
