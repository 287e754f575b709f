// sorting_network, generated, sorts.
#define main sorting_network_main
#include "../../examples/gallery/sorting_network.cpp"
#undef main
#include <gtest/gtest.h>

#include "random_numbers.h"

namespace gallery_test {

TEST(SortingNetwork, RowsOfEverySizeAreSorted) {
  constexpr int rows = 3;
  for (int n = 1; n <= 16; ++n) {
    auto data = random_numbers<int>(rows * n, -9, 9, n), expected = data, natural_data = data, checked = data;
    for (int row = 0; row < rows; ++row) std::sort(expected.begin() + row * n, expected.begin() + (row + 1) * n);
    natural::sort_rows(natural_data, n);
    EXPECT_EQ(natural_data, expected) << n;
    sort_rows(data, n);
    EXPECT_EQ(data, expected) << n;
    sort_rows.run_checked(checked, n);
    EXPECT_EQ(checked, expected) << n;
  }
}

}  // namespace gallery_test
