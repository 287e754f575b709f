// Lists of products, evaluated lane by lane as the processor's manual says, give the weighted sums.
#include "x86/stencil_joins.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace cogent::x86 {
namespace {

constexpr int lanes = 16;  // pixels

using Row = std::vector<std::uint8_t>;

std::int32_t signed_byte(std::uint32_t taps, int i) { return static_cast<std::int8_t>(taps >> 8 * i); }
std::int32_t signed_word(std::uint32_t taps, int i) { return static_cast<std::int16_t>(taps >> 16 * i); }

// A product's contribution to output pixel `pixel`, whose accumulator must be the product's.
std::int32_t contribution(const Product& product, const Join& join, const Row& above, const Row& row, int pixel) {
  const auto at = [&](int lane, int bytes) { return static_cast<std::size_t>(product.offset + lane * bytes); };
  std::int32_t sum = 0;
  if (product.accumulator >= even_half) {
    const int lane = pixel / 2;
    const auto byte = [&](bool is_above, int column) {
      return std::int32_t{(is_above ? above : row).at(static_cast<std::size_t>(column + 2 * lane))};
    };
    const bool is_joined = product.pixels == Pixels::Joined;
    const std::int32_t left = is_joined ? byte(join.even_is_above, join.even_column) : byte(false, product.offset);
    const std::int32_t right =
        is_joined ? byte(join.odd_is_above, join.odd_column + 1) : byte(false, product.offset + 1);
    sum = left * signed_byte(product.taps, 0) + right * signed_byte(product.taps, 1);
    EXPECT_EQ(sum, static_cast<std::int16_t>(sum)) << "vpmaddubsw would saturate";
    return sum;
  }
  const std::size_t first = at(pixel / 4, 4);
  if (product.pixels == Pixels::JoinedEvenWords || product.pixels == Pixels::JoinedOddWords) {
    const std::size_t second_word = first + (product.pixels == Pixels::JoinedEvenWords ? 2 : 3);
    return above.at(second_word) * signed_word(product.taps, 0) + row.at(second_word) * signed_word(product.taps, 1);
  }
  for (int i = 0; i < 4; ++i) {
    const std::int32_t byte = row.at(first + static_cast<std::size_t>(i));
    if (product.pixels == Pixels::Bytes) sum += byte * signed_byte(product.taps, i);
    if (product.pixels == Pixels::EvenWords && i % 2 == 0) sum += byte * signed_word(product.taps, i / 2);
    if (product.pixels == Pixels::OddWords && i % 2 == 1) sum += byte * signed_word(product.taps, i / 2);
  }
  return sum;
}

bool serves(const Product& product, int pixel) {
  return product.accumulator < even_half ? product.accumulator == pixel % 4
                                         : product.accumulator - even_half == pixel % 2;
}

class ProductLists : public testing::Test {
 protected:
  TapWindow random_window(int height, int width, int largest) {
    taps_.resize(static_cast<std::size_t>(height * width));
    for (std::int32_t& tap : taps_)
      tap = random_() % 4 == 0
                ? 0
                : static_cast<std::int32_t>(random_() % (2u * static_cast<unsigned>(largest) + 1)) - largest;
    return {taps_.data(), width, height, width};
  }

  // Rows are exactly as long as the vectors may read.
  void expect_sums(const TapWindow& window, const ProductSplit& split) {
    list_products(window, split, list_);
    ASSERT_EQ(list_.rows(), window.height);
    std::vector<Row> source(static_cast<std::size_t>(window.height));
    for (int row = 0; row < window.height; ++row) {
      source[static_cast<std::size_t>(row)].resize(static_cast<std::size_t>(lanes + window.width - 1));
      for (std::uint8_t& byte : source[static_cast<std::size_t>(row)]) byte = static_cast<std::uint8_t>(random_());
    }
    for (int pixel = 0; pixel < lanes; ++pixel) EXPECT_EQ(by_products(source, pixel), by_taps(window, source, pixel));
  }

  std::int32_t by_products(const std::vector<Row>& source, int pixel) const {
    std::int32_t sum = 0;
    for (int row = 0; row < list_.rows(); ++row) {
      int last_offset = 0;
      for (const Product* product = list_.begin_of(row); product != list_.end_of(row); ++product) {
        EXPECT_GE(product->offset, last_offset) << "products are sorted by offset";
        last_offset = product->offset;
        const Row& here = source[static_cast<std::size_t>(row)];
        const Row& above = source[static_cast<std::size_t>(row > 0 ? row - 1 : 0)];
        const Join join = product->pixels == Pixels::Joined ? list_.joins().at(product->join) : Join{};
        if (serves(*product, pixel)) sum += contribution(*product, join, above, here, pixel);
      }
    }
    return sum;
  }
  static std::int32_t by_taps(const TapWindow& window, const std::vector<Row>& source, int pixel) {
    std::int32_t sum = 0;
    for (int row = 0; row < window.height; ++row)
      for (int column = 0; column < window.width; ++column)
        sum += window.at(row, column) * source[static_cast<std::size_t>(row)][static_cast<std::size_t>(pixel + column)];
    return sum;
  }

  std::mt19937 random_{11};
  std::vector<std::int32_t> taps_;
  ProductList list_;
};

TEST_F(ProductLists, PhasesOfBytes) {
  for (int width = 1; width <= 20; ++width) expect_sums(random_window(3, width, 127), {.phase_columns = width});
}

TEST_F(ProductLists, PhasesOfWords) {
  for (int width = 1; width <= 20; ++width)
    for (const bool pairs : {false, true})
      expect_sums(random_window(3, width, 32767), {.phase_columns = width, .word_taps = true, .word_pairs = pairs});
}

TEST_F(ProductLists, PhasesOfDoubledBytes) {
  for (int width = 1; width <= 20; ++width)
    expect_sums(random_window(3, width, 254), {.phase_columns = width, .doubles = true});
}

TEST_F(ProductLists, Halves) {
  for (int width = 1; width <= 20; ++width) expect_sums(random_window(3, width, 64), {});
}

TEST_F(ProductLists, JoinedHalves) {
  for (int round = 0; round < 200; ++round)
    for (int width = 1; width <= JoinedHalves::most_columns; width += 2)
      for (int height = 1; height <= 5; ++height)
        expect_sums(random_window(height, width, round % 2 == 0 ? 64 : 127), {.joins = true});
}

TEST_F(ProductLists, JoinsLeaveNoMoreThanOneTapAlone) {
  const auto products = [&](std::vector<std::int32_t> taps) {
    list_products({taps.data(), 3, 3, 3}, {.joins = true}, list_);
    return list_.all().size();
  };
  EXPECT_EQ(products({0, 1, 0, 1, 1, 1, 0, 1, 0}), 6u);
  EXPECT_EQ(products({1, 1, 0, 1, 1, 1, 0, 1, 1}), 8u);
  EXPECT_EQ(products({1, 1, 1, 1, 1, 1, 1, 1, 1}), 10u);
}

TEST_F(ProductLists, InterleavedColumns) {
  taps_ = {1, 0, -3, 0, 0, 0, 0, 0, 7};
  list_products({taps_.data(), 3, 3, 3}, {.interleaves = true}, list_);
  ASSERT_EQ(list_.all().size(), 4u);
  EXPECT_EQ(list_.all()[0].pixels, Pixels::Low);
  EXPECT_EQ(list_.all()[1].pixels, Pixels::High);
  EXPECT_EQ(list_.all()[1].taps, 0xfd01fd01u);
  EXPECT_EQ(list_.all()[2].taps, 0x07000700u);
}

TEST_F(ProductLists, PhasesAndHalves) {
  for (int width = 5; width <= 18; width += width % 4 == 1 ? 1 : 3)
    for (int height = 1; height <= 5; ++height)
      expect_sums(random_window(height, width, 64), {.phase_columns = width / 4 * 4, .joins = width % 2 == 1});
}

TEST_F(ProductLists, ZerosCostNothing) {
  taps_ = {0, 0, 0, 1, 0, 0, 0, 0, 0};
  list_products({taps_.data(), 3, 3, 3}, {.phase_columns = 3}, list_);
  EXPECT_EQ(list_.begin_of(0), list_.end_of(0));
  EXPECT_EQ(list_.end_of(1) - list_.begin_of(1), 4);
  EXPECT_EQ(list_.begin_of(2), list_.end_of(2));
}

TEST_F(ProductLists, ThreeTapsNeedTwoVectorsAndFourProducts) {
  taps_ = {1, 2, 3};
  list_products({taps_.data(), 3, 1, 3}, {.phase_columns = 3}, list_);
  ASSERT_EQ(list_.all().size(), 4u);
  EXPECT_EQ(list_.all()[0].taps, 0x00030201u);
  EXPECT_EQ(list_.all()[1].taps, 0x03020100u);
  EXPECT_EQ(list_.all()[1].offset, 0);
  EXPECT_EQ(list_.all()[2].offset, 2);
}

TEST_F(ProductLists, PairsThatWouldSaturateDoNotFit) {
  const auto fits = [&](std::vector<std::int32_t> taps, int width) {
    const int height = static_cast<int>(taps.size()) / width;
    return pairs_fit({taps.data(), width, height, width}, 0);
  };
  EXPECT_TRUE(fits({64, 64}, 2));
  EXPECT_FALSE(fits({65, 64}, 2));
  EXPECT_TRUE(fits({100, -100}, 2));
  EXPECT_TRUE(fits({-64, -64}, 2));
  EXPECT_FALSE(fits({-65, -64}, 2));
  EXPECT_FALSE(fits({128, 0}, 2));
  EXPECT_TRUE(fits({127, 127}, 1));
}

}  // namespace
}  // namespace cogent::x86
