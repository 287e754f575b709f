// The matrix of weights of a convolution.
#pragma once
#include <span>
#include <string_view>
#include <vector>

namespace cogent::image {

/// A kernel: result = (sum of weight * pixel) / divisor + offset. Row by row, 1 to 63 rows and columns.
struct Kernel {
  int width = 0;
  int height = 0;
  std::vector<double> weights = {};  ///< width * height
  double divisor = 1;                ///< not 0
  double offset = 0;

  double at(int row, int column) const { return weights[static_cast<std::size_t>(row * width + column)]; }
  friend bool operator==(const Kernel&, const Kernel&) = default;
};

/// A kernel from text: "-1 0 1; -2 0 2; -1 0 1" (rows end with semicolons), ImageMagick's "3x3: -1,0,1 ..." , ffmpeg's
/// "1 2 1 2 4 2 1 2 1" (a square), or the contents of a libvips matrix file ("3 3 8 0" and the rows). Throws
/// PipelineError.
Kernel parse_kernel(std::string_view text);
/// A kernel with a name: convolve(scharr_x).
struct NamedKernel {
  std::string_view name;
  std::string_view help;  ///< one line
  Kernel kernel;
};
/// All of them, in the order of what they are for.
std::span<const NamedKernel> named_kernels();
/// Null if there is none of that name.
const NamedKernel* find_kernel(std::string_view name);

/// The kernel in a file, in any of these forms. Throws PipelineError, also when it cannot be read.
Kernel read_kernel(const char* path);

}  // namespace cogent::image
