// Products of small matrices whose sizes are known: no loop over rows and columns is left.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <span>

namespace natural {

void matrix_multiply(std::span<const int> a, std::span<const int> b, std::span<int> c, int rows, int inner,
                     int columns) {
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      int sum = 0;
      for (int k = 0; k < inner; ++k) sum += a[row * inner + k] * b[k * columns + column];
      c[row * columns + column] = sum;
    }
}

}  // namespace natural

using namespace cogent;

GeneratedFunction matrix_multiply("matrix_multiply", [](GeneratedCodeBlock& code, In<int> a, In<int> b, Out<int> c,
                                                        int rows, int inner, int columns) {
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      auto sum = code.variable(0);
      for (int k = 0; k < inner; ++k) sum += a[row * inner + k] * b[k * columns + column];
      c[row * columns + column] = sum;
    }
});

int main() {
  const std::array a = {1, 2, 3, 4};
  const std::array b = {0, 1, 1, 0};
  std::array<int, 4> c{};
  matrix_multiply(a, b, c, 2, 2, 2);
  std::printf("%d %d\n%d %d\n\n%s", c[0], c[1], c[2], c[3], matrix_multiply.get_source(a, b, c, 2, 2, 2).c_str());
  return 0;
}
