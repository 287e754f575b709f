// The convolution as a generated function: pixels are known when it runs, the kernel and the sizes when it is
// generated.
#pragma once

#include <cogent/cogent.h>

#include <cstdint>
#include <span>

namespace examples {

using namespace cogent;

// clang-format off
// excerpt: generated
inline GeneratedFunction convolve("convolve", [](GeneratedCodeBlock& code,
    In<uint8_t> source, Out<uint8_t> destination,
    std::span<const int> kernel, int width, int kernel_width) {
  const int padded_width = width + kernel_width - 1;
  for (auto i : code.range(destination.size())) {
    auto acc = code.variable(0);
    auto base = i / width * padded_width + i % width;
    for (int k = 0; k < std::ssize(kernel); ++k) {
      const int offset = k / kernel_width * padded_width + k % kernel_width;
      if (kernel[k] != 0) acc += source[base + offset] * kernel[k];
    }
    destination[i] = clamp(acc, 0, 255);
  }
});
// end of excerpt
// clang-format on

}  // namespace examples
