// Tones one behind the other become one table or one comparison, with the bits of the tones one by one.
#include <gtest/gtest.h>

#include "images/samples.h"

namespace cogent::testing {
namespace {

using image::Pipeline;

std::string explained(const std::string& text, const char* format = "rgb8") {
  return Pipeline::parse(text).compile(image::make_format(64, 48, format)).explain();
}

TEST(JoinedTones, GiveTheBitsOfTheTonesOneByOne) {
  constexpr const char* tones[] = {
      "threshold(90)",   "threshold(-1)",      "threshold(255)",    "invert",
      "brightness(25)",  "brightness(-30.5)",  "contrast(1.4)",     "linear(-0.7, offset=209)",
      "linear(9, -700)", "gamma(1.8)",         "levels(20, 180)",   "curves([0 200; 90 10; 255 130])",
      "curves([7 9])",   "lut([0 0 255 255])", "levels(99.5, 100)", "lut([255 0])"};
  std::mt19937 random(5);
  for (int k = 0; k < 150; ++k) {
    constexpr const char* formats[] = {"gray8", "rgb8", "rgba8", "graya8", "rgb16", "rgb8 planar"};
    const Samples input = random_samples(image::make_format(150, 3, formats[k % 6]), random);
    Samples expected = input;
    std::string text;
    for (unsigned length = 2 + random() % 3; length > 0; --length) {
      const std::string tone = tones[random() % std::size(tones)];
      expected = run(Pipeline::parse(tone), expected);
      text += (text.empty() ? "" : " | ") + tone;
    }
    EXPECT_EQ(difference(run(Pipeline::parse(text), input), expected, 0), "") << text << " of " << formats[k % 6];
  }
}

TEST(JoinedTones, AreExplained) {
  const auto has = [](const std::string& text, const std::string& stage, const char* format = "rgb8") {
    const std::string told = explained(text, format);
    return told.find("-> " + stage + "\n") != told.npos ? "" : told;
  };
  EXPECT_EQ(has("gray | threshold(64) | invert", "threshold, invert by one comparison (u8 x 1)"), "");
  EXPECT_EQ(
      has("invert | threshold(64) | invert | gamma(2)", "invert, threshold, invert, gamma by one comparison (u8 x 3)"),
      "");
  EXPECT_EQ(has("gamma(2) | threshold(64)", "gamma, threshold by one comparison (u8 x 4)", "rgba8"), "");
  EXPECT_EQ(has("gamma(2) | invert | levels(10, 90)", "gamma, invert, levels by one table (u8 x 3)"), "");
  EXPECT_EQ(
      has("threshold(9) | linear(2, 3)", "threshold, linear by one comparison (u8 x 3, clipped: can be 3 to 513)"), "");
}

TEST(JoinedTones, AreTonesOfTheSameChannelsOnly) {
  const std::string told = explained("gamma(2) | gray | gamma(2)");
  EXPECT_EQ(told.find("by one table"), told.npos) << told;
  const std::string of_words = explained("gamma(2) | invert", "rgb16");
  EXPECT_EQ(of_words.find("by one"), of_words.npos) << of_words;
}

}  // namespace
}  // namespace cogent::testing
