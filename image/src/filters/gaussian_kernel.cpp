// Gauss's weights, as OpenCV's getGaussianKernel makes them for floats and GaussianBlur for bytes.
#include "filters/gaussian_kernel.h"

#include <algorithm>
#include <cmath>

namespace cogent::image::filters {

namespace {

// What OpenCV takes for small sizes without a sigma, where it is no formula.
std::vector<double> small_weights(int size) {
  switch (size) {
    case 1:
      return {1};
    case 3:
      return {0.25, 0.5, 0.25};
    case 5:
      return {0.0625, 0.25, 0.375, 0.25, 0.0625};
    case 7:
      return {0.03125, 0.109375, 0.21875, 0.28125, 0.21875, 0.109375, 0.03125};
    case 9:
      return {4.0 / 256, 13.0 / 256, 30.0 / 256, 51.0 / 256, 60.0 / 256, 51.0 / 256, 30.0 / 256, 13.0 / 256, 4.0 / 256};
    default:
      return {};
  }
}

}  // namespace

int gaussian_size(double sigma, SampleType type) {
  const double reach = type == SampleType::U8 ? 3 : 4;
  return std::min(static_cast<int>(std::nearbyint(sigma * reach * 2 + 1)) | 1, 63);
}

std::vector<double> gaussian_weights(int size, double sigma) {
  if (sigma <= 0 && size <= 9) return small_weights(size);
  const double deviation = sigma > 0 ? sigma : size * 0.15 + 0.35;
  std::vector<double> weights;
  double sum = 0;
  for (int i = 0; i < size; ++i) {
    const double x = i - (size - 1) / 2.0;
    weights.push_back(std::exp(-0.5 * x * x / (deviation * deviation)));
    sum += weights.back();
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

// What rounding leaves over goes to the next weight, and in the end to the one in the middle.
std::vector<double> gaussian_weights_in_256ths(int size, double sigma) {
  const std::vector<double> exact = gaussian_weights(size, sigma);
  std::vector<double> weights(exact.size());
  double left_over = 0, middle = 256;
  const std::size_t half = exact.size() / 2;
  for (std::size_t i = 0; i < half; ++i) {
    const double wanted = exact[i] * 256 + left_over;
    weights[i] = weights[exact.size() - 1 - i] = std::nearbyint(wanted);
    left_over = wanted - weights[i];
    middle -= 2 * weights[i];
  }
  weights[half] = middle;
  return weights;
}

}  // namespace cogent::image::filters
