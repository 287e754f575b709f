// Which loops are vectorised, in which types, and the reasons for refusing.
#include "optimize/recognise_lanes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ir/parse.h"
#include "optimize/pipeline.h"

namespace cogent::optimize {
namespace {

using ir::LaneStep;
using ir::Type;

class RecogniseLanes : public testing::Test {
 protected:
  /// The one loop of a program; nullptr: refused.
  const ir::LaneLoop* recognise(const std::string& signature, const std::string& body) {
    program_ = ir::parse("program \"p\"(" + signature + ") -> void {\n" + body + "}\n");
    pipeline_.run(program_, {.collect_notes = true});
    const auto loops = pipeline_.find_lanes();
    return loops.empty() ? nullptr : &loops.front();
  }
  const ir::LaneLoop* map(const std::string& signature, const std::string& inside) {
    return recognise(signature, "  for %1 = 0i64 to 100 step 1 {\n" + inside + "  }\n");
  }
  void expect_refusal(const ir::LaneLoop* loop, const std::string& why) {
    EXPECT_EQ(loop, nullptr);
    const auto says_it = [&](const Note& note) { return note.text.find(why) != std::string::npos; };
    EXPECT_TRUE(std::ranges::any_of(pipeline_.notes(), says_it)) << why;
  }
  static int widest(const ir::LaneLoop& loop) {
    int bytes = 0;
    for (const LaneStep& step : loop.steps) bytes = std::max<int>(bytes, step.bytes);
    return bytes;
  }

  ir::Program program_;
  Pipeline pipeline_;
};

TEST_F(RecogniseLanes, ComputesNoWiderThanNeeded) {
  const auto bytes_for = [&](const char* expression) {
    const ir::LaneLoop* loop =
        map("in u8[100] a0, in u8[100] a1, out u8[100] a2",
            std::string("    let %2 = a0[%1]\n    let %3 = a1[%1]\n    a2[%1] = ") + expression + "\n");
    return loop == nullptr ? 0 : widest(*loop);
  };
  EXPECT_EQ(1, bytes_for("u8(i32(%2) + i32(%3))"));  // wraps as bytes do
  EXPECT_EQ(1, bytes_for("u8(i32(%2) & i32(%3))"));
  EXPECT_EQ(1, bytes_for("u8(max(i32(%2), i32(%3)))"));
  EXPECT_EQ(2, bytes_for("u8(min(i32(%2) + i32(%3), 255))"));  // needs the ninth bit
  EXPECT_EQ(2, bytes_for("u8(i32(%2) * i32(%3) >> 8)"));
  EXPECT_EQ(2, bytes_for("u8(i32(%2) * i32(%3) * 3 >> 8)"));
  EXPECT_EQ(4, bytes_for("u8(i32(%2) * i32(%3) * 3 >> 9)"));
}

TEST_F(RecogniseLanes, KnowsFormsThatNeedFewerBytes) {
  const auto bytes_for = [&](const char* expression) {
    const ir::LaneLoop* loop =
        map("in u8[100] a0, in u8[100] a1, out u8[100] a2, i32 p3",
            std::string("    let %2 = a0[%1]\n    let %3 = a1[%1]\n    a2[%1] = ") + expression + "\n");
    return loop == nullptr ? 0 : widest(*loop);
  };
  EXPECT_EQ(1, bytes_for("u8(max(i32(%2) - i32(%3), 0 - (i32(%2) - i32(%3))))"));  // a distance
  EXPECT_EQ(1, bytes_for("u8(i32(%2) * 2)"));
  EXPECT_EQ(2, bytes_for("u8(i32(%2) * 300 + i32(%3) * 200 >> 8)"));            // bits in the middle
  EXPECT_EQ(4, bytes_for("u8(min(i32(%2) * 300 + i32(%3) * 200 >> 8, 255))"));  // the bits above them count
  EXPECT_EQ(1, bytes_for("select(i32(%2) < p3, 7u8, %3)"));                     // of an I32, only whether it is
  EXPECT_EQ(1, bytes_for("select(i32(%2) == p3, 7u8, %3)"));                    // beyond the bytes
}

TEST_F(RecogniseLanes, TakesAbsoluteValuesAtOnce) {
  const std::string body = "    let %2 = a0[%1]\n    let %3 = a0[%1 + 1]\n";
  const auto has_absolute = [](const ir::LaneLoop& loop) {
    return std::ranges::any_of(loop.steps, [](const LaneStep& step) { return step.op == ir::Op::Absolute; });
  };
  const ir::LaneLoop* loop =
      map("in u8[101] a0, out u8[100] a1", body +
                                               "    a1[%1] = u8(min(max(i32(%2) * 2 - i32(%3) * 2, 0 - (i32(%2) * 2 - "
                                               "i32(%3) * 2)), 255))\n");
  ASSERT_NE(loop, nullptr);
  EXPECT_TRUE(has_absolute(*loop));
  EXPECT_EQ(2, widest(*loop));
  loop = map("in i32[101] a0, out i32[100] a1", body + "    a1[%1] = max(%2, 0 - %2)\n");  // of the lowest it wraps
  ASSERT_NE(loop, nullptr);
  EXPECT_TRUE(has_absolute(*loop));
}

TEST_F(RecogniseLanes, MultipliesWordsInPairs) {
  const auto pairs_in = [&](const char* expression) {
    const ir::LaneLoop* loop =
        map("in i16[100] a0, in u8[100] a1, out i32[100] a2",
            std::string("    let %2 = a0[%1]\n    let %3 = a1[%1]\n    a2[%1] = ") + expression + "\n");
    if (loop == nullptr) return -1;
    return static_cast<int>(
        std::ranges::count(loop->steps, LaneStep::Kind::PairDot, [](const LaneStep& step) { return step.kind; }));
  };
  EXPECT_EQ(1, pairs_in("i32(%2) * 30 + i32(%3) * 500"));
  EXPECT_EQ(1, pairs_in("i32(%2) * i32(%2) + i32(%3) * i32(%3) + 7"));
  EXPECT_EQ(1, pairs_in("i32(%2) * 30 - i32(%3)"));
  EXPECT_EQ(2, pairs_in("i32(%2) * 30 + i32(%3) * i32(%2) + 5"));  // a weight and a product
  EXPECT_EQ(0, pairs_in("i32(%2) * 40000 + i32(%3) * 500"));       // no weight of 16 bits
  EXPECT_EQ(0, pairs_in("i32(%2) + i32(%3)"));                     // nothing to multiply
  EXPECT_EQ(0, pairs_in("i32(%2) * 30 + (i32(%3) << i32(%3))"));
}

TEST_F(RecogniseLanes, KeepsFloatsAsTheyAre) {
  const ir::LaneLoop* loop = map("in f32[100] a0, out f32[100] a1", "    let %2 = a0[%1]\n    a1[%1] = %2 * %2\n");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->steps.back().type, Type::F32);
}

// A window of 11 x 11 elements; one of 12 x 12 has more accesses than are looked at.
TEST_F(RecogniseLanes, TakesLargeWindows) {
  const auto window = [&](int side) {
    std::string body = "    ";
    std::string sum = "%2";
    for (int k = 0; k < side * side; ++k) {
      const std::string number = "%" + std::to_string(2 + k);
      body += "let " + number + " = a0[%1 + " + std::to_string(k / side * 120 + k % side) + "]\n    ";
      if (k > 0) sum += " + " + number;
    }
    return map("in f32[2000] a0, out f32[100] a1", body + "a1[%1] = " + sum + "\n");
  };
  const ir::LaneLoop* loop = window(11);
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->accesses.size(), 122u);
  EXPECT_EQ(loop->pairs.size(), 121u);
  expect_refusal(window(12), "it accesses memory in too many places");
}

TEST_F(RecogniseLanes, LooksForOverlapOfArguments) {
  const ir::LaneLoop* loop = map("in u8[100] a0, out u8[100] a1", "    let %2 = a0[%1]\n    a1[%1] = %2\n");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->pairs.size(), 1u);
  EXPECT_TRUE(loop->is_repeatable);
}

TEST_F(RecogniseLanes, KnowsDistancesWithinAnArray) {
  const auto update = [&](const char* from, const char* to) {
    return map("inout i32[200] a0", std::string("    let %2 = a0[") + from + "]\n    a0[" + to + "] = %2 + 1\n");
  };
  const ir::LaneLoop* loop = update("%1", "%1");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->most_lanes, INT64_MAX);
  EXPECT_FALSE(loop->is_repeatable);
  loop = update("%1 + 3", "%1");  // reads ahead of what it writes
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->most_lanes, INT64_MAX);
  loop = update("%1", "%1 + 16");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->most_lanes, 16);
  expect_refusal(update("%1", "%1 + 1"), "an iteration needs what one shortly before it stored");
}

TEST_F(RecogniseLanes, GathersSums) {
  const std::string begin = "  v0 = var 0i32\n  for %1 = 0i64 to 100 step 1 {\n    let %2 = a0[%1]\n    let %3 = v0\n";
  const ir::LaneLoop* loop =
      recognise("in u8[100] a0, out i32[1] a1", begin + "    v0 = %3 + i32(%2)\n  }\n  let %9 = v0\n  a1[0] = %9\n");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->steps.back().kind, LaneStep::Kind::Reduce);
  EXPECT_EQ(loop->steps[loop->steps.back().a].bytes, 1);
}

TEST_F(RecogniseLanes, AddsFloatsInTheirOrder) {
  const std::string begin =
      "  v0 = var 0x0_f32\n  for %1 = 0i64 to 100 step 1 {\n    let %2 = a0[%1]\n    let %3 = v0\n";
  expect_refusal(
      recognise("in f32[100] a0, out f32[1] a1", begin + "    v0 = %3 + %2\n  }\n  let %9 = v0\n  a1[0] = %9\n"),
      "no sum, minimum or the like");
}

TEST_F(RecogniseLanes, GroupsWhatAlternates) {
  const ir::LaneLoop* loop = map("in u8[302] a0, out u8[200] a1",
                                 "    let %2 = a0[%1 * 3 + 2]\n    let %3 = a0[%1 * 3]\n    let %4 = a0[%1 * 3 + 4]\n"
                                 "    a1[%1 * 2 + 1] = %2 + %4\n    a1[%1 * 2] = %3\n");
  ASSERT_NE(loop, nullptr);
  ASSERT_EQ(loop->groups.size(), 3u);
  EXPECT_EQ(loop->groups[0].span, 3);
  EXPECT_EQ(loop->accesses[0].position, 2);
  EXPECT_EQ(loop->accesses[1].position, 0);
  EXPECT_EQ(loop->groups[1].span, 1);
  EXPECT_EQ(loop->groups[2].stride, 2);
  ASSERT_EQ(loop->pairs.size(), 2u);
  EXPECT_TRUE(loop->pairs[0].must_be_apart);
}

TEST_F(RecogniseLanes, KnowsWhatLiesBetween) {
  const auto update = [&](const std::string& inside) { return map("inout u8[220] a0", inside); };
  const ir::LaneLoop* loop = update("    let %2 = a0[%1 * 2]\n    a0[%1 * 2 + 1] = %2\n    a0[%1 * 2] = 7\n");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->most_lanes, INT64_MAX);
  // The load is done before the stores, which meet what it has loaded 8 iterations later.
  loop = update("    a0[%1 * 2] = 1\n    let %2 = a0[%1 * 2 + 16]\n    a0[%1 * 2 + 1] = %2\n");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->most_lanes, INT64_MAX);
  expect_refusal(update("    a0[%1 * 2 + 2] = 1\n    let %2 = a0[%1 * 2 + 2]\n    a0[%1 * 2 + 3] = %2\n"),
                 "an element is accessed between stores to its neighbours");
}

TEST_F(RecogniseLanes, LooksUpBytes) {
  const auto look_up = [&](const char* signature, const char* index) {
    return map(signature, std::string("    let %2 = a0[%1]\n    let %3 = a1[") + index + "]\n    a2[%1] = %3\n");
  };
  const ir::LaneLoop* loop = look_up("in u8[100] a0, in u8[256] a1, out u8[100] a2", "i64(%2)");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->accesses[1].table, 256);
  ASSERT_EQ(loop->pairs.size(), 2u);
  EXPECT_TRUE(loop->pairs[1].must_be_apart);
  loop = look_up("in u8[100] a0, in i8[80] a1, out i8[100] a2", "i64(%2 & 15)");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->accesses[1].table, 64);
  EXPECT_EQ(look_up("in u8[100] a0, in u8[40] a1, out u8[100] a2", "i64(%2 & 15)"), nullptr);  // too short to load
  EXPECT_EQ(look_up("in u8[100] a0, in i32[256] a1, out i32[100] a2", "i64(%2)"), nullptr);
}

TEST_F(RecogniseLanes, RefusesWhatIsNoMap) {
  expect_refusal(map("in u8[900] a0, out u8[100] a1", "    let %2 = a0[%1 * 5]\n    a1[%1] = %2\n"),
                 "neighbouring iterations do not access neighbouring elements");
  expect_refusal(map("in u8[100] a0, out u8[200] a1", "    let %2 = a0[%1]\n    a1[%1 * 2] = %2\n"),
                 "it stores some elements and leaves out others between them");
  expect_refusal(recognise("in u8[100] a0, out u8[100] a1",
                           "  v0 = var 0i32\n  for %1 = 0i64 to 100 step 1 {\n    let %2 = a0[%1]\n"
                           "    if %2 < 7 {\n      a1[%1] = %2\n      let %3 = v0\n      v0 = %3 + 1\n    }\n  }\n"
                           "  let %4 = v0\n  a1[0] = u8(%4)\n"),
                 "a condition decides about a variable and about elements of arrays");
  expect_refusal(map("in u8[200] a0, out u8[200] a1",
                     "    let %2 = a0[%1]\n    if %2 < 7 {\n      a1[%1 * 2] = %2\n      a1[%1 * 2 + 1] = %2\n    }\n"),
                 "a condition decides about elements that alternate in memory");
}

TEST_F(RecogniseLanes, MasksWhatAConditionDecides) {
  const ir::LaneLoop* loop =
      map("in u8[100] a0, out u8[100] a1", "    let %2 = a0[%1]\n    if %2 < 7 {\n      a1[%1] = %2\n    }\n");
  ASSERT_NE(loop, nullptr);
  EXPECT_FALSE(loop->accesses[0].is_conditional);
  EXPECT_TRUE(loop->accesses[1].is_conditional);
  EXPECT_EQ(widest(*loop), 1);
  const char* const update =
      "    let %2 = a0[%1]\n    if %2 < 7 {\n      let %3 = a1[%1] unchecked\n"
      "      a1[%1] = %2 + %3 unchecked\n    }\n";
  loop = map("in u8[100] a0, inout u8[100] a1", update);
  ASSERT_NE(loop, nullptr);
  EXPECT_FALSE(loop->accesses[1].is_conditional);  // the element is there in any case
  EXPECT_TRUE(loop->accesses[2].is_conditional);
  loop = map("in u8[100] a0, inout u8[?] a1", update);
  ASSERT_NE(loop, nullptr);
  EXPECT_TRUE(loop->accesses[1].is_conditional);
}

TEST_F(RecogniseLanes, CountsBitsInTheNarrowestLanes) {
  const ir::LaneLoop* loop = map("in u8[100] a0, out u8[100] a1", "    let %2 = a0[%1]\n    a1[%1] = popcount(%2)\n");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(widest(*loop), 1);
  loop = map("in i8[100] a0, out i32[100] a1", "    let %2 = a0[%1]\n    a1[%1] = popcount(i32(%2))\n");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(widest(*loop), 4);  // the sign's bits count
}

TEST_F(RecogniseLanes, TakesCopiesInAnotherOrderTogether) {
  const std::string swapped =
      "    let %2 = a0[%1 * 4]\n    a1[%1 * 4 + 2] = %2\n    let %3 = a0[%1 * 4 + 1]\n"
      "    a1[%1 * 4 + 1] = %3\n    let %4 = a0[%1 * 4 + 2]\n    a1[%1 * 4] = %4\n"
      "    let %5 = a0[%1 * 4 + 3]\n    a1[%1 * 4 + 3] = ";
  const ir::LaneLoop* loop = map("in u8[400] a0, out u8[400] a1", swapped + "%5\n");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->permutation.stride, 4);
  EXPECT_EQ(loop->permutation.sources[0], 2);
  EXPECT_EQ(loop->permutation.sources[3], 3);
  EXPECT_TRUE(loop->steps.empty());
  ASSERT_EQ(loop->pairs.size(), 1u);  // the arguments may overlap
  loop = map("in u8[400] a0, out u8[400] a1", swapped + "%5 + 1u8\n");
  ASSERT_NE(loop, nullptr);
  EXPECT_EQ(loop->permutation.stride, 0);
}

}  // namespace
}  // namespace cogent::optimize
