// Lesson 14: leaving a loop further out, by the name that was given to it.
#include <cogent/cogent.h>

#include <cstdio>
#include <vector>

using namespace cogent;

// The index of the first row without a zero, or -1. Rows are `width` long.
GeneratedFunction first_full_row("first_full_row", [](GeneratedCodeBlock& code, In<int> numbers, int width) {
  auto found = code.variable<std::int64_t>(-1);
  for (auto y : code.range(numbers.size() / width).named("rows")) {
    for (auto x : code.range(width)) {
      if (auto _ = code.when(numbers[y * width + x] == 0)) {
        if (code.continues("rows")) break;  // leaves the inner C++ loop; the next row is begun
      }
    }
    if (code.left()) continue;  // the way out for the rows that were left early
    found = y;
    if (code.breaks()) break;
  }
  return found;
});

int main() {
  const std::vector<int> numbers = {1, 0, 3, 0, 1, 2, 5, 6, 7, 8, 9, 9};
  std::printf("row %d\n", static_cast<int>(first_full_row(numbers, 3)));
  std::printf("row %d\n", static_cast<int>(first_full_row.run_checked(numbers, 4)));
  std::printf("%s", first_full_row.get_source(numbers, 3).c_str());
}
