// How statements are written: variables, loops, branches, exits, faults.
#include <gtest/gtest.h>

#include "unit/cpp/printed.h"

namespace cogent::cpp {
namespace {

// ---- variables

TEST(Variables, ChangeByCompoundAssignment) {
  EXPECT_EQ(R"(  uint32_t v0 = x0;
  v0 += x1;
  v0 -= x1 * 3u;
  ++v0;
  v0 ^= x0;
  v0 <<= 3;
  v0 = x1 - v0;
  return v0;
)",
            printed_body("u32 p0, u32 p1) -> u32", R"(
  v0 = var p0
  v0 = p0 + p1
  %1 = (p0 + p1) - p1 * 3
  v0 = %1
  v0 = %1 + 1
  v0 = (%1 + 1) ^ p0
  v0 = ((%1 + 1) ^ p0) << 3
  v0 = p1 - (((%1 + 1) ^ p0) << 3)
  return p1 - (((%1 + 1) ^ p0) << 3)
)"));
}

TEST(Variables, OfSmallTypesChangeByCompoundAssignmentToo) {
  EXPECT_EQ(R"(  for (int64_t i = 0; i < 4; ++i) {
    uint8_t v0 = a0[i];
    v0 += x1;
    a0[i] = v0;
  }
)",
            printed_body("inout u8[4] a0, u8 p1) -> void", R"(
  for %1 = 0i64 to 4 step 1 {
    let %2 = a0[%1]
    v0 = var %2
    %3 = u8(i32(%2) + i32(p1))
    v0 = %3
    a0[%1] = %3
  }
)"));
}

TEST(Variables, BeginWithTheFirstValueThatMatters) {
  EXPECT_EQ(R"(  int v0 = x0 & 7;
  v0 += x0 & 3;
  return v0;
)",
            printed_body("i32 p0) -> i32", R"(
  v0 = var 0i32
  v0 = p0 & 7
  v0 = (p0 & 7) + (p0 & 3)
  return (p0 & 7) + (p0 & 3)
)"));
}

TEST(Variables, StepByWhatTheUserWroteAlthoughSumsAreJoined) {
  EXPECT_EQ(R"(  int v0 = x0;
  v0 = wrapping_add(v0, 2);
  a0[0] = v0;
  v0 = wrapping_add(v0, 3);
  a0[1] = v0;
)",
            printed_body("i32 p0, out i32[2] a0) -> void", R"(
  v0 = var p0
  v0 = p0 + 2
  a0[0] = p0 + 2
  v0 = p0 + 5
  a0[1] = p0 + 5
)"));
}

TEST(Variables, ThatNobodyReadsAreLeftOut) {
  EXPECT_EQ("  return x0;\n", printed_body("i32 p0) -> i32", R"(
  v0 = var p0 * p0
  v0 = p0 * p0 + p0
  return p0
)"));
}

TEST(Variables, WhoseOldValueIsNeededAreSaved) {
  EXPECT_EQ(R"(  uint32_t v0 = x0;
  for (int64_t i = 0; i < 4; ++i) {
    const uint32_t t0 = v0;
    v0 += a0[i];
    a0[i] = t0;
  }
  return v0;
)",
            printed_body("u32 p0, inout u32[4] a0) -> u32", R"(
  v0 = var p0
  for %1 = 0i64 to 4 step 1 {
    let %2 = v0
    let %3 = a0[%1]
    v0 = %2 + %3
    a0[%1] = %2
  }
  let %4 = v0
  return %4
)"));
}

// ---- values

TEST(Values, AreNamedWhenMemoryMayHaveChanged) {
  EXPECT_EQ(R"(  const int t0 = a0[0];
  a0[0] = a0[1];
  a0[1] = t0;
)",
            printed_body("inout i32[2] a0) -> void", R"(
  let %1 = a0[0]
  let %2 = a0[1]
  a0[0] = %2
  a0[1] = %1
)"));
}

TEST(Values, AreDeclaredBeforeTheirFirstUseWhereAllUsesSeeThem) {
  EXPECT_EQ(R"(  const uint32_t t0 = x0 * x0 + 1u;
  if (x1) {
    a0[0] = t0;
  } else {
    a0[1] = t0;
  }
)",
            printed_body("u32 p0, bool p1, out u32[2] a0) -> void", R"(
  if p1 {
    a0[0] = p0 * p0 + 1
  } else {
    a0[1] = p0 * p0 + 1
  }
)"));
}

TEST(Values, ThatAreShortAreWrittenOutEveryTime) {
  EXPECT_EQ("  a0[0] = x0 + 1u;\n  a0[1] = x0 + 1u;\n",
            printed_body("u32 p0, out u32[2] a0) -> void", "  a0[0] = p0 + 1\n  a0[1] = p0 + 1\n"));
}

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

// ---- faults

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

// ---- the text around

TEST(Text, SaysWhatItWasMadeForAndCompilesByItself) {
  EXPECT_EQ(R"(// sum: generated by Cogent for
//   a0: 3 elements
//   scale = 2
#include <cstdint>

namespace {

template <class T>
constexpr T wrapping_add(T a, T b) {
  return static_cast<T>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}

}  // namespace

extern "C" int sum(const int* a0, [[maybe_unused]] const uint8_t* a1,
    [[maybe_unused]] int64_t a1_size) {
  // all of it
  return wrapping_add(a0[0], a0[1]);
}
)",
            whole_text(R"(program "sum"(in i32[3] a0, in u8[?] a1) -> i32 {
  comment "all of it"
  let %1 = a0[0]
  let %2 = a0[1]
  return %1 + %2
})",
                       {.facts = {"scale = 2"}}));
}

TEST(Text, HasAnEntryForTests) {
  const std::string text = whole_text(R"(program "first"(in i32[?] a0, u8 p1) -> i32 {
  let %1 = a0[i64(p1)]
  return %1
})",
                                      {.with_entry = true});
  EXPECT_EQ(R"(extern "C" int32_t first_entry([[maybe_unused]] uint64_t* arguments,
    [[maybe_unused]] EntryError* error, void*) {
  try {
    arguments[0] = static_cast<uint64_t>(first(reinterpret_cast<const int*>(arguments[1]),
        static_cast<int64_t>(arguments[2]), static_cast<uint8_t>(arguments[3])));
    return 0;
  } catch (const Fault& fault) {
    *error = {static_cast<uint32_t>(fault.where), 0, fault.index};
    return 1;
  }
}
)",
            text.substr(text.rfind("extern \"C\"")));
}

}  // namespace
}  // namespace cogent::cpp
