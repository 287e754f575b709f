// Filters that look at the whole picture before they begin: Otsu, equalise, Canny; and what alpha does to blurs.
#include <gtest/gtest.h>

#include <cogent/image/filters.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "images/filter_rows.h"

namespace cogent::testing {
namespace {

double otsu_limit(const Samples& input) {
  double best = input.values.front(), most = -1;
  std::vector<double> levels = input.values;
  std::ranges::sort(levels);
  levels.erase(std::ranges::unique(levels).begin(), levels.end());
  for (const double level : levels) {
    double dark = 0, dark_sum = 0, bright = 0, bright_sum = 0;
    for (const double sample : input.values)
      (sample <= level ? dark : bright) += 1, (sample <= level ? dark_sum : bright_sum) += sample;
    if (bright == 0) continue;
    const double distance = dark_sum / dark - bright_sum / bright, between = dark * bright * distance * distance;
    if (between > most * (1 + 1e-12)) most = between, best = level;
  }
  return best;
}

TEST(WholePictureFilters, OtsuPartsDarkFromBright) {
  FilterRow row{"otsu", [](const Samples& input, const Outside&) {
                  const double limit = otsu_limit(input);
                  return computed(input.format, [&](int y, int x, int) {
                    return input.at(y, x) > limit ? white_of(input.format.type) : 0;
                  });
                }};
  row.most_channels = 1;
  row.only_bytes = true;
  compare({row});
  EXPECT_THROW((void)image::Pipeline::parse("otsu").output_format({10, 10, 3}), image::PipelineError);
}

TEST(WholePictureFilters, EqualiseSpreadsLevels) {
  FilterRow row{"equalise", [](const Samples& input, const Outside&) {
                  const double white = white_of(input.format.type);
                  std::vector<std::map<double, double>> counts(static_cast<std::size_t>(input.format.channels));
                  for (std::size_t i = 0; i < input.values.size(); ++i) ++counts[i % counts.size()][input.values[i]];
                  const double total = static_cast<double>(input.values.size() / counts.size());
                  return computed(input.format, [&](int y, int x, int c) {
                    const std::map<double, double>& of = counts[static_cast<std::size_t>(c)];
                    const double first = of.begin()->second, here = input.at(y, x, c);
                    if (first == total) return here;
                    double below = -first;
                    for (const auto& [level, count] : of)
                      if (level <= here) below += count;
                    return below / (total - first) * white;
                  });
                }};
  row.only_bytes = true;
  compare({row});
}

TEST(WholePictureFilters, FactsOfSeveralFiltersDoNotMix) {
  std::mt19937 random(3);
  const Samples input = random_samples({40, 30, 1}, random);
  const auto alone = [&](const char* pipeline, const Samples& from) {
    return run(image::Pipeline::parse(pipeline), from);
  };
  const Samples first = alone("otsu", input), second = alone("equalise", input);
  const Samples expected =
      computed(input.format, [&](int y, int x, int) { return std::min(first.at(y, x), second.at(y, x)); });
  EXPECT_EQ(difference(alone("{otsu; equalise} | minimum", input), expected, 0), "");
  EXPECT_EQ(difference(alone("equalise | resize(0.5) | otsu", input), alone("otsu", alone("resize(0.5)", second)), 0),
            "");
}

/// Canny's edges by his own words: the length of the gradient, the angle in degrees, edges that hang together.
Samples canny_edges(const Samples& input, const Outside& outside, double low, double high) {
  const Samples dx = correlated(input, outside, 3, {-1, 0, 1, -2, 0, 2, -1, 0, 1}, SampleType::I32);
  const Samples dy = correlated(input, outside, 3, {-1, -2, -1, 0, 0, 0, 1, 2, 1}, SampleType::I32);
  const Samples length = computed(input.format, SampleType::I32,
                                  [&](int y, int x, int) { return std::abs(dx.at(y, x)) + std::abs(dy.at(y, x)); });
  const Outside none{Border::Constant, 0};
  Samples edges = computed(input.format, [&](int y, int x, int) {
    const double here = length.at(y, x),
                 degrees = std::atan2(std::abs(dy.at(y, x)), std::abs(dx.at(y, x))) * 57.29577951;
    const auto look = [&](int i, int j) { return length.look(y + i, x + j, 0, none); };
    const bool same = (dx.at(y, x) < 0) == (dy.at(y, x) < 0);
    bool is_crest = false;
    if (degrees < 22.5)
      is_crest = here > look(0, -1) && here >= look(0, 1);
    else if (degrees > 67.5)
      is_crest = here > look(-1, 0) && here >= look(1, 0);
    else
      is_crest = same ? here > look(-1, -1) && here > look(1, 1) : here > look(-1, 1) && here > look(1, -1);
    return is_crest && here > low ? here > high ? 255 : 1 : 0;
  });
  for (bool grows = true; grows;) {
    grows = false;
    for (int y = 0; y < input.format.height; ++y)
      for (int x = 0; x < input.format.width; ++x)
        for (int i = -1; i <= 1 && edges.at(y, x) == 1; ++i)
          for (int j = -1; j <= 1; ++j)
            if (edges.look(y + i, x + j, 0, none) == 255) edges.at(y, x) = 255, grows = true;
  }
  return computed(input.format, [&](int y, int x, int) { return edges.at(y, x) == 255 ? 255 : 0; });
}

TEST(Histogram, CountsTheSamplesOfEachChannel) {
  const std::uint8_t bytes[] = {3, 200, 3, 0, 255, 200};
  const auto counts = image::histogram(image::PictureView<const std::uint8_t>(bytes, 3, 1, 2));
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0][3], 2);
  EXPECT_EQ(counts[0][255], 1);
  EXPECT_EQ(counts[1][200], 2);
  EXPECT_EQ(counts[1][0], 1);
  const std::int16_t words[] = {-32768, 32767};
  EXPECT_EQ(image::histogram(image::PictureView<const std::int16_t>(words, 2, 1)).front()[65535], 1);
  const float floats[] = {-1, 0.5F, 7};
  EXPECT_EQ(image::histogram(image::PictureView<const float>(floats, 3, 1)).front()[4095], 1);
  const std::int32_t numbers[] = {1};
  EXPECT_THROW((void)image::histogram(image::PictureView<const std::int32_t>(numbers, 1, 1)), image::PictureError);
}

TEST(WholePictureFilters, CannyFollowsCrests) {
  FilterRow row{"canny(200, 600, BORDER)",
                [](const Samples& input, const Outside& outside) { return canny_edges(input, outside, 200, 600); }};
  row.most_channels = 1;
  row.only_bytes = true;
  compare({row});
}

Samples with_alpha(int channels, image::Alpha alpha) {
  std::mt19937 random(9);
  Samples input = random_samples({40, 12, channels}, random);
  input.format.alpha = alpha;
  for (int y = 0; y < 12; ++y) input.at(y, y, channels - 1) = 0;
  return input;
}

TEST(Alpha, WeighsColoursInBlurs) {
  const Outside outside;
  for (const int channels : {2, 4}) {
    const Samples input = with_alpha(channels, image::Alpha::Straight);
    Samples products = input;
    for (std::size_t i = 0; i < input.values.size(); ++i)
      if (static_cast<int>(i) % channels != channels - 1)
        products.values[i] *= input.values[i / static_cast<std::size_t>(channels) * static_cast<std::size_t>(channels) +
                                           static_cast<std::size_t>(channels) - 1];
    products.format.type = SampleType::F32;
    const Samples blurred = correlated(products, outside, 3, std::vector<double>(9, 1), SampleType::F32);
    const Samples expected = computed(input.format, [&](int y, int x, int c) {
      const double weight = blurred.at(y, x, channels - 1);
      if (c == channels - 1) return weight / 9;
      return weight == 0 ? 0 : blurred.at(y, x, c) / weight;
    });
    EXPECT_EQ(difference(run(image::Pipeline::parse("box(3)"), input), expected, 1), "") << channels;
  }
}

TEST(Alpha, IsKeptOrBlurredAsAChannelWhenAsked) {
  const Samples input = with_alpha(4, image::Alpha::Straight);
  const Samples all = correlated(input, {}, 3, std::vector<double>(9, 1), SampleType::U8, 9);
  EXPECT_EQ(difference(run(image::Pipeline::parse("box(3, alpha=straight)"), input), all, 0), "");
  const Samples colours =
      computed(input.format, [&](int y, int x, int c) { return c == 3 ? input.at(y, x, 3) : all.at(y, x, c); });
  EXPECT_EQ(difference(run(image::Pipeline::parse("box(3, alpha=keep)"), input), colours, 0), "");
  const Samples multiplied = with_alpha(4, image::Alpha::Premultiplied);
  Samples expected = all;
  expected.format.alpha = image::Alpha::Premultiplied;
  EXPECT_EQ(difference(run(image::Pipeline::parse("box(3)"), multiplied), expected, 0), "");
}

TEST(Alpha, StaysWhereTonesChange) {
  const Samples input = with_alpha(4, image::Alpha::Straight);
  const auto expected = [&](auto formula) {
    return computed(input.format,
                    [&](int y, int x, int c) { return c == 3 ? input.at(y, x, 3) : formula(input.at(y, x, c)); });
  };
  EXPECT_EQ(difference(run(image::Pipeline::parse("invert"), input), expected([](double x) { return 255 - x; }), 0),
            "");
  EXPECT_EQ(difference(run(image::Pipeline::parse("gamma(2)"), input),
                       expected([](double x) { return std::sqrt(x / 255) * 255; }), 0),
            "");
  EXPECT_EQ(difference(run(image::Pipeline::parse("{identity; invert} | sum"), input),
                       expected([](double) { return 255; }), 0),
            "");
}

}  // namespace
}  // namespace cogent::testing
