// Lesson 3: variables and branches of the generated function, and the one rule.
#include <cogent/cogent.h>

#include <cstdio>
#include <vector>

using namespace cogent;

// C++'s own variables and `if` act once, while generating. What is to happen when the function runs is said to `code`:
// a variable that changes, a branch that depends on an element. Each branch is an `if` of its own with a name.
GeneratedFunction classify("classify", [](GeneratedCodeBlock& code, In<int> numbers, bool counts_zeros) {
  auto score = code.variable(0);
  for (auto i : code.range(numbers.size())) {
    auto number = numbers[i];
    if (auto _ = code.when(number < 0)) score -= 1;
    if (auto _ = code.otherwise_when(number > 100)) score += 10;
    if (auto _ = code.otherwise()) {
      if (counts_zeros) score += number == 0;  // a plain if: decided now, nothing of it is in the code
    }
  }
  return score;
});

int main() {
  const std::vector<int> numbers = {-5, 0, 7, 0, 1000};
  const int with = classify(numbers, true), without = classify(numbers, false);
  std::printf("%d %d\n%s", with, without, classify.get_source(numbers, false).c_str());
}
