// What pipelines refuse rather than try: formats of no picture, sizes past the limits, options, memory that is none.
#include <gtest/gtest.h>

#include <cogent/image/pipeline.h>

namespace cogent::image {
namespace {

template <class Error, class Use>
std::string message_of(const Use& use) {
  try {
    use();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

std::string why_no_format(const char* pipeline, const Format& format, const CompileOptions& options = {}) {
  return message_of<PipelineError>(
      [&] { static_cast<void>(Pipeline::parse(pipeline).output_format(format, options)); });
}

TEST(Limits, RefuseFormatsOfNoPicture) {
  const Pipeline pipeline = Pipeline::parse("pad(1, border=wrap)");
  EXPECT_THROW((void)pipeline.output_format({}), PictureError);
  EXPECT_THROW((void)pipeline.output_format({4, -1}), PictureError);
  EXPECT_THROW((void)pipeline.compile({4, 4, 5}), PictureError);
  EXPECT_THROW((void)pipeline.compile({4, 4, 3, SampleType::U8, Layout::Interleaved, Alpha::Straight}), PictureError);
}

TEST(Limits, RefuseLargePicturesAndNameTheirStage) {
  EXPECT_EQ(why_no_format("pad(1048576)", {1, 1}),
            "pad: 2097153x2097153 pixels are more than 4294967296, the most that are allowed");
  EXPECT_EQ(why_no_format("pad(10) | crop(2, 2)", {1, 1}, {.most_pixels = 440}),
            "pad: 21x21 pixels are more than 440, the most that are allowed");
  EXPECT_EQ(why_no_format("pad(10) | crop(2, 2)", {1, 1}, {.most_pixels = 441}), "no error");
  EXPECT_EQ(why_no_format("identity", {30, 20}, {.most_pixels = 599}),
            "the input: 30x20 pixels are more than 599, the most that are allowed");
  EXPECT_EQ(why_no_format("gray", {(1 << 27) + 1, 1, 3}),
            "the input: 134217729x1 pixels are too many; a side has at most 134217728");
}

TEST(Limits, RefuseMoreSamplesThanCodeShouldRead) {
  std::string kernel = "[";
  for (int row = 0; row < 63; ++row) {
    for (int column = 0; column < 63; ++column) kernel += std::to_string((row * row + column * column) % 7 + 1) + " ";
    kernel += ";";
  }
  std::string text = "let a = convolve(" + kernel + "]); a";
  for (int i = 1; i < 33; ++i) text += " | a";
  EXPECT_EQ(why_no_format(text.c_str(), {100, 100}), "no error");
  EXPECT_EQ(
      why_no_format((text + " | a").c_str(), {100, 100}),
      "convolve: the windows of this pipeline have more than 131072 samples, too many for one pipeline; run it as "
      "two");
}

// The plan that was made with a larger limit must not be found again.
TEST(Limits, HoldForPlansThatWereMadeBefore) {
  const Pipeline pipeline = Pipeline::parse("pad(3)");
  (void)pipeline.compile({5, 5});
  EXPECT_THROW((void)pipeline.compile({5, 5}, {.most_pixels = 100}), PipelineError);
}

TEST(Limits, RefuseOptionsOutOfTheirRange) {
  EXPECT_EQ(why_no_format("gray", {5, 5}, {.rows_at_once = 9}), "rows_at_once is 0 to 8, not 9");
  EXPECT_EQ(why_no_format("gray", {5, 5}, {.rows_at_once = -1}), "rows_at_once is 0 to 8, not -1");
  EXPECT_EQ(why_no_format("gray", {5, 5}, {.threads = -2}), "threads is 0 to 1024, not -2");
  EXPECT_THROW((void)Pipeline().compile({5, 5}, {.rows_at_once = 1 << 30}), PipelineError);
}

TEST(Limits, TakeStridesOfZeroForRowsWithoutGapsAndRefuseWhatOverlaps) {
  const CompiledPipeline code = Pipeline::parse("invert").compile({3, 2});
  const std::uint8_t in[] = {1, 2, 3, 4, 5, 6};
  std::uint8_t out[6] = {};
  code(ConstPixels{code.input_format(), in}, Pixels{code.output_format(), out});
  for (int i = 0; i < 6; ++i) EXPECT_EQ(out[i], 255 - in[i]) << i;
  code.run_rows(ConstPixels{{3, 1}, in}, {1, 2}, Pixels{{3, 1}, out});
  EXPECT_EQ(out[0], 254);
  EXPECT_EQ(message_of<PictureError>([&] { code(ConstPixels{{3, 2}, in, 2}, Pixels{{3, 2}, out}); }),
            "3x2 gray8: rows 2 samples apart overlap");
  EXPECT_EQ(message_of<PictureError>([&] { code(ConstPixels{{3, 2}, in}, Pixels{{3, 2}, nullptr}); }),
            "the output picture has no memory");
  EXPECT_EQ(message_of<PictureError>([&] { code(ConstPixels{{3, 2}, in + 3, -3}, Pixels{{3, 2}, out}); }),
            "the input picture goes up in memory (its stride is negative); give the memory as it begins, and put "
            "flip(vertical) into the pipeline");
}

}  // namespace
}  // namespace cogent::image
