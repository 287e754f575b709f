// Filters that look at the whole picture before they begin: Otsu, equalise, Canny; and what alpha does to blurs.
#include <gtest/gtest.h>

#include <cogent/image/filters.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "images/filter_rows.h"

namespace cogent::testing {
namespace {

// Whole numbers: their histogram has a bin for each.
const std::vector<SampleType> counted = {SampleType::U8, SampleType::U16, SampleType::I16};

/// How often each level occurs.
std::map<double, double> counts_of(const Samples& input, int channel) {
  std::map<double, double> counts;
  for (int y = 0; y < input.format.height; ++y)
    for (int x = 0; x < input.format.width; ++x) ++counts[input.at(y, x, channel)];
  return counts;
}

double otsu_limit(const Samples& input) {
  double all = 0, all_sum = 0, dark = 0, dark_sum = 0, best = input.values.front(), most = -1;
  const std::map<double, double> counts = counts_of(input, 0);
  for (const auto& [level, count] : counts) all += count, all_sum += level * count;
  for (const auto& [level, count] : counts) {
    dark += count, dark_sum += level * count;
    const double bright = all - dark;
    if (bright == 0) continue;
    const double distance = dark_sum / dark - (all_sum - dark_sum) / bright,
                 between = dark * bright * distance * distance;
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
  row.types = counted;
  compare({row});
  EXPECT_THROW((void)image::Pipeline::parse("otsu").output_format({10, 10, 3}), image::PipelineError);
}

/// Where each level goes: as far from black to white as the part of the others that lie at it or below.
std::map<double, double> equalised(const std::map<double, double>& counts, double white) {
  double all = 0;
  for (const auto& [level, count] : counts) all += count;
  const double first = counts.begin()->second;
  if (first == all) return {{counts.begin()->first, counts.begin()->first}};
  std::map<double, double> to;
  double below = -first;
  for (const auto& [level, count] : counts) to[level] = (below += count) / (all - first) * white;
  return to;
}

TEST(WholePictureFilters, EqualiseSpreadsLevels) {
  FilterRow row{"equalise", [](const Samples& input, const Outside&) {
                  std::vector<std::map<double, double>> to;
                  for (int c = 0; c < input.format.channels; ++c)
                    to.push_back(equalised(counts_of(input, c), white_of(input.format.type)));
                  return computed(input.format, [&](int y, int x, int c) {
                    return to[static_cast<std::size_t>(c)].at(input.at(y, x, c));
                  });
                }};
  row.types = counted;
  compare({row});
}

TEST(WholePictureFilters, EqualiseKeepsOneLevel) {
  for (const SampleType type : {SampleType::U8, SampleType::U16, SampleType::I16, SampleType::F32}) {
    Samples input({7, 3, 2, type});
    for (double& value : input.values) value = type == SampleType::F32 ? 0.25 : 77;
    EXPECT_EQ(difference(run(image::Pipeline::parse("equalise"), input), input, type == SampleType::F32 ? 20 : 0), "")
        << image::to_text(input.format);
  }
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

/// Canny's edges by his own words: the length of the gradient, its angle, edges that hang together.
Samples canny_edges(const Samples& input, const Outside& outside, double low, double high) {
  const Samples dx = correlated(input, outside, 3, {-1, 0, 1, -2, 0, 2, -1, 0, 1}, SampleType::I32);
  const Samples dy = correlated(input, outside, 3, {-1, -2, -1, 0, 0, 0, 1, 2, 1}, SampleType::I32);
  const Samples length = computed(input.format, SampleType::I32,
                                  [&](int y, int x, int) { return std::abs(dx.at(y, x)) + std::abs(dy.at(y, x)); });
  const Outside none{Border::Constant, 0};
  Samples edges = computed(input.format, [&](int y, int x, int) {
    const double here = length.at(y, x), rise = std::abs(dy.at(y, x)), across = std::abs(dx.at(y, x));
    constexpr double tangent = 13573 / 32768.0;  // of 22.5 degrees, as OpenCV has it
    const auto look = [&](int i, int j) { return length.look(y + i, x + j, 0, none); };
    const bool same = (dx.at(y, x) < 0) == (dy.at(y, x) < 0);
    bool is_crest = false;
    if (rise < across * tangent)
      is_crest = here > look(0, -1) && here >= look(0, 1);
    else if (rise > across * (tangent + 2))
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
  return computed(input.format,
                  [&](int y, int x, int) { return edges.at(y, x) == 255 ? white_of(input.format.type) : 0; });
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

FilterRow canny_row(double low, double high, std::vector<SampleType> types) {
  const std::string limits = std::to_string(low) + ", " + std::to_string(high);
  FilterRow row{"canny(" + limits + ", BORDER)",
                [=](const Samples& input, const Outside& outside) { return canny_edges(input, outside, low, high); }};
  row.most_channels = 1;
  row.types = std::move(types);
  return row;
}

TEST(WholePictureFilters, CannyFollowsCrests) {
  compare({canny_row(200, 600, {SampleType::U8}), canny_row(50000, 150000, {SampleType::U16, SampleType::I16})});
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
