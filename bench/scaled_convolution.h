// The convolution whose sum is divided by a power of two and rounded, generated and naive, in nested loops.
#pragma once

#include <cogent/cogent.h>

#include <cstdint>
#include <span>

namespace naive_o3 {
void convolve_scaled(std::span<const std::uint8_t> source, std::span<std::uint8_t> destination,
                     std::span<const int> kernel, int width, int kernel_width, int shift);
}

namespace bench {

using namespace cogent;

inline GeneratedFunction convolve_scaled("convolve_scaled", [](GeneratedCodeBlock& code, In<std::uint8_t> source,
                                                               Out<std::uint8_t> destination,
                                                               std::span<const int> kernel, int width, int kernel_width,
                                                               int shift) {
  const int padded_width = width + kernel_width - 1;
  for (auto y : code.range(destination.size() / width))
    for (auto x : code.range(width)) {
      auto sum = code.variable(1 << shift >> 1);
      for (int row = 0; row < kernel_width; ++row)
        for (int column = 0; column < kernel_width; ++column)
          sum += source[(y + row) * padded_width + x + column] * kernel[row * kernel_width + column];
      destination[y * width + x] = clamp(sum >> shift, 0, 255);
    }
});

}  // namespace bench
