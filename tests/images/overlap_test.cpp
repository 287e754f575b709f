// Results that would lie in the memory of their input are refused; parts of one larger picture are no such.
#include <gtest/gtest.h>

#include <cogent/image/pipeline.h>

#include <vector>

namespace cogent::image {
namespace {

class Overlap : public ::testing::Test {
 protected:
  static constexpr int width = 8, height = 6;

  // Inverts what lies at `from` into what lies at `to`, both with rows `stride` samples apart.
  bool is_refused(int from, int to, std::ptrdiff_t stride, int rows = height, int channels = 1) {
    const Format format{width, rows, channels};
    const CompiledPipeline invert = Pipeline::parse("invert").compile(format);
    try {
      invert(PictureView<const std::uint8_t>(memory_.data() + from, format, stride),
             PictureView<std::uint8_t>(memory_.data() + to, format, stride));
      return false;
    } catch (const PictureError& error) {
      EXPECT_NE(std::string_view(error.what()).find("give the output memory of its own"), std::string_view::npos);
      return true;
    }
  }

  std::vector<std::uint8_t> memory_ = std::vector<std::uint8_t>(4096);
};

TEST_F(Overlap, IsRefusedInPlaceAndByParts) {
  EXPECT_TRUE(is_refused(1000, 1000, width));
  EXPECT_TRUE(is_refused(1000, 1000 + width, width));               // a row lower
  EXPECT_TRUE(is_refused(1000, 1000 - width * height + 1, width));  // by the last pixel
  EXPECT_TRUE(is_refused(1000, 1007, 40));                          // by the last column
  EXPECT_TRUE(is_refused(1000, 1033, 40));                          // by the first column
  EXPECT_TRUE(is_refused(1000, 1000, width, 1));
}

TEST_F(Overlap, IsNoneOfPartsOfOnePicture) {
  EXPECT_FALSE(is_refused(1000, 1000 + width * height, width));
  EXPECT_FALSE(is_refused(1000, 1000 - width * height, width));
  EXPECT_FALSE(is_refused(1000, 1008, 16));  // side by side, without a gap
  EXPECT_FALSE(is_refused(1008, 1000, 16));
  EXPECT_FALSE(is_refused(1000, 1040, 80));  // every second row
  EXPECT_FALSE(is_refused(1000, 1008, 0, 1));
  EXPECT_FALSE(is_refused(1000, 1024, 48, height, 3));
}

TEST_F(Overlap, IsFoundInPlanesAndStrips) {
  const Format colour{width, height, 3, SampleType::U8, Layout::Planar};
  const CompiledPipeline gray = Pipeline::parse("gray").compile(colour);
  const Format result = gray.output_format();
  const std::ptrdiff_t plane = width * height;
  const PictureView<const std::uint8_t> in(memory_.data(), colour, 0, 2 * plane);
  EXPECT_NO_THROW(gray(in, PictureView<std::uint8_t>(memory_.data() + plane, result)));  // between two planes
  EXPECT_THROW(gray(in, PictureView<std::uint8_t>(memory_.data() + 2 * plane, result)), PictureError);

  const Format strip{width, 2};
  const CompiledPipeline invert = Pipeline::parse("invert").compile({width, height});
  const PictureView<const std::uint8_t> rows(memory_.data(), strip);
  EXPECT_THROW(invert.run_rows(rows, {1, 3}, PictureView<std::uint8_t>(memory_.data() + width, strip)), PictureError);
  EXPECT_NO_THROW(invert.run_rows(rows, {1, 3}, PictureView<std::uint8_t>(memory_.data() + 2 * width, strip)));
}

}  // namespace
}  // namespace cogent::image
