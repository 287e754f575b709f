// Lesson 9: specialize gives a handle that skips the look-up, for the innermost loop of a program.
#include <cogent/cogent.h>

#include <cstdio>
#include <string>
#include <vector>

using namespace cogent;

// Strings, vectors, tuples, enums and own types with == and std::hash can be static arguments as well as numbers.
enum class Mode { Add, Subtract };
GeneratedFunction combine("combine", [](GeneratedCodeBlock& code, InOut<int> numbers, const std::vector<int>& weights,
                                        Mode mode, const std::string& note) {
  code.comment(note);
  for (auto i : code.range(numbers.size())) {
    auto sum = code.variable(0);
    for (int weight : weights) sum += numbers[i] * weight;
    numbers[i] = mode == Mode::Add ? numbers[i] + sum : numbers[i] - sum;
  }
});

int main() {
  std::vector<int> numbers = {1, 2, 3};
  const std::vector<int> weights = {1, 0, -3};
  const auto ready = combine.specialize(numbers, weights, Mode::Add, "by hand");          // generated and compiled now
  for (int round = 0; round < 3; ++round) ready(numbers, weights, Mode::Add, "by hand");  // nothing is looked up
  std::printf("%d %d %d\n%s", numbers[0], numbers[1], numbers[2],
              combine.get_source(numbers, weights, Mode::Add, "by hand").c_str());
}
