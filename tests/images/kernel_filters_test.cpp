// Filters with kernels against naive sums of doubles.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "images/filter_rows.h"

namespace cogent::testing {
namespace {

using Weights = std::vector<double>;

SampleType derivative_of(SampleType type) {
  if (type == SampleType::F32) return type;
  return type == SampleType::U8 ? SampleType::I16 : SampleType::I32;
}

FilterRow kernel_row(std::string pipeline, int columns, Weights weights, double levels = 0, double divisor = 1,
                     double offset = 0) {
  return {std::move(pipeline),
          [=](const Samples& input, const Outside& outside) {
            return correlated(input, outside, columns, weights, input.format.type, divisor, offset);
          },
          levels};
}

FilterRow derivative_row(std::string pipeline, int columns, Weights weights, double levels = 0) {
  return {std::move(pipeline),
          [=](const Samples& input, const Outside& outside) {
            return correlated(input, outside, columns, weights, derivative_of(input.format.type));
          },
          levels};
}

// The length of two derivatives.
FilterRow length_row(std::string pipeline, int columns, Weights x, Weights y) {
  return {std::move(pipeline),
          [=](const Samples& input, const Outside& outside) {
            const SampleType type = derivative_of(input.format.type);
            const Samples dx = correlated(input, outside, columns, x, type);
            const Samples dy = correlated(input, outside, columns, y, type);
            return computed(input.format,
                            [&](int r, int s, int c) { return std::hypot(dx.at(r, s, c), dy.at(r, s, c)); });
          },
          1};
}

Weights gaussian_weights(int size, double sigma) {
  Weights weights;
  double sum = 0;
  for (int y = 0; y < size; ++y)
    for (int x = 0; x < size; ++x) {
      const double dx = x - size / 2, dy = y - size / 2;
      weights.push_back(std::exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)));
      sum += weights.back();
    }
  for (double& weight : weights) weight /= sum;
  return weights;
}

// The size follows from the type of samples.
FilterRow gaussian_row(double sigma) {
  return {"gaussian(" + std::to_string(sigma) + ", BORDER)",
          [=](const Samples& input, const Outside& outside) {
            const double reach = input.format.type == SampleType::U8 ? 3 : 4;
            const int size = static_cast<int>(std::nearbyint(sigma * reach * 2 + 1)) | 1;
            return correlated(input, outside, size, gaussian_weights(size, sigma), input.format.type);
          },
          1};
}

TEST(KernelFilters, ConvolveGivesExactSumsOfWholeWeights) {
  Weights ones(63 * 5, 1.0);
  compare({
      kernel_row("convolve([-1 0 1; -2 0 2; -1 0 1], BORDER)", 3, {-1, 0, 1, -2, 0, 2, -1, 0, 1}, 1e-1),
      kernel_row("convolve([1 2 3; 4 5 6; 7 8 9], BORDER, divisor=45)", 3, {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1e-1, 45),
      kernel_row("convolve([1 2 1; 2 4 2; 1 2 1], BORDER, divisor=16)", 3, {1, 2, 1, 2, 4, 2, 1, 2, 1}, 1e-1, 16),
      kernel_row("convolve([1 -2 3 -4 5], BORDER, divisor=-6, offset=10)", 5, {1, -2, 3, -4, 5}, 1e-1, -6, 10),
      kernel_row("convolve([1; 5; -3], BORDER, divisor=2, offset=7)", 1, {1, 5, -3}, 1e-1, 2, 7),
      kernel_row("convolve([1 4 6 4 1; 4 16 24 16 4; 6 24 36 24 6; 4 16 24 16 4; 1 4 6 4 1], BORDER, divisor=256)", 5,
                 {1, 4, 6, 4, 1, 4, 16, 24, 16, 4, 6, 24, 36, 24, 6, 4, 16, 24, 16, 4, 1, 4, 6, 4, 1}, 1e-1, 256),
      kernel_row("convolve([0 0; 0 0], BORDER)", 2, {0, 0, 0, 0}),
      kernel_row("convolve([3], BORDER, divisor=2)", 1, {3}, 1e-1, 2),
      kernel_row("convolve([1 0 0 0; 0 0 0 2], BORDER, divisor=3)", 4, {1, 0, 0, 0, 0, 0, 0, 2}, 1e-1, 3),
      {"box(63, 5, BORDER)",
       [&](const Samples& input, const Outside& outside) {
         return correlated(input, outside, 63, ones, input.format.type, 63 * 5);
       },
       1e-1, 6},
  });
}

TEST(KernelFilters, ConvolveFlipsAnchorsAndChoosesTypes) {
  const auto row = [](const char* pipeline, SampleType type, int flip, int anchor_y, int anchor_x) {
    return FilterRow{pipeline,
                     [=](const Samples& input, const Outside& outside) {
                       const Weights weights = {1, -7, 2, 5, 11, -3};
                       return computed(input.format, type, [&](int y, int x, int c) {
                         double sum = 0;
                         for (int i = 0; i < 2; ++i)
                           for (int j = 0; j < 3; ++j)
                             sum += weights[static_cast<std::size_t>(i * 3 + j)] *
                                    input.look(y + flip * (i - anchor_y), x + flip * (j - anchor_x), c, outside);
                         return sum;
                       });
                     },
                     type == SampleType::F32 ? 1 : 1e-1};
  };
  compare({
      row("convolve([1 -7 2; 5 11 -3], BORDER, anchor_x=0, anchor_y=0, out=s32)", SampleType::I32, 1, 0, 0),
      row("convolve([1 -7 2; 5 11 -3], BORDER, flip=yes, out=s16)", SampleType::I16, -1, 1, 1),
      row("convolve([1 -7 2; 5 11 -3], BORDER, flip=yes, anchor_x=2, out=u8)", SampleType::U8, -1, 1, 2),
      row("convolve([1 -7 2; 5 11 -3], BORDER, anchor_x=2, out=f32)", SampleType::F32, 1, 1, 2),
      row("convolve([1 -7 2; 5 11 -3], BORDER, anchor_y=0, out=u16)", SampleType::U16, 1, 0, 1),
  });
}

TEST(KernelFilters, WeightsWithFractionsErrByLessThanALevel) {
  compare({
      kernel_row("convolve([0.1 0.2 0.1; 0.05 0.4 0.05], BORDER)", 3, {0.1, 0.2, 0.1, 0.05, 0.4, 0.05}, 1),
      kernel_row("convolve([0.5 0.5; 0.25 0.25], BORDER, offset=0.3)", 2, {0.5, 0.5, 0.25, 0.25}, 1, 1, 0.3),
      kernel_row("convolve([1 2 3], BORDER, divisor=4.7)", 3, {1, 2, 3}, 1, 4.7),
      kernel_row("gaussian(0, size=5, BORDER)", 5,
                 {1, 4, 6, 4, 1, 4, 16, 24, 16, 4, 6, 24, 36, 24, 6, 4, 16, 24, 16, 4, 1, 4, 6, 4, 1}, 1, 256),
      gaussian_row(0.5),
      gaussian_row(1.2),
      gaussian_row(2.5),
      gaussian_row(7),
  });
}

TEST(KernelFilters, DerivativesKeepTheirSign) {
  compare({
      derivative_row("sobel(x, BORDER)", 3, {-1, 0, 1, -2, 0, 2, -1, 0, 1}, 1e-1),
      derivative_row("sobel(y, BORDER)", 3, {-1, -2, -1, 0, 0, 0, 1, 2, 1}, 1e-1),
      derivative_row("prewitt(x, BORDER)", 3, {-1, 0, 1, -1, 0, 1, -1, 0, 1}, 1e-1),
      derivative_row("prewitt(y, BORDER)", 3, {-1, -1, -1, 0, 0, 0, 1, 1, 1}, 1e-1),
      derivative_row("scharr(x, BORDER)", 3, {-3, 0, 3, -10, 0, 10, -3, 0, 3}, 1e-1),
      derivative_row("scharr(y, BORDER)", 3, {-3, -10, -3, 0, 0, 0, 3, 10, 3}, 1e-1),
      derivative_row("roberts(x, BORDER)", 3, {0, 0, 0, 0, 1, 0, 0, 0, -1}, 1e-1),
      derivative_row("roberts(y, BORDER)", 3, {0, 0, 0, 0, 0, 1, 0, -1, 0}, 1e-1),
      derivative_row("laplacian(BORDER)", 3, {0, 1, 0, 1, -4, 1, 0, 1, 0}, 1e-1),
      derivative_row("laplacian(8, BORDER)", 3, {1, 1, 1, 1, -8, 1, 1, 1, 1}, 1e-1),
      length_row("sobel(BORDER)", 3, {-1, 0, 1, -2, 0, 2, -1, 0, 1}, {-1, -2, -1, 0, 0, 0, 1, 2, 1}),
      length_row("scharr(BORDER)", 3, {-3, 0, 3, -10, 0, 10, -3, 0, 3}, {-3, -10, -3, 0, 0, 0, 3, 10, 3}),
  });
}

TEST(KernelFilters, KirschIsTheStrongestOfEightDirections) {
  compare({{"kirsch(BORDER)",
            [](const Samples& input, const Outside& outside) {
              const std::vector<Weights> kernels = {{5, 5, 5, -3, 0, -3, -3, -3, -3}, {5, 5, -3, 5, 0, -3, -3, -3, -3},
                                                    {5, -3, -3, 5, 0, -3, 5, -3, -3}, {-3, -3, -3, 5, 0, -3, 5, 5, -3},
                                                    {-3, -3, -3, -3, 0, -3, 5, 5, 5}, {-3, -3, -3, -3, 0, 5, -3, 5, 5},
                                                    {-3, -3, 5, -3, 0, 5, -3, -3, 5}, {-3, 5, 5, -3, 0, 5, -3, -3, -3}};
              return computed(input.format, [&](int y, int x, int c) {
                double most = -1e30;
                for (const Weights& kernel : kernels) {
                  double sum = 0;
                  for (int i = 0; i < 9; ++i)
                    sum += kernel[static_cast<std::size_t>(i)] * input.look(y + i / 3 - 1, x + i % 3 - 1, c, outside);
                  most = std::max(most, sum);
                }
                return most;
              });
            },
            1}});
}

Weights disk_weights(int reach, double radius) {
  Weights weights;
  for (int y = -reach; y <= reach; ++y)
    for (int x = -reach; x <= reach; ++x) weights.push_back(std::hypot(x, y) <= radius ? 1 : 0);
  return weights;
}

// A line of five pixels up to the right: points at steps of 45 degrees fall between pixels.
Weights diagonal_weights() {
  Weights weights(25);
  for (int i = -2; i <= 2; ++i) {
    const double x = 2 + i * std::numbers::sqrt2 / 2, y = 2 - i * std::numbers::sqrt2 / 2;
    const int left = static_cast<int>(std::floor(x)), top = static_cast<int>(std::floor(y));
    for (int r = top; r <= top + 1; ++r)
      for (int s = left; s <= left + 1; ++s) {
        const double share = (1 - std::abs(x - s)) * (1 - std::abs(y - r)) / 5;
        if (share > 0) weights[static_cast<std::size_t>(r * 5 + s)] += share;
      }
  }
  return weights;
}

TEST(KernelFilters, BlursAndSharpeners) {
  Weights sharp = {0, -0.7, 0, -0.7, 3.8, -0.7, 0, -0.7, 0};
  compare({
      kernel_row("box(3, BORDER)", 3, Weights(9, 1), 1e-1, 9),
      kernel_row("box(4, BORDER)", 4, Weights(16, 1), 1e-1, 16),
      kernel_row("box(9, BORDER)", 9, Weights(81, 1), 1e-1, 81),
      kernel_row("box(6, 1, BORDER)", 6, Weights(6, 1), 1e-1, 6),
      kernel_row("disk(2.5, BORDER)", 5, disk_weights(2, 2.5), 1e-1, 21),
      kernel_row("disk(4, BORDER)", 9, disk_weights(4, 4), 1e-1, 49),
      kernel_row("motion(5, BORDER)", 5, Weights(5, 0.2), 1),
      kernel_row("motion(5, angle=90, BORDER)", 1, Weights(5, 0.2), 1),
      kernel_row("motion(5, angle=45, BORDER)", 5, diagonal_weights(), 1),
      kernel_row("emboss(BORDER)", 3, {-2, -1, 0, -1, 1, 1, 0, 1, 2}, 1e-1),
      kernel_row("sharpen(BORDER)", 3, {0, -1, 0, -1, 5, -1, 0, -1, 0}, 1e-1),
      kernel_row("sharpen(0.7, BORDER)", 3, sharp, 1),
      kernel_row("identity", 1, {1}),
      {"unsharp(1.5, 0.6, size=7, BORDER)",
       [](const Samples& input, const Outside& outside) {
         Weights weights = gaussian_weights(7, 1.5);
         for (double& weight : weights) weight *= -0.6;
         weights[24] += 1.6;
         return correlated(input, outside, 7, weights, input.format.type);
       },
       1},
      {"unsharp(1, 3, size=5, BORDER)",
       [](const Samples& input, const Outside& outside) {
         Weights weights = gaussian_weights(5, 1);
         for (double& weight : weights) weight *= -3;
         weights[12] += 4;
         return correlated(input, outside, 5, weights, input.format.type);
       },
       1},
  });
}

TEST(KernelFilters, DetectorsOfBlobs) {
  Weights log;
  double sum = 0;
  for (int y = -5; y <= 5; ++y)
    for (int x = -5; x <= 5; ++x) {
      const double s2 = 1.2 * 1.2, r2 = x * x + y * y;
      log.push_back((r2 - 2 * s2) / (2 * std::numbers::pi * s2 * s2 * s2) * std::exp(-r2 / (2 * s2)));
      sum += log.back();
    }
  for (double& weight : log) weight -= sum / 121;
  Weights dog = gaussian_weights(15, 1.6);
  const Weights narrow = gaussian_weights(9, 1);
  for (int i = 0; i < 225; ++i) {
    const int y = i / 15 - 3, x = i % 15 - 3;
    const bool is_inside = y >= 0 && y < 9 && x >= 0 && x < 9;
    dog[static_cast<std::size_t>(i)] =
        (is_inside ? narrow[static_cast<std::size_t>(y * 9 + x)] : 0) - dog[static_cast<std::size_t>(i)];
  }
  compare({derivative_row("log(1.2, BORDER)", 11, log, 1), derivative_row("dog(BORDER)", 15, dog, 1)});
}

}  // namespace
}  // namespace cogent::testing
