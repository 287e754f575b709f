// Canny's edges, as OpenCV finds them: lines of pixels whose gradient is the greatest across the edge, strong ones and
// weak ones that touch them.
#include <cmath>

#include "filters/all.h"
#include "filters/convolution.h"

namespace cogent::image::filters {

namespace {

constexpr int weak = 128, strong = 255;

/// 1 where a gradient's length is greater than on both sides across the edge: left and right, above and below, or along
/// one of the diagonals, by the gradient's angle. Else 0.
Number is_crest(const Neighbourhood& here) {
  const auto length = [&](int row, int column) { return here.at(0, row, column, 0); };
  const Number x = here.at(1, 0, 0, 0), y = here.at(2, 0, 0, 0), middle = length(0, 0);
  const bool in_integers = x.is_integer();
  constexpr int tangent = 13573;  // of 22.5 degrees, in 2^-15
  const Number flat = absolute(x) * tangent;
  const Number rise = in_integers ? absolute(y) * (1 << 15) : absolute(y) * 32768.0;
  const Number steep = flat + (in_integers ? absolute(x) * (1 << 16) : absolute(x) * 65536.0);
  const Number zero = in_integers ? Number(0) : Number(0.0);
  const auto between = [&](const Number& one, const Number& other, bool is_diagonal) {
    return choose(one < middle, choose(is_diagonal ? other < middle : other <= middle, 1, 0), 0);
  };
  const Number across = between(length(0, -1), length(0, 1), false);
  const Number upright = between(length(-1, 0), length(1, 0), false);
  const Number rising = between(length(-1, -1), length(1, 1), true);
  const Number sinking = between(length(-1, 1), length(1, -1), true);
  return choose(rise < flat, across, choose(steep < rise, upright, choose(x * y < zero, sinking, rising)));
}

// Weak pixels that strong ones reach become strong, the others go. What is still to be followed lies in memory that the
// thread keeps.
void follow_edges(const PictureView<const std::uint8_t>& from, const PictureView<std::uint8_t>& to) {
  static thread_local std::vector<std::pair<int, int>> found;
  found.clear();
  for (int y = 0; y < from.height(); ++y)
    for (int x = 0; x < from.width(); ++x) {
      to(y, x) = from(y, x) == strong ? strong : 0;
      if (from(y, x) == strong) found.emplace_back(y, x);
    }
  while (!found.empty()) {
    const auto [row, column] = found.back();
    found.pop_back();
    for (int y = std::max(row - 1, 0); y <= std::min(row + 1, from.height() - 1); ++y)
      for (int x = std::max(column - 1, 0); x <= std::min(column + 1, from.width() - 1); ++x) {
        if (from(y, x) != weak || to(y, x) == strong) continue;
        to(y, x) = strong;
        found.emplace_back(y, x);
      }
  }
}

Taps sobel_taps(bool is_x) {
  if (is_x) return {.rows = 3, .columns = 3, .weights = {-1, 0, 1, -2, 0, 2, -1, 0, 1}};
  return {.rows = 3, .columns = 3, .weights = {-1, -2, -1, 0, 0, 0, 1, 2, 1}};
}

// The sum of the absolute values of the derivatives.
StageId add_lengths(StageBuilder& builder, StageId x, StageId y, SampleType type) {
  const StageId both[] = {x, y};
  const Range of_x = samples_of(builder.stage(x));
  return add_samplewise(
      builder, "canny: gradient", both, type, {0, 2 * largest_of(of_x), of_x.is_whole},
      [](const Neighbourhood& here, int c) { return absolute(here.at(0, 0, 0, c)) + absolute(here.at(1, 0, 0, c)); });
}

/// The limits of the gradient's length, between which edges are weak.
struct Limits {
  double low, high;
};

StageId add_crests(StageBuilder& builder, StageId lengths, StageId x, StageId y, const Limits& limits) {
  const Stage& from = builder.stage(lengths);
  const auto body = [limits](const Neighbourhood& here, int) {
    const Number length = here.at(0, 0, 0, 0);
    const auto above = [&](double limit) {
      return length.is_integer() ? Number(static_cast<int>(std::floor(limit))) < length : Number(limit) < length;
    };
    return is_crest(here) * choose(above(limits.low), choose(above(limits.high), strong, weak), 0);
  };
  return builder.add({.name = "canny: crests",
                      .inputs = {{.stage = lengths, .window = {1, 1, 1, 1}, .edge = {Border::Constant, 0}},
                                 {.stage = x},
                                 {.stage = y}},
                      .width = from.width,
                      .height = from.height,
                      .channels = 1,
                      .type = SampleType::U8,
                      .range = {0, strong, true},
                      .is_channelwise = true,
                      .body = body});
}

StageId build(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  check_one_channel(builder, inputs.front(), "canny");
  const SampleType type = from.type == SampleType::U8 ? SampleType::I16 : SampleType::F32;
  const auto derivative = [&](bool is_x) {
    return add_convolution(builder, is_x ? "canny: x" : "canny: y", inputs.front(), sobel_taps(is_x),
                           edge_of(arguments), type);
  };
  const StageId x = derivative(true), y = derivative(false);
  const double one = arguments.number("low"), other = arguments.number("high");
  const StageId crests =
      add_crests(builder, add_lengths(builder, x, y, type), x, y, {std::min(one, other), std::max(one, other)});
  const Format format{from.width, from.height, 1, SampleType::U8};
  const StageId edges = builder.whole_picture(crests, format, [](const ConstPixels& pixels, const Pixels& result) {
    follow_edges({static_cast<const std::uint8_t*>(pixels.data), pixels.format, pixels.row_stride},
                 {static_cast<std::uint8_t*>(result.data), result.format, result.row_stride});
  });
  const SampleType pixel_type = builder.pixel_type();
  if (pixel_type == SampleType::U8) return edges;
  const double white = white_of(pixel_type);
  const bool is_whole = pixel_type != SampleType::F32;
  return add_samplewise(builder, "canny: white", edges, pixel_type, {0, white, is_whole},
                        [=](const Neighbourhood& here, int c) {
                          const Value<bool> is_edge = Number(0) < here(0, 0, c);
                          return is_whole ? choose(is_edge, static_cast<int>(white), 0) : choose(is_edge, white, 0.0);
                        });
}

}  // namespace

const Filter& canny() {
  static const Filter filter = {
      .name = "canny",
      .group = "edges",
      .help = "Canny's edges: white lines of one pixel",
      .parameters = with_border({{.name = "low",
                                  .kind = ParameterKind::Number,
                                  .help = "the gradient |x| + |y| of sobel from which an edge goes on",
                                  .least = 0,
                                  .most = 1e6},
                                 {.name = "high",
                                  .kind = ParameterKind::Number,
                                  .help = "the gradient from which it begins",
                                  .least = 0,
                                  .most = 1e6}}),
      .build = &build};
  return filter;
}

}  // namespace cogent::image::filters
