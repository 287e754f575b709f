// How loops, blocks and branches are written.
#include <gtest/gtest.h>

#include "unit/cpp/printed.h"

namespace cogent::cpp {
namespace {

// ---- loops

TEST(Loops, GoUpAndDown) {
  const auto loop = [](const char* range) {
    const std::string body =
        printed_body("out i32[9] a0, i64 p1) -> void", std::string("  for %1 = ") + range + " {\n    a0[0] = 1\n  }\n");
    return body.substr(2, body.find('\n') - 2);
  };
  EXPECT_EQ("for (int64_t i = 0; i < 9; ++i) {", loop("0i64 to 9 step 1"));
  EXPECT_EQ("for (int i = 2; i < 9; i += 3) {", loop("2i32 to 9 step 3"));
  EXPECT_EQ("for (int i = 8; i > -1; --i) {", loop("8i32 to -1 step -1"));
  EXPECT_EQ("for (int64_t i = 8; i > std::max<int64_t>(x1, 0); i -= 2) {", loop("8i64 to max(p1, 0) step -2"));
  EXPECT_EQ("for (int64_t i = 0; i < x1; ++i) {", loop("0i64 to p1 step 1"));
  EXPECT_EQ("for ([[maybe_unused]] const int64_t i : indexes<int64_t>(0, x1, 2, 0)) {", loop("0i64 to p1 step 2"));
  EXPECT_EQ("for ([[maybe_unused]] const uint8_t i : indexes<uint8_t>(0, 255, 2, 0)) {", loop("0u8 to 255 step 2"));
  EXPECT_EQ("for ([[maybe_unused]] const int64_t i : indexes<int64_t>(0, 9, x1, 0)) {", loop("0i64 to 9 step p1"));
}

TEST(Loops, ReadTheirBoundsOnce) {
  EXPECT_EQ(R"(  const int t0 = a0[0];
  for (int i = 0; i < t0; ++i) {
    a0[0] = i;
  }
)",
            printed_body("inout i32[2] a0) -> void", R"(
  let %1 = a0[0]
  for %2 = 0i32 to %1 step 1 {
    a0[0] = %2
  }
)"));
}

TEST(Loops, ThatBeginWithAnExitAreWhileLoops) {
  EXPECT_EQ(R"(  int v0 = 0;
  while (v0 < x0) {
    v0 = wrapping_add(v0, 3);
  }
  return v0;
)",
            printed_body("i32 p0) -> i32", R"(
  v0 = var 0i32
  L1: loop {
    let %1 = v0
    if p0 <= %1 {
      break L1
    }
    v0 = %1 + 3
  }
  let %2 = v0
  return %2
)"));
}

TEST(Loops, ThatExitInTheMiddleAreForEver) {
  EXPECT_EQ(R"(  while (true) {
    a0[0] = 1;
    if (a0[1] == 3) {
      break;
    }
    if (a0[1] == 4) {
      continue;
    }
    a0[0] = 2;
  }
)",
            printed_body("inout i32[2] a0) -> void", R"(
  L1: loop {
    a0[0] = 1
    let %1 = a0[1]
    if %1 == 3 {
      break L1
    }
    let %2 = a0[1]
    if %2 == 4 {
      continue L1
    }
    a0[0] = 2
  }
)"));
}

TEST(Loops, AreLeftFromWithinOthersByLabels) {
  EXPECT_EQ(R"(  for (int64_t i = 0; i < 4; ++i) {
    {
      for (int64_t j = 0; j < 4; ++j) {
        if (i == j) {
          goto next_1;
        }
        if (j < i) {
          goto done_1;
        }
      }
      a0[i] = 1;
    }
    next_1:;
  }
  done_1:;
  a0[0] = 2;
)",
            printed_body("out i32[4] a0) -> void", R"(
  L1: for %1 = 0i64 to 4 step 1 {
    for %2 = 0i64 to 4 step 1 {
      if %1 == %2 {
        continue L1
      }
      if %2 < %1 {
        break L1
      }
    }
    a0[%1] = 1
  }
  a0[0] = 2
)"));
}

TEST(Blocks, AreLoopsThatRunOnce) {
  EXPECT_EQ(R"(  do {
    if (x1) {
      break;
    }
    a0[0] = 1;
  } while (false);
)",
            printed_body("out i32[4] a0, bool p1) -> void", R"(
  L1: block {
    if p1 {
      break L1
    }
    a0[0] = 1
  }
)"));
}

TEST(Blocks, ThatALoopIsLeftFromAreBracesWithALabel) {
  EXPECT_EQ(R"(  for (int64_t i = 0; i < 4; ++i) {
    {
      if (x1) {
        break;
      }
      if (x2) {
        goto done_2;
      }
      a0[0] = 1;
    }
    done_2:;
  }
)",
            printed_body("out i32[4] a0, bool p1, bool p2) -> void", R"(
  L1: for %1 = 0i64 to 4 step 1 {
    L2: block {
      if p1 {
        break L1
      }
      if p2 {
        break L2
      }
      a0[0] = 1
    }
  }
)"));
}

// ---- branches

TEST(Branches, AreChained) {
  EXPECT_EQ(R"(  if (x1 < 0) {
    a0[0] = 1;
  } else if (a0[1] == 3) {
    a0[0] = 2;
  } else {
    a0[0] = 3;
  }
)",
            printed_body("inout i32[4] a0, i32 p1) -> void", R"(
  if p1 < 0 {
    a0[0] = 1
  } else {
    let %1 = a0[1]
    if %1 == 3 {
      a0[0] = 2
    } else {
      a0[0] = 3
    }
  }
)"));
}

TEST(Branches, WithNothingToDoAreTurnedRound) {
  EXPECT_EQ("  if (x1 >= 0) {\n    a0[0] = 1;\n  }\n", printed_body("out i32[4] a0, i32 p1) -> void", R"(
  if p1 < 0 {
  } else {
    a0[0] = 1
  }
  if p1 < 3 {
  }
)"));
}

TEST(Conditions, ThatSkipTheirRightSideAreWrittenAsSuch) {
  EXPECT_EQ(R"(  int v0 = x1;
  while (v0 > 0 && a0[v0 & 3] != 7) {
    v0 = wrapping_subtract(v0, 1);
  }
  if (x1 == 3 || v0 < 9) {
    a0[1] = v0;
  }
)",
            printed_body("inout i32[4] a0, i32 p1) -> void", R"(
  v0 = var p1
  L1: loop {
    let %1 = v0
    v1 = var false
    if 0 < %1 {
      let %2 = a0[i64(%1 & 3)]
      v1 = %2 != 7
    }
    let %3 = v1
    if %3 == false {
      break L1
    }
    v0 = %1 + -1
  }
  let %4 = v0
  v2 = var true
  if p1 != 3 {
    let %5 = v0
    v2 = %5 < 9
  }
  let %6 = v2
  if %6 {
    a0[1] = %4
  }
)"));
}

TEST(Conditions, WhoseRightSideMayFaultAreStatements) {
  EXPECT_EQ(R"(  bool v0 = false;
  if (x1 > 0) {
    const int t0 = at(a0, 4, x1, 0);
    v0 = t0 == 7;
  }
  return v0;
)",
            printed_body("in i32[4] a0, i64 p1) -> bool", R"(
  v0 = var false
  if 0 < p1 {
    let %1 = a0[p1]
    v0 = %1 == 7
  }
  let %2 = v0
  return %2
)"));
}

}  // namespace
}  // namespace cogent::cpp
