// Sobel's derivative: in one direction with its sign, or the length of the gradient.
#include "filters/all.h"
#include "filters/shared.h"

namespace cogent::image::filters {

namespace {

// By rows, whose sums and differences rows that are computed at once have in common. `most` is the largest sum.
Number derivative_x(const Neighbourhood& here, int c, double most) {
  const auto sample = [&](int row, int column) { return widened(here(row, column, c), most); };
  const auto difference = [&](int row) { return sample(row, 1) - sample(row, -1); };
  return difference(-1) + difference(1) + difference(0) * 2;
}
Number derivative_y(const Neighbourhood& here, int c, double most) {
  const auto sample = [&](int row, int column) { return widened(here(row, column, c), most); };
  const auto sum = [&](int row) { return sample(row, -1) + sample(row, 1) + sample(row, 0) * 2; };
  return sum(1) - sum(-1);
}

StageId build(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const SampleType from = builder.stage(inputs.front()).type;
  const Range samples = samples_seen(builder, inputs.front(), edge_of(arguments));
  const double most = 4 * std::max(samples.most - samples.least, largest_of(samples));
  const std::string& direction = arguments.word("direction");
  const auto derivative = [&](bool is_x) {
    return add_windowed(builder, is_x ? "sobel(x)" : "sobel(y)", inputs.front(), {1, 1, 1, 1}, edge_of(arguments),
                        derivative_type(from), {-most, most, samples.is_whole},
                        [most, derive = is_x ? &derivative_x : &derivative_y](const Neighbourhood& here, int c) {
                          return derive(here, c, most);
                        });
  };
  if (direction != "both") return derivative(direction == "x");
  const StageId both[] = {derivative(true), derivative(false)};
  return join_lengths(builder, both);
}

}  // namespace

const Filter& sobel() {
  static const Filter filter = {.name = "sobel",
                                .group = "edges",
                                .help = "Sobel's derivative: along x or y with its sign, or the gradient's length",
                                .parameters = with_border({{.name = "direction",
                                                            .kind = ParameterKind::Word,
                                                            .help = "x, y, or both: the length of the two",
                                                            .standard = "both",
                                                            .words = {"x", "y", "both"}}}),
                                .build = &build};
  return filter;
}

}  // namespace cogent::image::filters
