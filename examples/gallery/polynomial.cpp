// A polynomial with known coefficients, by Horner's rule, for every element of an array.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <span>

namespace natural {

void polynomial(std::span<const double> x, std::span<double> y, std::span<const double> coefficients) {
  for (int i = 0; i < std::ssize(y); ++i) {
    auto sum = 0.0;
    for (double coefficient : coefficients) sum = sum * x[i] + coefficient;
    y[i] = sum;
  }
}

}  // namespace natural

using namespace cogent;

GeneratedFunction polynomial("polynomial", [](GeneratedCodeBlock& code, In<double> x, Out<double> y,
                                              std::span<const double> coefficients) {
  for (auto i : code.range(std::ssize(y))) {
    auto sum = code.variable(0.0);
    for (double coefficient : coefficients) sum = sum * x[i] + coefficient;
    y[i] = sum;
  }
});

int main() {
  const std::array x = {-1.0, 0.0, 0.5, 10.0};
  std::array<double, 4> y{};
  const std::array coefficients = {2.0, 0.0, -1.0, 3.0};  // 2 x^3 - x + 3
  polynomial(x, y, coefficients);
  std::printf("%g %g %g %g\n\n%s", y[0], y[1], y[2], y[3], polynomial.get_source(x, y, coefficients).c_str());
  return 0;
}
