// Alpha: what looks around a pixel or joins takes colours alone, and blurs and sizes weigh them by it.
#include <gtest/gtest.h>

#include "images/samples.h"

namespace cogent::testing {
namespace {

using image::Alpha;
using image::Pipeline;

// A picture whose samples are random, its alpha too.
Samples transparent(SampleType type, int channels) {
  std::mt19937 random(11);
  Samples input = random_samples({21, 6, channels, type}, random);
  input.format.alpha = Alpha::Straight;
  return input;
}

// One row of pixels of red, green, blue and alpha.
Samples row_of(std::vector<double> samples) {
  Samples row({static_cast<int>(samples.size() / 4), 1, 4, SampleType::U8});
  row.format.alpha = Alpha::Straight;
  row.values = std::move(samples);
  return row;
}

// The colours alone, as a picture without alpha.
Samples colours_of(const Samples& picture) {
  Format format = picture.format;
  format.alpha = Alpha::None;
  --format.channels;
  return computed(format, [&](int y, int x, int c) { return picture.at(y, x, c); });
}

TEST(Alpha, StaysWhereColoursAreComparedWithTheirNeighbours) {
  const char* const pipelines[] = {"sobel",
                                   "sobel(x)",
                                   "prewitt(y, border=wrap)",
                                   "scharr(border=constant, value=9)",
                                   "roberts",
                                   "kirsch",
                                   "laplacian(8)",
                                   "log(1)",
                                   "dog",
                                   "morphology_gradient",
                                   "erode(3)",
                                   "dilate(5, 3)",
                                   "median",
                                   "emboss",
                                   "bilateral(20)",
                                   "adaptive_threshold(5)",
                                   "convolve([1 2 1; 2 4 2; 1 2 1], divisor=16)",
                                   "convolve([1 2 3 2 1; 2 4 6 4 2; 3 6 9 6 3; 2 4 6 4 2; 1 2 3 2 1], out=s32)",
                                   "gaussian(1, alpha=keep)",
                                   "sharpen(alpha=keep)",
                                   "unsharp(1, alpha=keep)",
                                   "{sobel(x); sobel(y)} | hypot",
                                   "{sobel(x); sobel(y)} | abs_sum",
                                   "{identity; dilate(3)} | difference"};
  for (const SampleType type : {SampleType::U8, SampleType::U16, SampleType::F32}) {
    for (const int channels : {2, 4}) {
      const Samples input = transparent(type, channels);
      for (const char* text : pipelines) {
        const Samples result = run(Pipeline::parse(text), input);
        const Samples colours = run(Pipeline::parse(text), colours_of(input));
        EXPECT_EQ(difference(colours_of(result), colours, 0), "") << text;
        Samples expected = result;
        for (int y = 0; y < 6; ++y)
          for (int x = 0; x < 21; ++x) expected.at(y, x, channels - 1) = input.at(y, x, channels - 1);
        EXPECT_EQ(difference(result, expected, 0), "") << text;
      }
    }
  }
}

TEST(Alpha, OfJoinsIsTheFirstBranchs) {
  const Samples input = row_of({1, 2, 3, 200, 4, 5, 6, 100});
  const char* const swap = "mix([1 0 0; 0 1 0; 0 0 1; 1 0 0])";  // 4x3: a picture without alpha
  const std::string without = std::string("mix([1 0 0 0; 0 1 0 0; 0 0 1 0]) | ") + swap;
  const Samples first = run(Pipeline::parse("{identity; " + without + "} | sum"), input);
  EXPECT_EQ(first.format.alpha, Alpha::Straight);
  EXPECT_EQ(first.values, (std::vector<double>{2, 4, 6, 200, 8, 10, 12, 100}));
  const Samples second = run(Pipeline::parse("{" + without + "; identity} | sum"), input);
  EXPECT_EQ(second.format.alpha, Alpha::None);
  EXPECT_EQ(second.values, (std::vector<double>{2, 4, 6, 201, 8, 10, 12, 104}));
}

TEST(Alpha, StaysWithGray) {
  const Samples input = transparent(SampleType::U8, 2);
  EXPECT_EQ(difference(run(Pipeline::parse("gray"), input), input, 0), "");
  Samples pairs = input;
  pairs.format.alpha = Alpha::None;
  EXPECT_THROW(run(Pipeline::parse("gray"), pairs), image::PipelineError);
}

TEST(Alpha, WeighsColoursOfOtherTypes) {
  const Samples input = row_of({200, 100, 0, 255, 200, 100, 0, 51, 200, 100, 0, 102});
  for (const char* text : {"convolve([1], out=u16) | gaussian(1)", "convolve([1], out=s32) | box(3)",
                           "convolve([1], out=f32) | disk(2)", "convolve([1], out=s16) | resize(2)"}) {
    const Samples result = run(Pipeline::parse(text), input);
    for (int y = 0; y < result.format.height; ++y)
      for (int x = 0; x < result.format.width; ++x)
        for (int c = 0; c < 3; ++c) EXPECT_NEAR(result.at(y, x, c), input.at(0, 0, c), 0.01) << text;
  }
}

TEST(Alpha, OfAConstantBorderWeighsItsColours) {
  const Samples input = row_of({200, 100, 0, 255});
  // Two pixels of 100, weighed by an alpha of 100, and one of the picture's.
  const double alpha = (100 + 100 + 255) / 3.0;
  const auto colour = [&](double inside) { return (2 * 100 * 100 + inside * 255) / (3 * alpha); };
  Samples expected = input;
  expected.values = {std::nearbyint(colour(200)), std::nearbyint(colour(100)), std::nearbyint(colour(0)),
                     std::nearbyint(alpha)};
  const Pipeline box = Pipeline::parse("box(3, 1, border=constant, value=100)");
  EXPECT_EQ(difference(run(box, input), expected, 0), "");
  const Samples flat = row_of({60, 60, 60, 60, 60, 60, 60, 60});
  for (const char* text : {"gaussian(2, border=constant, value=60)", "sharpen(border=constant, value=60)",
                           "unsharp(1, border=constant, value=60)", "motion(5, border=constant, value=60)"})
    EXPECT_EQ(difference(run(Pipeline::parse(text), flat), flat, 0), "") << text;
}

TEST(Alpha, WeighsColoursOfOtherSizes) {
  const Samples input = row_of({200, 0, 0, 255, 0, 90, 0, 0, 0, 0, 40, 0, 0, 0, 80, 255});
  for (const char* method : {"area", "bilinear"}) {
    const Samples half = run(Pipeline::parse("resize(width=2, height=1, method=" + std::string(method) + ")"), input);
    for (int c = 0; c < 3; ++c) {
      EXPECT_EQ(half.at(0, 0, c), input.at(0, 0, c)) << method;
      EXPECT_EQ(half.at(0, 1, c), method == std::string("area") ? input.at(0, 3, c) : half.at(0, 1, c));
    }
  }
  const Samples twice = run(Pipeline::parse("resize(2)"), input);
  for (int x = 0; x < 4; ++x) EXPECT_EQ(twice.at(0, x, 0), twice.at(0, x, 3) > 0 ? 200 : 0) << x;
  const Samples nearest = run(Pipeline::parse("resize(2, method=nearest)"), input);
  for (int c = 0; c < 4; ++c) EXPECT_EQ(nearest.at(0, 2, c), input.at(0, 1, c));
}

}  // namespace
}  // namespace cogent::testing
