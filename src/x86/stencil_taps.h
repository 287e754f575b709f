// The taps of a stencil as numbers: the window without empty edges, the range of the sum, and the exact factorisation
// of a rank-1 window into a column and a row.
#pragma once

#include <array>
#include <cstdint>

#include "ir/stencil.h"

namespace cogent::x86 {

/// A window of taps within a larger matrix.
struct TapWindow {
  const std::int32_t* first = nullptr;
  int stride = 0;
  int height = 0, width = 0;

  /// The tap at a place of the window; 0 beside it.
  std::int32_t at(int row, int column) const {
    return column >= 0 && column < width ? first[row * stride + column] : 0;
  }
};

/// A window without its empty edges, and how many rows and columns were left out before it. Height 0: all taps are 0.
struct TrimmedWindow {
  TapWindow window;
  int top = 0, left = 0;
};
TrimmedWindow trim(const TapWindow& window);

/// Between which integers bias + sum of taps * bytes lies.
struct SumRange {
  std::int64_t low = 0, high = 0;
  bool fits_signed_16() const { return low >= -32768 && high <= 32767; }
  bool fits_unsigned_16() const { return low >= 0 && high <= 65535; }
};
SumRange sum_range(const TapWindow& window, std::int32_t bias);

/// Between which integers all taps lie.
struct TapRange {
  std::int32_t low = 0, high = 0;
  bool fits_8() const { return low >= -128 && high <= 127; }
  bool fits_twice_8() const { return low >= -256 && high <= 254; }
  bool fits_16() const { return low >= -32768 && high <= 32767; }
};
TapRange tap_range(const TapWindow& window);

/// window(row, column) == column_factor[row] * row_factor[column], exactly.
struct RankOneFactors {
  std::array<std::int32_t, ir::StencilStage::largest_side> column_factor;
  std::array<std::int32_t, ir::StencilStage::largest_side> row_factor;  // its greatest common divisor is 1
};
/// False if the window, which must be trimmed, has a rank above 1.
bool factor_rank_one(const TapWindow& window, RankOneFactors& factors);

/// A column factor as steps that add a row to its neighbour: (1 + z)^sums * (1 - z)^differences * rest(z), where z
/// stands for the next row.
struct ColumnSteps {
  int sums = 0, differences = 0;
  int rest_length = 0;  // at least 1
  std::array<std::int32_t, ir::StencilStage::largest_side> rest;
};
ColumnSteps split_column(const std::int32_t* column, int length);

}  // namespace cogent::x86
