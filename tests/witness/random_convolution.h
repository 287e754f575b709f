// Random convolutions: sizes 1 x 1 .. 200 x 200, kernels 1 x 1 .. 15 x 15, weights over a byte's range and beyond.
#pragma once
#include "support/random.h"
#include "witness/phrasings.h"

namespace cogent::witness {

struct ConvolutionLimits {
  int largest_side = 15;  // of the kernel
  int largest_picture = 200;
};

/// Of the kernels that the phrasing can express.
Convolution random_convolution(testing::Random& random, Kernels kernels, const ConvolutionLimits& limits = {});

/// Any bytes, or nothing but the extreme ones.
std::vector<std::uint8_t> random_bytes(testing::Random& random, std::size_t count);

}  // namespace cogent::witness
