// One convolution to be measured: a kernel, a picture, and buffers of its own for each contender.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "../examples/support/kernels.h"

namespace bench {

struct Size {
  int width = 0;
  int height = 0;

  std::string name() const { return std::to_string(width) + 'x' + std::to_string(height); }
};

// A padded picture and a result. Equal kernel widths and sizes give equal pictures: half of each row is dim, so that
// sums both do and do not saturate.
struct Buffers {
  Buffers(int kernel_width, Size size);

  int padded_width = 0;
  std::vector<std::uint8_t> source;
  std::vector<std::uint8_t> result;
};

// The kernels and sizes of all benchmarks.
const std::vector<examples::Kernel>& kernels();
const std::vector<Size>& sizes();

// Calls of the convolutions that suit the kernel.
void run_generated(const examples::Kernel& kernel, Size size, Buffers& buffers);
void generate(const examples::Kernel& kernel, Size size, Buffers& buffers);
void run_naive(const examples::Kernel& kernel, Size size, Buffers& buffers);

}  // namespace bench
