// matrix_multiply, generated, gives what the plain function gives.
#define main matrix_multiply_main
#include "../../examples/gallery/matrix_multiply.cpp"
#undef main
#include <gtest/gtest.h>

#include "random_numbers.h"

namespace gallery_test {

TEST(MatrixMultiply, SmallSizesGiveWhatThePlainFunctionGives) {
  for (int rows = 1; rows <= 4; ++rows)
    for (int inner = 1; inner <= 3; ++inner)
      for (int columns = 1; columns <= 8; ++columns) {
        const auto a = random_numbers<double>(rows * inner, -99, 99, rows);
        const auto b = random_numbers<double>(inner * columns, -99, 99, columns);
        std::vector<double> c(rows * columns), expected(rows * columns);
        const View left(a.data(), {rows, inner}), right(b.data(), {inner, columns});
        const View result(c.data(), {rows, columns});
        natural::matrix_multiply({a.data(), rows, inner}, {b.data(), inner, columns}, {expected.data(), rows, columns});
        matrix_multiply(left, right, result);
        EXPECT_EQ(c, expected) << rows << " " << inner << " " << columns;
        matrix_multiply.run_checked(left, right, result);
        EXPECT_EQ(c, expected) << rows << " " << inner << " " << columns;
      }
}

}  // namespace gallery_test
