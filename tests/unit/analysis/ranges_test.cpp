// Ranges against all values that small operands can take.
#include "analysis/ranges.h"

#include <gtest/gtest.h>

#include <string>

#include "ir/builder.h"
#include "ir/parse.h"
#include "ir/semantics.h"
#include "support/random.h"

namespace cogent::analysis {
namespace {

using ir::Op;
using ir::Program;
using ir::Type;

// The indexes of two nested loops take all values of two intervals.
struct TwoIntervals {
  TwoIntervals(Type type, testing::Random& random) : type(type) {
    b.start(program);
    for (int i = 0; i < 2; ++i) {
      low[i] = random.between(static_cast<std::int64_t>(value_of(ir::lowest_of(type), type)), ir::highest_of(type) - 1);
      high[i] =
          std::min<std::int64_t>(low[i] + random.between(0, random.one_in(3) ? 255 : 9), ir::highest_of(type) - 1);
      node[i] = b.open_for(b.constant(low[i], type), b.constant(high[i] + 1, type), b.constant(1, type));
    }
  }
  template <class Visit>
  void for_all(Visit&& visit) const {
    for (std::int64_t x = low[0]; x <= high[0]; ++x)
      for (std::int64_t y = low[1]; y <= high[1]; ++y) visit(x, y);
  }
  Type type;
  Program program;
  ir::Builder b;
  std::int64_t low[2], high[2];
  Id node[2];
};

__int128 exact(Op op, std::int64_t x, std::int64_t y) {
  const __int128 a = x, c = y;
  switch (op) {
    case Op::Add:
      return a + c;
    case Op::Subtract:
      return a - c;
    case Op::Multiply:
      return a * c;
    case Op::Divide:
      return a / c;
    default:
      return a << (y & 7);
  }
}

constexpr Op operations[] = {Op::Divide,  Op::Remainder, Op::Add,   Op::Subtract, Op::Multiply,  Op::Minimum,
                             Op::Maximum, Op::And,       Op::Or,    Op::Xor,      Op::ShiftLeft, Op::ShiftRight,
                             Op::Less,    Op::LessEqual, Op::Equal, Op::NotEqual};

TEST(Ranges, HoldAllValuesOfEveryOperation) {
  testing::Random random(1);
  for (int round = 0; round < 4000; ++round) {
    const Type type = round % 2 == 0 ? Type::I8 : Type::U8;
    TwoIntervals intervals(type, random);
    const Op op = operations[static_cast<std::size_t>(round / 2) % std::size(operations)];
    const bool by_constant = random.one_in(2);
    if (by_constant) intervals.low[1] = intervals.high[1];
    const Id right = by_constant ? intervals.b.constant(intervals.high[1], type) : intervals.node[1];
    const Id result = intervals.b.binary(op, intervals.node[0], right);
    Ranges ranges;
    ranges.run(intervals.program);
    const bool can_wrap = op == Op::Divide || (op >= Op::Add && op <= Op::Multiply) || op == Op::ShiftLeft;
    const bool is_exact = can_wrap && intervals.program.nodes[result].op == op && !ranges.may_wrap(result);
    intervals.for_all([&](std::int64_t x, std::int64_t y) {
      if (ir::is_division(op) && y == 0) return;
      const std::int64_t value = ir::evaluate_binary(op, type, x, y);
      ASSERT_TRUE(ranges[result].contains(value)) << "op " << static_cast<int>(op) << ' ' << x << ' ' << y;
      if (is_exact) {
        ASSERT_TRUE(exact(op, x, y) == value) << "op " << static_cast<int>(op) << ' ' << x << ' ' << y;
      }
    });
  }
}

TEST(Ranges, HoldAllValuesOfConversions) {
  testing::Random random(2);
  for (int round = 0; round < 600; ++round) {
    TwoIntervals intervals(round % 2 == 0 ? Type::I16 : Type::U16, random);
    const Type to = static_cast<Type>(1 + round % 9);
    const Id result = intervals.b.convert(intervals.node[0], to);
    Ranges ranges;
    ranges.run(intervals.program);
    for (std::int64_t x = intervals.low[0]; x <= intervals.high[0]; ++x) {
      const Wide value = value_of(ir::evaluate_convert(x, intervals.type, to), to);
      ASSERT_TRUE(ranges[result].contains(value)) << x << " to " << ir::name_of(to);
      if (to != Type::Bool && !ranges.may_wrap(result)) {
        ASSERT_TRUE(value == x) << x << " to " << ir::name_of(to);
      }
    }
  }
}

class RangesOf : public ::testing::Test {
 protected:
  // The range of a value that is stored to a0 after the statement `before`, or within it if it is a loop.
  Range stored(const std::string& signature, const std::string& before, const std::string& value) {
    const bool is_loop = before.ends_with("{");
    program = ir::parse("program \"f\"(" + signature + ") -> void {\n" + before + "\na0[0] = " + value +
                        (is_loop ? "\n}" : "") + "\n}");
    ranges.run(program);
    for (const ir::Statement& statement : program.statements)
      if (statement.what == ir::Do::Store) return ranges[statement.c];
    return {1, 0};
  }
  void expect(std::int64_t low, std::int64_t high, const Range& range) {
    EXPECT_EQ(low, static_cast<std::int64_t>(range.low));
    EXPECT_EQ(high, static_cast<std::int64_t>(range.high));
  }
  Program program;
  Ranges ranges;
};

TEST_F(RangesOf, LoopIndexesEndAtTheLastIteration) {
  expect(2, 11, stored("out i32[9] a0", "for %1 = 2i32 to 12 step 3 {", "%1"));
  expect(3, 12, stored("out i32[9] a0", "for %1 = 12i32 to 2 step -3 {", "%1"));
  expect(5, INT64_MAX - 1, stored("out i64[9] a0, i64 p1", "for %1 = 5i64 to p1 step 1 {", "%1"));
  expect(-127, 100, stored("out i8[9] a0, i8 p1", "for %1 = 100i8 to p1 step -2 {", "%1"));
  expect(-5, 4, stored("out i8[9] a0, i8 p1", "for %1 = -5i8 to 5 step p1 {", "%1"));
}

TEST_F(RangesOf, LoadedValuesHaveTheRangeOfTheirType) {
  expect(-758, 7, stored("out i32[9] a0, in u8[9] a1", "let %1 = a1[0]", "i32(%1) * -3 + 7"));
}

TEST_F(RangesOf, ClampsAndSelectionsAreBounded) {
  expect(3, 9, stored("out i32[9] a0, i32 p1", "", "min(max(p1, 3), 9)"));
  expect(0, 20, stored("out i32[9] a0, i32 p1", "", "select(p1 < 4, p1 & 7, 20)"));
}

TEST_F(RangesOf, AbsoluteValuesAreNotNegativeUnlessTheyWrap) {
  const auto absolute = [&](const std::string& x) { return "max(" + x + ", 0 - (" + x + "))"; };
  const std::string of_bytes = "i32(%1) - 300", arguments = "out i32[9] a0, in u8[9] a1";
  expect(45, 300, stored(arguments, "let %1 = a1[0]", absolute(of_bytes)));
  expect(0, 250, stored(arguments, "let %1 = a1[0]", absolute("i32(%1) - 250")));
  expect(0, 250, stored(arguments, "let %1 = a1[0]", "max(0 - (i32(%1) - 250), i32(%1) - 250)"));
  expect(INT32_MIN, INT32_MAX, stored("out i32[9] a0, i32 p1", "", absolute("p1")));  // of the lowest number
  expect(-10, 245, stored(arguments, "let %1 = a1[0]", "max(i32(%1) - 250, 0 - (i32(%1) - 250) - 5)"));
}

TEST_F(RangesOf, SizesAreNotNegative) {
  expect(5, ir::most_bytes + 5, stored("out i64[9] a0, in u8[?] a1", "", "size(a1) + 5"));
}

TEST(Ranges, KnowUnsignedValuesBeyondInt64) {
  EXPECT_TRUE(range_of(Type::U64).high == Wide{UINT64_MAX});
  EXPECT_TRUE(value_of(-1, Type::U64) == Wide{UINT64_MAX});
  EXPECT_TRUE(range_of(Type::I64).low == Wide{INT64_MIN});
}

TEST(Ranges, TakeNoticeOfNewNodes) {
  Program program;
  ir::Builder b;
  b.start(program);
  const Id x = b.convert(b.add_value(Type::U8), Type::I32);
  Ranges ranges;
  ranges.run(program);
  EXPECT_EQ(255, static_cast<int>(ranges[x].high));
  const Id y = b.binary(Op::Add, x, b.constant(1, Type::I32));
  ranges.update();
  EXPECT_EQ(256, static_cast<int>(ranges[y].high));
}

TEST(Ranges, OfSquaresAreNotNegative) {
  const Program program = ir::parse("program \"x\"(i8 p0, i8 p1) -> i32 {\n return i32(p0) * i32(p0)\n}\n");
  Ranges ranges;
  ranges.run(program);
  EXPECT_EQ(0, static_cast<int>(ranges[program.statements[0].a].low));
  EXPECT_EQ(128 * 128, static_cast<int>(ranges[program.statements[0].a].high));
}

// The second array is computed from the first; both are copied within themselves.
TEST(Ranges, OfScratchArraysAreWhatIsStored) {
  const std::string fill = "  for %1 = 0i64 to 9 step 1 {\n    a2[%1] = 0i16\n    a3[%1] = 5i32\n  }\n";
  const std::string compute =
      "  for %2 = 0i64 to 8 step 1 {\n    let %3 = a0[%2]\n    a2[%2] = i16(i32(%3) * 3 - 7)\n"
      "    let %4 = a2[%2]\n    a3[%2] = i32(%4) * 10\n    let %5 = a3[%2]\n    a3[%2 + 1] = %5\n"
      "    a1[%2] = %5\n  }\n";
  const std::string signature = "program \"x\"(in u8[8] a0, out i32[8] a1) -> ";
  const std::string arrays = "void {\n  array a2 = scratch i16[9]\n  array a3 = scratch i32[9]\n";
  const Program program = ir::parse(signature + arrays + fill + compute + "}\n");
  const auto loaded = [&](Id array, const Ranges& ranges) {
    for (Id id = 0; id < program.nodes.size(); ++id)
      if (program.nodes[id].op == Op::Load && program.nodes[id].a == array)
        return std::pair(static_cast<int>(ranges[id].low), static_cast<int>(ranges[id].high));
    return std::pair(1, 0);
  };
  Ranges ranges;
  ranges.run(program);
  EXPECT_EQ(std::pair(-32768, 32767), loaded(2, ranges));
  ranges.learn_contents();
  EXPECT_EQ(std::pair(-7, 758), loaded(2, ranges));
  EXPECT_EQ(std::pair(-70, 7580), loaded(3, ranges));
  EXPECT_EQ(std::pair(0, 255), loaded(0, ranges));
}

TEST(Ranges, OfFloatsThatBecomeIntegersAreTheirLimits) {
  const auto range_of_value = [](const std::string& value) {
    const Program program = ir::parse("program \"x\"(f64 p0, f32 p1) -> i64 {\n return i64(" + value + ")\n}\n");
    Ranges ranges;
    ranges.run(program);
    const Range range = ranges[program.nodes[program.statements[0].a].a];
    return std::pair(static_cast<std::int64_t>(range.low), static_cast<std::int64_t>(range.high));
  };
  using Pair = std::pair<std::int64_t, std::int64_t>;
  const std::string zero = "0x0000000000000000_f64", big = "0x406fe66666666666_f64";   // 255.2
  const std::string minus = "0xc014000000000000_f64", nan = "0x7ff8000000000000_f64";  // -5
  EXPECT_EQ(Pair(0, 255), range_of_value("i32(min(max(p0, " + zero + "), " + big + "))"));
  EXPECT_EQ(Pair(0, 255), range_of_value("i32(max(min(p0, " + big + "), " + zero + "))"));
  EXPECT_EQ(Pair(-5, 255), range_of_value("i32(min(max(p0, " + minus + "), " + big + "))"));
  EXPECT_EQ(Pair(0, 255), range_of_value("u8(min(max(p0, " + minus + "), " + big + "))"));
  EXPECT_EQ(Pair(-5, 0), range_of_value("i32(max(min(p0, " + minus + "), " + minus + "))"));  // a NaN gives 0
  EXPECT_EQ(Pair(INT32_MIN, 255), range_of_value("i32(min(p0, " + big + "))"));
  EXPECT_EQ(Pair(INT32_MIN, INT32_MAX), range_of_value("i32(min(p0, " + nan + "))"));
  EXPECT_EQ(Pair(INT32_MIN, INT32_MAX), range_of_value("i32(p1)"));
  EXPECT_EQ(Pair(0, 1), range_of_value("i32(min(max(p1, 0x00000000_f32), 0x3f800000_f32))"));
}

}  // namespace
}  // namespace cogent::analysis
