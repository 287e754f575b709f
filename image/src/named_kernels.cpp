// The kernels that have names. Gradients grow to the right and downwards, as the pipelines' correlation applies them.
#include <cogent/image/kernel.h>

#include <algorithm>

namespace cogent::image {
namespace {

Kernel square(std::vector<double> weights, double divisor = 1, double offset = 0) {
  int side = 1;
  while (side * side < static_cast<int>(weights.size())) ++side;
  return {.width = side, .height = side, .weights = std::move(weights), .divisor = divisor, .offset = offset};
}

std::vector<NamedKernel> make_kernels() {
  return {
      {"identity", "the picture itself", square({1})},
      {"sobel_x", "gradient to the right, smoothed 1 2 1", square({-1, 0, 1, -2, 0, 2, -1, 0, 1})},
      {"sobel_y", "gradient downwards, smoothed 1 2 1", square({-1, -2, -1, 0, 0, 0, 1, 2, 1})},
      {"prewitt_x", "gradient to the right, smoothed 1 1 1", square({-1, 0, 1, -1, 0, 1, -1, 0, 1})},
      {"prewitt_y", "gradient downwards, smoothed 1 1 1", square({-1, -1, -1, 0, 0, 0, 1, 1, 1})},
      {"scharr_x", "gradient to the right, nearly alike in all directions", square({-3, 0, 3, -10, 0, 10, -3, 0, 3})},
      {"scharr_y", "gradient downwards, nearly alike in all directions", square({-3, -10, -3, 0, 0, 0, 3, 10, 3})},
      {"roberts_x", "difference along one diagonal", square({1, 0, 0, -1})},
      {"roberts_y", "difference along the other diagonal", square({0, 1, -1, 0})},
      {"kirsch_n", "edges that are bright above", square({5, 5, 5, -3, 0, -3, -3, -3, -3})},
      {"kirsch_ne", "edges that are bright above on the right", square({-3, 5, 5, -3, 0, 5, -3, -3, -3})},
      {"kirsch_e", "edges that are bright on the right", square({-3, -3, 5, -3, 0, 5, -3, -3, 5})},
      {"kirsch_se", "edges that are bright below on the right", square({-3, -3, -3, -3, 0, 5, -3, 5, 5})},
      {"kirsch_s", "edges that are bright below", square({-3, -3, -3, -3, 0, -3, 5, 5, 5})},
      {"kirsch_sw", "edges that are bright below on the left", square({-3, -3, -3, 5, 0, -3, 5, 5, -3})},
      {"kirsch_w", "edges that are bright on the left", square({5, -3, -3, 5, 0, -3, 5, -3, -3})},
      {"kirsch_nw", "edges that are bright above on the left", square({5, 5, -3, 5, 0, -3, -3, -3, -3})},
      {"laplacian4", "second derivative, of 4 neighbours", square({0, 1, 0, 1, -4, 1, 0, 1, 0})},
      {"laplacian8", "second derivative, of 8 neighbours", square({1, 1, 1, 1, -8, 1, 1, 1, 1})},
      {"log5", "Laplacian of a Gaussian, 5x5",
       square({0, 0, 1, 0, 0, 0, 1, 2, 1, 0, 1, 2, -16, 2, 1, 0, 1, 2, 1, 0, 0, 0, 1, 0, 0})},
      {"outline", "edges of all directions, bright", square({-1, -1, -1, -1, 8, -1, -1, -1, -1})},
      {"emboss", "as if lit from above on the left", square({-2, -1, 0, -1, 1, 1, 0, 1, 2})},
      {"sharpen", "sharper, by 4 neighbours", square({0, -1, 0, -1, 5, -1, 0, -1, 0})},
      {"sharpen8", "sharper still, by 8 neighbours", square({-1, -1, -1, -1, 9, -1, -1, -1, -1})},
      {"box3", "mean of 3x3", square(std::vector<double>(9, 1), 9)},
      {"box5", "mean of 5x5", square(std::vector<double>(25, 1), 25)},
      {"gaussian3", "binomial 3x3, near to sigma 0.7", square({1, 2, 1, 2, 4, 2, 1, 2, 1}, 16)},
      {"gaussian5", "binomial 5x5, near to sigma 1",
       square({1, 4, 6, 4, 1, 4, 16, 24, 16, 4, 6, 24, 36, 24, 6, 4, 16, 24, 16, 4, 1, 4, 6, 4, 1}, 256)},
      {"motion5", "smeared along a diagonal of 5 pixels",
       square({1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1}, 5)},
  };
}

}  // namespace

std::span<const NamedKernel> named_kernels() {
  static const std::vector<NamedKernel> kernels = make_kernels();
  return kernels;
}

const NamedKernel* find_kernel(std::string_view name) {
  const auto found = std::ranges::find(named_kernels(), name, &NamedKernel::name);
  return found == named_kernels().end() ? nullptr : &*found;
}

}  // namespace cogent::image
