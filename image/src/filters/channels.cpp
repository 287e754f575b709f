// Channels: one of them, and sums of them with weights.
#include <algorithm>
#include <cmath>

#include "filters/all.h"
#include "filters/shared.h"

namespace cogent::image::filters {

namespace {

StageId build_channel(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  const int wanted = arguments.integer("number");
  if (wanted >= from.channels)
    throw PipelineError("channel " + std::to_string(wanted) + " is not there: the picture has " +
                        std::to_string(from.channels) + ", counted from 0");
  builder.set_alpha(Alpha::None);
  return add_pixelwise(builder, "channel " + std::to_string(wanted), inputs.front(), 1, from.type, samples_of(from),
                       [wanted](const Neighbourhood& here, int) { return here(0, 0, wanted); });
}

/// The weights of the channels for one channel of the result, and what is added.
struct Mixture {
  std::vector<double> weights;
  double offset = 0;
  bool is_whole = true;
};

Mixture row_of(const Kernel& matrix, int row, int channels) {
  Mixture mixture;
  for (int c = 0; c < channels; ++c) mixture.weights.push_back(matrix.at(row, c) / matrix.divisor);
  mixture.offset = matrix.offset + (matrix.width > channels ? matrix.at(row, channels) : 0);
  const auto is_whole = [](double number) { return number == std::floor(number) && std::abs(number) < 32768; };
  mixture.is_whole = is_whole(mixture.offset) && std::ranges::all_of(mixture.weights, is_whole);
  return mixture;
}

/// What sums are computed in.
enum class Arithmetic { Integers, Floats, Doubles };

// Integers of 32 bits where they hold all; doubles where whole samples would lose a level in floats.
Arithmetic arithmetic_for(const Range& sums, const Range& samples) {
  constexpr double most_integer = 1 << 30, most_float = 1 << 20;
  const double largest = largest_of(sums);
  if (sums.is_whole && largest < most_integer) return Arithmetic::Integers;
  return samples.is_whole && largest > most_float ? Arithmetic::Doubles : Arithmetic::Floats;
}

Number constant(double number, Arithmetic arithmetic) {
  if (arithmetic == Arithmetic::Doubles) return Number(Value<double>(number));
  return arithmetic == Arithmetic::Integers ? Number(static_cast<int>(number)) : Number(number);
}

Number mixed(const Mixture& mixture, const Neighbourhood& here, Arithmetic arithmetic) {
  Number sum = constant(mixture.offset, arithmetic);
  for (std::size_t i = 0; i < mixture.weights.size(); ++i) {
    const double weight = mixture.weights[i];
    if (weight == 0) continue;
    sum = sum + here(0, 0, static_cast<int>(i)) * constant(weight, arithmetic);
  }
  return sum;
}

Range range_of_mixture(const Mixture& mixture, const Range& samples) {
  Range range{mixture.offset, mixture.offset, samples.is_whole && mixture.is_whole};
  for (const double weight : mixture.weights) {
    range.least += std::min(weight * samples.least, weight * samples.most);
    range.most += std::max(weight * samples.least, weight * samples.most);
  }
  return range;
}

void check_mix(const Arguments& arguments) {
  const Kernel& matrix = arguments.kernel("matrix");
  constexpr int most = 4;
  if (matrix.height > most || matrix.width > most + 1)
    throw ArgumentError{"matrix", "expected 1 to 4 rows, one for each channel of the result, and 1 to 5 columns, not " +
                                      std::to_string(matrix.height) + " and " + std::to_string(matrix.width)};
}

StageId build_mix(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Kernel& matrix = arguments.kernel("matrix");
  const Stage& from = builder.stage(inputs.front());
  const int channels = from.channels;
  if (matrix.width != channels && matrix.width != channels + 1)
    throw PipelineError("mix takes a matrix of " + std::to_string(channels) +
                        " columns for the picture's channels, or one more: what is added; this has " +
                        std::to_string(matrix.width));
  std::vector<Mixture> rows;
  Range range{0, 0, true};
  for (int row = 0; row < matrix.height; ++row) {
    rows.push_back(row_of(matrix, row, channels));
    const Range of_row = range_of_mixture(rows.back(), samples_of(from));
    range = {std::min(range.least, of_row.least), std::max(range.most, of_row.most), range.is_whole && of_row.is_whole};
  }
  const Arithmetic arithmetic = arithmetic_for(range, samples_of(from));
  range.is_whole = arithmetic == Arithmetic::Integers;
  if (matrix.height != channels) builder.set_alpha(Alpha::None);
  return add_pixelwise(builder, "mix", inputs.front(), matrix.height, builder.pixel_type(), range,
                       [rows, arithmetic](const Neighbourhood& here, int c) {
                         return mixed(rows[static_cast<std::size_t>(c)], here, arithmetic);
                       });
}

}  // namespace

const Filter& channel() {
  static const Filter filter = {
      .name = "channel",
      .group = "colour",
      .help = "one channel alone",
      .parameters =
          {{.name = "number", .kind = ParameterKind::Integer, .help = "0: red, or the first", .least = 0, .most = 3}},
      .build = &build_channel};
  return filter;
}
const Filter& mix() {
  static const Filter filter = {
      .name = "mix",
      .group = "colour",
      .help = "each channel of the result a sum of the channels with weights: [0 0 1; 0 1 0; 1 0 0] swaps red and blue",
      .parameters = {{.name = "matrix",
                      .kind = ParameterKind::Kernel,
                      .help = "a row for each channel of the result; a further column is added"}},
      .build = &build_mix,
      .check = &check_mix};
  return filter;
}

}  // namespace cogent::image::filters
