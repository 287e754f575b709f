// crop, pad and flip row by row: fused with what stands around them, in strips and on threads, the bits of the filters
// one by one; and only the rows that are asked for.
#include <gtest/gtest.h>

#include <cogent/image/pipeline.h>

#include <algorithm>

#include "images/samples.h"

namespace cogent::testing {
namespace {

using image::CompiledPipeline;
using image::Pipeline;
using image::RowRange;

/// Steps that one after the other are an oracle for all of them in one pass.
const std::vector<std::vector<const char*>> chains = {
    {"crop(17, 20, 7, 9)"},
    {"gray", "gaussian(1.2)", "crop(30, 20, 7, 9)", "sobel(x)"},
    {"crop(40, 30, 3, 4)", "gaussian(2)", "crop(20, 12, 5, 6)", "invert"},
    {"pad(3, 5, 2, 7, border=reflect)", "box(5)", "crop(30, 31, 9, 11)", "flip"},
    {"pad(4, border=constant, value=9)", "median"},
    {"pad(2, 6, border=replicate)", "flip", "dilate(5)"},
    {"gaussian(1)", "pad(6)", "pad(1, 0, 3, 2, border=constant)", "gray"},
    {"pad(0, 3, 0, 2, border=reflect)", "threshold(90)"},
    {"pad(0, 3, 0, 2, border=constant, value=200)", "crop(20, 3)"},
    {"flip", "crop(5, 5, 1, 30)", "pad(30, 4, 30, 4)", "flip"},
    {"{sobel(x) | crop(20, 30, 1, 2); crop(20, 30, 11, 5)} | difference"},
};

std::string text_of(const std::vector<const char*>& steps) {
  std::string text;
  for (const char* step : steps) text += (text.empty() ? "" : " | ") + std::string(step);
  return text;
}

class MovedRows : public ::testing::TestWithParam<Format> {
 protected:
  Samples input() const {
    std::mt19937 random(7);
    return random_samples(GetParam(), random);
  }
};

TEST_P(MovedRows, GiveTheBitsOfTheFiltersOneByOne) {
  for (const auto& steps : chains) {
    Samples expected = input();
    for (const char* step : steps) expected = run(Pipeline::parse(step), expected);
    for (const int rows : {0, 1, 3, 4})
      for (const int threads : {1, 2})
        EXPECT_EQ(difference(run(Pipeline::parse(text_of(steps)), input(), {.threads = threads, .rows_at_once = rows}),
                             expected, 0),
                  "")
            << text_of(steps) << ", " << rows << " rows at once";
  }
}

TEST_P(MovedRows, AreComputedInOnePass) {
  for (const auto& steps : chains) {
    const std::string explained = Pipeline::parse(text_of(steps)).compile(GetParam()).explain();
    EXPECT_NE(explained.find(", 1 pass\n"), explained.npos) << explained;
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, MovedRows,
                         ::testing::Values(Format{50, 41, 3}, Format{64, 35, 1, SampleType::U16},
                                           Format{43, 36, 3, SampleType::F32, image::Layout::Planar},
                                           Format{48, 40, 4, SampleType::U8, image::Layout::Interleaved,
                                                  image::Alpha::Straight}));

TEST(MovedRowsInStrips, NeedOnlyTheirOwn) {
  const auto needed = [](const char* text, RowRange rows) {
    return Pipeline::parse(text).compile({100, 200, 3}).rows_needed(rows);
  };
  EXPECT_EQ(needed("crop(30, 10, 5, 20)", {0, 10}), (RowRange{20, 30}));
  EXPECT_EQ(needed("crop(30, 10, 5, 20)", {4, 6}), (RowRange{24, 26}));
  EXPECT_EQ(needed("gray | gaussian(size=5) | crop(30, 10, 5, 20)", {4, 6}), (RowRange{22, 28}));
  EXPECT_EQ(needed("crop(30, 50, 5, 20) | crop(30, 10, 0, 7) | flip", {0, 2}), (RowRange{27, 29}));
  EXPECT_EQ(needed("flip", {3, 5}), (RowRange{3, 5}));
  EXPECT_EQ(needed("pad(3, border=constant)", {50, 60}), (RowRange{44, 60}));
}

TEST(MovedRowsInStrips, GiveTheBitsOfTheWholePicture) {
  const int width = 50, height = 41;
  image::Picture<std::uint8_t> input(width, height, 3);
  std::mt19937 random(1);
  std::ranges::generate(input.data(), input.data() + input.size(), [&] { return static_cast<std::uint8_t>(random()); });
  for (const auto& steps : chains)
    for (const int at_once : {1, 4}) {
      const CompiledPipeline code = Pipeline::parse(text_of(steps)).compile(input.format(), {.rows_at_once = at_once});
      Format format = code.output_format();
      const auto row_bytes =
          static_cast<std::size_t>(format.width) * static_cast<std::size_t>(format.channels * bytes_of(format.type));
      const auto filter = [&](RowRange rows) {
        const RowRange needed = code.rows_needed(rows);
        Format source = input.format();
        source.height = needed.count();
        const std::vector<std::uint8_t> from(&input(needed.first, 0), &input(needed.last - 1, 0) + width * 3);
        std::vector<std::uint8_t> to(row_bytes * static_cast<std::size_t>(rows.count()));
        format.height = rows.count();
        code.run_rows({source, from.data()}, rows, {format, to.data()});
        return to;
      };
      const int last = code.output_format().height;
      const std::vector<std::uint8_t> whole = filter({0, last});
      for (const int count : {1, 3, 7})
        for (int first = 0; first < last; first += count) {
          const RowRange rows{first, std::min(first + count, last)};
          const std::vector<std::uint8_t> expected(
              whole.begin() + static_cast<std::ptrdiff_t>(row_bytes * static_cast<std::size_t>(rows.first)),
              whole.begin() + static_cast<std::ptrdiff_t>(row_bytes * static_cast<std::size_t>(rows.last)));
          EXPECT_EQ(filter(rows), expected) << text_of(steps) << ", rows from " << first;
        }
    }
}

}  // namespace
}  // namespace cogent::testing
