// A polynomial with known coefficients, by Horner's rule, for every element of an array.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <span>

namespace natural {

void polynomial(std::span<const int> x, std::span<int> y, std::span<const int> coefficients) {
  for (int i = 0; i < std::ssize(y); ++i) {
    int sum = 0;
    for (int coefficient : coefficients) sum = sum * x[i] + coefficient;
    y[i] = sum;
  }
}

}  // namespace natural

using namespace cogent;

GeneratedFunction polynomial("polynomial",
                             [](GeneratedCodeBlock& code, In<int> x, Out<int> y, std::span<const int> coefficients) {
                               for (auto i : code.range(std::ssize(y))) {
                                 auto sum = code.variable(0);
                                 for (int coefficient : coefficients) sum = sum * x[i] + coefficient;
                                 y[i] = sum;
                               }
                             });

int main() {
  const std::array x = {-1, 0, 1, 10};
  std::array<int, 4> y{};
  const std::array coefficients = {2, 0, -1, 3};  // 2 x^3 - x + 3
  polynomial(x, y, coefficients);
  std::printf("%d %d %d %d\n\n%s", y[0], y[1], y[2], y[3], polynomial.get_source(x, y, coefficients).c_str());
  return 0;
}
