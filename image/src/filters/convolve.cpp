// Any kernel: the weights, and what is done with their sum.
#include <cmath>

#include "filters/all.h"
#include "filters/convolution.h"
#include "text/numbers.h"

namespace cogent::image::filters {

namespace {

SampleType output_type(const StageBuilder& builder, const std::string& word) {
  for (const SampleType type : {SampleType::U8, SampleType::U16, SampleType::I16, SampleType::I32, SampleType::F32})
    if (word == name_of(type)) return type;
  return builder.pixel_type();
}

void check(const Arguments& arguments) {
  const Kernel& kernel = arguments.kernel("kernel");
  const double divisor = kernel.divisor * arguments.number("divisor");
  if (divisor == 0 || !std::isfinite(divisor))
    throw ArgumentError{"divisor", "with the kernel's own this divides by " + text::to_text(divisor)};
  const auto check_anchor = [&](std::string_view name, int size) {
    if (arguments.integer(name) >= size)
      throw ArgumentError{name, "expected -1 to " + std::to_string(size - 1) + " of this kernel, not " +
                                    std::to_string(arguments.integer(name))};
  };
  check_anchor("anchor_x", kernel.width);
  check_anchor("anchor_y", kernel.height);
}

int anchor_of(const Arguments& arguments, std::string_view name, int size) {
  const int anchor = arguments.integer(name);
  return anchor < 0 ? size / 2 : anchor;
}

StageId build(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Kernel& kernel = arguments.kernel("kernel");
  Taps taps{.rows = kernel.height, .columns = kernel.width, .weights = kernel.weights};
  taps.divisor = kernel.divisor * arguments.number("divisor");
  taps.offset = kernel.offset + arguments.number("offset");
  taps.anchor_row = anchor_of(arguments, "anchor_y", kernel.height);
  taps.anchor_column = anchor_of(arguments, "anchor_x", kernel.width);
  if (arguments.word("flip") == "yes") {
    std::ranges::reverse(taps.weights);
    taps.anchor_row = taps.rows - 1 - taps.anchor_row;
    taps.anchor_column = taps.columns - 1 - taps.anchor_column;
  }
  return add_convolution(builder, "convolve", inputs.front(), taps, edge_of(arguments),
                         output_type(builder, arguments.word("out")));
}

const Parameter anchor_x{.name = "anchor_x",
                         .kind = ParameterKind::Integer,
                         .help = "the column of the weight of the pixel itself; -1: the middle",
                         .standard = -1.0,
                         .least = -1,
                         .most = 62};
const Parameter anchor_y{.name = "anchor_y",
                         .kind = ParameterKind::Integer,
                         .help = "its row; -1: the middle",
                         .standard = -1.0,
                         .least = -1,
                         .most = 62};

std::vector<Parameter> parameters() {
  return with_border(
      {{.name = "kernel", .kind = ParameterKind::Kernel, .help = "the weights"},
       {.name = "divisor",
        .kind = ParameterKind::Number,
        .help = "what the weighted sum is divided by, besides the kernel's own divisor",
        .standard = 1.0},
       {.name = "offset", .kind = ParameterKind::Number, .help = "what is added behind the division", .standard = 0.0},
       {.name = "flip",
        .kind = ParameterKind::Word,
        .help = "yes: a convolution, with the kernel turned by 180 degrees; no: a correlation",
        .standard = "no",
        .words = {"no", "yes"}},
       anchor_x,
       anchor_y,
       {.name = "out",
        .kind = ParameterKind::Word,
        .help = "the type of the result's samples",
        .standard = "same",
        .words = {"same", "u8", "u16", "s16", "s32", "f32"}}});
}

}  // namespace

const Filter& convolve() {
  static const Filter filter = {.name = "convolve",
                                .group = "kernels",
                                .help = "the sum of the samples around a pixel, with weights",
                                .parameters = parameters(),
                                .build = &build,
                                .check = &check};
  return filter;
}

}  // namespace cogent::image::filters
