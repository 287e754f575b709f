// Random pipelines printed and parsed again; random texts, which must give a pipeline or an error with a caret.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "images/sample_filters.h"
#include "support/random.h"
#include "text/lexer.h"
#include "text/parser.h"
#include "text/pipeline_maker.h"
#include "text/printer.h"

namespace cogent::testing {
namespace {

using image::ArgumentValue;
using image::Call;
using image::Filter;
using image::Kernel;
using image::Parameter;
using image::ParameterKind;
using image::Pipeline;
using image::PipelineMaker;
using image::Step;
using image::text::FilterTable;

double finite(Random& random) {
  for (;;) {
    const double number = random.floating<double>();
    if (std::isfinite(number)) return number;
  }
}

Kernel random_kernel(Random& random) {
  Kernel kernel{.width = static_cast<int>(random.between(1, 5)), .height = static_cast<int>(random.between(1, 5))};
  for (int k = 0; k < kernel.width * kernel.height; ++k) kernel.weights.push_back(finite(random));
  if (random.one_in(2)) kernel.divisor = finite(random);
  if (kernel.divisor == 0) kernel.divisor = -1;
  if (random.one_in(2)) kernel.offset = finite(random);
  return kernel;
}

ArgumentValue random_value(Random& random, const Parameter& parameter) {
  switch (parameter.kind) {
    case ParameterKind::Word:
      return std::string(random.pick(parameter.words));
    case ParameterKind::Kernel:
      return random_kernel(random);
    default:
      break;
  }
  if (!parameter.integers.empty()) return static_cast<double>(random.pick(parameter.integers));
  const double share = static_cast<double>(random.bits() >> 11) * 0x1p-53;
  const double number =
      std::clamp(random.one_in(2) ? finite(random) : parameter.least + share * (parameter.most - parameter.least),
                 parameter.least, parameter.most);
  return parameter.kind == ParameterKind::Integer ? std::round(number) : number;
}

Call random_call(Random& random, const Filter& filter) {
  for (;;) {
    Call call{std::string(filter.name), {}};
    for (const Parameter& parameter : filter.parameters) {
      if (parameter.standard && random.one_in(2)) continue;
      call.arguments.push_back({std::string(parameter.name), random_value(random, parameter)});
    }
    try {
      return image::text::check_arguments(filter, call);
    } catch (const image::text::CallError&) {  // the arguments do not go together
    }
  }
}

const Filter& random_filter(Random& random, FilterTable filters, int inputs) {
  for (;;) {
    const Filter& filter = *filters[random.bits() % filters.size()];
    if (filter.name == "identity") continue;  // no step of a pipeline
    if (filter.least_inputs <= inputs && inputs <= filter.most_inputs) return filter;
  }
}

Pipeline random_pipeline(Random& random, FilterTable filters, int depth) {
  std::vector<Step> steps;
  for (auto length = random.between(0, 4); length > 0; --length) {
    int inputs = 1;
    if (depth > 0 && random.one_in(3)) {
      image::Branches branches;
      inputs = random.one_in(3) ? 1 : 2;
      for (int k = 0; k < inputs; ++k) branches.pipelines.push_back(random_pipeline(random, filters, depth - 1));
      steps.emplace_back(std::move(branches));
    }
    steps.emplace_back(random_call(random, random_filter(random, filters, inputs)));
  }
  return PipelineMaker::make(std::move(steps));
}

TEST(RandomPipelines, AreTheSameAfterPrintingAndParsing) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    const Pipeline pipeline = random_pipeline(random, sample_filters(), 3);
    const std::string text = image::text::print(pipeline.steps(), sample_filters());
    try {
      const Pipeline again = image::text::parse(text, sample_filters());
      ASSERT_TRUE(again == pipeline) << seed << ": " << text;
      ASSERT_EQ(image::text::print(again.steps(), sample_filters()), text);
    } catch (const image::PipelineError& error) {
      FAIL() << seed << ": " << error.what();
    }
  }
}

/// A text near a correct one: pieces left out, doubled, exchanged for others.
std::string spoilt(Random& random, std::string text) {
  static const std::vector<std::string> pieces = {"|",
                                                  "{",
                                                  "}",
                                                  "(",
                                                  ")",
                                                  "[",
                                                  "]",
                                                  ";",
                                                  ",",
                                                  "=",
                                                  "/",
                                                  "\"",
                                                  "-",
                                                  " ",
                                                  "let ",
                                                  "gray",
                                                  "1e9",
                                                  "-.5",
                                                  "x",
                                                  "file(",
                                                  "\\",
                                                  "\xc3",
                                                  "\n",
                                                  "gaussian(",
                                                  "nan",
                                                  "sobel",
                                                  "1",
                                                  "hypot",
                                                  "wrap",
                                                  "3x3:",
                                                  "+",
                                                  "inf",
                                                  "let a=",
                                                  "a|a;",
                                                  "0x10",
                                                  "1e400",
                                                  std::string(1, '\0')};
  for (auto changes = random.between(1, 4); changes > 0; --changes) {
    const auto at = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(text.size())));
    const std::size_t length = random.bits() % 8;
    if (random.one_in(3)) {
      text.erase(at, length);
    } else if (random.one_in(3)) {
      text.insert(at, text.substr(random.bits() % (text.size() + 1), length));
    } else {
      text.insert(at, random.pick(pieces));
    }
  }
  return text;
}

TEST(RandomPipelines, OfAllFiltersAreTheSameAfterPrintingAndParsing) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Random random(seed);
    const Pipeline pipeline = random_pipeline(random, image::all_filters(), 2);
    ASSERT_TRUE(Pipeline::parse(pipeline.to_text()) == pipeline) << seed << ": " << pipeline.to_text();
  }
}

TEST(Filters, HaveNamesThatTextsCanSay) {
  for (const Filter* filter : image::all_filters()) {
    EXPECT_TRUE(image::text::is_word(filter->name)) << filter->name;
    EXPECT_NE(filter->name, "let");
    for (const Parameter& parameter : filter->parameters) {
      EXPECT_TRUE(image::text::is_word(parameter.name)) << filter->name << " " << parameter.name;
      EXPECT_FALSE(parameter.help.empty()) << filter->name << " " << parameter.name;
      EXPECT_EQ(parameter.words.empty(), parameter.kind != ParameterKind::Word)
          << filter->name << " " << parameter.name;
      EXPECT_TRUE(std::ranges::all_of(parameter.words, &image::text::is_word)) << filter->name << " " << parameter.name;
      if (!parameter.standard) continue;
      const Call call{std::string(filter->name), {{std::string(parameter.name), *parameter.standard}}};
      const Filter alone{.name = filter->name, .group = {}, .help = {}, .parameters = {parameter}, .build = nullptr};
      EXPECT_NO_THROW(image::text::check_arguments(alone, call)) << filter->name << " " << parameter.name;
    }
  }
}

TEST(RandomTexts, GiveAPipelineOrAnErrorWithACaret) {
  int accepted = 0, refused = 0;
  for (std::uint64_t seed = 0; seed < 8000; ++seed) {
    Random random(seed);
    const Pipeline pipeline = random_pipeline(random, sample_filters(), 2);
    const std::string text = spoilt(random, image::text::print(pipeline.steps(), sample_filters()));
    try {
      const Pipeline parsed = image::text::parse(text, sample_filters());
      const std::string printed = image::text::print(parsed.steps(), sample_filters());
      ASSERT_TRUE(image::text::parse(printed, sample_filters()) == parsed) << seed << ": " << text;
      ++accepted;
    } catch (const image::PipelineError& error) {
      const std::string_view what = error.what();
      ASSERT_EQ(std::ranges::count(what, '\n'), 2) << seed << ": " << what;
      ASSERT_NE(what.rfind('^'), what.npos);
      ++refused;
    }
  }
  EXPECT_GT(accepted, 400);
  EXPECT_GT(refused, 4000);
}

}  // namespace
}  // namespace cogent::testing
