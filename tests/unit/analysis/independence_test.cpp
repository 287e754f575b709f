// Which stores of parallel loops are proven to keep away from what other iterations access.
#include "analysis/independence.h"

#include <gtest/gtest.h>

#include "ir/parse.h"

namespace cogent::analysis {
namespace {

/// The line of the first conflict in a program with these statements; 0: there is none.
int conflict_in(const std::string& statements) {
  const ir::Program program = ir::parse(
      "program \"f\"(inout i32[1000] a0, in i32[1000] a1, out u8[1000] a2, inout i32[?] a3, i32 p4, i64 p5) -> void "
      "{\n" +
      statements + "}\n");
  const auto conflict = find_conflict(program);
  return conflict ? conflict->line : 0;
}

TEST(Independence, AnElementOfTheIterationsOwn) {
  EXPECT_EQ(0, conflict_in("for %1 = 0i64 to 100 step 1 parallel {\n let %2 = a0[%1]\n a0[%1] = %2 + 1 @1\n}\n"));
  EXPECT_EQ(0, conflict_in("for %1 = 0i64 to 100 step 1 parallel {\n let %2 = a0[%1 + 5]\n a0[%1 + 5] = %2 @1\n}\n"));
  EXPECT_EQ(0, conflict_in("for %1 = 0i64 to 100 step 1 parallel {\n a0[99 - %1] = 1 @1\n}\n"));
}

TEST(Independence, OtherIterationsElements) {
  EXPECT_EQ(1, conflict_in("for %1 = 1i64 to 100 step 1 parallel {\n let %2 = a0[%1 - 1]\n a0[%1] = %2 @1\n}\n"));
  EXPECT_EQ(1, conflict_in("for %1 = 0i64 to 100 step 1 parallel {\n let %2 = a0[%1 + 1]\n a0[%1] = %2 @1\n}\n"));
  EXPECT_EQ(1, conflict_in("for %1 = 0i64 to 100 step 1 parallel {\n a0[7] = 1 @1\n}\n"));
  EXPECT_EQ(1, conflict_in("for %1 = 0i64 to 100 step 1 parallel {\n a0[%1] = 1 @1\n a0[99 - %1] = 2 @1\n}\n"));
  EXPECT_EQ(1, conflict_in("for %1 = 0i64 to 100 step 1 parallel {\n a0[%1 & 7] = 1 @1\n}\n"));
}

TEST(Independence, StepsLeaveRoom) {
  EXPECT_EQ(0, conflict_in("for %1 = 0i64 to 100 step 2 parallel {\n let %2 = a0[%1 + 1]\n a0[%1] = %2 @1\n}\n"));
  EXPECT_EQ(1, conflict_in("for %1 = 0i64 to 100 step 2 parallel {\n let %2 = a0[%1 + 2]\n a0[%1] = %2 @1\n}\n"));
  EXPECT_EQ(0, conflict_in("for %1 = 100i64 to 0 step -3 parallel {\n let %2 = a0[%1 - 2]\n a0[%1] = %2 @1\n}\n"));
  EXPECT_EQ(0, conflict_in("for %1 = 0i64 to 100 step p5 parallel {\n a0[%1] = 1 @1\n}\n"));
  EXPECT_EQ(1, conflict_in("for %1 = 0i64 to 100 step p5 parallel {\n let %2 = a0[%1 + 1]\n a0[%1] = %2 @1\n}\n"));
}

TEST(Independence, RowsOfAnInnerLoop) {
  const auto rows = [](const char* width, const char* pitch) {
    return conflict_in(std::string("for %1 = 0i64 to 10 step 1 parallel {\n for %2 = 0i64 to ") + width +
                       " step 1 {\n  a0[%1 * " + pitch + " + %2] = 1 @1\n }\n}\n");
  };
  EXPECT_EQ(0, rows("10", "10"));
  EXPECT_EQ(0, rows("10", "12"));
  EXPECT_EQ(1, rows("11", "10"));
  EXPECT_EQ(1, rows("p5", "10"));
}

TEST(Independence, PartsThatNeverMeet) {
  EXPECT_EQ(0, conflict_in("for %1 = 0i64 to 100 step 1 parallel {\n let %2 = a0[%1 + 100]\n a0[%1] = %2 @1\n}\n"));
  EXPECT_EQ(1, conflict_in("for %1 = 0i64 to 101 step 1 parallel {\n let %2 = a0[%1 + 100]\n a0[%1] = %2 @1\n}\n"));
}

TEST(Independence, WhatNoIterationChangesMayBeUnknown) {
  EXPECT_EQ(0, conflict_in("for %1 = 0i64 to 100 step 1 parallel {\n a0[%1 + p5] = 1 @1\n}\n"));
  EXPECT_EQ(1, conflict_in("for %1 = 0i64 to 100 step 1 parallel {\n a0[%1 + p5] = 1 @1\n a0[%1] = 2 @1\n}\n"));
  EXPECT_EQ(0, conflict_in("for %1 = 0i32 to p4 step 1 parallel {\n a3[i64(%1)] = 1 @1\n}\n"));
}

TEST(Independence, IndexesThatWrap) {
  EXPECT_EQ(0, conflict_in("for %1 = p5 to 9000000000000000000 step 1 parallel {\n a3[%1 + 3] = 1 @1\n}\n"));
  EXPECT_EQ(1, conflict_in("for %1 = p5 to 9000000000000000000 step 1 parallel {\n a3[%1 * 3] = 1 @1\n}\n"));
  EXPECT_EQ(0, conflict_in("for %1 = 0i64 to 4000000000000000000 step 1 parallel {\n a3[%1] = 1 @1\n}\n"));
  EXPECT_EQ(1, conflict_in("for %1 = 0i64 to 4000000000000000000 step 1 parallel {\n a3[%1 * 1024] = 1 @1\n}\n"));
  EXPECT_EQ(1, conflict_in("for %1 = 0i32 to 1000 step 1 parallel {\n a3[i64(u8(%1))] = 1 @1\n}\n"));
}

TEST(Independence, ScratchOfAnIterationIsItsOwn) {
  const ir::Program program = ir::parse(
      "program \"f\"(out i32[100] a0) -> void {\n array a1 = scratch i32[4]\n for %1 = 0i64 to 100 step 1 parallel {\n"
      "  a1[0] = 1\n  let %2 = a1[0]\n  a0[%1] = %2\n }\n}\n");
  EXPECT_FALSE(find_conflict(program));
}

}  // namespace
}  // namespace cogent::analysis
