// The convolution kernels that the examples and the benchmarks measure.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace examples {

// A square kernel. The result is (sum + half) >> shift, saturated to a byte; half rounds, and a shift of 0 means the
// sum.
struct Kernel {
  std::string name;
  int width = 0;
  std::vector<int> coefficients;
  int shift = 0;
};

inline Kernel sobel_x() { return {"sobel_x", 3, {-1, 0, 1, -2, 0, 2, -1, 0, 1}}; }
inline Kernel sharpen() { return {"sharpen", 3, {0, -1, 0, -1, 5, -1, 0, -1, 0}}; }
inline Kernel laplacian() { return {"laplacian", 3, {0, 1, 0, 1, -4, 1, 0, 1, 0}}; }
inline Kernel emboss() { return {"emboss", 3, {-2, -1, 0, -1, 1, 1, 0, 1, 2}}; }
inline Kernel dense3() { return {"dense3", 3, {3, -5, 7, 2, 11, -4, 6, -3, 5}}; }

inline Kernel dense5() {
  return {"dense5", 5, {3, -5, 7, 2, 1, -4, 6, -3, 5, 9, -7, 2, 11, 4, -6, 8, 3, -2, 5, -9, 1, 6, -4, 2, 7}};
}

inline Kernel gauss5() {
  return {"gauss5", 5, {1, 4, 6, 4, 1, 4, 16, 24, 16, 4, 6, 24, 36, 24, 6, 4, 16, 24, 16, 4, 1, 4, 6, 4, 1}, 8};
}

// A kernel without zeros whose coefficients fill int8; equal seeds give equal kernels.
inline Kernel dense(int width, std::uint32_t seed) {
  Kernel kernel{"dense" + std::to_string(width), width, std::vector<int>(width * width)};
  std::uint32_t state = seed * 2654435761u + 12345u;
  for (int& coefficient : kernel.coefficients) {
    state = state * 1664525u + 1013904223u;
    coefficient = static_cast<int>(state >> 24) - 128;
    if (coefficient == 0) coefficient = 1;
  }
  return kernel;
}

// The `number`-th of at least 729 kernels that differ from `kernel` and from each other, but make the same work: each
// row is multiplied by a small factor, which keeps zeros, rank and the range of int8. Large kernels get new
// coefficients.
inline Kernel never_seen(const Kernel& kernel, int number) {
  if (kernel.width > 5) return dense(kernel.width, 1000 + number);
  Kernel result = kernel;
  int digits = number + 1;
  for (auto row = result.coefficients.begin(); row != result.coefficients.end(); row += kernel.width) {
    int largest = 1;
    for (auto c = row; c != row + kernel.width; ++c) largest = std::max(largest, std::abs(*c));
    const int factors = std::min(9, 127 / largest);
    for (auto c = row; c != row + kernel.width; ++c) *c *= 1 + digits % factors;
    digits /= factors;
  }
  return result;
}

}  // namespace examples
