// Small pictures: code that serves all sizes gives the bits of code for one size.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/plan.h"
#include "images/samples.h"

namespace cogent::testing {
namespace {

using image::CompiledPipeline;
using image::Layout;
using image::Pipeline;

bool has_any_size(const CompiledPipeline& code) {
  return code.explain().find("code for pictures of any size") != std::string::npos;
}

bool is_served(const char* pipeline, const Format& format) {
  return has_any_size(Pipeline::parse(pipeline).compile(format));
}

struct Row {
  const char* pipeline;
  int channels;
  SampleType type = SampleType::U8;
};

constexpr Row rows[] = {
    {"gray | {sobel(x); sobel(y)} | abs_sum | threshold(100)", 3},
    {"gray | sobel(x)", 3},
    {"gaussian(0, 5) | sobel(y)", 1},
    {"box(9, border=replicate) | median(3, border=reflect)", 1},
    {"{identity; gaussian(0, 7, border=constant, value=9)} | difference | dilate(3, border=constant, value=7)", 3},
    {"gamma(1.4) | linear(1.2, 10) | gray | threshold(128) | invert", 4},
    {"sharpen | erode(5)", 4},
    {"box(15)", 1},
    {"gaussian(1.2)", 3},
    {"gaussian(1.2) | invert", 2, SampleType::U16},
};

// The widths go from the least to beyond two vectors of bytes; with gaps between the rows.
TEST(AnySizeFilters, GiveTheBitsOfCodeForThisSize) {
  std::mt19937 random(1);
  const auto more = [&random](int at_most) { return static_cast<int>(random() % static_cast<unsigned>(at_most)); };
  for (const Row& row : rows) {
    const Pipeline pipeline = Pipeline::parse(row.pipeline);
    EXPECT_NE(pipeline.compile({100, 50, row.channels, row.type}).explain().find("accesses checked: 0"),
              std::string::npos)
        << row.pipeline;
    for (int i = 0; i < 40; ++i) {
      const Format format{64 + (i < 2 ? 0 : more(110)), 33 + (i < 2 ? 0 : more(12)), row.channels, row.type};
      const int threads = i % 8 == 7 ? 2 : 1;
      ASSERT_TRUE(has_any_size(pipeline.compile(format, {.threads = threads}))) << row.pipeline;
      const Samples input = random_samples(format, random);
      EXPECT_EQ(difference(run(pipeline, input, {.threads = threads}), run(pipeline, input, {.rows_at_once = 1}), 0),
                "")
          << row.pipeline << " " << to_text(format);
    }
  }
}

TEST(AnySizeFilters, TakePicturesAsWideAsTheySay) {
  std::mt19937 random(2);
  const Pipeline pipeline = Pipeline::parse(rows[0].pipeline);
  for (const Format& format : {Format{1024, 33, 3}, Format{1023, 33, 3}, Format{64, 4000, 3}}) {
    ASSERT_TRUE(has_any_size(pipeline.compile(format)));
    const Samples input = random_samples(format, random);
    EXPECT_EQ(difference(run(pipeline, input), run(pipeline, input, {.rows_at_once = 1}), 0), "") << to_text(format);
  }
}

TEST(AnySize, IsOneFunctionForAllSizes) {
  const Pipeline pipeline = Pipeline::parse("gray | sharpen");
  const std::string source = pipeline.compile({100, 50, 3}).get_source();
  EXPECT_EQ(pipeline.compile({101, 70, 3}).get_source(), source);
  EXPECT_NE(pipeline.compile({100, 50, 4}).get_source(), source);
  EXPECT_NE(pipeline.compile({100, 50, 3}, {.rows_at_once = 1}).get_source(), source);
}

TEST(AnySize, IsNotForWhatAsksForTheSize) {
  EXPECT_TRUE(is_served("gray", {100, 50, 3}));
  EXPECT_FALSE(is_served("gray", {63, 50, 3}));
  EXPECT_FALSE(is_served("gray", {100, 32, 3}));
  EXPECT_FALSE(is_served("gray", {1025, 50, 3}));
  EXPECT_FALSE(is_served("gray", {1000, 1000, 3}));
  EXPECT_FALSE(is_served("gray", {100, 50, 3, SampleType::U8, Layout::Planar}));
  EXPECT_FALSE(is_served("gray", {100, 50, 3, SampleType::F32}));
  EXPECT_FALSE(is_served("flip", {100, 50, 3}));
  EXPECT_FALSE(is_served("crop(100, 50) | flip", {100, 50, 3}));
  EXPECT_FALSE(is_served("resize(0.5)", {100, 50, 3}));
  EXPECT_FALSE(is_served("pad(3)", {100, 50, 3}));
  EXPECT_FALSE(is_served("gray | equalise", {100, 50, 3}));
  EXPECT_FALSE(is_served("gaussian(0, 5, border=wrap)", {100, 50, 3}));
  EXPECT_FALSE(is_served("gray | box(63)", {100, 70, 3}));
  EXPECT_FALSE(is_served("box(17)", {100, 70, 1}));
}

TEST(AnySize, GivesWayToCodeForASizeThatComesOften) {
  std::mt19937 random(3);
  const Format format{75, 41, 3};
  const Samples input = random_samples(format, random);
  const Pipeline pipeline = Pipeline::parse(rows[0].pipeline);
  const CompiledPipeline held = pipeline.compile(format);
  const Samples expected = run(pipeline, input, {.rows_at_once = 1});
  for (int i = 1; i < 2 * image::Plan::first_of_own_size; ++i) {
    EXPECT_EQ(difference(run(pipeline, input), expected, 0), "") << i;
    EXPECT_EQ(held.get_source().find("filter_rows_of_any_size") == std::string::npos,
              i >= image::Plan::first_of_own_size)
        << i;
  }
}

TEST(AnySize, StaysTheCodeOfOtherStrides) {
  const Format format{75, 41, 1};
  const CompiledPipeline code = Pipeline::parse("sharpen | dilate").compile(format);
  image::Picture<std::uint8_t> input(format), expected(format), result(format);
  std::vector<std::uint8_t> wide(std::size_t{41} * 80);
  std::mt19937 random(5);
  for (int y = 0; y < 41; ++y)
    for (int x = 0; x < 75; ++x)
      input(y, x) = wide[static_cast<std::size_t>(y * 80 + x)] = static_cast<std::uint8_t>(random());
  const image::PictureView<const std::uint8_t> gaps(wide.data(), format, 80);
  code(input, expected);
  for (int i = 0; i < 2 * image::Plan::first_of_own_size; ++i) {
    if (i % 2 == 0)
      code(gaps, result);
    else
      code(input, result);
    ASSERT_TRUE(std::equal(result.data(), result.data() + result.size(), expected.data())) << i;
  }
}

TEST(AnySize, FiltersStrips) {
  const Format format{70, 90, 1};
  const CompiledPipeline code = Pipeline::parse("gaussian(0, 7)").compile(format);
  ASSERT_TRUE(has_any_size(code));
  image::Picture<std::uint8_t> input(format), whole(format), strip(70, 10, 1);
  std::mt19937 random(4);
  for (std::size_t i = 0; i < input.size(); ++i) input.data()[i] = static_cast<std::uint8_t>(random());
  code(input, whole);
  const image::RowRange needed = code.rows_needed({40, 50});
  image::Picture<std::uint8_t> part(70, needed.count(), 1);
  std::copy_n(input.data() + needed.first * 70, part.size(), part.data());
  code.run_rows(part, {40, 50}, strip);
  EXPECT_TRUE(std::equal(strip.data(), strip.data() + strip.size(), whole.data() + 40 * 70));
}

}  // namespace
}  // namespace cogent::testing
