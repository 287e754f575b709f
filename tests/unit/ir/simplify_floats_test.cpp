// Folding of floats and functions: what may be replaced, what must stay, and that all of it keeps its value.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "ir/builder.h"
#include "ir/mathematics.h"

namespace cogent::ir {
namespace {

class SimplifyFloats : public ::testing::Test {
 protected:
  SimplifyFloats() { b_.start(program_); }
  Id f64(double value) { return b_.constant(std::bit_cast<std::int64_t>(value), Type::F64); }
  bool is(Id node, double value) const { return program_.is_constant(node, std::bit_cast<std::int64_t>(value)); }
  const Node& node(Id id) const { return program_.nodes[id]; }

  Program program_;
  Builder b_;
};

TEST_F(SimplifyFloats, ConstantsAreFolded) {
  EXPECT_TRUE(is(b_.binary(Op::Divide, f64(1), f64(0)), HUGE_VAL));
  EXPECT_TRUE(is(b_.unary(Op::SquareRoot, f64(2)), std::sqrt(2.0)));
  EXPECT_TRUE(is(b_.fused_multiply_add(f64(2), f64(3), f64(4)), 10));
  EXPECT_TRUE(is(b_.mathematics(*mathematical_function_named("pow"), f64(2), f64(10)), 1024));
  EXPECT_TRUE(is(b_.convert(b_.constant(-3, Type::I8), Type::F64), -3));
  EXPECT_EQ(0x4008000000000000, program_.value(b_.bits(f64(3), Type::I64)));
  EXPECT_TRUE(program_.is_constant(b_.binary(Op::RotateLeft, b_.constant(1, Type::U8), b_.constant(9, Type::U8)), 2));
}

TEST_F(SimplifyFloats, OnlyExactRulesApply) {
  const Id x = b_.add_value(Type::F64);
  EXPECT_EQ(x, b_.binary(Op::Multiply, f64(1), x));
  EXPECT_EQ(x, b_.binary(Op::Divide, x, f64(1)));
  EXPECT_EQ(x, b_.unary(Op::Negate, b_.binary(Op::Multiply, x, f64(-1))));
  EXPECT_EQ(Op::Add, node(b_.binary(Op::Add, x, f64(0))).op);
  EXPECT_EQ(Op::Subtract, node(b_.binary(Op::Subtract, x, x)).op);
  EXPECT_EQ(Op::Multiply, node(b_.binary(Op::Multiply, x, f64(0))).op);
  EXPECT_EQ(Op::Equal, node(b_.binary(Op::Equal, x, x)).op);
  EXPECT_EQ(Op::LessEqual, node(b_.binary(Op::LessEqual, x, x)).op);
  EXPECT_EQ(Op::Divide, node(b_.binary(Op::Divide, x, f64(0))).op);
  const Id twice = b_.binary(Op::Add, b_.binary(Op::Add, x, f64(1)), f64(2));
  EXPECT_EQ(Op::Add, node(node(twice).a).op);
  EXPECT_EQ(Op::Minimum, node(b_.binary(Op::Minimum, x, f64(HUGE_VAL))).op);
  EXPECT_NE(b_.binary(Op::Minimum, x, f64(2)), b_.binary(Op::Minimum, f64(2), x));
}

TEST_F(SimplifyFloats, TheNegationOfAnOrderIsNotTheOtherOrder) {
  const Id x = b_.add_value(Type::F64), y = b_.add_value(Type::F64);
  const Id less = b_.binary(Op::Less, x, y);
  const Id negated = b_.negate(less);
  EXPECT_EQ(Op::Equal, node(negated).op);
  EXPECT_EQ(less, node(negated).a);
  EXPECT_EQ(less, b_.negate(negated));
  EXPECT_EQ(b_.binary(Op::NotEqual, x, y), b_.negate(b_.binary(Op::Equal, x, y)));
}

TEST_F(SimplifyFloats, SelectionsBecomeTheMinimumThatTakesTheSameZero) {
  const Id x = b_.add_value(Type::F64), y = b_.add_value(Type::F64);
  const Id less = b_.binary(Op::Less, x, y);
  EXPECT_EQ(b_.binary(Op::Minimum, y, x), b_.select(less, x, y));
  EXPECT_EQ(b_.binary(Op::Maximum, x, y), b_.select(less, y, x));
  EXPECT_EQ(Op::Select, node(b_.select(b_.binary(Op::LessEqual, x, y), x, y)).op);
}

TEST_F(SimplifyFloats, ConversionsAreSkippedOnlyWhereNothingIsLost) {
  const Id byte = b_.add_value(Type::U8), word = b_.add_value(Type::I32), single = b_.add_value(Type::F32);
  const auto through = [&](Id value, Type between, Type type) { return b_.convert(b_.convert(value, between), type); };
  EXPECT_EQ(byte, through(byte, Type::F32, Type::U8));
  EXPECT_EQ(b_.convert(byte, Type::I32), through(byte, Type::F32, Type::I32));
  EXPECT_EQ(word, through(word, Type::F64, Type::I32));
  EXPECT_EQ(single, through(single, Type::F64, Type::F32));
  EXPECT_EQ(b_.convert(single, Type::I16), through(single, Type::F64, Type::I16));
  EXPECT_EQ(b_.convert(byte, Type::F64), through(byte, Type::I32, Type::F64));
  EXPECT_NE(word, through(word, Type::F32, Type::I32));                           // rounds
  EXPECT_NE(b_.convert(word, Type::U8), through(word, Type::F64, Type::U8));      // saturates
  EXPECT_NE(b_.convert(single, Type::U8), through(single, Type::I32, Type::U8));  // wraps
  EXPECT_NE(b_.convert(word, Type::F64), through(word, Type::F32, Type::F64));
}

TEST_F(SimplifyFloats, BitsGoBothWays) {
  const Id x = b_.add_value(Type::F32), number = b_.add_value(Type::I32);
  EXPECT_EQ(x, b_.bits(b_.bits(x, Type::U32), Type::F32));
  EXPECT_EQ(b_.bits(x, Type::I32), b_.bits(b_.bits(x, Type::I32), Type::I32));
  EXPECT_EQ(b_.convert(number, Type::U32), b_.bits(number, Type::U32));
}

}  // namespace
}  // namespace cogent::ir
