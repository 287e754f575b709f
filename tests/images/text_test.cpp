// The text of pipelines: what it may be, and its canonical form.
#include <gtest/gtest.h>

#include <fstream>

#include "images/sample_filters.h"
#include "text/parser.h"

namespace cogent::testing {
namespace {

using image::Call;
using image::Kernel;
using image::Pipeline;

TEST(PipelineText, HasACanonicalForm) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"gray", "gray"},
      {"  gray()|\n gaussian( 1.20 ) ", "gray | gaussian(1.2)"},
      {"gaussian(sigma=1e-1)", "gaussian(0.1)"},
      {"gaussian(2, wrap)", "gaussian(2, wrap)"},
      {"gaussian(border=wrap, sigma=2)", "gaussian(2, wrap)"},
      {"gaussian(2, \"reflect101\")", "gaussian(2)"},
      {"sobel(x)", "sobel"},
      {"sobel(y) | sobel(border=wrap)", "sobel(y) | sobel(border=wrap)"},
      {"gray | {sobel(x); sobel(y)} | hypot | threshold(64)", "gray | {sobel; sobel(y)} | hypot | threshold(64)"},
      {"{; gray|sobel; identity; (gray|())} | add", "{identity; gray | sobel; identity; gray} | add"},
      {"{{gray; sobel} | hypot; gray} | add", "{{gray; sobel} | hypot; gray} | add"},
      {"{gray}", "{gray}"},
      {"", "identity"},
      {"identity | identity()", "identity"},
      {"((gray) | (sobel | gray))", "gray | sobel | gray"},
      {"rotate(-3)", "rotate(-3)"},
      {"rotate(+2.0)", "rotate(2)"},
      {"threshold(-.5)", "threshold(-0.5)"},
      {"curves(\"0 1\\n2\\x203\")", "curves([0 1; 2 3])"},
  };
  for (const auto& [text, expected] : rows) {
    EXPECT_EQ(canonical(text), expected) << text;
    EXPECT_EQ(canonical(expected), expected);
  }
}

TEST(PipelineText, TakesKernelsInEveryForm) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"[-1 0 1; -2 0 2; -1 0 1]", "[-1 0 1; -2 0 2; -1 0 1]"},
      {"[1,2,+3;4,5,6;]", "[1 2 3; 4 5 6]"},
      {"[1 2]/3", "[1 2] / 3"},
      {"[1 2] /3+128", "[1 2] / 3 + 128"},
      {"[1 2] - 5", "[1 2] - 5"},
      {"[1 2] -5", "[1 2] - 5"},
      {"\"3x3: 1,2,1 2,4,2 1,2,1\"", "[1 2 1; 2 4 2; 1 2 1]"},
      {"\"3: 1,-,1 2,4,-2 nan,2,1\"", "[1 0 1; 2 4 -2; 0 2 1]"},
      {"\"1x2: 5 6\"", "[5; 6]"},
      {"\"1 2 1 2 4 2 1 2 1\"", "[1 2 1; 2 4 2; 1 2 1]"},
      {"\"1 2; 3 4\"", "[1 2; 3 4]"},
      {"\"1 2\\n3 4\\n5 6\"", "[1 2; 3 4; 5 6]"},
      {"\"1 2 \\n; 3; 4\"", "[3; 4]"},
      {"\"1 2\\n3 4\"", "[1 2; 3 4]"},
      {"\"2 1\\n3 4\"", "[3 4]"},
      {"\"2 1 8 0.5\\n3 4\\n\"", "[3 4] / 8 + 0.5"},
      {"\"[1 2] / 2\"", "[1 2] / 2"},
      {"prewitt_y", "[-1 -1 -1; 0 0 0; 1 1 1]"},
      {"\"gaussian3\"", "[1 2 1; 2 4 2; 1 2 1] / 16"},
      {"[1e-310 1.7976931348623157e308 0.1]", "[1e-310 1.7976931348623157e+308 0.1]"},
  };
  for (const auto& [kernel, expected] : rows) {
    EXPECT_EQ(canonical("convolve(" + std::string(kernel) + ", wrap)"),
              "convolve(" + std::string(expected) + ", wrap)");
    EXPECT_EQ(canonical("convolve(kernel=" + std::string(kernel) + ")"), "convolve(" + std::string(expected) + ")");
  }
  EXPECT_EQ(canonical("convolve([1 2], smooth=[1])"), "convolve([1 2])");
  EXPECT_EQ(canonical("convolve([1 2], smooth=[2])"), "convolve([1 2], smooth=[2])");
}

TEST(PipelineText, ReadsKernelsFromFiles) {
  const std::string path = ::testing::TempDir() + "kernel of text_test.mat";
  std::ofstream(path) << "3 2 9 1\n1 2 3\n4 5 6\n";
  EXPECT_EQ(canonical("gray | convolve(file( " + path + " ), wrap) | gray"),
            "gray | convolve([1 2 3; 4 5 6] / 9 + 1, wrap) | gray");
  EXPECT_EQ(canonical("convolve(kernel=file(" + path + "))"), "convolve([1 2 3; 4 5 6] / 9 + 1)");
  EXPECT_EQ(parse_error("convolve(file(/nowhere/k.mat))"),
            "/nowhere/k.mat: there is no such file\n"
            "  convolve(file(/nowhere/k.mat))\n"
            "                ^~~~~~~~~~~~~~");
}

TEST(PipelineText, NamesKernels) {
  for (const image::NamedKernel& named : image::named_kernels()) {
    const std::string text = canonical("convolve(" + std::string(named.name) + ", wrap)");
    EXPECT_EQ(canonical(text), text) << named.name;
    const Pipeline pipeline = image::text::parse(text, sample_filters());
    EXPECT_EQ(std::get<Kernel>(std::get<Call>(pipeline.steps()[0]).arguments[0].value), named.kernel) << named.name;
    EXPECT_EQ(named.kernel.weights.size(), static_cast<std::size_t>(named.kernel.width * named.kernel.height));
    double sum = 0;
    for (const double weight : named.kernel.weights) sum += weight;
    const double brightness = sum / named.kernel.divisor;
    EXPECT_TRUE(brightness == 0 || brightness == 1) << named.name << ": " << brightness;
  }
}

TEST(PipelineText, ExpandsDefinitions) {
  EXPECT_EQ(canonical("let soft = gray | gaussian(1); let both = {soft; sobel}; soft | both | hypot | soft"),
            "gray | gaussian(1) | {gray | gaussian(1); sobel} | hypot | gray | gaussian(1)");
  EXPECT_EQ(canonical("let nothing = ; nothing"), "identity");
  EXPECT_EQ(canonical("let join = hypot | gray; {gray; sobel} | join"), "{gray; sobel} | hypot | gray");
}

TEST(PipelineText, GivesCallsInTheOrderOfTheirParameters) {
  const Pipeline pipeline = image::text::parse("gaussian(border=wrap, sigma=3)", sample_filters());
  ASSERT_EQ(pipeline.steps().size(), 1u);
  const Call expected{"gaussian", {{"sigma", 3.0}, {"border", "wrap"}}};
  EXPECT_EQ(std::get<Call>(pipeline.steps()[0]), expected);
}

}  // namespace
}  // namespace cogent::testing
