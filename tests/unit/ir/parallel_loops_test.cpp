// Rule 24, broken in each way, and what it allows.
#include "ir/parallel_loops.h"

#include <gtest/gtest.h>

#include "ir/parse.h"
#include "ir/text.h"
#include "ir/verifier.h"

namespace cogent::ir {
namespace {

/// The first flaw of a program with these statements; empty: it has none.
std::string flaw_of(const std::string& statements) {
  const std::vector<Flaw> flaws =
      verify(parse("program \"f\"(inout i32[100] a0, i64 p1) -> void {\n" + statements + "}\n"));
  return flaws.empty() ? "" : std::to_string(flaws[0].rule) + ": " + flaws[0].text;
}

TEST(ParallelLoops, AssignNothingFromOutside) {
  const std::string flaw = "24: assigns a variable that is made outside of it";
  EXPECT_EQ(flaw,
            flaw_of("v0 = var 0i32\nfor %1 = 0i64 to 9 step 1 parallel {\n v0 = 1\n let %2 = v0\n a0[%1] = %2\n}\n"));
  EXPECT_EQ(flaw,
            flaw_of("for %1 = 0i64 to 9 step 1 parallel {\n v0 = var 0i32\n for %2 = 0i64 to 9 step 1 parallel {\n"
                    "  v0 = 1\n }\n let %3 = v0\n a0[%1] = %3\n}\n"));
  EXPECT_EQ("", flaw_of("for %1 = 0i64 to 9 step 1 parallel {\n v0 = var 0i32\n for %2 = 0i64 to 9 step 1 {\n"
                        "  v0 = 1\n }\n let %3 = v0\n a0[%1] = %3\n}\n"));
  EXPECT_EQ("", flaw_of("v0 = var 0i32\nfor %1 = 0i64 to 9 step 1 parallel {\n let %2 = v0\n a0[%1] = %2\n}\n"));
}

TEST(ParallelLoops, AreNotLeft) {
  const std::string flaw = "24: is left early";
  EXPECT_EQ(flaw, flaw_of("L1: for %1 = 0i64 to 9 step 1 parallel {\n break L1\n}\n"));
  EXPECT_EQ(flaw, flaw_of("L1: loop {\n for %1 = 0i64 to 9 step 1 parallel {\n  break L1\n }\n}\n"));
  EXPECT_EQ(flaw, flaw_of("L1: loop {\n for %1 = 0i64 to 9 step 1 parallel {\n  continue L1\n }\n}\n"));
  EXPECT_EQ("", flaw_of("L1: for %1 = 0i64 to 9 step 1 parallel {\n continue L1\n}\n"));
  EXPECT_EQ("", flaw_of("for %1 = 0i64 to 9 step 1 parallel {\n L1: loop {\n  break L1\n }\n}\n"));
}

TEST(ParallelLoops, DoNotReturn) {
  EXPECT_EQ("24: returns from the function", flaw_of("for %1 = 0i64 to 9 step 1 parallel {\n return\n}\n"));
}

TEST(ParallelLoops, AreOnlyFors) {
  Program program = parse("program \"f\"(inout i32[100] a0) -> void {\n a0[1] = 1\n}\n");
  program.statements[0].flags = parallel;
  const std::vector<Flaw> flaws = verify(program);
  ASSERT_FALSE(flaws.empty());
  EXPECT_EQ(14, flaws[0].rule);
}

TEST(ParallelLoops, StayParallelInTheText) {
  const std::string text =
      "program \"f\"(inout i32[9] a0) -> void {\n  for %1 = 0i64 to 9 step 1 parallel {\n    a0[%1] = 1\n  }\n}\n";
  EXPECT_EQ(text, print(parse(text)));
}

}  // namespace
}  // namespace cogent::ir
