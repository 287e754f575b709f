// matrix_multiply: two 6x6 matrices.
#define main matrix_multiply_main
#include "../../examples/gallery/matrix_multiply.cpp"
#undef main
#include "programs.h"

namespace bench {

GalleryProgram bench_matrix_multiply() {
  static constexpr int size = 6;
  static const auto a = random_numbers<int>(1000, -1000, 1000);
  static const auto b = random_numbers<int>(1000, -999, 999);
  static std::vector<int> c(size * size), expected(size * size);
  static const auto specialized = matrix_multiply.specialize(a, b, c, size, size, size);
  GalleryProgram program{"matrix_multiply", "6x6 ints"};
  program.call = [] { specialized(a, b, c, size, size, size); };
  program.generate = [](int number) {
    static_cast<void>(matrix_multiply.specialize(std::span(a).first(number + 100), b, c, size, size, size));
  };
  program.add_naturals("matrix_multiply", &natural::matrix_multiply,
                       [](auto f) { f(a, b, expected, size, size, size); });
  program.agrees = [] { return c == expected; };
  return program;
}

}  // namespace bench
