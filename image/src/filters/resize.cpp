// Another size: each pixel of the result from the pixels around its place in the picture, columns first, then rows.
// Where the picture becomes smaller the weights reach as far as a pixel of the result is wide.
#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <numbers>

#include "filters/all.h"
#include "filters/blurs.h"
#include "filters/places.h"

namespace cogent::image::filters {

namespace {

/// How much a pixel at a distance weighs, and from which distance on nothing.
struct Method {
  double reach;
  double (*weight)(double distance);
};

double triangle(double distance) { return std::max(0.0, 1 - std::abs(distance)); }

// Catmull and Rom's cubic spline.
double cubic(double distance) {
  const double t = std::abs(distance);
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
}

double lanczos(double distance) {
  const double t = std::abs(distance), angle = std::numbers::pi * t;
  if (t < 1e-9) return 1;
  return t < 3 ? 3 * std::sin(angle) * std::sin(angle / 3) / (angle * angle) : 0;
}

/// The pixels of one pixel of the result: the first, and the weights from there on, whose sum is 1.
struct Pixel {
  int first = 0;
  std::vector<double> weights = {};
  int end() const { return first + static_cast<int>(weights.size()); }
};

// The part of each pixel that the result's pixel covers.
Pixel covered(double begin, double end) {
  Pixel pixel{.first = static_cast<int>(std::floor(begin + 1e-9))};
  for (int i = pixel.first; i < end - 1e-9; ++i)
    pixel.weights.push_back((std::min(i + 1.0, end) - std::max<double>(i, begin)) / (end - begin));
  return pixel;
}

Pixel weighted(double middle, double scale, const Method& method) {
  const double reach = method.reach * scale;
  Pixel pixel{.first = static_cast<int>(std::ceil(middle - reach))};
  double sum = 0;
  for (int i = pixel.first; i <= middle + reach; ++i) {
    pixel.weights.push_back(method.weight((i - middle) / scale));
    sum += pixel.weights.back();
  }
  for (double& weight : pixel.weights) weight /= sum;
  return pixel;
}

Pixel pixel_at(int place, int size, int new_size, const std::string& method) {
  const double scale = static_cast<double>(size) / new_size, middle = (place + 0.5) * scale - 0.5;
  if (method == "nearest") return {.first = static_cast<int>(std::floor((place + 0.5) * scale)), .weights = {1}};
  if (method == "area" && scale > 1) return covered(place * scale, (place + 1) * scale);
  if (method == "bicubic") return weighted(middle, std::max(scale, 1.0), {2, &cubic});
  if (method == "lanczos3") return weighted(middle, std::max(scale, 1.0), {3, &lanczos});
  return weighted(middle, std::max(scale, 1.0), {1, &triangle});
}

/// For every row or column of the result its pixel of the picture, all with as many weights.
struct Weights {
  std::size_t taps = 0;
  std::vector<Pixel> pixels;
};

Weights make_weights(int size, int new_size, const std::string& method) {
  Weights made;
  for (int i = 0; i < new_size; ++i) {
    made.pixels.push_back(pixel_at(i, size, new_size, method));
    made.taps = std::max(made.taps, made.pixels.back().weights.size());
  }
  constexpr std::size_t most_taps = 1024;
  if (made.taps > most_taps) throw PipelineError("resize: that is too small at once; resize in two steps");
  for (Pixel& pixel : made.pixels) {
    // Weights of 0 reach beyond the picture only where others do.
    const int beyond = std::max(0, pixel.first + static_cast<int>(made.taps) - std::max(size, pixel.end()));
    const int before = std::min(beyond, static_cast<int>(made.taps - pixel.weights.size()));
    pixel.weights.insert(pixel.weights.begin(), static_cast<std::size_t>(before), 0.0);
    pixel.weights.resize(made.taps);
    pixel.first -= before;
  }
  return made;
}

// As a float of 24 bits behind the point at most.
std::int32_t bits_of(double weight) {
  constexpr int weight_bits = 24;
  return std::bit_cast<std::int32_t>(
      static_cast<float>(std::ldexp(std::nearbyint(std::ldexp(weight, weight_bits)), -weight_bits)));
}

Number with_bits(const Value<std::int32_t>& bits) { return Number(bit_cast<float>(bits)); }

// The sum of samples by their weights, which are facts; a single sample has none.
Number weighted_sum(std::size_t taps, const std::function<Number(int i)>& sample,
                    const std::function<Value<std::int32_t>(int i)>& weight) {
  if (taps == 1) return sample(0);
  Number sum = sample(0) * with_bits(weight(0));
  for (int i = 1; std::cmp_less(i, taps); ++i) sum = sum + sample(i) * with_bits(weight(i));
  return sum;
}

Stage make_resized(const StageBuilder& builder, StageId input, const Weights& weights, SampleType type) {
  const Stage& from = builder.stage(input);
  const Range samples = samples_of(from);
  const double more = weights.taps == 1 ? 0 : samples.most - samples.least;  // by weights below 0
  return {.name = "resize",
          .inputs = {{.stage = input}},
          .width = from.width,
          .height = from.height,
          .channels = from.channels,
          .type = type,
          .range = {samples.least - more, samples.most + more, samples.is_whole && weights.taps == 1},
          .body = {}};
}

// The rows of the picture and their weights are facts of each row, so that its pixels are computed alike.
StageId add_resized_rows(StageBuilder& builder, StageId input, const Weights& weights, Border border, SampleType type) {
  const StageId picture = builder.in_memory(input);
  const int height = builder.stage(picture).height;
  Stage stage = make_resized(builder, picture, weights, type);
  std::vector<std::int32_t> numbers;
  for (const Pixel& pixel : weights.pixels) {
    for (int i = 0; std::cmp_less(i, weights.taps); ++i) numbers.push_back(place_in(pixel.first + i, height, border));
    if (weights.taps > 1) std::ranges::transform(pixel.weights, std::back_inserter(numbers), &bits_of);
  }
  stage.name = "resize (rows)";
  stage.inputs.front().anywhere = stage.inputs.front().same_column = true;
  stage.is_channelwise = true;
  stage.height = static_cast<int>(weights.pixels.size());
  stage.row_facts = static_cast<int>(numbers.size() / weights.pixels.size());
  stage.facts = add_numbers(builder, picture, std::move(numbers));
  stage.body = [taps = weights.taps, height](const Neighbourhood& here, int c) {
    const auto sample = [&](int i) {
      return here.at_row(0, min(max(cast<std::int64_t>(here.row_fact(i)), 0), height - 1), c);
    };
    return weighted_sum(taps, sample, [&](int i) { return here.row_fact(static_cast<int>(taps) + i); });
  };
  return builder.add(std::move(stage));
}

/// Where the samples of a column of the result begin, among those of a row and beyond its ends.
struct Reach {
  int least = 0, most = 0;  ///< the first sample's column
  int left = 0, right = 0;  ///< samples beyond the ends
};

Reach reach_of(const Weights& weights, int size) {
  const auto [least, most] = std::ranges::minmax(weights.pixels, {}, &Pixel::first);
  return {least.first, most.first, std::max(0, -least.first), std::max(0, most.end() - size)};
}

// Beyond the ends the row is continued, so that samples of a column lie side by side.
StageId add_resized_columns(StageBuilder& builder, StageId input, const Weights& weights, Border border,
                            SampleType type) {
  const Reach reach = reach_of(weights, builder.stage(input).width);
  const bool is_weighted = weights.taps > 1;
  Stage stage = make_resized(builder, input, weights, is_weighted ? SampleType::F32 : type);
  std::vector<std::int32_t> numbers;
  for (const Pixel& pixel : weights.pixels) {
    numbers.push_back(pixel.first);
    if (is_weighted) std::ranges::transform(pixel.weights, std::back_inserter(numbers), &bits_of);
  }
  stage.name = "resize (columns)";
  stage.inputs.front().any_column = true;
  stage.inputs.front().window = {.left = reach.left, .right = reach.right};
  stage.inputs.front().edge = {.border = border};
  stage.width = static_cast<int>(weights.pixels.size());
  stage.is_scattered = type != SampleType::F32;
  stage.column_facts = static_cast<int>(numbers.size() / weights.pixels.size());
  stage.facts = add_numbers(builder, StageId{0}, std::move(numbers));
  stage.body = [taps = weights.taps, reach](const Neighbourhood& here, int c) {
    const Index column = cast<std::int64_t>(min(max(here.column_fact(0), reach.least), reach.most));
    return weighted_sum(
        taps, [&](int i) { return here.at_column(0, column, i, c); }, [&](int i) { return here.column_fact(i + 1); });
  };
  const Range range = stage.range;
  const StageId sums = builder.add(std::move(stage));
  if (!is_weighted || type == SampleType::F32) return sums;
  return add_samplewise(builder, "resize", sums, type, range,
                        [](const Neighbourhood& here, int c) { return here(0, 0, c); });
}

// Squares of pixels whose averages are whole numbers of pixels apart need no weights.
StageId add_averages(StageBuilder& builder, StageId input, int rows, int columns) {
  const Stage& from = builder.stage(input);
  const int count = rows * columns;
  const Range samples = samples_of(from);
  const double least = samples.least * count, most = largest_of(samples) * 4 * count;
  return add_moved(builder, "resize (averages)", input, from.width / columns, from.height / rows, from.type,
                   [=](const Neighbourhood& here, int c) {
                     const Index row = here.row() * std::int64_t{rows}, column = here.column() * std::int64_t{columns};
                     const auto sample = [&](int y, int x) {
                       return widened(here.anywhere(0, row + std::int64_t{y}, column + std::int64_t{x}, c), most);
                     };
                     Number sum = 0;
                     for (int y = 0; y < rows; ++y) {
                       Number of_row = sample(y, 0);
                       for (int x = 1; x < columns; ++x) of_row = of_row + sample(y, x);
                       sum = y == 0 ? of_row : sum + of_row;
                     }
                     return divide_half_even(sum, least, count);
                   });
}

constexpr int most_pixels = 1 << 20;  // of a side

int scaled(int size, double factor) {
  const double wanted = std::nearbyint(size * factor);
  if (wanted > most_pixels) throw PipelineError("resize: no side may grow beyond " + std::to_string(most_pixels));
  return std::max(1, static_cast<int>(wanted));
}

void check(const Arguments& arguments) {
  if (arguments.has("factor") && (arguments.has("width") || arguments.has("height")))
    throw ArgumentError{"factor", "expected a factor or a size, not both"};
}

// What is not said follows from what is, so that the picture keeps its proportions.
std::pair<int, int> new_size(const Arguments& arguments, const Stage& from) {
  const int width = arguments.integer("width"), height = arguments.integer("height");
  const double factor = arguments.number("factor");
  if (width > 0) return {width, height > 0 ? height : scaled(from.height, static_cast<double>(width) / from.width)};
  if (height > 0) return {scaled(from.width, static_cast<double>(height) / from.height), height};
  return {scaled(from.width, factor), scaled(from.height, factor)};
}

// All channels alike.
StageId add_resized(StageBuilder& builder, StageId input, int width, int height, const Arguments& arguments) {
  const Stage& from = builder.stage(input);
  const std::string& method = arguments.word("method");
  const SampleType type = from.type;
  constexpr int most_averaged = 256;
  if (method == "area" && from.width % width == 0 && from.height % height == 0 &&
      from.width / width * (from.height / height) <= most_averaged)
    return add_averages(builder, input, from.height / height, from.width / width);
  const Border border = edge_of(arguments).border;
  const Weights rows = make_weights(from.height, height, method), columns = make_weights(from.width, width, method);
  if (height == from.height) return add_resized_columns(builder, input, columns, border, type);
  if (width == from.width) return add_resized_rows(builder, input, rows, border, type);
  const SampleType between = rows.taps == 1 ? type : SampleType::F32;
  const StageId resized = add_resized_rows(builder, input, rows, border, between);
  return add_resized_columns(builder, resized, columns, border, type);
}

StageId build(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const StageId input = inputs.front();
  const Stage& from = builder.stage(input);
  const auto [width, height] = new_size(arguments, from);
  if (width == from.width && height == from.height) return input;
  const auto add = [&, width = width, height = height](StageId what) {
    return add_resized(builder, what, width, height, arguments);
  };
  if (builder.alpha() != Alpha::Straight || arguments.word("method") == "nearest") return add(input);
  return over_premultiplied(builder, input, 0, from.type, add);
}

Parameter size_parameter(std::string_view name) {
  return {.name = name,
          .kind = ParameterKind::Integer,
          .help = "pixels, instead of the factor; 0: as the other side asks",
          .standard = 0.0,
          .least = 0,
          .most = most_pixels};
}

std::vector<Parameter> parameters() {
  return {{.name = "factor",
           .kind = ParameterKind::Number,
           .help = "by which width and height grow",
           .standard = 1.0,
           .least = 1e-4,
           .most = 1e4},
          {.name = "method",
           .kind = ParameterKind::Word,
           .help = "how pixels in between are found; all but nearest average where the picture shrinks",
           .standard = "bilinear",
           .words = {"nearest", "bilinear", "bicubic", "area", "lanczos3"}},
          size_parameter("width"),
          size_parameter("height"),
          {.name = "border",
           .kind = ParameterKind::Word,
           .help = "what lies outside the picture",
           .standard = "replicate",
           .words = {"replicate", "reflect", "reflect101", "wrap"}}};
}

}  // namespace

const Filter& resize() {
  static const Filter filter = {.name = "resize",
                                .group = "geometry",
                                .help = "the picture in another size",
                                .parameters = parameters(),
                                .build = &build,
                                .check = &check};
  return filter;
}

}  // namespace cogent::image::filters
