// matrix_multiply: two matrices of 8x8 and two of 48x48.
#define main matrix_multiply_main
#include "../../examples/gallery/matrix_multiply.cpp"
#undef main
#include "programs.h"

namespace bench {
namespace {

template <int size>
GalleryProgram bench_multiply() {
  static const auto a = random_numbers<double>(size * size, -1000, 1000);
  static const auto b = random_numbers<double>(size * size, -999, 999);
  static std::vector<double> c(size * size), expected(size * size);
  static const View left(a.data(), {size, size}), right(b.data(), {size, size});
  static const View result(c.data(), {size, size});
  static const auto specialized = matrix_multiply.specialize(left, right, result);
  const std::string sizes = std::to_string(size) + 'x' + std::to_string(size);
  GalleryProgram program{"matrix_multiply", sizes + " doubles"};
  program.call = [] { specialized(left, right, result); };
  program.generate = [](int number) {  // with gaps between the rows
    static const auto wide = random_numbers<double>(size * (size + 500), -1000, 1000);
    static_cast<void>(matrix_multiply.specialize(View(wide.data(), {size, size}, size + number), right, result));
  };
  program.add_naturals("matrix_multiply", &natural::matrix_multiply, [](auto f) {
    f({a.data(), size, size}, {b.data(), size, size}, {expected.data(), size, size});
  });
  program.agrees = [] { return c == expected; };
  return program;
}

}  // namespace

GalleryProgram bench_matrix_multiply_8() { return bench_multiply<8>(); }
GalleryProgram bench_matrix_multiply_48() { return bench_multiply<48>(); }

}  // namespace bench
