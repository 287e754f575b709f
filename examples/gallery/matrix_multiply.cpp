// A product of matrices whose sizes are known, computed in blocks of a row: the sums of a block are variables of the
// generated function, which live in registers.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <numeric>
#include <vector>

namespace natural {

template <class T>
struct Matrix {
  T* data;
  int rows, columns;
  T& operator()(int row, int column) const { return data[row * columns + column]; }
};

void matrix_multiply(Matrix<const double> a, Matrix<const double> b, Matrix<double> c) {
  for (int row = 0; row < c.rows; ++row)
    for (int column = 0; column < c.columns; ++column) {
      auto sum = 0.0;
      for (int k = 0; k < a.columns; ++k) sum += a(row, k) * b(k, column);
      c(row, column) = sum;
    }
}

}  // namespace natural

using namespace cogent;

GeneratedFunction matrix_multiply("matrix_multiply",
                                  [](GeneratedCodeBlock& code, In<double, 2> a, In<double, 2> b, Out<double, 2> c) {
                                    const int width = std::gcd(c.extent(1), 8);  // so many sums at once
                                    for (auto row : code.range(c.extent(0)))
                                      for (auto column : code.range(0, c.extent(1), width)) {
                                        std::vector sum(width, code.variable(0.0));
                                        for (auto k : code.range(a.extent(1)))
                                          for (int x = 0; x < width; ++x) sum[x] += a(row, k) * b(k, column + x);
                                        for (int x = 0; x < width; ++x) c(row, column + x) = sum[x];
                                      }
                                  });

int main() {
  const std::array a = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};                                // 2 rows of 3
  const std::array b = {1.0, 0.0, 0.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0, 0.0, 3.0, 1.0};  // 3 rows of 4
  std::array<double, 8> c{};
  matrix_multiply(View(a.data(), {2, 3}), View(b.data(), {3, 4}), View(c.data(), {2, 4}));
  for (int row = 0; row < 2; ++row)
    std::printf("%g %g %g %g\n", c[4 * row], c[4 * row + 1], c[4 * row + 2], c[4 * row + 3]);
  return 0;
}
