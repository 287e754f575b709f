// power, generated, gives what the plain function gives.
#define main power_main
#include "../../examples/gallery/power.cpp"
#undef main
#include <gtest/gtest.h>

#include "random_numbers.h"

namespace gallery_test {

TEST(Power, EveryExponentGivesWhatThePlainFunctionGives) {
  for (int n = 0; n <= 15; ++n) {
    const auto x = random_numbers<int>(17, -3, 3, n);
    std::vector<int> y(x.size()), expected(x.size());
    natural::power(x, expected, n);
    power(x, y, n);
    EXPECT_EQ(y, expected) << n;
    power.run_checked(x, y, n);
    EXPECT_EQ(y, expected) << n;
  }
}

}  // namespace gallery_test
