// Formats as text, the layouts that pictures may have, kernels from text.
#include <cogent/image/kernel.h>
#include <cogent/image/picture.h>
#include <gtest/gtest.h>

#include <limits>

namespace cogent::testing {
namespace {

using image::Alpha;
using image::Format;
using image::Layout;
using image::PictureError;
using image::PictureView;
using image::PipelineError;
using image::SampleType;

template <class Error, class Body>
std::string error_of(Body body) {
  try {
    body();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Formats, AreTextAndBack) {
  for (const int channels : {1, 2, 3, 4}) {
    for (const auto type : {SampleType::U8, SampleType::U16, SampleType::I16, SampleType::I32, SampleType::F32}) {
      for (const auto layout : {Layout::Interleaved, Layout::Planar}) {
        for (const auto alpha : {Alpha::None, Alpha::Straight, Alpha::Premultiplied}) {
          if (alpha != Alpha::None && channels % 2 != 0) continue;
          const Format format{7, 5, channels, type, layout, alpha};
          const std::string text = to_text(format);
          ASSERT_TRUE(text.starts_with("7x5 ")) << text;
          EXPECT_EQ(image::make_format(7, 5, text.substr(4)), format) << text;
        }
      }
    }
  }
  EXPECT_EQ(to_text(Format{1920, 1080, 3}), "1920x1080 rgb8");
  EXPECT_EQ(to_text(Format{1, 2, 1, SampleType::U16}), "1x2 gray16");
  EXPECT_EQ(to_text(Format{1, 2, 4, SampleType::F32, Layout::Planar, Alpha::Premultiplied}),
            "1x2 rgba f32 planar premultiplied");
  EXPECT_EQ(image::make_format(1, 2, "rgbf32"), (Format{1, 2, 3, SampleType::F32}));
}

TEST(Formats, ThatAreNoneAreNamed) {
  EXPECT_EQ(
      error_of<PipelineError>([] { image::make_format(1, 1, "rbg8"); }),
      "there is no format of pixels 'rbg8'; did you mean 'rgb8'? (gray8, graya8, rgb8, rgba8, rgb16, \"rgb f32\"; "
      "then planar, premultiplied)");
  EXPECT_EQ(error_of<PipelineError>([] { image::make_format(0, 5, "rgb8"); }),
            "a picture has at least 1x1 pixels, not 0x5");
  for (const char* name : {"", "rgb9", "rgb8 u8", "rgb8 planar planar", "rgb8 premultiplied", "8", "gray8 straight"})
    EXPECT_THROW(image::make_format(1, 1, name), PipelineError) << name;
}

TEST(Layouts, MayHaveGapsAndNegativeStrides) {
  std::uint8_t memory[100] = {};
  const PictureView<std::uint8_t> plain(memory, 4, 5, 3);
  EXPECT_EQ(plain.row_stride(), 12);
  EXPECT_EQ(plain.plane_stride(), 0);
  EXPECT_EQ(PictureView<std::uint8_t>(memory + 80, 4, 5, 3, -20).row_stride(), -20);
  const Format planar{4, 5, 3, SampleType::U8, Layout::Planar};
  const PictureView<const std::uint8_t> planes(memory, planar);
  EXPECT_EQ(planes.row_stride(), 4);
  EXPECT_EQ(planes.plane_stride(), 20);
  EXPECT_EQ(PictureView<std::uint8_t>(memory, planar, 12, 4).plane_stride(), 4);  // a row of each plane in turn
}

TEST(Layouts, ThatCannotBeAreRefused) {
  const auto error = [](Format format, std::ptrdiff_t row = 0, std::ptrdiff_t plane = 0) {
    return error_of<PictureError>([&] { check_layout(format, SampleType::U8, row, plane); });
  };
  EXPECT_EQ(error({4, 5, 3}), "no error");
  EXPECT_EQ(error({0, 5, 3}), "0x5 rgb8: a picture has at least 1x1 pixels");
  EXPECT_EQ(error({4, 5, 5}), "4x5 5x8: a picture has 1 to 4 channels");
  EXPECT_EQ(error({4, 5, 1, SampleType::F32}), "4x5 gray f32: the samples in memory are u8");
  EXPECT_EQ(error({4, 5, 3, SampleType::U8, Layout::Interleaved, Alpha::Straight}),
            "4x5 3x8: alpha is the last of 2 or 4 channels, there are 3");
  EXPECT_EQ(error({4, 5, 3}, 11), "4x5 rgb8: rows 11 samples apart overlap");
  EXPECT_EQ(error({4, 5, 3}, -11), "4x5 rgb8: rows -11 samples apart overlap");
  EXPECT_EQ(error({4, 1, 3}, 1), "no error");
  EXPECT_EQ(error({4, 5, 3, SampleType::U8, Layout::Planar}, 4, 19),
            "4x5 rgb8 planar: planes 19 samples apart overlap");
  EXPECT_EQ(error({4, 5, 3, SampleType::U8, Layout::Planar}, 11, 4), "4x5 rgb8 planar: planes 4 samples apart overlap");
  constexpr auto most = std::numeric_limits<std::ptrdiff_t>::max();
  EXPECT_EQ(error({4, 5, 3}, most), "4x5 rgb8: this is more than fits in memory");
  EXPECT_EQ(error({4, 5, 3}, std::numeric_limits<std::ptrdiff_t>::min()), "4x5 rgb8: this is more than fits in memory");
  EXPECT_EQ(error({4, 5, 3, SampleType::U8, Layout::Planar}, 4, most),
            "4x5 rgb8 planar: this is more than fits in memory");
  EXPECT_THROW(image::Picture<float>(3, 3, 7), PictureError);
}

TEST(Kernels, ThatAreNoneShowThePlace) {
  EXPECT_EQ(error_of<PipelineError>([] { image::parse_kernel("1 2 1; 2 x 2"); }),
            "expected a number of the kernel\n  1 2 1; 2 x 2\n           ^");
  EXPECT_EQ(error_of<PipelineError>([] { image::parse_kernel("ax3: 1 2 3"); }),
            "expected the kernel's size before ':', as in 3x3\n  ax3: 1 2 3\n  ^~~");
  EXPECT_EQ(error_of<PipelineError>([] { image::parse_kernel("1 1 0 0\n5"); }),
            "the scale of a kernel cannot be 0\n  1 1 0 0\n  ^");
  EXPECT_EQ(image::parse_kernel("1 2 3 4").width, 4);
  EXPECT_EQ(error_of<PipelineError>([] { image::read_kernel("/dev/zero"); }), "/dev/zero: not a file with a kernel");
}

}  // namespace
}  // namespace cogent::testing
