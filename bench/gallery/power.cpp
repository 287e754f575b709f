// power: the 13th power of every element of an array.
#define main power_main
#include "../../examples/gallery/power.cpp"
#undef main
#include "programs.h"

namespace bench {
namespace {

constexpr int exponent = 13;

template <class T>
GalleryProgram bench_power_of(const char* type, const GeneratedFunction<void(In<T>, Out<T>, int)>& function) {
  static const auto x = random_numbers<T>(4096, -3, 3);
  static std::vector<T> y(x.size()), expected(x.size());
  GalleryProgram program{std::string("power<") + type + ">", std::string("13th power of 4096 ") + type + "s"};
  const auto specialized = function.specialize(x, y, exponent);
  program.call = [=] { specialized(x, y, exponent); };
  program.generate = [&](int number) { static_cast<void>(function.specialize(x, y, exponent + number)); };
  program.add_naturals(program.name, &natural::power<T>, [](auto f) { f(x, expected, exponent); });
  program.agrees = [] { return y == expected; };
  return program;
}

}  // namespace

GalleryProgram bench_power_of_ints() { return bench_power_of<int>("int", power_of_ints); }
GalleryProgram bench_power_of_doubles() { return bench_power_of<double>("double", power_of_doubles); }

}  // namespace bench
