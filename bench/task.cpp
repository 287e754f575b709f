// Pictures, kernels and the calls of the convolutions that suit them.
#include "task.h"

#include "../examples/support/naive_convolution.h"
#include "../examples/walkthrough/generated_convolution.h"
#include "scaled_convolution.h"

namespace bench {

Buffers::Buffers(int kernel_width, Size size)
    : padded_width(size.width + kernel_width - 1),
      source(static_cast<std::size_t>(padded_width) * (size.height + kernel_width - 1)),
      result(static_cast<std::size_t>(size.width) * size.height) {
  std::uint32_t state = 1;
  for (std::size_t i = 0; i < source.size(); ++i) {
    state = state * 1664525u + 1013904223u;
    const bool dim = i % padded_width < static_cast<std::size_t>(padded_width) / 2;
    source[i] = static_cast<std::uint8_t>(state >> (dim ? 29 : 24));
  }
}

const std::vector<examples::Kernel>& kernels() {
  using namespace examples;
  static const std::vector<Kernel> all = {sobel_x(), sharpen(),   laplacian(),  emboss(), dense3(),
                                          dense5(),  dense(9, 1), dense(15, 1), gauss5()};
  return all;
}

const std::vector<Size>& sizes() {
  static const std::vector<Size> all = {{892, 468}, {1920, 1080}, {3840, 2160}};
  return all;
}

void run_generated(const examples::Kernel& kernel, Size size, Buffers& buffers) {
  if (kernel.shift == 0)
    examples::convolve(buffers.source, buffers.result, kernel.coefficients, size.width, kernel.width);
  else
    convolve_scaled(buffers.source, buffers.result, kernel.coefficients, size.width, kernel.width, kernel.shift);
}

void generate(const examples::Kernel& kernel, Size size, Buffers& buffers) {
  if (kernel.shift == 0)
    static_cast<void>(
        examples::convolve.specialize(buffers.source, buffers.result, kernel.coefficients, size.width, kernel.width));
  else
    static_cast<void>(convolve_scaled.specialize(buffers.source, buffers.result, kernel.coefficients, size.width,
                                                 kernel.width, kernel.shift));
}

void run_naive(const examples::Kernel& kernel, Size size, Buffers& buffers) {
  if (kernel.shift == 0)
    naive_o3::convolve(buffers.source, buffers.result, kernel.coefficients, size.width, kernel.width);
  else
    naive_o3::convolve_scaled(buffers.source, buffers.result, kernel.coefficients, size.width, kernel.width,
                              kernel.shift);
}

}  // namespace bench
