// x to a power that is known: the loop over the bits of n runs while generating, and multiplications remain.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <span>

namespace natural {

void power(std::span<const int> x, std::span<int> y, int n) {
  for (int i = 0; i < std::ssize(y); ++i) {
    int result = 1;
    int square = x[i];
    for (int bits = n; bits > 0; bits /= 2) {
      if (bits % 2 == 1) result *= square;
      square *= square;
    }
    y[i] = result;
  }
}

}  // namespace natural

using namespace cogent;

GeneratedFunction power("power", [](GeneratedCodeBlock& code, In<int> x, Out<int> y, int n) {
  for (auto i : code.range(std::ssize(y))) {
    auto result = code.variable(1);
    auto square = code.variable(x[i]);
    for (int bits = n; bits > 0; bits /= 2) {
      if (bits % 2 == 1) result *= square;
      square *= square;
    }
    y[i] = result;
  }
});

int main() {
  const std::array x = {-2, 1, 2, 3};
  std::array<int, 4> y{};
  power(x, y, 13);
  std::printf("%d %d %d %d\n\n%s", y[0], y[1], y[2], y[3], power.get_source(x, y, 13).c_str());
  return 0;
}
