// Tones, colours and joins against formulas in doubles.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "images/filter_rows.h"

namespace cogent::testing {
namespace {

/// A sample from the same sample, and white.
using Formula = std::function<double(double sample, double white)>;

// Bytes by tables are exact; samples of 16 bits are computed in floats.
FilterRow tone_row(std::string pipeline, Formula formula, double levels = 1) {
  return {std::move(pipeline),
          [=](const Samples& input, const Outside&) {
            const double white = white_of(input.format.type);
            return computed(input.format, [&](int y, int x, int c) { return formula(input.at(y, x, c), white); });
          },
          levels};
}

FilterRow byte_row(std::string pipeline, Formula formula) {
  FilterRow row = tone_row(std::move(pipeline), std::move(formula), 0);
  row.types = {SampleType::U8};
  return row;
}

double part(double x, double black, double white) { return std::clamp((x - black) / (white - black), 0.0, 1.0); }

TEST(ToneFilters, FollowTheirFormulas) {
  compare({
      tone_row(
          "threshold(100)", [](double x, double white) { return x > 100 ? white : 0; }, 0),
      tone_row(
          "threshold(0.5)", [](double x, double white) { return x > 0.5 ? white : 0; }, 0),
      tone_row(
          "invert", [](double x, double white) { return white == 32767 ? -1 - x : white - x; }, 0),
      tone_row(
          "brightness(30)", [](double x, double) { return x + 30; }, 1e-1),
      tone_row("brightness(-0.25)", [](double x, double) { return x - 0.25; }),
      tone_row("contrast(1.7)", [](double x, double white) { return (x - white / 2) * 1.7 + white / 2; }),
      tone_row(
          "contrast(-3, middle=20)", [](double x, double) { return (x - 20) * -3 + 20; }, 3),
      tone_row(
          "linear(1.2, offset=-20)", [](double x, double) { return x * 1.2 - 20; }, 2),
      tone_row("gamma(2.2)",
               [](double x, double white) { return white * std::pow(std::clamp(x / white, 0.0, 1.0), 1 / 2.2); }),
      tone_row("levels(0.2, white=0.8, gamma=0.7)",
               [](double x, double white) { return white * std::pow(part(x, 0.2, 0.8), 1 / 0.7); }),
      tone_row("levels(10, white=200, new_black=50, new_white=20)",
               [](double x, double) { return 50 - 30 * part(x, 10, 200); }),
      tone_row("curves([0 10; 50 100; 200 90; 1000 255])",
               [](double x, double) {
                 if (x <= 0) return 10.0;
                 if (x <= 50) return 10 + x / 50 * 90;
                 if (x <= 200) return 100 - (x - 50) / 150 * 10;
                 return x <= 1000 ? 90 + (x - 200) / 800 * 165 : 255;
               }),
      tone_row("lut([200 3; 7 90])",
               [](double x, double white) {
                 const double t = std::clamp(x / white, 0.0, 1.0) * 3;
                 if (t <= 1) return 200 + t * (3 - 200);
                 return t <= 2 ? 3 + (t - 1) * 4 : 7 + (t - 2) * 83;
               }),
  });
}

TEST(ToneFilters, TablesOfBytesAreExactAloneAndBehindEachOther) {
  const auto byte = [](double x) { return as_sample(x, SampleType::U8); };
  compare({
      byte_row("gamma(1.7)", [](double x, double) { return 255 * std::pow(x / 255, 1 / 1.7); }),
      byte_row("gamma(0.45) | linear(1.2, offset=-20) | invert",
               [=](double x, double) { return 255 - byte(byte(255 * std::pow(x / 255, 1 / 0.45)) * 1.2 - 20); }),
      byte_row("contrast(1.5) | contrast(0.7) | threshold(90)",
               [=](double x, double) {
                 const double first = byte((x - 127.5) * 1.5 + 127.5);
                 return byte((first - 127.5) * 0.7 + 127.5) > 90 ? 255 : 0;
               }),
      byte_row("brightness(100) | gamma(2) | brightness(-50)",
               [=](double x, double) { return byte(255 * std::sqrt(byte(x + 100) / 255)) - 50; }),
  });
}

/// A pixel's channel from all of them.
using PixelFormula = std::function<double(const double* pixel, int channel, double white)>;

FilterRow pixel_row(std::string pipeline, int least_channels, int channels, PixelFormula formula, double levels) {
  return {std::move(pipeline),
          [=](const Samples& input, const Outside&) {
            Format format = input.format;
            if (channels > 0) format.channels = channels;
            return computed(format, [&](int y, int x, int c) {
              return formula(&input.values[static_cast<std::size_t>((y * format.width + x) * input.format.channels)], c,
                             white_of(format.type));
            });
          },
          levels, 12, least_channels};
}

double middle(double white) { return white == 1 ? 0.5 : (white + 1) / 2; }

double hue_saturation_value(const double* p, int channel, double white) {
  const double most = std::max({p[0], p[1], p[2]}), least = std::min({p[0], p[1], p[2]}), range = most - least;
  if (channel == 2) return most;
  if (channel == 1) return most > 0 ? range / most * white : 0;
  if (range == 0) return 0;
  double degrees = 0;
  if (most == p[0])
    degrees = std::fmod(60 * (p[1] - p[2]) / range + 360, 360);
  else if (most == p[1])
    degrees = 60 * (p[2] - p[0]) / range + 120;
  else
    degrees = 60 * (p[0] - p[1]) / range + 240;
  return degrees / 360 * white;
}

double rgb_of_hue(const double* p, int channel, double white) {
  const double hue = p[0] / white * 6, saturation = p[1] / white, value = p[2];
  const int sector = static_cast<int>(std::floor(hue)) % 6;
  const double f = hue - std::floor(hue);
  const double low = value * (1 - saturation), falling = value * (1 - f * saturation),
               rising = value * (1 - (1 - f) * saturation);
  const double table[6][3] = {{value, rising, low},  {falling, value, low}, {low, value, rising},
                              {low, falling, value}, {rising, low, value},  {value, low, falling}};
  return table[sector][channel];
}

TEST(ColourFilters, FollowTheirFormulas) {
  auto rows = std::vector<FilterRow>{
      pixel_row(
          "gray", 3, 1,
          [](const double* p, int, double white) {
            if (white == 1) return 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
            return std::floor((9798 * p[0] + 19235 * p[1] + 3735 * p[2] + (1 << 14)) / (1 << 15));
          },
          1e-1),
      pixel_row(
          "channel(1)", 2, 1, [](const double* p, int, double) { return p[1]; }, 0),
      pixel_row(
          "mix([0 0 1; 0 1 0])", 3, 2, [](const double* p, int c, double) { return c == 0 ? p[2] : p[1]; }, 0),
      pixel_row(
          "mix([0.5 0.25 0.25 3; -1 1 2 0; 1 1 1 -200])", 3, 3,
          [](const double* p, int c, double) {
            if (c == 0) return 0.5 * p[0] + 0.25 * p[1] + 0.25 * p[2] + 3;
            return c == 1 ? -p[0] + p[1] + 2 * p[2] : p[0] + p[1] + p[2] - 200;
          },
          1),
      pixel_row(
          "mix([2 -1 3 0])", 3, 1, [](const double* p, int, double) { return 2 * p[0] - p[1] + 3 * p[2]; }, 1e-1),
      pixel_row(
          "to_ycbcr", 3, 0,
          [](const double* p, int c, double white) {
            const double y = 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
            if (c == 1) return (p[2] - y) / 1.772 + middle(white);
            if (c == 2) return (p[0] - y) / 1.402 + middle(white);
            return c == 0 ? y : p[3];
          },
          1),
      pixel_row(
          "from_ycbcr", 3, 0,
          [](const double* p, int c, double white) {
            const double u = p[1] - middle(white), v = p[2] - middle(white);
            if (c == 0) return p[0] + 1.402 * v;
            if (c == 2) return p[0] + 1.772 * u;
            return c == 1 ? p[0] - (0.114 * 1.772 * u + 0.299 * 1.402 * v) / 0.587 : p[3];
          },
          1),
      pixel_row(
          "to_hsv", 3, 0,
          [](const double* p, int c, double white) { return c == 3 ? p[3] : hue_saturation_value(p, c, white); }, 1),
      pixel_row(
          "from_hsv", 3, 0,
          [](const double* p, int c, double white) { return c == 3 ? p[3] : rgb_of_hue(p, c, white); }, 1),
  };
  for (std::size_t i : {2U, 3U, 4U}) rows[i].most_channels = 3;
  // Hues of colours with a sign mean nothing.
  for (std::size_t i : {7U, 8U}) rows[i].types = {SampleType::U8};
  compare(rows);
}

/// A sample from those of two branches.
using JoinFormula = std::function<double(double a, double b, double white)>;

FilterRow join_row(std::string join, JoinFormula formula, double levels = 0) {
  return {"{identity; invert | convolve([1 2 3], BORDER, divisor=6)} | " + std::move(join),
          [=](const Samples& input, const Outside& outside) {
            const double white = white_of(input.format.type);
            const Samples inverse = computed(input.format, [&](int y, int x, int c) {
              return white == 32767 ? -1 - input.at(y, x, c) : white - input.at(y, x, c);
            });
            const Samples second = correlated(inverse, outside, 3, {1, 2, 3}, input.format.type, 6);
            return computed(input.format,
                            [&](int y, int x, int c) { return formula(input.at(y, x, c), second.at(y, x, c), white); });
          },
          levels};
}

TEST(Joins, FollowTheirFormulas) {
  compare({
      join_row(
          "sum", [](double a, double b, double) { return a + b; }, 1e-1),
      join_row(
          "subtract", [](double a, double b, double) { return a - b; }, 1e-1),
      join_row(
          "difference", [](double a, double b, double) { return std::abs(a - b); }, 1e-1),
      join_row(
          "minimum", [](double a, double b, double) { return std::min(a, b); }, 1e-1),
      join_row(
          "maximum", [](double a, double b, double) { return std::max(a, b); }, 1e-1),
      join_row(
          "average", [](double a, double b, double) { return (a + b) / 2; }, 1e-1),
      join_row(
          "multiply", [](double a, double b, double white) { return a * b / white; }, 1),
      join_row(
          "blend(0.3)", [](double a, double b, double) { return 0.7 * a + 0.3 * b; }, 1),
      join_row(
          "hypot", [](double a, double b, double) { return std::hypot(a, b); }, 1),
      join_row(
          "abs_sum", [](double a, double b, double) { return std::abs(a) + std::abs(b); }, 1e-1),
      {"{identity; invert; brightness(17)} | average",
       [](const Samples& input, const Outside&) {
         const double white = white_of(input.format.type);
         return computed(input.format, [&](int y, int x, int c) {
           const double a = input.at(y, x, c), inverse = white == 32767 ? -1 - a : white - a;
           return (a + inverse + as_sample(a + 17, input.format.type)) / 3;
         });
       },
       1e-1},
  });
}

TEST(ToneFilters, AdaptiveThresholdComparesWithTheAverage) {
  FilterRow row{"adaptive_threshold(5, offset=3, BORDER)", [](const Samples& input, const Outside& outside) {
                  const Samples mean = correlated(input, outside, 5, std::vector<double>(25, 1), input.format.type, 25);
                  return computed(input.format, [&](int y, int x, int c) {
                    return input.at(y, x, c) > mean.at(y, x, c) - 3 ? white_of(input.format.type) : 0;
                  });
                }};
  compare({row});
}

}  // namespace
}  // namespace cogent::testing
