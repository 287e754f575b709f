// power, generated, gives what the plain function gives.
#define main power_main
#include "../../examples/gallery/power.cpp"
#undef main
#include <gtest/gtest.h>

#include "random_numbers.h"

namespace gallery_test {
namespace {

template <class T>
void expect_powers(const GeneratedFunction<void(In<T>, Out<T>, int)>& function, int n) {
  const auto x = random_numbers<T>(17, -3, 3, n);
  std::vector<T> y(x.size()), expected(x.size());
  natural::power<T>(x, expected, n);
  function(x, y, n);
  EXPECT_EQ(y, expected) << n;
  function.run_checked(x, y, n);
  EXPECT_EQ(y, expected) << n;
}

}  // namespace

TEST(Power, EveryExponentGivesWhatThePlainFunctionGives) {
  for (int n = 0; n <= 15; ++n) {
    expect_powers(power_of_ints, n);
    expect_powers(power_of_doubles, n);
  }
}

}  // namespace gallery_test
