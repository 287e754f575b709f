// Blurs in which all pixels of a shape weigh the same: a box, a disk; and along a line.
#include <cmath>

#include "filters/all.h"
#include "filters/blurs.h"

namespace cogent::image::filters {

namespace {

Blur blur_with(std::string name, Taps taps) {
  return [name = std::move(name), taps = std::move(taps)](StageBuilder& builder, StageId input, const Edge& edge,
                                                          SampleType type) {
    return add_convolution(builder, name, input, taps, edge, type);
  };
}

StageId build_box(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const auto width = static_cast<std::size_t>(arguments.integer("width"));
  const auto given = static_cast<std::size_t>(arguments.integer("height"));
  const std::size_t height = given == 0 ? width : given;
  Taps taps{.rows = static_cast<int>(height),
            .columns = static_cast<int>(width),
            .weights = std::vector<double>(width * height, 1.0)};
  taps.divisor = static_cast<double>(width * height);
  return add_blur(builder, arguments, inputs.front(), blur_with("box", taps));
}

StageId build_disk(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const double radius = arguments.number("radius");
  const int reach = static_cast<int>(radius), size = 2 * reach + 1;
  Taps taps{.rows = size, .columns = size, .weights = {}};
  taps.divisor = 0;
  for (int y = -reach; y <= reach; ++y) {
    for (int x = -reach; x <= reach; ++x) {
      taps.weights.push_back(x * x + y * y <= radius * radius ? 1 : 0);
      taps.divisor += taps.weights.back();
    }
  }
  return add_blur(builder, arguments, inputs.front(), blur_with("disk", taps));
}

// Points along the line, a pixel apart, each shared among the four pixels around it.
Taps line_taps(double length, double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  const int reach = static_cast<int>(std::ceil((length - 1) / 2)), size = 2 * reach + 1;
  Taps taps{.rows = size, .columns = size, .weights = std::vector<double>(static_cast<std::size_t>(size * size))};
  const int points = static_cast<int>(std::ceil(length));
  for (int i = 0; i < points; ++i) {
    const double t = points == 1 ? 0 : (static_cast<double>(i) / (points - 1) - 0.5) * (length - 1);
    const double x = reach + t * std::cos(angle), y = reach - t * std::sin(angle);
    for (int row = 0; row < size; ++row)
      for (int column = 0; column < size; ++column)
        taps.weights[static_cast<std::size_t>(row * size + column)] +=
            std::max(0.0, 1 - std::abs(x - column)) * std::max(0.0, 1 - std::abs(y - row)) / points;
  }
  for (double& weight : taps.weights) weight = std::abs(weight) < 1e-9 ? 0 : weight;
  return taps;
}

StageId build_motion(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Taps taps = line_taps(arguments.number("length"), arguments.number("angle"));
  return add_blur(builder, arguments, inputs.front(), blur_with("motion", taps));
}

}  // namespace

const Filter& box() {
  static const Filter filter = {
      .name = "box",
      .group = "blur",
      .help = "the average of a rectangle",
      .parameters = with_border_and_alpha(
          {{.name = "width", .kind = ParameterKind::Integer, .help = "pixels", .least = 1, .most = 63},
           {.name = "height",
            .kind = ParameterKind::Integer,
            .help = "pixels; 0: as the width",
            .standard = 0.0,
            .least = 0,
            .most = 63}}),
      .build = &build_box};
  return filter;
}
const Filter& disk() {
  static const Filter filter = {
      .name = "disk",
      .group = "blur",
      .help = "the average of a disk, as a lens out of focus gives it",
      .parameters = with_border_and_alpha(
          {{.name = "radius", .kind = ParameterKind::Number, .help = "pixels", .least = 0, .most = 31}}),
      .build = &build_disk};
  return filter;
}
const Filter& motion() {
  static const Filter filter = {
      .name = "motion",
      .group = "blur",
      .help = "the average along a line, as of a camera that moves",
      .parameters = with_border_and_alpha(
          {{.name = "length", .kind = ParameterKind::Number, .help = "pixels", .least = 1, .most = 62},
           {.name = "angle",
            .kind = ParameterKind::Number,
            .help = "degrees, counter-clockwise from right",
            .standard = 0.0,
            .least = -360,
            .most = 360}}),
      .build = &build_motion};
  return filter;
}

}  // namespace cogent::image::filters
