// A product of matrices whose sizes are known, computed in blocks: the sums of a block are variables of the generated
// function, which live in registers.
#include <cogent/cogent.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <span>
#include <vector>

namespace natural {

void matrix_multiply(std::span<const double> a, std::span<const double> b, std::span<double> c, int rows, int inner,
                     int columns) {
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      auto sum = 0.0;
      for (int k = 0; k < inner; ++k) sum += a[row * inner + k] * b[k * columns + column];
      c[row * columns + column] = sum;
    }
}

}  // namespace natural

using namespace cogent;

GeneratedFunction matrix_multiply("matrix_multiply", [](GeneratedCodeBlock& code, In<double> a, In<double> b,
                                                        Out<double> c, std::int64_t rows, std::int64_t inner,
                                                        std::int64_t columns) {
  const std::int64_t height = rows % 2 == 0 ? 2 : 1, width = columns % 4 == 0 ? 4 : 1;  // of a block
  for (auto row : code.range(0, rows, height))
    for (auto column : code.range(0, columns, width)) {
      std::vector<Variable<double>> sums(height * width, code.variable(0.0));
      for (auto k : code.range(inner))
        for (std::int64_t y = 0; y < height; ++y)
          for (std::int64_t x = 0; x < width; ++x)
            sums[y * width + x] += a[(row + y) * inner + k] * b[k * columns + column + x];
      for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < width; ++x) c[(row + y) * columns + column + x] = sums[y * width + x];
    }
});

int main() {
  const std::array a = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};                                // 2 rows of 3
  const std::array b = {1.0, 0.0, 0.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0, 0.0, 3.0, 1.0};  // 3 rows of 4
  std::array<double, 8> c{};
  matrix_multiply(a, b, c, 2, 3, 4);
  for (int row = 0; row < 2; ++row)
    std::printf("%g %g %g %g\n", c[4 * row], c[4 * row + 1], c[4 * row + 2], c[4 * row + 3]);
  return 0;
}
