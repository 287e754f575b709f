// Least and greatest samples of a shape: erode, dilate, and what is made of them.
#include <algorithm>

#include "filters/all.h"
#include "filters/runs.h"
#include "filters/shared.h"

namespace cogent::image::filters {

namespace {

/// The pixels of a flat element, from the pixel in its middle.
struct Element {
  int rows = 1, columns = 1;
  Places pixels;
  bool is_rectangle = false;
};

Element make_element(int rows, int columns, const std::function<bool(int row, int column)>& has) {
  Element element{.rows = rows, .columns = columns, .pixels = {}};
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column)
      if (has(row, column)) element.pixels.emplace_back(row - rows / 2, column - columns / 2);
  element.is_rectangle = std::cmp_equal(element.pixels.size(), rows * columns);
  return element;
}

Element element_of(const Arguments& arguments) {
  if (arguments.has("element")) {
    const Kernel& kernel = arguments.kernel("element");
    return make_element(kernel.height, kernel.width, [&](int row, int column) { return kernel.at(row, column) != 0; });
  }
  const int columns = arguments.integer("width"), given = arguments.integer("height");
  const int rows = given == 0 ? columns : given;
  const std::string& shape = arguments.word("shape");
  return make_element(rows, columns, [&](int row, int column) {
    const int y = row - rows / 2, x = column - columns / 2;
    if (shape == "cross") return y == 0 || x == 0;
    if (shape == "rectangle") return true;
    const double a = rows / 2.0, b = columns / 2.0;
    return y * y * b * b + x * x * a * a <= a * a * b * b;
  });
}

void check(const Arguments& arguments) {
  const auto is_nothing = [](double weight) { return weight == 0; };
  if (arguments.has("element") && std::ranges::all_of(arguments.kernel("element").weights, is_nothing))
    throw ArgumentError{"element", "it has no pixel: all its weights are 0"};
}

Element turned(Element element) {
  for (auto& [row, column] : element.pixels) row = -row, column = -column;
  return element;
}

// Of a rectangle the columns first, which pixels have in common. Which of two floats is taken may depend on their
// order, if one is NaN.
Number extreme_of(const Neighbourhood& here, int c, const Places& pixels, bool is_rectangle, Fold fold) {
  Number most = here(pixels[0].first, pixels[0].second, c);
  if (!is_rectangle || !most.is_integer()) {
    for (std::size_t i = 1; i < pixels.size(); ++i) most = fold(most, here(pixels[i].first, pixels[i].second, c));
    return most;
  }
  const auto [first, last] = std::ranges::minmax(pixels);
  const Run row{0, first.second, last.second - first.second + 1, true};
  const auto extreme_of_column = [&](int, int column) {
    const Run run{first.first, column, last.first - first.first + 1, false};
    return fold_run(run, here.row_at_once(), [&](int at, int) { return here(at, column, c); }, fold);
  };
  return fold_run(row, here.row_at_once(), extreme_of_column, fold);
}

StageId add_extreme(StageBuilder& builder, const std::string& name, StageId input, const Element& element,
                    const Edge& edge, bool is_least) {
  Window window;
  for (const auto& [row, column] : element.pixels) {
    window.above = std::max(window.above, -row);
    window.below = std::max(window.below, row);
    window.left = std::max(window.left, -column);
    window.right = std::max(window.right, column);
  }
  return add_windowed(builder, name, input, window, edge, builder.stage(input).type, samples_seen(builder, input, edge),
                      [element, fold = is_least ? &image::minimum : &image::maximum](const Neighbourhood& here, int c) {
                        return extreme_of(here, c, element.pixels, element.is_rectangle, fold);
                      });
}

// A large rectangle is a row of columns. So is a small one of a picture, whose rows are read where they are if no
// columns beyond its ends are read.
StageId add_extremes(StageBuilder& builder, const std::string& name, StageId input, const Element& element,
                     const Edge& edge, bool is_least) {
  constexpr int most_at_once = 9;
  const Stage& from = builder.stage(input);
  const bool is_small = element.rows * element.columns <= most_at_once && !from.is_picture();
  if (!element.is_rectangle || element.rows == 1 || element.columns == 1 || (is_small && from.type != SampleType::F32))
    return add_extreme(builder, name, input, element, edge, is_least);
  Element column{.rows = element.rows, .pixels = {}, .is_rectangle = true};
  Element row{.columns = element.columns, .pixels = {}, .is_rectangle = true};
  for (const auto& pixel : element.pixels) {
    if (pixel.second == element.pixels.front().second) column.pixels.emplace_back(pixel.first, 0);
    if (pixel.first == element.pixels.front().first) row.pixels.emplace_back(0, pixel.second);
  }
  const StageId between = add_extreme(builder, name + " (columns)", input, column, edge, is_least);
  return add_extreme(builder, name, between, row, edge, is_least);
}

StageId add_difference(StageBuilder& builder, const std::string& name, StageId from, StageId taken) {
  const StageId both[] = {from, taken};
  const Range samples = samples_of(builder.stage(from));
  const double most = samples.most - samples.least;
  return add_colourwise(
      builder, name, both, builder.stage(from).type, {0, most, samples.is_whole},
      [most](const Neighbourhood& here, int c) { return widened(here.at(0, 0, 0, c), most) - here.at(1, 0, 0, c); });
}

StageId build_erode(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  return add_extremes(builder, "erode", inputs.front(), element_of(arguments), edge_of(arguments), true);
}
StageId build_dilate(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  return add_extremes(builder, "dilate", inputs.front(), element_of(arguments), edge_of(arguments), false);
}
StageId build_open(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Element element = element_of(arguments);
  const StageId eroded = add_extremes(builder, "erode", inputs.front(), element, edge_of(arguments), true);
  return add_extremes(builder, "dilate", eroded, turned(element), edge_of(arguments), false);
}
StageId build_close(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Element element = element_of(arguments);
  const StageId dilated = add_extremes(builder, "dilate", inputs.front(), element, edge_of(arguments), false);
  return add_extremes(builder, "erode", dilated, turned(element), edge_of(arguments), true);
}
StageId build_gradient(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  return add_difference(builder, "gradient", build_dilate(builder, arguments, inputs),
                        build_erode(builder, arguments, inputs));
}

std::vector<Parameter> parameters() {
  return with_border({{.name = "width",
                       .kind = ParameterKind::Integer,
                       .help = "pixels of the shape",
                       .standard = 3.0,
                       .least = 1,
                       .most = 63},
                      {.name = "height",
                       .kind = ParameterKind::Integer,
                       .help = "pixels; 0: as the width",
                       .standard = 0.0,
                       .least = 0,
                       .most = 63},
                      {.name = "shape",
                       .kind = ParameterKind::Word,
                       .help = "rectangle; cross through its middle; ellipse with these axes",
                       .standard = "rectangle",
                       .words = {"rectangle", "cross", "ellipse"}},
                      {.name = "element",
                       .kind = ParameterKind::Kernel,
                       .help = "any shape instead: the weights that are not 0",
                       .standard = Kernel{1, 1, {0}}}});
}

Filter morphology(std::string_view name, std::string_view help, decltype(Filter::build) build) {
  return {
      .name = name, .group = "morphology", .help = help, .parameters = parameters(), .build = build, .check = &check};
}

}  // namespace

const Filter& erode() {
  static const Filter filter = morphology("erode", "the least sample of a shape around a pixel", &build_erode);
  return filter;
}
const Filter& dilate() {
  static const Filter filter = morphology("dilate", "the greatest sample of a shape around a pixel", &build_dilate);
  return filter;
}
const Filter& open() {
  static const Filter filter =
      morphology("open", "erode, then dilate: bright spots smaller than the shape go", &build_open);
  return filter;
}
const Filter& close() {
  static const Filter filter =
      morphology("close", "dilate, then erode: dark spots smaller than the shape go", &build_close);
  return filter;
}
const Filter& morphology_gradient() {
  static const Filter filter = morphology("morphology_gradient", "dilate less erode: outlines", &build_gradient);
  return filter;
}

}  // namespace cogent::image::filters
