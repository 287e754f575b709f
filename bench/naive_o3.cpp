// The naive convolutions at -O3, which the build sets by this file's name.
#include <algorithm>

#include "../examples/support/naive_convolution.h"
#include "scaled_convolution.h"

namespace naive_o3 {

#include "../examples/support/naive_convolution.inc"

void convolve_scaled(std::span<const std::uint8_t> source, std::span<std::uint8_t> destination,
                     std::span<const int> kernel, int width, int kernel_width, int shift) {
  const int padded_width = width + kernel_width - 1;
  const int height = static_cast<int>(std::ssize(destination)) / width;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      int sum = 1 << shift >> 1;
      for (int row = 0; row < kernel_width; ++row)
        for (int column = 0; column < kernel_width; ++column)
          sum += source[(y + row) * padded_width + x + column] * kernel[row * kernel_width + column];
      destination[y * width + x] = static_cast<std::uint8_t>(std::clamp(sum >> shift, 0, 255));
    }
}

}  // namespace naive_o3
