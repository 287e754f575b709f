// Lesson 11: numbers: every arithmetic type, converted as C++ does it, with no undefined behaviour.
#include <cogent/cogent.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <vector>

using namespace cogent;

// Mathematics on staged values has the names of <cmath>; the polynomial's coefficients are part of the key, bit by bit.
GeneratedFunction wave("wave", [](GeneratedCodeBlock& code, In<double> x, Out<float> y,
                                  const std::vector<double>& coefficients) {
  for (auto i : code.range(x.size())) {
    auto sum = code.variable(0.0);
    for (double c : coefficients) sum = sum * x[i] + c;
    y[i] = cast<float>(sqrt(abs(sum)) + sin(x[i]));
  }
});

// What C++ leaves undefined has one meaning: a float that an int cannot hold becomes the nearest one, NaN becomes 0.
GeneratedFunction to_int("to_int", [](GeneratedCodeBlock&, Value<double> x) { return cast<int>(x); });

// Bytes are promoted to int, as in C++: 250 + 10 is 260; a cast says when it should wrap, saturate_cast when it is cut.
GeneratedFunction sums("sums",
                       [](GeneratedCodeBlock& code, Value<std::uint8_t> a, Value<std::uint8_t> b, Out<int> results) {
                         code.comment("promoted, wrapped, saturated, and the number of bits that are set");
                         results[0] = a + b;
                         results[1] = cast<std::uint8_t>(a + b);
                         results[2] = saturate_cast<std::uint8_t>(a + b);
                         results[3] = popcount(a) + popcount(b);
                       });

int main() {
  const std::vector<double> x = {0, 1, 2};
  std::vector<float> y(3);
  wave.run_checked(x, y, {1, 0, -2});
  std::printf("%.3f %.3f %.3f\n", y[0], y[1], y[2]);

  const double huge = 1e30, none = std::numeric_limits<double>::quiet_NaN();
  std::printf("%d %d %d\n", to_int(-2.9), to_int(huge), to_int(none));

  std::vector<int> results(4);
  sums(250, 10, results);
  std::printf("%d %d %d %d\n", results[0], results[1], results[2], results[3]);
}
