// Derivatives by small kernels of whole numbers: Prewitt, Scharr, Roberts, Laplace.
#include "filters/all.h"
#include "filters/convolution.h"

namespace cogent::image::filters {

namespace {

/// The kernels of a gradient.
struct Gradient {
  std::string name;
  Taps x, y;
};

StageId add_gradient(StageBuilder& builder, const Gradient& gradient, const Arguments& arguments, StageId input) {
  const SampleType type = derivative_type(builder.stage(input).type);
  const auto derivative = [&](bool is_x) {
    return add_convolution(builder, gradient.name + (is_x ? "(x)" : "(y)"), input, is_x ? gradient.x : gradient.y,
                           edge_of(arguments), type);
  };
  const std::string& direction = arguments.word("direction");
  if (direction != "both") return derivative(direction == "x");
  const StageId both[] = {derivative(true), derivative(false)};
  return join_lengths(builder, both);
}

Taps square(int size, std::vector<double> weights) {
  return {.rows = size, .columns = size, .weights = std::move(weights)};
}

StageId build_prewitt(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  return add_gradient(builder,
                      {"prewitt", square(3, {-1, 0, 1, -1, 0, 1, -1, 0, 1}), square(3, {-1, -1, -1, 0, 0, 0, 1, 1, 1})},
                      arguments, inputs.front());
}

StageId build_scharr(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  return add_gradient(
      builder, {"scharr", square(3, {-3, 0, 3, -10, 0, 10, -3, 0, 3}), square(3, {-3, -10, -3, 0, 0, 0, 3, 10, 3})},
      arguments, inputs.front());
}

StageId build_roberts(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  Gradient roberts{"roberts", square(2, {1, 0, 0, -1}), square(2, {0, 1, -1, 0})};
  for (Taps* taps : {&roberts.x, &roberts.y}) taps->anchor_row = taps->anchor_column = 0;
  return add_gradient(builder, roberts, arguments, inputs.front());
}

StageId build_laplacian(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const bool has_diagonals = arguments.integer("neighbours") > 4;
  return add_convolution(
      builder, "laplacian", inputs.front(),
      has_diagonals ? square(3, {1, 1, 1, 1, -8, 1, 1, 1, 1}) : square(3, {0, 1, 0, 1, -4, 1, 0, 1, 0}),
      edge_of(arguments), derivative_type(builder.stage(inputs.front()).type));
}

std::vector<Parameter> gradient_parameters(std::string_view help) {
  return with_border({{.name = "direction",
                       .kind = ParameterKind::Word,
                       .help = help,
                       .standard = "both",
                       .words = {"x", "y", "both"}}});
}

}  // namespace

const Filter& prewitt() {
  static const Filter filter = {.name = "prewitt",
                                .group = "edges",
                                .help = "Prewitt's derivative: along x or y with its sign, or the gradient's length",
                                .parameters = gradient_parameters("x, y, or both: the length of the two"),
                                .build = &build_prewitt};
  return filter;
}
const Filter& scharr() {
  static const Filter filter = {.name = "scharr",
                                .group = "edges",
                                .help = "Scharr's derivative: along x or y with its sign, or the gradient's length",
                                .parameters = gradient_parameters("x, y, or both: the length of the two"),
                                .build = &build_scharr};
  return filter;
}
const Filter& roberts() {
  static const Filter filter = {.name = "roberts",
                                .group = "edges",
                                .help = "Roberts' cross: along a diagonal with its sign, or the gradient's length",
                                .parameters = gradient_parameters("x: down to the right, y: down to the left, or both"),
                                .build = &build_roberts};
  return filter;
}
const Filter& laplacian() {
  static const Filter filter = {.name = "laplacian",
                                .group = "edges",
                                .help = "the sum of the second derivatives, with its sign",
                                .parameters = with_border({{.name = "neighbours",
                                                            .kind = ParameterKind::Integer,
                                                            .help = "4: up, down, left and right; 8: all around",
                                                            .standard = 4.0,
                                                            .integers = {4, 8}}}),
                                .build = &build_laplacian};
  return filter;
}

}  // namespace cogent::image::filters
