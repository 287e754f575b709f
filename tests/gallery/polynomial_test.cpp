// polynomial, generated, gives what the plain function gives.
#define main polynomial_main
#include "../../examples/gallery/polynomial.cpp"
#undef main
#include <gtest/gtest.h>

#include "random_numbers.h"

namespace gallery_test {

TEST(Polynomial, EveryDegreeGivesWhatThePlainFunctionGives) {
  for (int degree = 0; degree <= 6; ++degree) {
    const auto coefficients = random_numbers<double>(degree + 1, -2, 2, degree);
    const auto x = random_numbers<double>(19, -10, 10, degree);
    std::vector<double> y(x.size()), expected(x.size());
    natural::polynomial(x, expected, coefficients);
    polynomial(x, y, coefficients);
    EXPECT_EQ(y, expected) << degree;
    polynomial.run_checked(x, y, coefficients);
    EXPECT_EQ(y, expected) << degree;
  }
}

}  // namespace gallery_test
