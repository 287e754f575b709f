// A known sparse matrix times a vector: its zeros are gone from the code, and its ones need no multiplication.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <span>

namespace natural {

double dot_product(std::span<const double> x, std::span<const double> weights) {
  auto sum = 0.0;
  for (int i = 0; i < std::ssize(x); ++i) sum += weights[i] * x[i];
  return sum;
}

void matrix_vector(std::span<const double> matrix, std::span<const double> x, std::span<double> y) {
  for (int row = 0; row < std::ssize(y); ++row) y[row] = dot_product(x, matrix.subspan(row * x.size(), x.size()));
}

}  // namespace natural

using namespace cogent;

Variable<double> dot_product(GeneratedCodeBlock& code, In<double> x, std::span<const double> weights) {
  auto sum = code.variable(0.0);
  for (int i = 0; i < std::ssize(x); ++i)
    if (weights[i] != 0) sum += weights[i] * x[i];
  return sum;
}

GeneratedFunction sparse_dot_product("sparse_dot_product", dot_product);

GeneratedFunction matrix_vector("matrix_vector", [](GeneratedCodeBlock& code, std::span<const double> matrix,
                                                    In<double> x, Out<double> y) {
  for (int row = 0; row < std::ssize(y); ++row) y[row] = dot_product(code, x, matrix.subspan(row * x.size(), x.size()));
});

int main() {
  constexpr std::array<double, 16> matrix = {0, 1, 0, 0,   //
                                             2, 0, 0, -1,  //
                                             0, 0, 0, 0,   //
                                             1, 0, 5, 0};
  const std::array x = {10.0, 20.0, 30.0, 40.0};
  std::array<double, 4> y{};
  matrix_vector(matrix, x, y);
  std::printf("%g %g %g %g\n\n%s", y[0], y[1], y[2], y[3], matrix_vector.get_source(matrix, x, y).c_str());
  const double first = sparse_dot_product(x, std::span(matrix).first(4));
  std::printf("\n%g\n\n%s", first, sparse_dot_product.get_source(x, std::span(matrix).first(4)).c_str());
  return 0;
}
