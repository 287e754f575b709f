// A known sparse matrix times a vector: its zeros are gone from the code, and its ones need no multiplication.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <span>

namespace natural {

int dot_product(std::span<const int> x, std::span<const int> weights) {
  int sum = 0;
  for (int i = 0; i < std::ssize(x); ++i) sum += weights[i] * x[i];
  return sum;
}

void matrix_vector(std::span<const int> matrix, std::span<const int> x, std::span<int> y) {
  for (int row = 0; row < std::ssize(y); ++row) y[row] = dot_product(x, matrix.subspan(row * x.size(), x.size()));
}

}  // namespace natural

using namespace cogent;

Variable<int> dot_product(GeneratedCodeBlock& code, In<int> x, std::span<const int> weights) {
  auto sum = code.variable(0);
  for (int i = 0; i < std::ssize(x); ++i)
    if (weights[i] != 0) sum += weights[i] * x[i];
  return sum;
}

GeneratedFunction sparse_dot_product("sparse_dot_product", dot_product);

GeneratedFunction matrix_vector("matrix_vector",
                                [](GeneratedCodeBlock& code, std::span<const int> matrix, In<int> x, Out<int> y) {
                                  for (int row = 0; row < std::ssize(y); ++row)
                                    y[row] = dot_product(code, x, matrix.subspan(row * x.size(), x.size()));
                                });

int main() {
  constexpr std::array matrix = {0, 1, 0, 0,   //
                                 2, 0, 0, -1,  //
                                 0, 0, 0, 0,   //
                                 1, 0, 5, 0};
  const std::array x = {10, 20, 30, 40};
  std::array<int, 4> y{};
  matrix_vector(matrix, x, y);
  std::printf("%d %d %d %d\n\n%s", y[0], y[1], y[2], y[3], matrix_vector.get_source(matrix, x, y).c_str());
  const int first = sparse_dot_product(x, std::span(matrix).first(4));
  std::printf("\n%d\n\n%s", first, sparse_dot_product.get_source(x, std::span(matrix).first(4)).c_str());
  return 0;
}
