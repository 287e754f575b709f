// sorting_network: rows of eight random numbers. Each call sorts them afresh, after the same copy for all.
#define main sorting_network_main
#include "../../examples/gallery/sorting_network.cpp"
#undef main
#include "programs.h"

namespace bench {

GalleryProgram bench_sorting_network() {
  static constexpr int row_size = 8;
  static constexpr std::size_t size = 8192;
  static const auto numbers = random_numbers<int>(size + 500 * row_size, -1000000, 1000000);
  static std::vector<int> sorted(size), expected(size), library(size), large = numbers;
  static const auto specialized = sort_rows.specialize(sorted, row_size);
  GalleryProgram program{"sorting_network", "1024 rows of 8 random ints", 3};
  program.call = [] {
    std::copy_n(numbers.begin(), size, sorted.begin());
    specialized(sorted, row_size);
  };
  program.generate = [](int number) {
    static_cast<void>(sort_rows.specialize(std::span(large).first(size + row_size * number), row_size));
  };
  program.add_naturals("sort_rows", &natural::sort_rows, [](auto f) {
    std::copy_n(numbers.begin(), size, expected.begin());
    f(expected, row_size);
  });
  program.rivals.push_back({"std::sort",
                            [] {
                              std::copy_n(numbers.begin(), size, library.begin());
                              for (std::size_t row = 0; row < size; row += row_size)
                                std::sort(library.begin() + row, library.begin() + row + row_size);
                            },
                            false});
  program.agrees = [] { return sorted == expected && sorted == library; };
  return program;
}

}  // namespace bench
