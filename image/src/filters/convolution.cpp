// Correlations: exact in integers where the weights are whole, as two passes of one dimension where that is less work.
#include "filters/convolution.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <numeric>

#include "filters/runs.h"

namespace cogent::image::filters {

namespace {

bool is_whole(double number) { return number == std::floor(number); }

/// Samples of one weight, added and taken away.
struct TapGroup {
  double weight;
  Places added, taken;
  std::optional<Run> run = {};  // that all of them are, with one sign
};

// Weights that differ by their signs only share a multiplication.
std::vector<TapGroup> group_taps(const Taps& taps) {
  std::vector<TapGroup> groups;
  for (int row = 0; row < taps.rows; ++row) {
    for (int column = 0; column < taps.columns; ++column) {
      const double weight = taps.at(row, column);
      if (weight == 0) continue;
      auto found = std::ranges::find(groups, std::abs(weight), &TapGroup::weight);
      if (found == groups.end()) found = groups.insert(groups.end(), {std::abs(weight), {}, {}});
      auto& list = weight > 0 ? found->added : found->taken;
      list.emplace_back(row - taps.anchor_row, column - taps.anchor_column);
    }
  }
  for (TapGroup& group : groups)
    if (group.added.empty() || group.taken.empty())
      group.run = find_run(group.added.empty() ? group.taken : group.added);
  return groups;
}

/// What is read or computed at a row and a column from the pixel.
using Reader = std::function<Number(int, int)>;

Number sum_of(const TapGroup& group, const Reader& reader, const RowAtOnce& row) {
  const auto& first = group.added.empty() ? group.taken : group.added;
  const auto read = [&](const std::pair<int, int>& place) { return reader(place.first, place.second); };
  Number sum = read(first.front());
  if (group.run && sum.is_integer())
    sum = fold_run(*group.run, row, reader, [](const Number& a, const Number& b) { return a + b; });
  else
    for (std::size_t i = 1; i < first.size(); ++i) sum = sum + read(first[i]);
  if (group.added.empty()) return -sum;
  for (const auto& place : group.taken) sum = sum - read(place);
  return sum;
}

/// What sums are computed in.
enum class Arithmetic { Integers, Floats, Doubles };

Number constant(double number, Arithmetic arithmetic) {
  if (arithmetic == Arithmetic::Doubles) return Number(Value<double>(number));
  return arithmetic == Arithmetic::Integers ? Number(static_cast<int>(number)) : Number(number);
}

Number weighted(const Number& sum, double weight, Arithmetic arithmetic) {
  return weight == 1 ? sum : sum * constant(weight, arithmetic);
}

Number sum_of(const std::vector<TapGroup>& groups, const Reader& reader, const RowAtOnce& row, Arithmetic arithmetic) {
  if (groups.empty()) return 0;
  Number sum = weighted(sum_of(groups.front(), reader, row), groups.front().weight, arithmetic);
  for (std::size_t i = 1; i < groups.size(); ++i)
    sum = sum + weighted(sum_of(groups[i], reader, row), groups[i].weight, arithmetic);
  return sum;
}

Reader reader_of(const Neighbourhood& here, int channel, Arithmetic arithmetic = Arithmetic::Integers) {
  return [&here, channel, arithmetic](int row, int column) {
    const Number sample = here(row, column, channel);
    return arithmetic == Arithmetic::Doubles ? Number(sample.wide()) : sample;
  };
}

Window window_of(const Taps& taps) {
  return {std::max(taps.anchor_row, 0), std::max(taps.rows - 1 - taps.anchor_row, 0), std::max(taps.anchor_column, 0),
          std::max(taps.columns - 1 - taps.anchor_column, 0)};
}

// What the weighted sum can be.
Range range_of_sum(const Taps& taps, const Range& samples) {
  Range range{0, 0, samples.is_whole && std::ranges::all_of(taps.weights, is_whole)};
  for (const double weight : taps.weights) {
    range.least += std::min(weight * samples.least, weight * samples.most);
    range.most += std::max(weight * samples.least, weight * samples.most);
  }
  return range;
}

Range divided(const Range& sums, const Taps& taps) {
  const double a = sums.least / taps.divisor + taps.offset, b = sums.most / taps.divisor + taps.offset;
  if (!sums.is_whole) return {std::min(a, b), std::max(a, b), false};
  return {std::floor(std::min(a, b)), std::ceil(std::max(a, b)), true};
}

std::size_t count_taps(const std::vector<double>& weights) {
  return weights.size() - static_cast<std::size_t>(std::ranges::count(weights, 0.0));
}

// The largest that weights make of samples, whatever their signs.
double size_of_sum(const Taps& taps, const Range& samples) {
  double size = 0;
  for (const double weight : taps.weights) size += std::abs(weight) * largest_of(samples);
  return size;
}

// Whether weights, divisor and offset are whole.
bool are_whole(const Taps& taps) {
  return std::ranges::all_of(taps.weights, is_whole) && is_whole(taps.divisor) && is_whole(taps.offset * taps.divisor);
}

// Whole numbers are summed exactly, in integers of 32 bits if these hold all, room for rounding included. Fractions of
// whole samples are summed in floats if these err by less than the half of a level that rounding leaves, though every
// one of the roundings errs as much as it can. `taps_added` is how many samples make the sum.
Arithmetic arithmetic_for(const Taps& taps, const Range& samples, std::size_t taps_added) {
  constexpr double most_integer = 1 << 30, most_error = 0.45, rounding = 1.0 / (1 << 24);
  if (!samples.is_whole) return Arithmetic::Floats;
  const double size = size_of_sum(taps, samples);
  if (are_whole(taps)) {
    const double all = size + std::abs(taps.offset * taps.divisor) + 4 * std::abs(taps.divisor);
    return all < most_integer ? Arithmetic::Integers : Arithmetic::Doubles;
  }
  const double largest = size / std::abs(taps.divisor) + std::abs(taps.offset);
  const double roundings = 3 + static_cast<double>(taps_added);
  return largest * roundings * rounding < most_error ? Arithmetic::Floats : Arithmetic::Doubles;
}
Arithmetic arithmetic_for(const Taps& taps, const Range& samples) {
  return arithmetic_for(taps, samples, count_taps(taps.weights));
}

bool is_exact(const Taps& taps, const Range& samples) { return arithmetic_for(taps, samples) == Arithmetic::Integers; }

// The same kernel with a positive divisor, and in floats with none.
Taps normalised(Taps taps, Arithmetic arithmetic) {
  const bool in_floats = arithmetic == Arithmetic::Floats;
  const double factor = in_floats ? 1 / taps.divisor : taps.divisor < 0 ? -1 : 1;
  for (double& weight : taps.weights) weight *= factor;
  taps.divisor = in_floats ? 1 : taps.divisor * factor;
  return taps;
}

/// A column and a row whose product a kernel is.
struct Factors {
  std::vector<double> column, row;
};

// The factor that makes the weights of a row small whole numbers, if they are whole.
double common_factor(const std::vector<double>& weights) {
  if (!std::ranges::all_of(weights, [](double w) { return is_whole(w) && std::abs(w) < 1e9; })) return 1;
  std::int64_t factor = 0;
  for (const double weight : weights) factor = std::gcd(factor, static_cast<std::int64_t>(weight));
  return factor == 0 ? 1 : static_cast<double>(factor);
}

std::optional<Factors> factorise(const Taps& taps) {
  if (taps.rows == 1 || taps.columns == 1) return {};
  const auto largest = std::ranges::max_element(taps.weights, {}, [](double w) { return std::abs(w); });
  if (*largest == 0) return {};
  const auto place = static_cast<int>(largest - taps.weights.begin());
  Factors factors;
  for (int column = 0; column < taps.columns; ++column) factors.row.push_back(taps.at(place / taps.columns, column));
  const double common = common_factor(factors.row);
  for (double& weight : factors.row) weight /= common;
  const double pivot = factors.row[static_cast<std::size_t>(place % taps.columns)];
  constexpr double tolerance = 1e-12;
  for (int row = 0; row < taps.rows; ++row) {
    factors.column.push_back(taps.at(row, place % taps.columns) / pivot);
    for (int column = 0; column < taps.columns; ++column) {
      const double product = factors.column.back() * factors.row[static_cast<std::size_t>(column)];
      if (std::abs(product - taps.at(row, column)) > tolerance * std::abs(*largest)) return {};
    }
  }
  return factors;
}

// The sum of all taps. In integers of a product of a column and a row, the sums of rows come first: several rows that
// are computed at once have them in common.
Number sum_of_taps(const Taps& taps, const Reader& reader, const RowAtOnce& at_once, Arithmetic arithmetic) {
  const std::optional<Factors> factors = arithmetic == Arithmetic::Floats ? std::nullopt : factorise(taps);
  if (!factors || !std::ranges::all_of(factors->column, is_whole) || !std::ranges::all_of(factors->row, is_whole))
    return sum_of(group_taps(taps), reader, at_once, arithmetic);
  Taps column = column_taps(factors->column), row = row_taps(factors->row);
  column.anchor_row = taps.anchor_row;
  row.anchor_column = taps.anchor_column;
  const std::vector<TapGroup> row_groups = group_taps(row);
  const Reader sums = [&](int at, int) {
    return sum_of(row_groups, [&](int, int beside) { return reader(at, beside); }, at_once, arithmetic);
  };
  return sum_of(group_taps(column), sums, at_once, arithmetic);
}

StageId add_sum(StageBuilder& builder, const std::string& name, StageId input, const Taps& given, const Edge& edge,
                SampleType type) {
  const Range samples = samples_seen(builder, input, edge);
  const Arithmetic arithmetic = arithmetic_for(given, samples);
  const Taps taps = normalised(given, arithmetic);
  const Range sums = range_of_sum(taps, samples);
  const auto body = [taps, arithmetic, sums](const Neighbourhood& here, int channel) {
    const Number sum = sum_of_taps(taps, reader_of(here, channel, arithmetic), here.row_at_once(), arithmetic);
    const double more = taps.offset * taps.divisor;
    const Number total = more == 0 ? sum : sum + constant(more, arithmetic);
    if (arithmetic == Arithmetic::Integers)
      return divide_half_even(total, sums.least + more, static_cast<int>(taps.divisor));
    return taps.divisor == 1 ? total : quotient(total, constant(taps.divisor, arithmetic));
  };
  return add_windowed(builder, name, input, window_of(taps), edge, type, divided(sums, taps), body);
}

// What lies beside the sums of columns: where the border is constant, the sum of a column of it.
Edge edge_of_sums(const StageBuilder& builder, StageId input, const Taps& column, const Edge& edge) {
  if (edge.border != Border::Constant) return edge;
  const double sum = std::accumulate(column.weights.begin(), column.weights.end(), 0.0) / column.divisor;
  return {edge.border, value_outside(builder.stage(input).type, edge) * sum};
}

}  // namespace

Taps row_taps(std::vector<double> weights, double divisor) {
  const int columns = static_cast<int>(weights.size());
  return {.rows = 1, .columns = columns, .weights = std::move(weights), .divisor = divisor};
}

Taps column_taps(std::vector<double> weights, double divisor) {
  const int rows = static_cast<int>(weights.size());
  return {.rows = rows, .columns = 1, .weights = std::move(weights), .divisor = divisor};
}

Number divide_half_even(const Number& number, double least, int divisor) {
  if (divisor == 1) return number;
  if (number.is_double()) return quotient(number, divisor);
  if (!number.is_integer()) return number * (1.0 / divisor);
  if ((divisor & (divisor - 1)) == 0) {
    const int bits = std::countr_zero(static_cast<unsigned>(divisor));
    return shift_right(number + (divisor / 2 - 1) + lowest_bits(shift_right(number, bits), 1), bits);
  }
  // A multiple of twice the divisor is added first, so that nothing is negative and odd stays odd.
  const int more = least >= 0 ? 0 : static_cast<int>(std::ceil(-least / (2.0 * divisor))) * 2;
  const Number raised = number + (more * divisor + divisor / 2);
  Number quotient = divide_down(raised, divisor);
  if (divisor % 2 == 0) {
    const Number is_half = choose(equal(quotient * divisor, raised), 1, 0);
    quotient = quotient - minimum(is_half, lowest_bits(quotient, 1));
  }
  return more == 0 ? quotient : quotient - more;
}

StageId add_rounded_separable(StageBuilder& builder, const std::string& name, StageId input, const Taps& column,
                              const Taps& row, const Edge& edge, int bits) {
  const Edge beside = edge_of_sums(builder, input, column, edge);
  const StageId between = add_sum(builder, name + " (columns)", input, column, edge, SampleType::I32);
  const double most = range_of_sum(row, samples_seen(builder, between, beside)).most;
  const auto body = [bits, groups = group_taps(row)](const Neighbourhood& here, int channel) {
    return shift_rounded(sum_of(groups, reader_of(here, channel), here.row_at_once(), Arithmetic::Integers), bits);
  };
  return add_windowed(builder, name, between, window_of(row), beside, SampleType::U8,
                      {0, std::floor(std::ldexp(most, -bits) + 0.5), true}, body);
}

StageId add_separable(StageBuilder& builder, const std::string& name, StageId input, const Taps& column,
                      const Taps& row, const Edge& edge, SampleType type) {
  const Range samples = samples_seen(builder, input, edge);
  const Range sums = range_of_sum(column, samples);
  const bool in_integers = sums.is_whole && is_exact(column, samples) && is_exact(row, sums);
  const StageId between =
      add_sum(builder, name + " (columns)", input, column, edge, in_integers ? SampleType::I32 : SampleType::F32);
  return add_sum(builder, name, between, row, edge_of_sums(builder, input, column, edge), type);
}

StageId add_convolution(StageBuilder& builder, const std::string& name, StageId input, const Taps& taps,
                        const Edge& edge, SampleType type) {
  if (const std::optional<Factors> factors = factorise(taps)) {
    const std::size_t together = count_taps(taps.weights);
    const std::size_t apart = count_taps(factors->column) + count_taps(factors->row);
    // Between the two stages there are no doubles.
    const bool in_doubles = arithmetic_for(taps, samples_seen(builder, input, edge), apart) == Arithmetic::Doubles;
    if (2 * together > 3 * apart && !in_doubles) {
      Taps column = column_taps(factors->column), row = row_taps(factors->row, taps.divisor);
      column.anchor_row = taps.anchor_row;
      row.anchor_column = taps.anchor_column;
      row.offset = taps.offset;
      return add_separable(builder, name, input, column, row, edge, type);
    }
  }
  return add_sum(builder, name, input, taps, edge, type);
}

}  // namespace cogent::image::filters
