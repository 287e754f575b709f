// Lesson 15: calling C++ functions and generated ones, printing, and what happens to exceptions.
#include <cogent/cogent.h>

#include <cstdio>
#include <stdexcept>
#include <vector>

using namespace cogent;

double tax(int cents) {
  if (cents < 0) throw std::invalid_argument("a negative price");
  return cents * 0.19;
}

GeneratedFunction rounded("rounded", [](GeneratedCodeBlock&, Value<double> x, int step) {
  return cast<int>(round(x / step)) * step;
});

// A call is an effect: it happens once, where it stands. Its result is named before it is used.
GeneratedFunction prices("prices", [](GeneratedCodeBlock& code, InOut<int> cents, int step) {
  for (auto i : code.range(cents.size())) {
    auto extra = code.call(tax, cents[i]);                    // any C++ function
    auto whole = code.call(rounded, cents[i] + extra, step);  // another generated function
    code.print("{:>5} + {:6.2f} -> {}\n", cents[i], extra, whole);
    cents[i] = whole;
  }
});

// The sum of the digits, the last one first. The result's type is named, because the function is not there yet.
GeneratedFunction digits("digits", [](GeneratedCodeBlock& code, Value<int> number) {
  if (auto _ = code.when(number < 10)) code.returns(number);
  auto rest = code.recurse<int>(number / 10);
  return rest + number % 10;
});

int main() {
  std::vector<int> cents = {199, 1050, -3};
  try {
    prices(cents, 5);
  } catch (const std::invalid_argument& error) {  // exactly what tax has thrown
    std::printf("%s; before it %d and %d were done\n", error.what(), cents[0], cents[1]);
  }
  std::printf("%d\n", digits.run_checked(98765));
}
