// histogram and lookup, generated, give what the plain functions give, and need no check.
#define main histogram_main
#include "../../examples/gallery/histogram.cpp"
#undef main
#include <gtest/gtest.h>

#include "random_numbers.h"

namespace gallery_test {

TEST(Histogram, RandomBytesGiveWhatThePlainFunctionGives) {
  for (int size = 0; size <= 40; size += 13) {
    const auto data = random_numbers<std::uint8_t>(size, 0, 255, size);
    std::vector<int> bins(256, 3), expected(256, 3);
    natural::histogram(data, expected);
    histogram(data, bins);
    EXPECT_EQ(bins, expected) << size;
    natural::histogram(data, expected);
    histogram.run_checked(data, bins);
    EXPECT_EQ(bins, expected) << size;
  }
}

TEST(Lookup, RandomTablesGiveWhatThePlainFunctionGives) {
  for (int size = 0; size <= 40; size += 13) {
    const auto data = random_numbers<std::uint8_t>(size, 0, 255, size);
    const auto table = random_numbers<std::uint8_t>(256, 0, 255, size + 1);
    std::vector<std::uint8_t> result(size), expected(size);
    natural::lookup(data, expected, table);
    lookup(data, result, table);
    EXPECT_EQ(result, expected) << size;
    lookup.run_checked(data, result, table);
    EXPECT_EQ(result, expected) << size;
  }
}

TEST(Histogram, TheTypeOfTheDataProvesEveryAccess) {
  const std::vector<std::uint8_t> data(40);
  std::vector<int> bins(256);
  const std::string text = histogram.explain(data, bins).text;
  EXPECT_NE(text.find("accesses checked: 0"), std::string::npos) << text;
}

}  // namespace gallery_test
