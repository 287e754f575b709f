// polynomial: degree 7 on an array.
#define main polynomial_main
#include "../../examples/gallery/polynomial.cpp"
#undef main
#include "programs.h"

namespace bench {

GalleryProgram bench_polynomial() {
  static const auto x = random_numbers<double>(4096, -9, 9);
  static std::vector<double> y(x.size()), expected(x.size());
  static const std::vector<double> coefficients = {3, -1, 4, 1, -5, 9, 2, -6};
  static const auto specialized = polynomial.specialize(x, y, coefficients);
  GalleryProgram program{"polynomial", "degree 7 of 4096 doubles"};
  program.call = [] { specialized(x, y, coefficients); };
  program.generate = [](int number) {
    std::vector<double> others = coefficients;
    others.back() = number;
    static_cast<void>(polynomial.specialize(x, y, others));
  };
  program.add_naturals("polynomial", &natural::polynomial, [](auto f) { f(x, expected, coefficients); });
  program.agrees = [] { return y == expected; };
  return program;
}

}  // namespace bench
