// A first program: a polynomial whose coefficients are known when it is called.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <vector>

using namespace cogent;

GeneratedFunction polynomial("polynomial", [](GeneratedCodeBlock& code, In<std::uint8_t> x, Out<int> y,
                                              std::span<const int> coefficients) {
  for (auto i : code.range(y.size())) {  // a loop of the generated function
    auto sum = code.variable(0);
    for (int c : coefficients) sum = sum * x[i] + c;  // runs now: unrolled into the generated code
    y[i] = sum;
  }
});

int main() {
  const std::vector<std::uint8_t> x = {1, 2, 3, 4};
  std::vector<int> y(x.size());
  const std::array coefficients = {1, 0, -3};  // x^2 - 3

  polynomial(x, y, coefficients);              // generate, compile, run; the next call just runs
  polynomial.run_checked(x, y, coefficients);  // plain C++, interpreter and machine code agree
  std::printf("%s%d %d %d %d\n", polynomial.get_source(x, y, coefficients).c_str(), y[0], y[1], y[2], y[3]);
}
