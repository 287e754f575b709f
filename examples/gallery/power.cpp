// x to a power that is known: the loop over the bits of n runs while generating, and multiplications remain.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <span>

namespace natural {

template <class T>
void power(std::span<const T> x, std::span<T> y, int n) {
  for (int i = 0; i < std::ssize(y); ++i) {
    auto result = T{1};
    auto square = x[i];
    for (int bits = n; bits > 0; bits /= 2) {
      if (bits % 2 == 1) result *= square;
      square *= square;
    }
    y[i] = result;
  }
}

}  // namespace natural

using namespace cogent;

template <class T>
void power(GeneratedCodeBlock& code, In<T> x, Out<T> y, int n) {
  for (auto i : code.range(std::ssize(y))) {
    auto result = code.variable(T{1});
    auto square = code.variable(x[i]);
    for (int bits = n; bits > 0; bits /= 2) {
      if (bits % 2 == 1) result *= square;
      square *= square;
    }
    y[i] = result;
  }
}

GeneratedFunction power_of_ints("power_of_ints", power<int>);
GeneratedFunction power_of_doubles("power_of_doubles", power<double>);

int main() {
  const std::array x = {-2, 1, 2, 3};
  std::array<int, 4> y{};
  power_of_ints(x, y, 13);
  std::printf("%d %d %d %d\n", y[0], y[1], y[2], y[3]);

  const std::array u = {-0.5, 0.0, 1.5, 3.0};
  std::array<double, 4> v{};
  power_of_doubles(u, v, 13);
  std::printf("%g %g %g %g\n\n%s", v[0], v[1], v[2], v[3], power_of_doubles.get_source(u, v, 13).c_str());
  return 0;
}
