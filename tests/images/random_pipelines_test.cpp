// Random pipelines, fused, against their filters one by one: each compiled alone, with its result in memory.
#include <gtest/gtest.h>

#include <algorithm>

#include "images/samples.h"
#include "support/extent.h"

namespace cogent::testing {
namespace {

using image::Pipeline;
using image::SampleType;

/// A random pipeline, and how it is run one filter after the other.
class RandomPipeline {
 public:
  explicit RandomPipeline(std::mt19937& random) : random_(random) {}

  /// Adds a chain of `count` steps behind `input`: gives its text, and changes the input to the chain's result.
  std::string chain(Samples& input, int count, int depth) {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i == 0 ? "" : " | ") + step(input, depth);
    return text;
  }

 private:
  unsigned below(unsigned limit) { return random_() % limit; }
  std::string border() {
    static constexpr const char* borders[] = {"reflect101", "constant, value=30", "replicate", "reflect", "wrap"};
    return std::string("border=") + borders[below(5)];
  }

  std::string step(Samples& input, int depth) {
    if (depth > 0 && below(4) == 0) return branches(input, depth);
    if (below(6) == 0) return moved(input);
    std::string text = below(2) == 0 ? around() : alone();
    input = run(Pipeline::parse(text), input);
    return text;
  }

  // Padded, and another part of that size.
  std::string moved(Samples& input) {
    const unsigned left = below(4), top = below(4), right = below(4), bottom = below(4);
    const auto number = [](unsigned of) { return std::to_string(of); };
    const std::string size = std::to_string(input.format.width) + ", " + std::to_string(input.format.height);
    const std::string pad = "pad(" + number(left) + ", " + number(top) + ", " + number(right) + ", " + number(bottom) +
                            ", " + border() + ")";
    const std::string crop =
        "crop(" + size + ", " + number(below(left + right + 1)) + ", " + number(below(top + bottom + 1)) + ")";
    input = run(Pipeline::parse(crop), run(Pipeline::parse(pad), input));
    return pad + " | " + crop;
  }

  std::string alone() {
    static constexpr const char* filters[] = {"invert",
                                              "threshold(90)",
                                              "brightness(25)",
                                              "contrast(1.4)",
                                              "linear(0.7, offset=9)",
                                              "gamma(1.8)",
                                              "curves([0 200; 90 10; 255 130])",
                                              "flip(both)",
                                              "flip",
                                              "equalise",
                                              "identity"};
    return filters[below(std::size(filters))];
  }

  std::string around() {
    static constexpr const char* filters[] = {"gaussian(0.8, ", "box(3, ",
                                              "box(5, 2, ",     "median(",
                                              "dilate(",        "erode(4, 1, ",
                                              "sharpen(",       "kirsch(",
                                              "sobel(",         "convolve([1 -2; 3 1], divisor=3, ",
                                              "emboss(",        "unsharp(1, ",
                                              "open(",          "adaptive_threshold(5, "};
    return filters[below(std::size(filters))] + border() + ")";
  }

  // Derivatives keep their sign until they are joined.
  std::string branches(Samples& input, int depth) {
    if (below(3) == 0) {
      const std::string text =
          "{sobel(x, " + border() + "); scharr(y, " + border() + ")} | " + (below(2) == 0 ? "hypot" : "abs_sum");
      input = run(Pipeline::parse(text), input);
      return text;
    }
    static constexpr const char* joins[] = {"sum",     "difference", "minimum", "maximum",
                                            "average", "blend(0.4)", "multiply"};
    const std::size_t join = below(std::size(joins));
    Samples first = input, second = input;
    const std::string a = chain(first, 1 + static_cast<int>(below(2)), depth - 1);
    const std::string b = chain(second, 1 + static_cast<int>(below(2)), depth - 1);
    input = joined(joins[join], first, second);
    return "{" + a + "; " + b + "} | " + joins[join];
  }

  // The join alone, of two pictures that lie above each other in one.
  static Samples joined(const std::string& join, const Samples& first, const Samples& second) {
    Format both = first.format;
    both.height *= 2;
    Samples stacked(both);
    std::ranges::copy(first.values, stacked.values.begin());
    std::ranges::copy(second.values, stacked.values.begin() + static_cast<std::ptrdiff_t>(first.values.size()));
    const std::string size = std::to_string(both.width) + ", " + std::to_string(first.format.height);
    return run(Pipeline::parse("{crop(" + size + "); crop(" + size + ", y=" + std::to_string(first.format.height) +
                               ")} | " + join),
               stacked);
  }

  std::mt19937& random_;
};

TEST(RandomPipelines, GiveTheBitsOfTheirFiltersOneByOne) {
  static constexpr SampleType types[] = {SampleType::U8, SampleType::U8, SampleType::U16, SampleType::F32};
  const unsigned count = sample_or_all(60U, 2000U);
  for (unsigned seed = 0; seed < count; ++seed) {
    std::mt19937 random(seed);
    Format format{1 + static_cast<int>(random() % 80), 1 + static_cast<int>(random() % 20),
                  1 + static_cast<int>(random() % 4), types[seed % 4]};
    if (seed % 8 == 7) format.width += 500, format.height += 200;
    if (seed % 5 == 0) format.layout = image::Layout::Planar;
    const Samples input = random_samples(format, random);
    Samples expected = input;
    const std::string text = RandomPipeline(random).chain(expected, 1 + static_cast<int>(random() % 8), 2);
    const std::string wrong =
        difference(run(Pipeline::parse(text), input,
                       {.threads = seed % 3 == 0 ? 2 : 1, .rows_at_once = static_cast<int>(seed % 4)}),
                   expected, 0);
    EXPECT_EQ(wrong, "") << text << " of " << image::to_text(format) << ", seed " << seed;
  }
}

}  // namespace
}  // namespace cogent::testing
