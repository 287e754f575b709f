// The naive convolution at two optimisation levels: naive_o2.cpp and naive_o3.cpp compile naive_convolution.inc.
#pragma once

#include <cstdint>
#include <span>

namespace naive_o2 {
void convolve(std::span<const std::uint8_t> source, std::span<std::uint8_t> destination, std::span<const int> kernel,
              int width, int kernel_width);
}

namespace naive_o3 {
void convolve(std::span<const std::uint8_t> source, std::span<std::uint8_t> destination, std::span<const int> kernel,
              int width, int kernel_width);
}
