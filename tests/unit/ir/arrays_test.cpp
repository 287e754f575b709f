// Arrays of a program: what the builder makes of them, which of them share memory, and the rules that they keep.
#include <gtest/gtest.h>

#include <functional>

#include "ir/builder.h"
#include "ir/parse.h"
#include "ir/text.h"
#include "ir/verifier.h"
#include "unit/ir/broken_rule.h"

namespace cogent::ir {
namespace {

class Arrays : public ::testing::Test {
 protected:
  Arrays() { builder_.start(program_); }
  Id grid() {
    Array array{.type = Type::U8, .access = Access::InOut, .rank = 2, .is_shaped = true};
    array.extents[0] = 3, array.extents[1] = 4;
    array.strides[0] = 6, array.strides[1] = 1;
    array.size = array.span();
    return builder_.add_array(array);
  }
  Id structs() {
    Array array{.type = Type::U8, .access = Access::InOut, .is_shaped = true, .size = 5, .element_bytes = 12};
    array.extents[0] = 5, array.strides[0] = 1;
    return builder_.add_array(array);
  }
  Id number(std::int64_t value) { return builder_.constant(value, Type::I64); }

  Program program_;
  Builder builder_;
};

TEST_F(Arrays, NeighboursOfAPlaceShareAllButAConstant) {
  const Id array = grid(), y = builder_.add_value(Type::I64), x = builder_.add_value(Type::I64);
  const Id indexes[] = {y, x};
  const Id next[] = {builder_.binary(Op::Add, y, number(1)), builder_.binary(Op::Add, x, number(2))};
  const Id place = builder_.place(array, indexes), neighbour = builder_.place(array, next);
  EXPECT_EQ(neighbour, builder_.binary(Op::Add, place, number(8)));
  EXPECT_EQ(4u, program_.statements.size());  // a Check for each index of each
  builder_.place(array, next);
  EXPECT_EQ(4u, program_.statements.size());
  const Id inside[] = {number(2), number(3)};
  EXPECT_EQ(number(15), builder_.place(array, inside));
  EXPECT_EQ(4u, program_.statements.size());
}

TEST_F(Arrays, ChecksAreMadeAnewInAnotherRegion) {
  const Id array = grid(), y = builder_.add_value(Type::I64), c = builder_.add_value(Type::Bool);
  builder_.check(array, y, 0);
  builder_.open_if(c);
  builder_.check(array, y, 0);
  builder_.close();
  EXPECT_EQ(3u, program_.statements.size());
}

TEST_F(Arrays, FieldsMeetOnlyThoseWithWhichTheyShareBytes) {
  const Id array = structs(), other = structs();
  const Id first = builder_.field(array, Type::I32, 0), second = builder_.field(array, Type::I32, 4);
  const Id half = builder_.field(array, Type::I16, 6), elsewhere = builder_.field(other, Type::I32, 4);
  EXPECT_EQ(first, builder_.field(array, Type::I32, 0));
  EXPECT_FALSE(program_.may_overlap(first, second));
  EXPECT_TRUE(program_.may_overlap(second, half));
  EXPECT_FALSE(program_.may_overlap(first, half));
  EXPECT_TRUE(program_.may_overlap(first, elsewhere));  // different arguments
  EXPECT_FALSE(program_.may_overlap(first, builder_.scratch(Type::I32, 9, 0)));
}

TEST_F(Arrays, IndexesIntoArraysWithinElementsAreChecked) {
  const Id array = structs(), index = builder_.add_value(Type::I64), count = builder_.add_value(Type::I64);
  builder_.check_within(array, index, 3);
  EXPECT_EQ("", describe(verify(program_)));
  program_.statements[0].c = count;
  EXPECT_EQ(22, verify(program_).at(0).rule);
}

TEST_F(Arrays, EqualTablesAreOneAndKnownElementsAreConstants) {
  const std::uint8_t bytes[] = {1, 2, 255};
  const Id table = builder_.table(Type::I8, bytes);
  EXPECT_EQ(table, builder_.table(Type::I8, bytes));
  EXPECT_NE(table, builder_.table(Type::U8, bytes));
  EXPECT_EQ(builder_.constant(-1, Type::I8), builder_.load(table, number(2)));
  EXPECT_TRUE(program_.statements.empty());
  builder_.load(table, number(3));
  EXPECT_EQ(1u, program_.statements.size());
}

constexpr const char* sample =
    R"(program "sample"(in u8[2, 3] strides [4, 1] a0, inout u8[9] strides [1] of 8 bytes a1, i64 p2) -> void {
  array a2 = field u16 at 4 of a1
  array a3 = table i8[2] {1 -2}
  array a4 = scratch i32[9]
  check a0 dimension 1: p2 within 3
  let %1 = a0[p2 + 4] proven
  check a1 dimension 0: p2 within 9
  a2[p2] = u16(%1) proven
  let %2 = a3[p2]
  a4[p2] = i32(%2)
}
)";

int broken_rule(const std::function<void(Program&)>& spoil) { return broken_rule_of(sample, spoil); }

TEST(ArrayRules, TheSampleKeepsThemAndReadsBack) {
  EXPECT_EQ("", describe(verify(parse(sample))));
  EXPECT_EQ(sample, print(parse(sample)));
}

TEST(ArrayRules, Rule21Shapes) {
  EXPECT_EQ(21, broken_rule([](Program& p) { p.arrays[0].rank = 4; }));
  EXPECT_EQ(21, broken_rule([](Program& p) { p.arrays[0].is_shaped = false; }));
  EXPECT_EQ(21, broken_rule([](Program& p) { p.arrays[0].strides[0] = -4; }));
  EXPECT_EQ(21, broken_rule([](Program& p) { p.arrays[0].size = 6; }));
  EXPECT_EQ(21, broken_rule([](Program& p) { p.arrays[2].offset = 7; }));
  EXPECT_EQ(21, broken_rule([](Program& p) { p.arrays[2].memory = 4; }));
  EXPECT_EQ(21, broken_rule([](Program& p) { p.arrays[2].access = Access::In; }));
  EXPECT_EQ(21, broken_rule([](Program& p) { p.arrays[3].first_byte = 1; }));
  EXPECT_EQ(21, broken_rule([](Program& p) { p.arrays[3].access = Access::InOut; }));
  EXPECT_EQ(21, broken_rule([](Program& p) { p.arrays[4].parameter = 0; }));
  EXPECT_EQ(21, broken_rule([](Program& p) { p.arrays[4].offset = 4; }));
}

TEST(ArrayRules, Rule22Accesses) {
  EXPECT_EQ(22, broken_rule([](Program& p) { p.statements[1].flags = 0; }));
  EXPECT_EQ(22, broken_rule([](Program& p) { p.statements[0].d = 2; }));
  EXPECT_EQ(22, broken_rule([](Program& p) { p.statements[2].a = 2; }));
}

}  // namespace
}  // namespace cogent::ir
