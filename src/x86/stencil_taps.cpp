// Arithmetic on tap windows. All of it is exact: products are formed in 64 bits.
#include "x86/stencil_taps.h"

#include <algorithm>
#include <numeric>

namespace cogent::x86 {
namespace {

bool row_is_empty(const TapWindow& window, int row) {
  const std::int32_t* taps = window.first + row * window.stride;
  return std::all_of(taps, taps + window.width, [](std::int32_t tap) { return tap == 0; });
}

bool column_is_empty(const TapWindow& window, int column) {
  for (int row = 0; row < window.height; ++row)
    if (window.first[row * window.stride + column] != 0) return false;
  return true;
}

// Divides by 1 + sign * z if that leaves no remainder: quotient[k] = values[k] - sign * quotient[k - 1].
bool divide(std::array<std::int32_t, ir::StencilStage::largest_side>& values, int& length, int sign) {
  if (length < 2) return false;
  std::array<std::int32_t, ir::StencilStage::largest_side> quotient;
  std::int64_t previous = 0;
  for (int k = 0; k < length; ++k) {
    previous = values[static_cast<std::size_t>(k)] - sign * previous;
    if (previous != static_cast<std::int32_t>(previous)) return false;
    quotient[static_cast<std::size_t>(k)] = static_cast<std::int32_t>(previous);
  }
  if (previous != 0) return false;
  --length;
  std::copy_n(quotient.begin(), length, values.begin());
  return true;
}

}  // namespace

TrimmedWindow trim(const TapWindow& window) {
  TrimmedWindow result{window};
  TapWindow& left = result.window;
  while (left.height > 0 && row_is_empty(left, left.height - 1)) --left.height;
  while (left.height > 0 && row_is_empty(left, 0)) {
    left.first += left.stride;
    --left.height;
    ++result.top;
  }
  if (left.height == 0) return result;
  while (column_is_empty(left, left.width - 1)) --left.width;
  while (column_is_empty(left, 0)) {
    ++left.first;
    --left.width;
    ++result.left;
  }
  return result;
}

SumRange sum_range(const TapWindow& window, std::int32_t bias) {
  std::int64_t positive = 0, negative = 0;
  for (int row = 0; row < window.height; ++row) {
    const std::int32_t* taps = window.first + row * window.stride;
    for (int column = 0; column < window.width; ++column) {
      positive += std::max(taps[column], 0);
      negative += std::min(taps[column], 0);
    }
  }
  return {bias + 255 * negative, bias + 255 * positive};
}

TapRange tap_range(const TapWindow& window) {
  TapRange range{window.first[0], window.first[0]};
  for (int row = 0; row < window.height; ++row) {
    const std::int32_t* taps = window.first + row * window.stride;
    for (int column = 0; column < window.width; ++column) {
      range.low = std::min(range.low, taps[column]);
      range.high = std::max(range.high, taps[column]);
    }
  }
  return range;
}

bool factor_rank_one(const TapWindow& window, RankOneFactors& factors) {
  int pivot = 0;  // of the first row, which is not empty
  while (window.first[pivot] == 0) ++pivot;
  std::int64_t divisor = 0;
  for (int column = 0; column < window.width; ++column) divisor = std::gcd(divisor, std::int64_t{window.first[column]});
  for (int column = 0; column < window.width; ++column)
    factors.row_factor[static_cast<std::size_t>(column)] = static_cast<std::int32_t>(window.first[column] / divisor);
  const std::int64_t at_pivot = factors.row_factor[static_cast<std::size_t>(pivot)];
  for (int row = 0; row < window.height; ++row) {
    const std::int32_t* taps = window.first + row * window.stride;
    const std::int64_t factor = taps[pivot] / at_pivot;
    for (int column = 0; column < window.width; ++column)
      if (factor * factors.row_factor[static_cast<std::size_t>(column)] != taps[column]) return false;
    factors.column_factor[static_cast<std::size_t>(row)] = static_cast<std::int32_t>(factor);
  }
  return true;
}

ColumnSteps split_column(const std::int32_t* column, int length) {
  ColumnSteps steps;
  steps.rest_length = length;
  std::copy_n(column, length, steps.rest.begin());
  while (divide(steps.rest, steps.rest_length, 1)) ++steps.sums;
  while (divide(steps.rest, steps.rest_length, -1)) ++steps.differences;
  return steps;
}

}  // namespace cogent::x86
