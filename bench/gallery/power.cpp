// power: the 13th power of every element of an array.
#define main power_main
#include "../../examples/gallery/power.cpp"
#undef main
#include "programs.h"

namespace bench {

GalleryProgram bench_power() {
  static constexpr int exponent = 13;
  static const auto x = random_numbers<int>(4096, -3, 3);
  static std::vector<int> y(x.size()), expected(x.size());
  static const auto specialized = power.specialize(x, y, exponent);
  GalleryProgram program{"power", "13th power of 4096 ints"};
  program.call = [] { specialized(x, y, exponent); };
  program.generate = [](int number) { static_cast<void>(power.specialize(x, y, exponent + number)); };
  program.add_naturals("power", &natural::power, [](auto f) { f(x, expected, exponent); });
  program.agrees = [] { return y == expected; };
  return program;
}

}  // namespace bench
