// Lesson 7: run_plain to step through a body, run_checked to find where the one rule was broken.
#include <cogent/cogent.h>

#include <cstdio>
#include <vector>

using namespace cogent;

// The rule: no plain variable may carry a change round a generated loop. `count` is plain: it is raised once, while
// generating, and not for every element. A C++ compiler cannot see that.
GeneratedFunction wrong("wrong", [](GeneratedCodeBlock& code, In<int> numbers, Out<int> places) {
  int count = 0;
  for (auto i : code.range(numbers.size())) {
    places[i] = count;
    ++count;
  }
});

GeneratedFunction right("right", [](GeneratedCodeBlock& code, In<int> numbers, Out<int> places) {
  auto count = code.variable(0);
  for (auto i : code.range(numbers.size())) {
    places[i] = count;
    ++count;
  }
});

int main() {
  const std::vector<int> numbers = {5, 6, 7};
  std::vector<int> places(3);

  right.run_plain(numbers, places);  // the body as ordinary C++: set a breakpoint in it, look at the values
  std::printf("plain: %d %d %d\n", places[0], places[1], places[2]);
  right.run_checked(numbers, places);  // recorded in several ways; plain, interpreter and machine code compared
  std::printf("checked: %d %d %d\n", places[0], places[1], places[2]);

  try {
    wrong.run_checked(numbers, places);
  } catch (const Error& error) {
    std::printf("%s\n", error.what());
  }
}
