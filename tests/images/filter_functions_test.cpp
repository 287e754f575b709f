// The filters as C++ functions make the calls that the text makes.
#include <gtest/gtest.h>

#include <cogent/image/filters.h>

#include <algorithm>

#include "filter.h"

namespace cogent::image {
namespace {

TEST(FilterFunctions, MakeTheCallsOfTheText) {
  EXPECT_EQ((gray() | gaussian(1.2) | branches({sobel("x"), sobel("y")}) | hypot() | threshold(64)).to_text(),
            "gray | gaussian(1.2) | {sobel(x); sobel(y)} | hypot | threshold(64)");
  EXPECT_EQ(gaussian(2, {border(Border::Wrap), option("alpha", "keep"), option("size", 7.0)}),
            Pipeline::parse("gaussian(2, size=7, border=wrap, alpha=keep)"));
  EXPECT_EQ(convolve(parse_kernel("1 2 1"), {option("divisor", 4.0)}), Pipeline::parse("convolve([1 2 1], divisor=4)"));
  EXPECT_EQ(identity(), Pipeline::parse("identity"));
  EXPECT_EQ(pad(2, -1, 5), Pipeline::parse("pad(2, right=5)"));
  EXPECT_EQ(resize(10, 20, "area"), Pipeline::parse("resize(width=10, height=20, method=area)"));
}

TEST(FilterFunctions, RefuseWhatTheTextRefuses) {
  EXPECT_THROW((void)sobel("sideways"), PipelineError);
  EXPECT_THROW((void)gaussian(-1), PipelineError);
  EXPECT_THROW((void)gray({border(Border::Wrap)}), PipelineError);
}

TEST(FilterFunctions, AreThereForEveryFilter) {
  const Kernel one = parse_kernel("1 2");
  const Pipeline all[] = {abs_sum(),     adaptive_threshold(),
                          average(),     bilateral(9),
                          blend(),       box(3),
                          brightness(1), canny(1, 2),
                          channel(0),    close(),
                          contrast(2),   convolve(one),
                          crop(1, 1),    curves(one),
                          difference(),  dilate(),
                          disk(2),       difference_of_gaussians(),
                          emboss(),      equalise(),
                          erode(),       flip(),
                          from_hsv(),    from_ycbcr(),
                          gamma(2),      gaussian(1),
                          gray(),        hypot(),

                          invert(),      kirsch(),
                          laplacian(),   levels(),
                          linear(2),     laplacian_of_gaussian(1),
                          lut(one),      maximum(),
                          median(),      minimum(),
                          mix(one),      morphology_gradient(),
                          motion(3),     multiply(),
                          open(),        otsu(),
                          pad(1),        prewitt(),
                          resize(1, 1),  roberts(),
                          rotate(),      scharr(),
                          sharpen(),     sobel(),
                          subtract(),    sum(),
                          threshold(1),  to_hsv(),
                          to_ycbcr(),    unsharp(1)};
  std::vector<std::string> names;
  for (const Pipeline& pipeline : all) names.push_back(std::get<Call>(pipeline.steps().front()).filter);
  std::ranges::sort(names);
  std::vector<std::string> expected;
  for (const Filter* filter : all_filters()) expected.emplace_back(filter->name);
  EXPECT_EQ(names, expected);
}

}  // namespace
}  // namespace cogent::image
