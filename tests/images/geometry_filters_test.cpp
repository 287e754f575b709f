// Pixels that move, and other sizes, against naive loops.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "images/filter_rows.h"

namespace cogent::testing {
namespace {

/// Where a pixel of the result comes from.
using From = std::function<std::pair<int, int>(int y, int x, int height, int width)>;

FilterRow moved_row(std::string pipeline, const From& from, bool is_turned = false) {
  return {std::move(pipeline), [=](const Samples& input, const Outside& outside) {
            Format format = input.format;
            if (is_turned) std::swap(format.width, format.height);
            return computed(format, [&](int y, int x, int c) {
              const auto [row, column] = from(y, x, input.format.height, input.format.width);
              return input.look(row, column, c, outside);
            });
          }};
}

TEST(GeometryFilters, MovePixels) {
  const auto pad = [](int left, int top, int right, int bottom) {
    return [=](const Samples& input, const Outside& outside) {
      Format format = input.format;
      format.width += left + right;
      format.height += top + bottom;
      return computed(format, [&](int y, int x, int c) { return input.look(y - top, x - left, c, outside); });
    };
  };
  compare({
      moved_row("flip", [](int y, int x, int, int width) { return std::pair(y, width - 1 - x); }),
      moved_row("flip(vertical)", [](int y, int x, int height, int) { return std::pair(height - 1 - y, x); }),
      moved_row("flip(both)",
                [](int y, int x, int height, int width) { return std::pair(height - 1 - y, width - 1 - x); }),
      moved_row(
          "rotate", [](int y, int x, int height, int) { return std::pair(height - 1 - x, y); }, true),
      moved_row("rotate(180)",
                [](int y, int x, int height, int width) { return std::pair(height - 1 - y, width - 1 - x); }),
      moved_row(
          "rotate(270)", [](int y, int x, int, int width) { return std::pair(x, width - 1 - y); }, true),
      moved_row(
          "rotate(-90)", [](int y, int x, int, int width) { return std::pair(x, width - 1 - y); }, true),
      moved_row("rotate(360)", [](int y, int x, int, int) { return std::pair(y, x); }),
      {"pad(3, BORDER)", pad(3, 3, 3, 3)},
      {"pad(1, 0, 40, 7, BORDER)", pad(1, 0, 40, 7)},
  });
}

TEST(GeometryFilters, CropTakesARectangle) {
  std::mt19937 random(1);
  for (const Format& format : {Format{50, 20, 3}, Format{40, 9, 1, SampleType::F32}}) {
    const Samples input = random_samples(format, random);
    Format smaller = format;
    smaller.width = 17;
    smaller.height = 6;
    const Samples expected = computed(smaller, [&](int y, int x, int c) { return input.at(y + 3, x + 5, c); });
    EXPECT_EQ(difference(run(image::Pipeline::parse("crop(17, 6, 5, 3)"), input), expected, 0), "");
    EXPECT_THROW((void)run(image::Pipeline::parse("crop(17, 6, 34, 3)"), input), image::PipelineError);
  }
}

double sinc(double x) { return x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x); }

/// The weight of a pixel at a distance, and how far it reaches.
struct Spread {
  double reach;
  double (*weight)(double);
};

Spread spread_of(const std::string& method) {
  if (method == "lanczos3") return {3, [](double x) { return std::abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0; }};
  if (method == "bicubic")
    return {2, [](double x) {
              const double t = std::abs(x);
              if (t <= 1) return (4.5 * t * t * t - 7.5 * t * t + 3) / 3;
              return t < 2 ? (-1.5 * t * t * t + 7.5 * t * t - 12 * t + 6) / 3 : 0;
            }};
  return {1, [](double x) { return std::max(0.0, 1 - std::abs(x)); }};
}

/// Weights of all pixels from -4 * size to 5 * size of a row for one of the result.
std::vector<double> weights_of(const std::string& method, int place, int size, int new_size) {
  const double scale = static_cast<double>(size) / new_size;
  std::vector<double> weights;
  double sum = 0;
  for (int i = -4 * size; i < 5 * size; ++i) {
    double weight = 0;
    if (method == "nearest") {
      const double middle = (place + 0.5) * scale;
      weight = middle >= i && middle < i + 1 ? 1 : 0;
    } else if (method == "area" && scale > 1) {
      weight = std::max(0.0, std::min(i + 1.0, (place + 1) * scale) - std::max<double>(i, place * scale));
    } else {
      const Spread spread = spread_of(method);
      weight = spread.weight((i - ((place + 0.5) * scale - 0.5)) / std::max(1.0, scale));
    }
    weights.push_back(weight);
    sum += weight;
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

Samples resized(const Samples& input, const Outside& outside, const std::string& method, int width, int height) {
  const Format& from = input.format;
  Format format = from;
  format.height = height;
  Samples rows(format);
  for (int y = 0; y < height; ++y) {
    const std::vector<double> weights = weights_of(method, y, from.height, height);
    for (int x = 0; x < from.width; ++x)
      for (int c = 0; c < from.channels; ++c)
        for (int i = 0; i < 9 * from.height; ++i)
          if (weights[static_cast<std::size_t>(i)] != 0)
            rows.at(y, x, c) += weights[static_cast<std::size_t>(i)] * input.look(i - 4 * from.height, x, c, outside);
  }
  format.width = width;
  Samples result(format);
  for (int x = 0; x < width; ++x) {
    const std::vector<double> weights = weights_of(method, x, from.width, width);
    for (int y = 0; y < height; ++y)
      for (int c = 0; c < from.channels; ++c) {
        double sum = 0;
        for (int i = 0; i < 9 * from.width; ++i)
          if (weights[static_cast<std::size_t>(i)] != 0) {
            const int column = place_inside(i - 4 * from.width, from.width, outside.border);
            sum += weights[static_cast<std::size_t>(i)] * rows.at(y, column, c);
          }
        result.at(y, x, c) = as_sample(sum, from.type);
      }
  }
  return result;
}

TEST(GeometryFilters, ResizeWeighsThePixelsAroundAPlace) {
  static constexpr Border borders[] = {Border::Replicate, Border::Reflect, Border::Reflect101, Border::Wrap};
  static constexpr SampleType types[] = {SampleType::U8, SampleType::U16, SampleType::I16, SampleType::F32};
  std::mt19937 random(5);
  int number = 0;
  for (const std::string method : {"nearest", "bilinear", "bicubic", "area", "lanczos3"}) {
    for (const auto& [width, height] : {std::pair(12, 9), std::pair(24, 18), std::pair(31, 7), std::pair(5, 23),
                                        std::pair(6, 3), std::pair(24, 5), std::pair(1, 1)}) {
      Format format{24, 18, 1 + number % 4, types[number % 4]};
      if (number % 3 == 0) format.layout = image::Layout::Planar;
      const Samples input = random_samples(format, random);
      const Outside outside{borders[static_cast<std::size_t>(number++ / 4) % 4]};
      const std::string pipeline = "resize(width=" + std::to_string(width) + ", height=" + std::to_string(height) +
                                   ", method=" + method + ", border=" + std::string(image::name_of(outside.border)) +
                                   ")";
      EXPECT_EQ(difference(run(image::Pipeline::parse(pipeline), input), resized(input, outside, method, width, height),
                           method == "nearest" ? 0 : 1),
                "")
          << pipeline << " of " << image::to_text(format);
    }
  }
}

TEST(GeometryFilters, ResizeKeepsProportionsUnlessBothSidesAreSaid) {
  const auto size = [](const char* pipeline) {
    const Format format = image::Pipeline::parse(pipeline).output_format({30, 20});
    return std::pair(format.width, format.height);
  };
  EXPECT_EQ(size("resize(0.5)"), std::pair(15, 10));
  EXPECT_EQ(size("resize(width=15)"), std::pair(15, 10));
  EXPECT_EQ(size("resize(height=40)"), std::pair(60, 40));
  EXPECT_EQ(size("resize(width=7, height=9)"), std::pair(7, 9));
  EXPECT_EQ(size("resize(0.001)"), std::pair(1, 1));
  EXPECT_THROW((void)size("resize(width=1000000, height=0) | resize(10000)"), image::PipelineError);
}

}  // namespace
}  // namespace cogent::testing
