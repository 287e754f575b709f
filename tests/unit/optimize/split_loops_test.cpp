// Which loops are split, and which stay whole; what becomes of them is shown in tests/programs/borders.cogent.
#include "optimize/split_loops.h"

#include <gtest/gtest.h>

#include "ir/parse.h"
#include "ir/text.h"
#include "ir/verifier.h"
#include "optimize/pipeline.h"
#include "support/execution.h"

namespace cogent::optimize {
namespace {

/// How many loops the body of a function of an array of 300 elements and a number p1 has behind the passes.
int loops_behind(const std::string& body) {
  const ir::Program program = ir::parse("program \"f\"(inout i32[300] a0, i32 p1) -> void {\n" + body + "\n}");
  EXPECT_EQ("", ir::describe(ir::verify(program)));
  Pipeline pipeline;
  const ir::Program& result = pipeline.run(program, {});
  EXPECT_EQ("", ir::describe(ir::verify(result)));
  for (std::uint64_t seed = 1; seed <= 3; ++seed)
    EXPECT_EQ("", testing::find_difference(testing::random_inputs(program, seed),
                                           {"recorded", program, testing::interpreter()},
                                           {"optimised", result, testing::interpreter()}));
  const std::string text = ir::print(result);
  int count = 0;
  for (std::size_t at = 0; (at = text.find("for %", at)) != std::string::npos; ++at) ++count;
  return count;
}

int loops_behind_when(const std::string& condition) {
  return loops_behind("for %1 = 0i32 to 200 step 1 {\n if " + condition + " {\n a0[i64(%1)] = 1i32\n }\n}");
}

TEST(SplitLoops, WhereAComparisonChanges) {
  EXPECT_EQ(2, loops_behind_when("%1 < 80"));
  EXPECT_EQ(2, loops_behind_when("80 <= %1"));
  EXPECT_EQ(2, loops_behind_when("%1 != 80"));
  EXPECT_EQ(2, loops_behind_when("%1 == 80"));  // and one round
  EXPECT_EQ(2, loops_behind_when("%1 + 5 < 80"));
  EXPECT_EQ(2, loops_behind_when("80 < %1 + -5"));
  EXPECT_EQ(3, loops_behind_when("(%1 < 50) | (150 < %1)"));
}

TEST(SplitLoops, NotWhereNoComparisonChanges) {
  EXPECT_EQ(1, loops_behind_when("%1 < p1"));
  EXPECT_EQ(1, loops_behind_when("%1 < 200"));
  EXPECT_EQ(1, loops_behind_when("%1 * 2 < 200"));
}

TEST(SplitLoops, NotWhereASumMayWrap) { EXPECT_EQ(1, loops_behind_when("%1 + 2147483640 < 20")); }

TEST(SplitLoops, NotIntoManyParts) {
  std::string body;
  for (int i = 1; i <= 6; ++i) body += " if %1 == " + std::to_string(30 * i) + " {\n  a0[i64(%1)] = 1i32\n }\n";
  EXPECT_EQ(1, loops_behind("for %1 = 0i32 to 200 step 1 {\n" + body + "}"));
}

TEST(SplitLoops, NotWhereTheLoopIsLeft) {
  EXPECT_EQ(1,
            loops_behind("L1: for %1 = 0i32 to 200 step 1 {\n if %1 == 80 {\n break L1\n }\n a0[i64(%1)] = 1i32\n}"));
}

TEST(SplitLoops, ALoopThatGoesOnWithItsNextRoundToo) {
  EXPECT_EQ(3, loops_behind("L1: for %1 = 0i32 to 200 step 1 {\n if %1 == 80 {\n a0[0] = 2i32\n }\n if p1 < %1 {\n"
                            " continue L1\n }\n a0[i64(%1)] = 1i32\n}"));
}

// Each of the nine parts knows of its rows as well as of its columns.
TEST(SplitLoops, NoComparisonIsLeft) {
  const ir::Program program = ir::parse(R"(program "f"(inout i32[3000] a0) -> void {
    for %1 = 0i64 to 60 step 1 {
      for %2 = 0i64 to 50 step 1 {
        if 1 <= %1 {
          a0[%1 * 50 + %2] = 1i32
        }
        if %1 < 59 {
          a0[%1 * 50 + %2] = 2i32
        }
        if (1 <= %2) & (%2 < 49) {
          a0[%1 * 50 + %2] = 3i32
        }
      }
    }
  })");
  Pipeline pipeline;
  EXPECT_EQ(std::string::npos, ir::print(pipeline.run(program, {})).find("if "));
}

}  // namespace
}  // namespace cogent::optimize
