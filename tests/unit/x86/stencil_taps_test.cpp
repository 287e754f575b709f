// Trimming, ranges and exact factorisation of tap windows.
#include "x86/stencil_taps.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace cogent::x86 {
namespace {

TapWindow window_of(const std::vector<std::int32_t>& taps, int width) {
  return {taps.data(), width, static_cast<int>(taps.size()) / width, width};
}

TEST(StencilTaps, TrimLeavesOutEmptyEdges) {
  const std::vector<std::int32_t> taps = {0, 0, 0, 0,  //
                                          0, 0, 5, 0,  //
                                          0, 7, 0, 0,  //
                                          0, 0, 0, 0};
  const TrimmedWindow trimmed = trim(window_of(taps, 4));
  EXPECT_EQ(trimmed.top, 1);
  EXPECT_EQ(trimmed.left, 1);
  ASSERT_EQ(trimmed.window.height, 2);
  ASSERT_EQ(trimmed.window.width, 2);
  EXPECT_EQ(trimmed.window.at(0, 0), 0);
  EXPECT_EQ(trimmed.window.at(0, 1), 5);
  EXPECT_EQ(trimmed.window.at(1, 0), 7);
  EXPECT_EQ(trimmed.window.at(1, 1), 0);
  EXPECT_EQ(trimmed.window.at(1, 2), 0);   // beside the window
  EXPECT_EQ(trimmed.window.at(1, -1), 0);  // though the matrix goes on there
}

TEST(StencilTaps, TrimOfNothing) {
  const std::vector<std::int32_t> taps(6, 0);
  EXPECT_EQ(trim(window_of(taps, 3)).window.height, 0);
}

TEST(StencilTaps, SumRange) {
  const std::vector<std::int32_t> taps = {1, -2, 3, 0};
  const SumRange range = sum_range(window_of(taps, 2), 10);
  EXPECT_EQ(range.low, 10 - 2 * 255);
  EXPECT_EQ(range.high, 10 + 4 * 255);
  EXPECT_TRUE(range.fits_signed_16());
  EXPECT_FALSE(range.fits_unsigned_16());
  EXPECT_TRUE((SumRange{-32768, 32767}).fits_signed_16());
  EXPECT_FALSE((SumRange{-32769, 0}).fits_signed_16());
  EXPECT_FALSE((SumRange{0, 32768}).fits_signed_16());
  EXPECT_TRUE((SumRange{0, 65535}).fits_unsigned_16());
}

TEST(StencilTaps, TapRange) {
  const std::vector<std::int32_t> bytes = {-128, 127}, words = {-32768, 32767}, more = {0, 32768};
  EXPECT_TRUE(tap_range(window_of(bytes, 2)).fits_8());
  EXPECT_FALSE(tap_range(window_of(words, 2)).fits_8());
  EXPECT_TRUE(tap_range(window_of(words, 2)).fits_16());
  EXPECT_FALSE(tap_range(window_of(more, 2)).fits_16());
}

TEST(StencilTaps, FactorsSobel) {
  const std::vector<std::int32_t> taps = {1, 0, -1, 2, 0, -2, 1, 0, -1};
  RankOneFactors factors;
  ASSERT_TRUE(factor_rank_one(window_of(taps, 3), factors));
  EXPECT_EQ(factors.row_factor[0], 1);
  EXPECT_EQ(factors.row_factor[1], 0);
  EXPECT_EQ(factors.row_factor[2], -1);
  EXPECT_EQ(factors.column_factor[0], 1);
  EXPECT_EQ(factors.column_factor[1], 2);
  EXPECT_EQ(factors.column_factor[2], 1);
}

TEST(StencilTaps, FactorsOnlyWhatHasRankOne) {
  RankOneFactors factors;
  const std::vector<std::int32_t> sharpen = {0, -1, 0, -1, 5, -1, 0, -1, 0}, almost = {2, 4, 3, 7},
                                  halves = {2, 4, 3, 6};
  EXPECT_FALSE(factor_rank_one(window_of(sharpen, 3), factors));
  EXPECT_FALSE(factor_rank_one(window_of(almost, 2), factors));
  ASSERT_TRUE(factor_rank_one(window_of(halves, 2), factors));  // the second row is one and a half times the first
  EXPECT_EQ(factors.column_factor[0], 2);
  EXPECT_EQ(factors.column_factor[1], 3);
}

TEST(StencilTaps, FactorsMultiplyBackExactly) {
  std::mt19937 random(5);
  for (int round = 0; round < 1000; ++round) {
    const int height = 1 + static_cast<int>(random() % 9), width = 1 + static_cast<int>(random() % 9);
    std::vector<std::int32_t> taps(static_cast<std::size_t>(height * width)), column, row;
    for (int i = 0; i < height; ++i) column.push_back(static_cast<std::int32_t>(random() % 41) - 20);
    for (int i = 0; i < width; ++i) row.push_back(static_cast<std::int32_t>(random() % 41) - 20);
    for (std::size_t i = 0; i < taps.size(); ++i) taps[i] = column[i / row.size()] * row[i % row.size()];
    const TapWindow window = trim(window_of(taps, width)).window;
    if (window.height == 0) continue;
    RankOneFactors factors;
    ASSERT_TRUE(factor_rank_one(window, factors));
    for (int y = 0; y < window.height; ++y)
      for (int x = 0; x < window.width; ++x)
        ASSERT_EQ(factors.column_factor[static_cast<std::size_t>(y)] * factors.row_factor[static_cast<std::size_t>(x)],
                  window.at(y, x));
  }
}

// (1 + z)^sums (1 - z)^differences rest(z)
std::vector<std::int32_t> multiplied(const ColumnSteps& steps) {
  std::vector<std::int32_t> column(steps.rest.begin(), steps.rest.begin() + steps.rest_length);
  for (int step = 0; step < steps.sums + steps.differences; ++step) {
    column.push_back(0);
    for (std::size_t k = column.size() - 1; k > 0; --k) column[k] += step < steps.sums ? column[k - 1] : -column[k - 1];
  }
  return column;
}

TEST(StencilTaps, SplitsBinomialColumnsIntoSums) {
  const std::int32_t column[] = {1, 4, 6, 4, 1};
  const ColumnSteps steps = split_column(column, 5);
  EXPECT_EQ(steps.sums, 4);
  EXPECT_EQ(steps.differences, 0);
  EXPECT_EQ(steps.rest_length, 1);
  EXPECT_EQ(steps.rest[0], 1);
}

TEST(StencilTaps, SplitsADerivative) {
  const std::int32_t column[] = {3, 0, -3};
  const ColumnSteps steps = split_column(column, 3);
  EXPECT_EQ(steps.sums, 1);
  EXPECT_EQ(steps.differences, 1);
  EXPECT_EQ(steps.rest_length, 1);
  EXPECT_EQ(steps.rest[0], 3);
}

TEST(StencilTaps, SplitColumnsMultiplyBack) {
  std::mt19937 random(6);
  int split = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::int32_t> column(1 + random() % 7);
    for (std::int32_t& tap : column) tap = static_cast<std::int32_t>(random() % 7) - 3;
    if (column.back() == 0) column.back() = 1;
    const ColumnSteps steps = split_column(column.data(), static_cast<int>(column.size()));
    split += steps.sums + steps.differences > 0;
    ASSERT_EQ(multiplied(steps), column);
  }
  EXPECT_GT(split, 100);
}

}  // namespace
}  // namespace cogent::x86
