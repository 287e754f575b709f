// The convolution kernels that the examples and the benchmarks measure.
#pragma once

#include <cstdint>
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

// The kernel of rank 1 that is the product of a column and a row of weights.
inline Kernel separable(const std::string& name, const std::vector<int>& column, const std::vector<int>& row,
                        int shift = 0) {
  Kernel kernel{name, static_cast<int>(row.size()), {}, shift};
  for (const int down : column)
    for (const int across : row) kernel.coefficients.push_back(down * across);
  return kernel;
}

inline Kernel sobel_x() { return separable("sobel_x", {1, 2, 1}, {-1, 0, 1}); }
inline Kernel sharpen() { return {"sharpen", 3, {0, -1, 0, -1, 5, -1, 0, -1, 0}}; }
inline Kernel laplacian() { return {"laplacian", 3, {0, 1, 0, 1, -4, 1, 0, 1, 0}}; }
inline Kernel emboss() { return {"emboss", 3, {-2, -1, 0, -1, 1, 1, 0, 1, 2}}; }
inline Kernel dense3() { return {"dense3", 3, {3, -5, 7, 2, 11, -4, 6, -3, 5}}; }

inline Kernel dense5() {
  return {"dense5", 5, {3, -5, 7, 2, 1, -4, 6, -3, 5, 9, -7, 2, 11, 4, -6, 8, 3, -2, 5, -9, 1, 6, -4, 2, 7}};
}

inline Kernel gauss5() { return separable("gauss5", {1, 4, 6, 4, 1}, {1, 4, 6, 4, 1}, 8); }

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

// The `number`-th of at least 700 kernels that differ from `kernel` and from each other, but make the same work: zeros
// stay, what is separable stays so, and coefficients hardly grow, so that sums need no wider lanes.
inline Kernel never_seen(const Kernel& kernel, int number) {
  const int n = number;
  if (kernel.width > 5) return dense(kernel.width, 1000 + number);
  if (kernel.name == "sobel_x") return separable("sobel_x", {1 + n % 9, 3 + n / 9 % 9, 1 + n / 81 % 9}, {-1, 0, 1});
  if (kernel.name == "gauss5")
    return separable("gauss5", {1, 1 + n % 4, 1 + n / 4 % 6, 1 + n / 24 % 4, 1},
                     {1, 1 + n / 96 % 4, 4 + n / 384 % 2, 4, 1}, 8);
  Kernel result = kernel;
  int digits = number + 1;
  for (int& coefficient : result.coefficients) {
    if (coefficient == 0) continue;
    coefficient += coefficient > 0 ? digits % 4 : -(digits % 4);
    digits /= 4;
  }
  return result;
}

}  // namespace examples
