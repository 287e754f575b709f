// dot_product and matrix_vector, generated, give what the plain functions give.
#define main matrix_vector_main
#include "../../examples/gallery/matrix_vector.cpp"
#undef main
#include <gtest/gtest.h>

#include "random_numbers.h"

namespace gallery_test {
namespace {

// Two numbers in three are 0.
std::vector<double> sparse_numbers(std::size_t count, int seed) {
  auto numbers = random_numbers<double>(count, -4, 8, seed);
  for (double& number : numbers)
    if (number > 0 && number != 1) number = 0;
  return numbers;
}

}  // namespace

TEST(DotProduct, SparseWeightsGiveWhatThePlainFunctionGives) {
  for (int size = 0; size <= 12; ++size) {
    const auto weights = sparse_numbers(size, size);
    const auto x = random_numbers<double>(size, -100, 100, size + 1);
    const double expected = natural::dot_product(x, weights);
    EXPECT_EQ(sparse_dot_product(x, weights), expected) << size;
    EXPECT_EQ(sparse_dot_product.run_checked(x, weights), expected) << size;
  }
}

TEST(MatrixVector, SparseMatricesGiveWhatThePlainFunctionGives) {
  for (int rows = 1; rows <= 4; ++rows)
    for (int columns = 1; columns <= 7; ++columns) {
      const auto matrix = sparse_numbers(rows * columns, rows);
      const auto x = random_numbers<double>(columns, -100, 100, columns);
      std::vector<double> y(rows), expected(rows);
      natural::matrix_vector(matrix, x, expected);
      matrix_vector(matrix, x, y);
      EXPECT_EQ(y, expected) << rows << "x" << columns;
      matrix_vector.run_checked(matrix, x, y);
      EXPECT_EQ(y, expected) << rows << "x" << columns;
    }
}

TEST(MatrixVector, ZerosAreGoneFromTheCode) {
  const std::vector<double> matrix = {0, 0, 0, 1}, x = {5, 6};
  std::vector<double> y(2);
  const std::string source = matrix_vector.get_source(matrix, x, y);
  EXPECT_EQ(source.find("x[0]"), std::string::npos) << source;
  EXPECT_EQ(source.find("x[1] *"), std::string::npos) << source;
}

}  // namespace gallery_test
