// Accesses that stay apart in all iterations need no look for overlap, and loops that are never short no shorter lanes.
#include <gtest/gtest.h>

#include "ir/parse.h"
#include "optimize/pipeline.h"

namespace cogent::optimize {
namespace {

class LaneDistances : public testing::Test {
 protected:
  const ir::LaneLoop& recognise(const std::string& last, const std::string& inside) {
    program_ = ir::parse("program \"p\"(inout u8[2000] a0, i64 p1, i64 p2) -> void {\n  for %1 = 0i64 to " + last +
                         " step 1 {\n" + inside + "  }\n}\n");
    pipeline_.run(program_, {});
    const auto loops = pipeline_.find_lanes();
    EXPECT_EQ(loops.size(), 1U);
    return loops.empty() ? none_ : loops.front();
  }
  /// How many pairs must be looked at of stores to two places.
  std::size_t pairs(const std::string& a, const std::string& b, const std::string& last = "100") {
    return recognise(last, "    a0[" + a + " + %1] = 1u8\n    a0[" + b + " + %1] = 2u8\n").pairs.size();
  }

  ir::Program program_;
  Pipeline pipeline_;
  const ir::LaneLoop none_ = {};
};

TEST_F(LaneDistances, OfRowsOfARingAreNeverShort) {
  EXPECT_EQ(pairs("(p1 & 3) * 128", "(p1 + 1 & 3) * 128"), 0U);
  EXPECT_EQ(pairs("(p1 + 6 & 3) * 128", "(p1 - 1 & 3) * 128"), 0U);
  EXPECT_EQ(pairs("(p1 & 3) * 101", "(p1 + 1 & 3) * 101 + 1"), 0U);
  EXPECT_EQ(pairs("(p1 & 3) * 100", "(p1 + 1 & 3) * 100 + 1"), 1U);
  EXPECT_EQ(pairs("(p1 & 3) * 99", "(p1 + 1 & 3) * 99"), 1U);
  EXPECT_EQ(pairs("(p1 & 3) * 128", "(p1 + 4 & 3) * 128"), 1U);  // the same row
  EXPECT_EQ(pairs("(p1 & 3) * 128", "(p1 + 1 & 7) * 128"), 1U);
  EXPECT_EQ(pairs("(p1 & 5) * 128", "(p1 + 2 & 5) * 128"), 1U);
  EXPECT_EQ(pairs("(p1 & 3) * 128", "(p2 + 1 & 3) * 128"), 1U);
  EXPECT_EQ(pairs("(p1 & 3) * 128", "(p1 + 1 & 3) * 256"), 1U);
}

TEST_F(LaneDistances, OfRowsOfAPictureAreConstant) {
  const auto is_repeatable = [this](const char* distance) {
    return recognise("100", std::string("    a0[%1] = 1u8\n    a0[%1 + ") + distance + "] = 2u8\n").is_repeatable;
  };
  EXPECT_TRUE(is_repeatable("100"));
  EXPECT_FALSE(is_repeatable("99"));
}

TEST_F(LaneDistances, CountTheMostRoundsThatTheRunMayMake) {
  const std::string last = "min(max(p2, 64), 100)";
  EXPECT_EQ(pairs("(p1 & 3) * 100", "(p1 + 1 & 3) * 100", last), 0U);
  EXPECT_EQ(pairs("(p1 & 3) * 99", "(p1 + 1 & 3) * 99", last), 1U);
}

TEST_F(LaneDistances, LanesAreAsManyAsTheFewestRoundsFill) {
  const auto loop = [this](const char* last) { return recognise(last, "    a0[%1] = 1u8\n"); };
  EXPECT_EQ(loop("min(max(p2, 64), 100)").fewest_rounds, 64);
  EXPECT_EQ(loop("min(max(p2, 64), 100)").most_lanes, 64);
  EXPECT_EQ(loop("min(max(p2, 9), 100)").fewest_rounds, 9);
  EXPECT_EQ(loop("min(max(p2, 9), 100)").most_lanes, INT64_MAX);
  EXPECT_EQ(loop("min(max(p2, -9), 100)").fewest_rounds, 0);
  EXPECT_EQ(loop("100").most_lanes, INT64_MAX);
}

}  // namespace
}  // namespace cogent::optimize
