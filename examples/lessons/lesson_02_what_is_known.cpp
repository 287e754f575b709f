// Lesson 2: what is known when the function is called, and what only when it runs.
#include <cogent/cogent.h>

#include <cstdio>

using namespace cogent;

// `x` is a Value: any number, the same code serves it. `exponent` is a plain int: it is known when the function is
// generated, so the C++ loop below runs then and leaves only its multiplications behind.
GeneratedFunction power("power", [](GeneratedCodeBlock& code, Value<int> x, int exponent) {
  auto result = code.variable(1);
  for (int k = 0; k < exponent; ++k) result *= x;
  return result;
});

int main() {
  const int eight = power(2, 3);      // generates the function for the exponent 3
  const int thousand = power(10, 3);  // runs the same code
  const int million = power(10, 6);   // another exponent: another function
  std::printf("%d %d %d\n%s%s", eight, thousand, million, power.get_source(0, 3).c_str(),
              power.get_source(0, 0).c_str());
}
