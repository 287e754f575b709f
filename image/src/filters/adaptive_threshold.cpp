// White where a sample is above the average around it.
#include <cmath>

#include "filters/all.h"
#include "filters/blurs.h"

namespace cogent::image::filters {

namespace {

StageId add_local_average(StageBuilder& builder, const Arguments& arguments, StageId input) {
  const int size = arguments.integer("size");
  const SampleType type = builder.stage(input).type;
  if (arguments.word("method") == "gaussian") return add_gaussian(builder, input, 0, size, edge_of(arguments), type);
  const auto area = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
  Taps taps{.rows = size, .columns = size, .weights = std::vector<double>(area, 1.0)};
  taps.divisor = static_cast<double>(area);
  return add_convolution(builder, "average", input, taps, edge_of(arguments), type);
}

void check(const Arguments& arguments) {
  const int size = arguments.integer("size");
  if (size % 2 == 0) throw ArgumentError{"size", "expected an odd number, not " + std::to_string(size)};
}

// White where sample > average - offset.
StageId build(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const StageId both[] = {inputs.front(), add_local_average(builder, arguments, inputs.front())};
  const double white = white_of(builder.pixel_type()), offset = arguments.number("offset");
  const bool is_whole = builder.pixel_type() != SampleType::F32;
  const bool in_floats = builder.stage(inputs.front()).type == SampleType::F32;
  const Range samples = samples_of(builder.stage(inputs.front())), averages = samples_of(builder.stage(both[1]));
  const double most = std::max(samples.most, averages.most) - std::min(samples.least, averages.least);
  return add_colourwise(builder, "adaptive_threshold", both, builder.pixel_type(), {0, white, is_whole},
                        [=](const Neighbourhood& here, int c) {
                          const Number above = widened(here.at(0, 0, 0, c), most) - here.at(1, 0, 0, c);
                          const Number limit =
                              in_floats ? Number(-offset) : Number(static_cast<int>(std::floor(-offset)));
                          if (!is_whole) return choose(limit < above, white, 0.0);
                          return choose(limit < above, static_cast<int>(white), 0);
                        });
}

}  // namespace

const Filter& adaptive_threshold() {
  static const Filter filter = {
      .name = "adaptive_threshold",
      .group = "levels",
      .help = "white where a sample is above the average around it, less an offset",
      .parameters = with_border({{.name = "size",
                                  .kind = ParameterKind::Integer,
                                  .help = "pixels of the square that is averaged, odd",
                                  .standard = 11.0,
                                  .least = 3,
                                  .most = 63},
                                 {.name = "offset",
                                  .kind = ParameterKind::Number,
                                  .help = "in the samples' own units",
                                  .standard = 2.0,
                                  .least = -1e6,
                                  .most = 1e6},
                                 {.name = "method",
                                  .kind = ParameterKind::Word,
                                  .help = "all pixels of the square alike, or by Gauss's weights",
                                  .standard = "mean",
                                  .words = {"mean", "gaussian"}}}),
      .build = &build,
      .check = &check};
  return filter;
}

}  // namespace cogent::image::filters
