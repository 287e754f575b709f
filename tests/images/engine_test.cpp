// The engine: schedules of rows, strips, threads, formats and what is said of them.
#include <gtest/gtest.h>

#include <cogent/image/pipeline.h>

#include <random>
#include <thread>

#include "engine/build_graph.h"
#include "engine/schedule.h"

namespace cogent::image {
namespace {

Picture<std::uint8_t> random_picture(int width, int height, int channels) {
  Picture<std::uint8_t> picture(width, height, channels);
  std::mt19937 random(static_cast<unsigned>(width * 1000 + height));
  for (std::size_t i = 0; i < picture.size(); ++i) picture.data()[i] = static_cast<std::uint8_t>(random());
  return picture;
}

const char* const edges = "gray | {sobel(x); sobel(y)} | abs_sum | threshold(100)";

Picture<std::uint8_t> run_whole(const char* pipeline, const Picture<std::uint8_t>& input, int threads = 1) {
  const CompiledPipeline code = Pipeline::parse(pipeline).compile(input.format(), {.threads = threads});
  Picture<std::uint8_t> output(code.output_format());
  code(input, output);
  return output;
}

TEST(Schedule, KeepsTheRowsThatAreStillRead) {
  const StageGraph graph = build_graph(Pipeline::parse(edges), {100, 50, 3});
  const Schedule schedule = plan_rows(graph, std::get<PassStep>(graph.steps.back()));
  ASSERT_EQ(schedule.loops.size(), 2U);  // gray, and all the rest
  ASSERT_EQ(schedule.rings.size(), 1U);
  EXPECT_EQ(schedule.rings[0].rows, 4);  // three are read
  EXPECT_EQ(schedule.rings[0].padding, 1);
  EXPECT_EQ(schedule.rings[0].stored, SampleType::U8);
  EXPECT_EQ(schedule.loops[0].ahead, 1);
  EXPECT_EQ(schedule.loops[0].above, 1);
  EXPECT_EQ(schedule.lead, 2);
  EXPECT_EQ(schedule.reach_above, 1);
  EXPECT_EQ(schedule.reach_below, 1);
}

TEST(Schedule, ComputesPointwiseStagesInOneLoop) {
  const StageGraph graph = build_graph(Pipeline::parse("gray | threshold(10) | threshold(20)"), {100, 50, 3});
  const Schedule schedule = plan_rows(graph, std::get<PassStep>(graph.steps.back()));
  EXPECT_EQ(schedule.loops.size(), 1U);
  EXPECT_TRUE(schedule.rings.empty());
  EXPECT_EQ(schedule.lead, 0);
}

TEST(Schedule, TakesRowsOfChannelsThatAreComputedAlikeForLongerRows) {
  const auto is_flat = [](const char* pipeline, const Format& format) {
    const StageGraph graph = build_graph(Pipeline::parse(pipeline), format);
    return plan_rows(graph, std::get<PassStep>(graph.steps.back())).loops.back().is_flat;
  };
  EXPECT_TRUE(is_flat("threshold(10)", {100, 50, 3}));
  EXPECT_TRUE(is_flat("sobel(x)", {100, 50, 3}));
  EXPECT_FALSE(is_flat("gray", {100, 50, 3}));
  EXPECT_FALSE(is_flat("threshold(10)", {100, 50, 3, SampleType::U8, Layout::Planar}));
}

// Branches share what is before them: without knowing that, time would double with every join.
TEST(Schedule, OfManyJoinsReadsEachStageOnce) {
  std::string text = "gray";
  for (int i = 0; i < 60; ++i) text += " | {identity; invert} | average";
  const StageGraph graph = build_graph(Pipeline::parse(text), {20, 10, 3});
  EXPECT_EQ(plan_rows(graph, std::get<PassStep>(graph.steps.back())).loops.size(), 1U);
  const Picture<std::uint8_t> gray = run_whole("gray", random_picture(20, 10, 3));
  const Picture<std::uint8_t> once = run_whole("gray | {identity; invert} | average", random_picture(20, 10, 3));
  EXPECT_NE(gray, once);
  const std::string explained = Pipeline::parse(text).compile({20, 10, 3}).explain();
  EXPECT_NE(explained.find("average"), std::string::npos);
  EXPECT_EQ(run_whole(text.c_str(), random_picture(20, 10, 3)), once);
}

// A pass reads so many pictures; where more come together, some are joined in memory first.
TEST(Joins, TakeManyPicturesThatMustBeInMemory) {
  const Picture<std::uint8_t> input = random_picture(23, 9, 1);
  const Picture<std::uint8_t> largest = run_whole("{dilate(3); dilate(5); dilate(7)} | maximum", input);
  std::string flipped;
  for (int i = 0; i < 16; ++i) {
    if (i > 0) flipped += "; ";
    flipped += "dilate(" + std::to_string(3 + 2 * (i % 3)) + ") | invert | flip(vertical)";
  }
  const std::string joined = "{" + flipped + "} | minimum";
  EXPECT_EQ(run_whole((joined + " | flip(vertical) | invert").c_str(), input), largest);
  EXPECT_EQ(run_whole(("{" + joined + "; " + joined + "} | maximum | flip(vertical) | invert").c_str(), input),
            largest);
}

// Shifting the input around shifts what a filter with a border that wraps gives.
TEST(Borders, ThatWrapTakeRowsFromTheOtherEnd) {
  for (const auto& [width, height] : {std::pair(17, 9), std::pair(1, 1), std::pair(2, 3), std::pair(130, 2)}) {
    const Picture<std::uint8_t> input = random_picture(width, height, 1);
    Picture<std::uint8_t> shifted(width, height);
    const int down = height / 2, right = width / 3;
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) shifted((y + down) % height, (x + right) % width) = input(y, x);
    for (const int threads : {1, 2}) {
      const Picture<std::uint8_t> a = run_whole("sobel(border=wrap)", input, threads);
      const Picture<std::uint8_t> b = run_whole("sobel(border=wrap)", shifted, threads);
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
          ASSERT_EQ(a(y, x), b((y + down) % height, (x + right) % width))
              << width << "x" << height << " " << y << " " << x;
    }
  }
}

TEST(Strips, GiveTheSameBitsAsTheWholePicture) {
  const Picture<std::uint8_t> input = random_picture(67, 40, 3);
  const Picture<std::uint8_t> whole = run_whole(edges, input);
  const CompiledPipeline code = Pipeline::parse(edges).compile(input.format());
  for (const int rows : {1, 2, 3, 7, 39}) {
    for (int first = 0; first < 40; first += rows) {
      const RowRange range{first, std::min(first + rows, 40)};
      const RowRange needed = code.rows_needed(range);
      Picture<std::uint8_t> source(67, needed.count(), 3), strip(67, range.count(), 1);
      std::copy_n(input.data() + needed.first * 67 * 3, source.size(), source.data());
      code.run_rows(source, range, strip);
      EXPECT_TRUE(std::equal(strip.data(), strip.data() + strip.size(), whole.data() + first * 67))
          << rows << " " << first;
    }
  }
}

TEST(Strips, NeedRowsAroundThem) {
  const CompiledPipeline code = Pipeline::parse(edges).compile({67, 40, 3});
  EXPECT_EQ(code.rows_needed({0, 10}), (RowRange{0, 11}));
  EXPECT_EQ(code.rows_needed({10, 20}), (RowRange{9, 21}));
  EXPECT_EQ(code.rows_needed({20, 40}), (RowRange{19, 40}));
  EXPECT_THROW((void)code.rows_needed({20, 41}), PictureError);
  EXPECT_THROW((void)code.rows_needed({20, 20}), PictureError);
}

TEST(RowsAtOnce, GiveTheSameBits) {
  for (const char* const text : {edges, "sobel(x, border=wrap)", "gray | sobel(border=constant, value=9)",
                                 "sobel(y, border=replicate) | threshold(3)"})
    for (const int height : {1, 2, 3, 5, 8, 33}) {
      const Picture<std::uint8_t> input = random_picture(37, height, 3);
      const auto run = [&](const CompileOptions& options) {
        const CompiledPipeline code = Pipeline::parse(text).compile(input.format(), options);
        Picture<std::int16_t> wide(code.output_format().width, height, code.output_format().channels);
        Picture<std::uint8_t> narrow(code.output_format().width, height, code.output_format().channels);
        const bool is_narrow = code.output_format().type == SampleType::U8;
        code(input, is_narrow ? Pixels(narrow) : Pixels(wide));
        return std::pair(narrow, wide);
      };
      const auto expected = run({.threads = 1, .rows_at_once = 1});
      for (const int rows : {2, 3, 4, 8})
        for (const int threads : {1, 2})
          EXPECT_EQ(run({.threads = threads, .rows_at_once = rows}), expected)
              << text << " " << height << " " << rows << " " << threads;
    }
}

TEST(RowsAtOnce, GiveTheSameBitsInStrips) {
  const Picture<std::uint8_t> input = random_picture(67, 40, 3);
  const Picture<std::uint8_t> whole = run_whole(edges, input);
  const CompiledPipeline code = Pipeline::parse(edges).compile(input.format(), {.rows_at_once = 4});
  for (const int rows : {1, 3, 4, 5, 11, 39}) {
    for (int first = 0; first < 40; first += rows) {
      const RowRange range{first, std::min(first + rows, 40)};
      const RowRange needed = code.rows_needed(range);
      Picture<std::uint8_t> source(67, needed.count(), 3), strip(67, range.count(), 1);
      std::copy_n(input.data() + static_cast<std::ptrdiff_t>(needed.first) * 67 * 3, source.size(), source.data());
      code.run_rows(source, range, strip);
      EXPECT_TRUE(std::equal(strip.data(), strip.data() + strip.size(), whole.data() + first * 67))
          << rows << " " << first;
    }
  }
}

TEST(Threads, GiveTheSameBits) {
  for (const int height : {1, 2, 3, 5, 40}) {
    const Picture<std::uint8_t> input = random_picture(70, height, 3);
    const Picture<std::uint8_t> alone = run_whole(edges, input);
    for (const int threads : {0, 2, 3, 8})
      EXPECT_EQ(run_whole(edges, input, threads), alone) << height << " " << threads;
  }
}

TEST(Threads, MayShareACompiledPipeline) {
  const Picture<std::uint8_t> input = random_picture(90, 60, 3);
  const Picture<std::uint8_t> expected = run_whole(edges, input);
  const CompiledPipeline code = Pipeline::parse(edges).compile(input.format());
  std::vector<Picture<std::uint8_t>> outputs(8, Picture<std::uint8_t>(code.output_format()));
  {
    std::vector<std::jthread> threads;
    for (Picture<std::uint8_t>& output : outputs)
      threads.emplace_back([&] {
        for (int i = 0; i < 20; ++i) code(input, output);
      });
  }
  for (const Picture<std::uint8_t>& output : outputs) EXPECT_EQ(output, expected);
}

TEST(Pictures, OfOtherFormatsAreRefused) {
  const CompiledPipeline code = Pipeline::parse("gray").compile({20, 10, 3});
  EXPECT_EQ(code.output_format(), (Format{20, 10, 1}));
  Picture<std::uint8_t> wide(21, 10, 3), input(20, 10, 3), output(20, 10, 1);
  try {
    code(wide, output);
    FAIL();
  } catch (const PictureError& error) {
    EXPECT_STREQ(error.what(), "the input picture is 21x10 rgb8, and the pipeline was compiled for 20x10 rgb8");
  }
  EXPECT_THROW(code(input, input), PictureError);
}

TEST(Pictures, MayHaveGapsBetweenRows) {
  const Picture<std::uint8_t> input = random_picture(30, 20, 3);
  std::vector<std::uint8_t> samples(100 * 20, 7), result(50 * 20, 9);
  for (int y = 0; y < 20; ++y) std::copy_n(input.data() + y * 90, 90, samples.data() + y * 100);
  const CompiledPipeline code = Pipeline::parse(edges).compile(input.format());
  code(PictureView<const std::uint8_t>(samples.data(), 30, 20, 3, 100),
       PictureView<std::uint8_t>(result.data(), 30, 20, 1, 50));
  const Picture<std::uint8_t> expected = run_whole(edges, input);
  for (int y = 0; y < 20; ++y) {
    EXPECT_TRUE(std::equal(result.data() + y * 50, result.data() + y * 50 + 30, expected.data() + y * 30)) << y;
    EXPECT_EQ(result[static_cast<std::size_t>(y) * 50 + 30], 9) << "the gap was written";
  }
}

// A stage's range says what its samples are before they are rounded, and may lie outside of its type as a whole.
TEST(Ranges, AllowForRoundingAndForWhatIsClipped) {
  const auto run = [](const char* pipeline, std::uint16_t sample) {
    Picture<std::uint16_t> input(40, 9), output(40, 9);
    std::fill_n(input.data(), input.size(), sample);
    Pipeline::parse(pipeline).compile(input.format())(input, output);
    return output(4, 20);
  };
  EXPECT_EQ(run("linear(0.7, offset=9)", 65535), 45884);  // half of 45883.5 is rounded to even
  EXPECT_EQ(run("linear(0.7, offset=9) | dilate(3)", 65535), 45884);
  EXPECT_EQ(run("linear(0.001, offset=-200) | dilate(3)", 65535), 0);
  EXPECT_EQ(run("linear(0.001, offset=70000) | dilate(3)", 9), 65535);
}

TEST(Explanation, NamesStagesRowsAndWhatIsClipped) {
  const std::string text = Pipeline::parse(edges).compile({100, 50, 3}).explain();
  EXPECT_NE(text.find("keeps 4 rows of u8, border reflect101 of 1"), std::string::npos) << text;
  EXPECT_NE(text.find("abs_sum (u8 x 1, clipped: can be 0 to 2040)"), std::string::npos) << text;
  EXPECT_NE(text.find("\n  src/engine/pass_code.cpp:"), std::string::npos) << "where it was compiled is no one's";
  const std::string tables = Pipeline::parse("linear(4, 100)").compile({64, 48, 1}).explain();
  EXPECT_NE(tables.find("linear (u8 x 1, clipped: can be 100 to 1120)"), std::string::npos) << tables;
  const std::string together = Pipeline::parse("linear(4, 100) | invert").compile({64, 48, 1}).explain();
  EXPECT_NE(together.find("linear (clipped: can be 100 to 1120), invert by one table (u8 x 1)"), std::string::npos)
      << together;
}

TEST(Pipelines, ThatDoNotFitAreRefused) {
  EXPECT_THROW((void)Pipeline::parse("{gray; gray}").compile({100, 50, 3}), PipelineError);
  EXPECT_THROW((void)Pipeline::parse("gray | hypot").compile({100, 50, 3}), PipelineError);
  EXPECT_THROW((void)Pipeline::parse("{gray; threshold(3)} | hypot").compile({100, 50, 3}), PipelineError);
}

}  // namespace
}  // namespace cogent::image
