// Lesson 16: arrays of rank 2 over memory with gaps, and borders: interior and border are one loop.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <vector>

using namespace cogent;

// The mean of each pixel and its four neighbours; what lies outside is the nearest pixel of the border. Extents and
// strides are known, so every access is proven: `clamp` says that the index lies within.
GeneratedFunction smooth("smooth", [](GeneratedCodeBlock& code, In<std::uint8_t, 2> source,
                                      Out<std::uint8_t, 2> target) {
  const auto last_row = source.extent(0) - 1, last_column = source.extent(1) - 1;
  for (auto y : code.range(target.extent(0)))
    for (auto x : code.range(target.extent(1))) {
      auto up = max(y - 1, 0), down = min(y + 1, last_row);
      auto left = max(x - 1, 0), right = min(x + 1, last_column);
      target(y, x) = (source(y, x) + source(up, x) + source(down, x) + source(y, left) + source(y, right)) / 5;
    }
});

int main() {
  constexpr int width = 6, height = 4, stride = 8;  // two bytes at the end of each row belong to somebody else
  std::vector<std::uint8_t> pixels(stride * height, 10);
  pixels[1 * stride + 2] = 110;
  std::array<std::uint8_t, width * height> result{};

  const View<const std::uint8_t, 2> source(pixels.data(), {height, width}, stride);
  const View<std::uint8_t, 2> target(result.data(), {height, width});
  smooth.run_checked(source, target);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) std::printf("%4d", result[y * width + x]);
    std::printf("\n");
  }
}
