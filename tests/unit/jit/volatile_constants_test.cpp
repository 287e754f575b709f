// Static arguments that change with every call are named, and what to write instead.
#include "jit/volatile_constants.h"

#include <cogent/cogent.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <vector>

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using Numbers = std::vector<int>;

bool says(const std::string& text, const std::string& sentence) { return text.find(sentence) != std::string::npos; }

TEST(VolatileConstants, ANumberThatAlwaysChanges) {
  const GeneratedFunction f("f", [](Code, Value<int> x, int factor, int offset) { return x * factor + offset; });
  for (int i = 0; i < 15; ++i) f(3, i, 7);
  EXPECT_FALSE(says(f.explain(3, 1, 7).text, "warning"));
  for (int i = 15; i < 20; ++i) f(3, i, 7);
  const Explanation explanation = f.explain(3, 1, 7);
  EXPECT_TRUE(
      says(explanation.text,
           "warning: factor has had 20 different values, and code was generated for each of them; where that is "
           "not worth code of its own, make it a Value<int>"))
      << explanation.text;
  EXPECT_FALSE(says(explanation.text, "offset has had"));
  EXPECT_TRUE(says(explanation.json, "\"warnings\":[\"factor has had 20")) << explanation.json;
}

TEST(VolatileConstants, ASizeASequenceAndAFloat) {
  const GeneratedFunction f("f", [](Code, In<int> in, std::span<const int> weights, double scale) {
    return cast<double>(in[0] * weights[0]) * scale;
  });
  for (int i = 1; i < 18; ++i) f(Numbers(static_cast<std::size_t>(i)), Numbers{i, 2}, i * 0.5);
  const std::string text = f.explain(Numbers(1), Numbers{1, 2}, 0.5).text;
  EXPECT_TRUE(says(text, "the size of in has had 17 different values")) << text;
  EXPECT_TRUE(says(text, "weights has had 17 different values")) << text;
  EXPECT_TRUE(says(text, "make it a Value<double>")) << text;
}

TEST(VolatileConstants, NotWhatIsUsedWithFewValues) {
  const GeneratedFunction f("f", [](Code, Value<int> x, int a, int b) { return x * a + b; });
  for (int i = 0; i < 64; ++i) f(3, i % 8, i / 8);
  EXPECT_FALSE(says(f.explain(3, 1, 1).text, "warning"));
}

TEST(VolatileConstants, AreWarnedOfWhenTheEnvironmentAsks) {
  ::setenv("COGENT_WARN", "1", 1);
  const GeneratedFunction f("busy", [](Code, Value<int> x, int factor) { return x * factor; });
  ::testing::internal::CaptureStderr();
  for (int i = 0; i < 40; ++i) f(3, i);
  const std::string output = ::testing::internal::GetCapturedStderr();
  ::unsetenv("COGENT_WARN");
  EXPECT_TRUE(says(output, "busy: factor has had 16 different values")) << output;
  EXPECT_TRUE(says(output, "busy: factor has had 32 different values")) << output;
  EXPECT_FALSE(says(output, "has had 33")) << output;
}

}  // namespace
}  // namespace cogent
