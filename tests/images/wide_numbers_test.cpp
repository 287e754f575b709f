// Numbers that 32 bits or floats do not hold: sums saturate, whole kernels are exact; and samples that are no numbers.
#include <gtest/gtest.h>

#include <limits>

#include "images/samples.h"

namespace cogent::testing {
namespace {

// What a pipeline makes of samples of a single row.
std::vector<double> of_row(const char* pipeline, SampleType type, const std::vector<double>& row, int channels = 1) {
  Samples input({static_cast<int>(row.size()) / channels, 1, channels, type});
  input.values = row;
  return run(image::Pipeline::parse(pipeline), input).values;
}

struct Row {
  const char* pipeline;
  SampleType type;
  std::vector<double> samples, expected;
  int channels = 1;
};

TEST(WideNumbers, AreSaturatedAndDoNotWrap) {
  constexpr double white = 65535, most = 2147483647, least = -2147483648.0;
  const auto u16 = SampleType::U16, s32 = SampleType::I32;
  const Row rows[] = {
      {"{convolve([30000], out=s32); convolve([30000], out=s32)} | sum", u16, {white, 0}, {white, 0}},
      {"{identity; identity; identity} | sum", s32, {most, least, 7}, {most, least, 21}},
      {"{identity; invert} | subtract", s32, {most, least, 7}, {most, least, 15}},
      {"{identity; invert} | difference", s32, {most, least, 7}, {most, most, 15}},
      {"{identity; identity} | abs_sum", s32, {most, least, -7}, {most, most, 14}},
      {"{identity; identity; identity} | average", s32, {most, least, 7}, {most, least, 7}},
      {"brightness(1000000)", s32, {most, least, 7}, {most, least + 1e6, 1000007}},
      {"sobel(x, border=replicate)", s32, {least, most, least, least}, {most, 0, least, 0}},
      {"kirsch(border=replicate)", s32, {least, most, least, least}, {most, most, most, 0}},
      {"laplacian", s32, {0, most, 0, least}, {most, least, -1, most}},
      {"morphology_gradient(3, 1)", s32, {least, most, 5, 5, 5}, {most, most, most - 5, 0, 0}},
      {"resize(width=1, height=1, method=area)", s32, {most, most, most, most - 4}, {most - 1}},
      {"adaptive_threshold(3, 0, border=replicate)", s32, {least, most, least, least}, {0, most, 0, 0}},
      {"sobel(x, border=replicate) | gray", u16, {0, 0, 0, white, white, white}, {4 * white, 4 * white}, 3},
      {"mix([30000 30000; 0 30001])", s32, {100000, -100000}, {0, least}, 2},
  };
  for (const Row& row : rows)
    EXPECT_EQ(of_row(row.pipeline, row.type, row.samples, row.channels), row.expected) << row.pipeline;
}

TEST(WideNumbers, OfWholeKernelsAreExact) {
  const auto u16 = SampleType::U16;
  const std::vector<double> flat(7, 1000), line = {0, 65535, 1, 65534, 2};
  EXPECT_EQ(of_row("convolve([-1000000 1000001])", u16, flat), flat);
  EXPECT_EQ(of_row("convolve([-1000000 1000001], divisor=2)", u16, flat), std::vector<double>(7, 500));
  EXPECT_EQ(
      of_row("convolve([1000000 -1999999 1000000; 1000000 -1999999 1000000; 1000000 -1999999 1000000])", u16, flat),
      std::vector<double>(7, 3000));
  EXPECT_EQ(of_row("convolve([100001], divisor=-100001, offset=65535)", u16, line),
            (std::vector<double>{65535, 0, 65534, 1, 65533}));
  EXPECT_EQ(of_row("convolve([1000001], divisor=2000002, out=s32)", u16, line),  // halves to even
            (std::vector<double>{0, 32768, 0, 32767, 1}));
  EXPECT_EQ(of_row("box(3, 1, border=replicate)", SampleType::I32, {2147483647, 2147483647, 2147483644}),
            (std::vector<double>{2147483647, 2147483646, 2147483645}));
  EXPECT_EQ(of_row("mix([1000000 -999999])", u16, {1000, 1000}, 2), std::vector<double>{1000});
}

TEST(WideNumbers, OfKernelsWithFractionsErrByLessThanALevel) {
  const std::vector<double> flat(5, 1000);
  for (const char* pipeline :
       {"convolve([-100000.5 100001.5])", "convolve([-100000.5 100001.5 0; -100000.5 100000.5 0])",
        "convolve([0.1 0.2 0.7], divisor=0.00001, offset=-99999000)"})
    for (const double sample : of_row(pipeline, SampleType::U16, flat)) EXPECT_NEAR(sample, 1000, 0.999) << pipeline;
}

TEST(WideNumbers, ThatAreNoneBecomeBlack) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  const std::vector<double> samples = {nan, 0, 1, infinity, -infinity, 0.25};
  EXPECT_EQ(of_row("otsu", SampleType::F32, samples), (std::vector<double>{0, 0, 1, 1, 0, 0}));
  EXPECT_EQ(of_row("equalise", SampleType::F32, {nan, 0, 1, infinity, -infinity}),
            (std::vector<double>{0, 0, 1, 1, 0}));
  for (const char* pipeline : {"convolve([1], out=u8)", "convolve([1], out=u16)", "convolve([1], out=s32)"})
    EXPECT_EQ(of_row(pipeline, SampleType::F32, {nan, 3}), (std::vector<double>{0, 3})) << pipeline;
}

TEST(WideNumbers, HaveNoHistogram) {
  for (const char* pipeline : {"otsu", "equalise"})
    EXPECT_THROW(of_row(pipeline, SampleType::I32, {1, 2}), image::PipelineError) << pipeline;
}

}  // namespace
}  // namespace cogent::testing
