// Another size: each pixel of the result from the pixels around its place in the picture, columns first, then rows.
// Where the picture becomes smaller the weights reach as far as a pixel of the result is wide.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "filters/all.h"
#include "filters/convolution.h"
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

/// For every pixel of a row or column of the result: the pixels that it is made of, and their weights; as many for all.
struct Weights {
  int taps = 0;
  std::vector<std::int32_t> places;
  std::vector<double> weights;
};

/// The pixels of one pixel of the result: the first, and the weights from there on, whose sum is 1.
struct Pixel {
  int first = 0;
  std::vector<double> weights = {};
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

Weights make_weights(int size, int new_size, const std::string& method, Border border) {
  std::vector<Pixel> pixels;
  Weights made;
  for (int i = 0; i < new_size; ++i) {
    pixels.push_back(pixel_at(i, size, new_size, method));
    made.taps = std::max(made.taps, static_cast<int>(pixels.back().weights.size()));
  }
  constexpr int most_taps = 1024;
  if (made.taps > most_taps) throw PipelineError("resize: that is too small at once; resize in two steps");
  for (const Pixel& pixel : pixels) {
    for (int i = 0; i < made.taps; ++i) {
      const bool is_used = std::cmp_less(i, pixel.weights.size());
      made.places.push_back(place_in(is_used ? pixel.first + i : 0, size, border));
      made.weights.push_back(is_used ? pixel.weights[static_cast<std::size_t>(i)] : 0);
    }
  }
  return made;
}

constexpr int weight_bits = 24;  // as many as a float holds

std::vector<std::int32_t> places_and_weights(const Weights& weights) {
  std::vector<std::int32_t> numbers = weights.places;
  for (const double weight : weights.weights)
    numbers.push_back(static_cast<std::int32_t>(std::nearbyint(std::ldexp(weight, weight_bits))));
  return numbers;
}

// The weighted samples of one row or column of the result.
Number weighted_sum(const Weights& weights, const Neighbourhood& here, const Index& at,
                    const std::function<Number(const Index& place)>& read) {
  const auto count = static_cast<std::int32_t>(weights.places.size());
  const Value<std::int32_t> first = cast<std::int32_t>(at) * weights.taps;
  const auto part = [&](int i) {
    const Number sample = read(cast<std::int64_t>(here.fact(Number(first + i)).integer()));
    if (weights.taps == 1) return sample;
    return sample * (Number(here.fact(Number(first + (count + i))).real()) * std::ldexp(1.0, -weight_bits));
  };
  Number sum = part(0);
  for (int i = 1; i < weights.taps; ++i) sum = sum + part(i);
  return sum;
}

StageId add_resized(StageBuilder& builder, StageId input, const Weights& weights, int size, bool is_rows,
                    SampleType type) {
  const StageId picture = builder.in_memory(input);
  const Stage& from = builder.stage(picture);
  const int facts = add_numbers(builder, picture, places_and_weights(weights));
  const Range samples = samples_of(from);
  const double more = weights.taps == 1 ? 0 : samples.most - samples.least;  // by weights below 0
  return builder.add({.name = is_rows ? "resize (rows)" : "resize (columns)",
                      .inputs = {{.stage = picture, .anywhere = true}},
                      .width = is_rows ? from.width : size,
                      .height = is_rows ? size : from.height,
                      .channels = from.channels,
                      .type = type,
                      .range = {samples.least - more, samples.most + more, samples.is_whole && weights.taps == 1},
                      .body =
                          [weights, is_rows](const Neighbourhood& here, int c) {
                            const Index row = here.row(), column = here.column();
                            return weighted_sum(weights, here, is_rows ? row : column, [&](const Index& place) {
                              return is_rows ? here.anywhere(0, place, column, c) : here.anywhere(0, row, place, c);
                            });
                          },
                      .facts = facts});
}

// Squares of pixels whose averages are whole numbers of pixels apart need no weights.
StageId add_averages(StageBuilder& builder, StageId input, int rows, int columns) {
  const Stage& from = builder.stage(input);
  const int count = rows * columns;
  const bool is_whole = samples_of(from).is_whole && bytes_of(from.type) < 4;
  const double least = samples_of(from).least * count;
  return add_moved(builder, "resize (averages)", input, from.width / columns, from.height / rows, from.type,
                   [=](const Neighbourhood& here, int c) {
                     const Index row = here.row() * std::int64_t{rows}, column = here.column() * std::int64_t{columns};
                     Number sum = 0;
                     for (int i = 0; i < count; ++i) {
                       const Number sample =
                           here.anywhere(0, row + std::int64_t{i / columns}, column + std::int64_t{i % columns}, c);
                       sum = i == 0 ? sample : sum + sample;
                     }
                     return is_whole ? divide_half_even(sum, least, count) : sum * (1.0 / count);
                   });
}

constexpr int most_pixels = 1 << 20;  // of a side

int scaled(int size, double factor) {
  const double wanted = std::nearbyint(size * factor);
  if (wanted > most_pixels) throw PipelineError("resize: no side may grow beyond " + std::to_string(most_pixels));
  return std::max(1, static_cast<int>(wanted));
}

// What is not said follows from what is, so that the picture keeps its proportions.
std::pair<int, int> new_size(const Arguments& arguments, const Stage& from) {
  const int width = arguments.integer("width"), height = arguments.integer("height");
  const double factor = arguments.number("factor");
  if (width > 0) return {width, height > 0 ? height : scaled(from.height, static_cast<double>(width) / from.width)};
  if (height > 0) return {scaled(from.width, static_cast<double>(height) / from.height), height};
  return {scaled(from.width, factor), scaled(from.height, factor)};
}

StageId build(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  const auto [width, height] = new_size(arguments, from);
  const std::string& method = arguments.word("method");
  const SampleType type = from.type;
  if (width == from.width && height == from.height) return inputs.front();
  constexpr int most_averaged = 256;
  if (method == "area" && from.width % width == 0 && from.height % height == 0 &&
      from.width / width * (from.height / height) <= most_averaged)
    return add_averages(builder, inputs.front(), from.height / height, from.width / width);
  const Border border = edge_of(arguments).border;
  const Weights rows = make_weights(from.height, height, method, border);
  const Weights columns = make_weights(from.width, width, method, border);
  if (height == from.height) return add_resized(builder, inputs.front(), columns, width, false, type);
  if (width == from.width) return add_resized(builder, inputs.front(), rows, height, true, type);
  const SampleType between = rows.taps == 1 ? type : SampleType::F32;
  return add_resized(builder, add_resized(builder, inputs.front(), rows, height, true, between), columns, width, false,
                     type);
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
           .help = "how pixels in between are found",
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
                                .build = &build};
  return filter;
}

}  // namespace cogent::image::filters
