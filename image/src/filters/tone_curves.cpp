// Brightness, contrast, gamma, levels, curves and tables.
#include <algorithm>
#include <cmath>

#include "filters/all.h"
#include "filters/tones.h"
#include "text/numbers.h"

namespace cogent::image::filters {

namespace {

Parameter number_parameter(std::string_view name, std::string_view help, std::optional<ArgumentValue> standard,
                           double least = -1e9, double most = 1e9) {
  return {.name = name,
          .kind = ParameterKind::Number,
          .help = help,
          .standard = std::move(standard),
          .least = least,
          .most = most};
}

// factor * x + offset
Tone linear_tone(const Stage& from, double factor, double offset) {
  const Range samples = samples_of(from);
  const double a = factor * samples.least + offset, b = factor * samples.most + offset;
  return {.exact = [=](double sample) { return factor * sample + offset; },
          .generated = [=](const Number& sample) { return sample * factor + offset; },
          .range = {std::min(a, b), std::max(a, b), false}};
}

// A whole number added to whole samples stays whole.
Tone sum_tone(const Stage& from, double amount) {
  const Range samples = samples_of(from);
  const bool is_whole = samples.is_whole && amount == std::floor(amount);
  const double most = largest_of(samples) + std::abs(amount);
  return {.exact = [=](double sample) { return sample + amount; },
          .generated =
              [=](const Number& sample) {
                return is_whole ? widened(sample, most) + static_cast<int>(amount) : sample + amount;
              },
          .range = {samples.least + amount, samples.most + amount, is_whole}};
}

StageId build_brightness(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  const double amount = arguments.number("amount");
  const Tone tone = sum_tone(from, amount);
  if (amount != std::floor(amount)) return add_tone(builder, "brightness", inputs.front(), tone);
  return add_quick_tone(builder, "brightness", inputs.front(), tone);
}

StageId build_contrast(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  const double factor = arguments.number("factor");
  const double middle = arguments.has("middle") ? arguments.number("middle") : white_of(from.type) / 2;
  return add_tone(builder, "contrast", inputs.front(), linear_tone(from, factor, middle - factor * middle));
}

StageId build_linear(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  return add_tone(builder, "linear", inputs.front(),
                  linear_tone(from, arguments.number("factor"), arguments.number("offset")));
}

/// What goes from one interval to another along a power.
struct Levels {
  double black, white, exponent, new_black, new_white;

  double operator()(double sample) const {
    const double part = std::clamp((sample - black) / (white - black), 0.0, 1.0);
    return new_black + (new_white - new_black) * std::pow(part, exponent);
  }
  Number operator()(const Number& sample) const {
    const Number part = minimum(maximum((sample - Number(black)) * (1 / (white - black)), Number(0.0)), Number(1.0));
    return (exponent == 1 ? part : power(part, exponent)) * (new_white - new_black) + new_black;
  }
};

Tone levels_tone(const Levels& levels) {
  return {.exact = [levels](double sample) { return levels(sample); },
          .generated = [levels](const Number& sample) { return levels(sample); },
          .range = {std::min(levels.new_black, levels.new_white), std::max(levels.new_black, levels.new_white), false}};
}

StageId build_gamma(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const double from = white_of(builder.stage(inputs.front()).type), to = white_of(builder.pixel_type());
  return add_tone(builder, "gamma", inputs.front(), levels_tone({0, from, 1 / arguments.number("gamma"), 0, to}));
}

void check_levels(const Arguments& arguments) {
  if (arguments.has("white") && arguments.number("white") == arguments.number("black"))
    throw ArgumentError{"white", "black and white are the same"};
}

StageId build_levels(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const double white =
      arguments.has("white") ? arguments.number("white") : white_of(builder.stage(inputs.front()).type);
  const double black = arguments.number("black");
  if (white == black) throw PipelineError("levels: black and white are the same");
  const double new_white = arguments.has("new_white") ? arguments.number("new_white") : white_of(builder.pixel_type());
  return add_tone(builder, "levels", inputs.front(),
                  levels_tone({black, white, 1 / arguments.number("gamma"), arguments.number("new_black"), new_white}));
}

/// Straight lines between points, level before the first and behind the last.
struct Polyline {
  std::vector<double> x, y;

  double operator()(double sample) const {
    double result = y.front();
    for (std::size_t i = 1; i < x.size(); ++i)
      result += (y[i] - y[i - 1]) * std::clamp((sample - x[i - 1]) / (x[i] - x[i - 1]), 0.0, 1.0);
    return result;
  }
  Number operator()(const Number& sample) const {
    Number result = y.front();
    for (std::size_t i = 1; i < x.size(); ++i) {
      if (y[i] == y[i - 1]) continue;
      const Number part =
          minimum(maximum((sample - Number(x[i - 1])) * (1 / (x[i] - x[i - 1])), Number(0.0)), Number(1.0));
      result = result + part * (y[i] - y[i - 1]);
    }
    return result;
  }
};

Tone polyline_tone(const Polyline& line) {
  const auto [least, most] = std::ranges::minmax(line.y);
  return {.exact = [line](double sample) { return line(sample); },
          .generated = [line](const Number& sample) { return line(sample); },
          .range = {least, most, false}};
}

void check_curves(const Arguments& arguments) {
  const Kernel& points = arguments.kernel("points");
  if (points.width != 2)
    throw ArgumentError{"points", "expected rows of two numbers, from and to, not of " + std::to_string(points.width)};
  for (int row = 1; row < points.height; ++row)
    if (points.at(row, 0) <= points.at(row - 1, 0))
      throw ArgumentError{"points", "expected first numbers that grow from row to row, not " +
                                        text::to_text(points.at(row - 1, 0)) + " and then " +
                                        text::to_text(points.at(row, 0))};
}

StageId build_curves(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Kernel& points = arguments.kernel("points");
  Polyline line;
  for (int row = 0; row < points.height; ++row) {
    line.x.push_back(points.at(row, 0));
    line.y.push_back(points.at(row, 1));
  }
  return add_tone(builder, "curves", inputs.front(), polyline_tone(line));
}

void check_lut(const Arguments& arguments) {
  if (arguments.kernel("entries").weights.size() < 2) throw ArgumentError{"entries", "expected at least 2"};
}

StageId build_lut(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Kernel& entries = arguments.kernel("entries");
  const double white = white_of(builder.stage(inputs.front()).type);
  const std::size_t count = entries.weights.size();
  Polyline line{{}, entries.weights};
  for (std::size_t i = 0; i < count; ++i)
    line.x.push_back(static_cast<double>(i) * white / static_cast<double>(count - 1));
  return add_tone(builder, "lut", inputs.front(), polyline_tone(line));
}

}  // namespace

const Filter& brightness() {
  static const Filter filter = {.name = "brightness",
                                .group = "levels",
                                .help = "adds an amount",
                                .parameters = {number_parameter("amount", "in the samples' own units", {}, -1e6, 1e6)},
                                .build = &build_brightness};
  return filter;
}
const Filter& contrast() {
  static const Filter filter = {.name = "contrast",
                                .group = "levels",
                                .help = "multiplies the distance from the middle",
                                .parameters = {number_parameter("factor", "above 1: more contrast", {}, -1e6, 1e6),
                                               number_parameter("middle", "what stays; -1: half of white", -1.0)},
                                .build = &build_contrast};
  return filter;
}
const Filter& linear() {
  static const Filter filter = {
      .name = "linear",
      .group = "levels",
      .help = "factor times the sample, plus an offset",
      .parameters = {number_parameter("factor", "what samples are multiplied by", {}, -1e6, 1e6),
                     number_parameter("offset", "in the samples' own units", 0.0)},
      .build = &build_linear};
  return filter;
}
const Filter& gamma() {
  static const Filter filter = {.name = "gamma",
                                .group = "levels",
                                .help = "raises samples, as parts of white, to the power of 1/gamma",
                                .parameters = {number_parameter("gamma", "above 1: brighter", {}, 0.01, 100)},
                                .build = &build_gamma};
  return filter;
}
const Filter& levels() {
  static const Filter filter = {
      .name = "levels",
      .group = "levels",
      .help = "stretches what lies between two levels to what lies between two others",
      .parameters = {number_parameter("black", "what becomes new_black", 0.0),
                     number_parameter("white", "what becomes new_white; -1: white", -1.0),
                     number_parameter("gamma", "above 1: brighter in between", 1.0, 0.01, 100),
                     number_parameter("new_black", "the lowest result", 0.0),
                     number_parameter("new_white", "the highest result; -1: white", -1.0)},
      .build = &build_levels,
      .check = &check_levels};
  return filter;
}
const Filter& curves() {
  static const Filter filter = {.name = "curves",
                                .group = "levels",
                                .help = "straight lines between points: [0 0; 64 80; 255 255]",
                                .parameters = {{.name = "points",
                                                .kind = ParameterKind::Kernel,
                                                .help = "rows of two numbers: from a sample, to a sample"}},
                                .build = &build_curves,
                                .check = &check_curves};
  return filter;
}
const Filter& lut() {
  static const Filter filter = {.name = "lut",
                                .group = "levels",
                                .help = "a table: entries from black to white, with straight lines between them",
                                .parameters = {{.name = "entries",
                                                .kind = ParameterKind::Kernel,
                                                .help = "at least 2 in any number of rows; 256 are one for each byte"}},
                                .build = &build_lut,
                                .check = &check_lut};
  return filter;
}

}  // namespace cogent::image::filters
