// How accesses, divisions and requirements that may fault are written.
#include <gtest/gtest.h>

#include "unit/cpp/printed.h"

namespace cogent::cpp {
namespace {

TEST(Faults, OfAccessesThatAreNotProven) {
  EXPECT_EQ("  at(a0, 4, x1, 0) = at(a1, a1_size, x1, 0);\n",
            printed_body("out i32[4] a0, i64 p1, in i32[?] a1) -> void", R"(
  let %1 = a1[p1]
  a0[p1] = %1
)"));
}

TEST(Faults, AreNotPossibleInALoopOverAWholeArray) {
  EXPECT_EQ("  for (int64_t i = 0; i < a0_size; ++i) {\n    a0[i] = 7;\n  }\n",
            printed_body("out i32[?] a0) -> void", R"(
  for %1 = 0i64 to size(a0) step 1 {
    a0[%1] = 7
  }
)"));
}

TEST(Faults, HappenInOrder) {
  EXPECT_EQ(R"(  const int t0 = at(a0, 4, x1, 0);
  const int t1 = divide(5, x2, 0);
  at(a0, 4, x1, 0);
  a0[0] = 1;
  a0[1] = (t0 & 7) + (remainder_of(x2, t1, 0) & 7);
)",
            printed_body("inout i32[4] a0, i64 p1, i32 p2) -> void", R"(
  let %1 = a0[p1]
  let %2 = 5 / p2
  let %3 = a0[p1]
  a0[0] = 1
  let %4 = p2 % %2
  a0[1] = (%1 & 7) + (%4 & 7)
)"));
}

TEST(Faults, OfConditionsAreNotSkipped) {
  EXPECT_EQ(R"(  const int t0 = at(a0, 4, x1, 0);
  return x2 && t0 < 3;
)",
            printed_body("in i32[4] a0, i64 p1, bool p2) -> bool", R"(
  let %1 = a0[p1]
  return p2 & (%1 < 3)
)"));
}

TEST(Faults, OfRequirements) {
  EXPECT_EQ("  require(x0 < 3, \"say \\\"3\\\"\", 0);\n",
            printed_body("i32 p0) -> void", "  require p0 < 3, \"say \\\"3\\\"\"\n"));
}

}  // namespace
}  // namespace cogent::cpp
