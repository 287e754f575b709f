// Folding while building: whatever a random expression is simplified to, it computes what its operations say.
#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "interpret/interpreter.h"
#include "ir/builder.h"
#include "ir/semantics.h"
#include "support/random.h"

namespace cogent::ir {
namespace {

using cogent::testing::Random;

constexpr Type integer_types[] = {Type::I8, Type::U8, Type::I16, Type::U16, Type::I32, Type::U32, Type::I64, Type::U64};
constexpr Op arithmetic[] = {Op::Add, Op::Subtract, Op::Multiply, Op::Minimum,   Op::Maximum,
                             Op::And, Op::Or,       Op::Xor,      Op::ShiftLeft, Op::ShiftRight};
constexpr Op comparisons[] = {Op::Less, Op::LessEqual, Op::Equal, Op::NotEqual};
constexpr int parameter_count = 3;

/// A node and what it must compute, from the same random choices.
struct Expression {
  Id node;
  std::int64_t value;
};

/// Builds an expression and evaluates it beside, operation by operation.
class RandomExpression {
 public:
  RandomExpression(Builder& builder, Random& random, Type type) : b_(builder), random_(random), type_(type) {
    for (int i = 0; i < parameter_count; ++i) parameters_.push_back({builder.add_value(type), random.value(type)});
  }

  std::int64_t parameter(int i) const { return parameters_[static_cast<std::size_t>(i)].value; }

  Expression number(int depth) {
    if (depth == 0) return leaf();
    switch (random_.bits() % 8) {
      case 0:
        return choose(depth);
      case 1:
        return convert_there_and_back(depth);
      case 2:
        return divide(depth);
      default:
        return operate(random_.pick(std::vector<Op>(std::begin(arithmetic), std::end(arithmetic))), depth);
    }
  }

 private:
  Expression leaf() {
    if (random_.one_in(2)) return parameters_[random_.bits() % parameter_count];
    const std::int64_t value = random_.value(type_);
    return {b_.constant(value, type_), value};
  }
  Expression operate(Op op, int depth) {
    const Expression x = number(depth - 1), y = random_.one_in(6) ? x : number(random_.one_in(2) ? 0 : depth - 1);
    return {b_.binary(op, x.node, y.node), evaluate_binary(op, type_, x.value, y.value)};
  }
  Expression divide(int depth) {
    const Op op = random_.one_in(2) ? Op::Divide : Op::Remainder;
    const Expression x = number(depth - 1);
    const std::int64_t divisor = canonical(random_.between(1, 9), type_);
    return {b_.binary(op, x.node, b_.constant(divisor, type_)), evaluate_binary(op, type_, x.value, divisor)};
  }
  Expression condition(int depth) {
    const Op op = random_.pick(std::vector<Op>(std::begin(comparisons), std::end(comparisons)));
    const Expression x = number(depth - 1), y = random_.one_in(6) ? x : number(0);
    const Expression test{b_.binary(op, x.node, y.node), evaluate_binary(op, type_, x.value, y.value)};
    if (!random_.one_in(3)) return test;
    return {b_.negate(test.node), !test.value};
  }
  Expression choose(int depth) {
    const Expression test = condition(depth), x = number(depth - 1), y = number(0);
    return {b_.select(test.node, x.node, y.node), test.value != 0 ? x.value : y.value};
  }
  Expression convert_there_and_back(int depth) {
    const Expression x = number(depth - 1);
    const Type between = random_.one_in(5) ? Type::Bool : integer_types[random_.bits() % std::size(integer_types)];
    const std::int64_t there = evaluate_convert(x.value, type_, between);
    return {b_.convert(b_.convert(x.node, between), type_), evaluate_convert(there, between, type_)};
  }

  Builder& b_;
  Random& random_;
  const Type type_;
  std::vector<Expression> parameters_;
};

class Simplify : public ::testing::TestWithParam<Type> {};

TEST_P(Simplify, KeepsWhatExpressionsCompute) {
  Builder builder;
  Program program;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    Random random(seed);
    builder.start(program);
    program.result = GetParam();
    RandomExpression expression(builder, random, GetParam());
    const Expression made = expression.number(4);
    builder.returns(made.node);
    std::array<std::uint64_t, parameter_count + 1> slots{};
    for (int i = 0; i < parameter_count; ++i)
      slots[static_cast<std::size_t>(i) + 1] = static_cast<std::uint64_t>(expression.parameter(i));
    interpret::run(program, slots.data());
    ASSERT_EQ(static_cast<std::int64_t>(slots[0]), made.value) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Types, Simplify, ::testing::ValuesIn(integer_types),
                         [](const auto& info) { return std::string(name_of(info.param)); });

class SimplifyRules : public ::testing::Test {
 protected:
  void SetUp() override {
    builder.start(program);
    x = builder.add_value(Type::I32);
    y = builder.add_value(Type::I32);
  }
  Id number(std::int64_t value) { return builder.constant(value, Type::I32); }

  Builder builder;
  Program program;
  Id x = none, y = none;
};

TEST_F(SimplifyRules, LeaveNothingOfNeutralOperands) {
  EXPECT_EQ(builder.binary(Op::Add, x, number(0)), x);
  EXPECT_EQ(builder.binary(Op::Multiply, number(1), x), x);
  EXPECT_EQ(builder.binary(Op::Multiply, x, number(0)), number(0));
  EXPECT_EQ(builder.binary(Op::And, x, number(-1)), x);
  EXPECT_EQ(builder.binary(Op::ShiftLeft, x, number(32)), x);
  EXPECT_EQ(builder.binary(Op::Subtract, x, x), number(0));
}

TEST_F(SimplifyRules, GatherConstants) {
  const Id sum = builder.binary(Op::Add, builder.binary(Op::Subtract, x, number(3)), number(10));
  EXPECT_EQ(sum, builder.binary(Op::Add, x, number(7)));
  EXPECT_EQ(builder.binary(Op::Add, x, number(7)), builder.binary(Op::Add, number(7), x));
}

TEST_F(SimplifyRules, TurnTimesMinusOneIntoSubtraction) {
  const Id negative = builder.binary(Op::Multiply, y, number(-1));
  EXPECT_EQ(builder.binary(Op::Add, x, negative), builder.binary(Op::Subtract, x, y));
}

TEST_F(SimplifyRules, SeeMinimaAndMaximaInSelections) {
  const Id zero = number(0);
  EXPECT_EQ(builder.select(builder.binary(Op::Less, x, zero), zero, x), builder.binary(Op::Maximum, x, zero));
  EXPECT_EQ(builder.select(builder.binary(Op::Less, x, y), x, y), builder.binary(Op::Minimum, x, y));
}

TEST_F(SimplifyRules, SeeTheRowInAnIndexWithoutItsColumn) {
  const Id column = builder.binary(Op::Remainder, x, number(9));
  const Id row = builder.binary(Op::Divide, builder.binary(Op::Subtract, x, column), number(9));
  EXPECT_EQ(row, builder.binary(Op::Divide, x, number(9)));
}

TEST_F(SimplifyRules, DropConversionsThatChangeNothing) {
  const Id byte = builder.add_value(Type::U8);
  EXPECT_EQ(builder.convert(builder.convert(byte, Type::I32), Type::U8), byte);
  const Id wide = builder.convert(byte, Type::I32);
  EXPECT_EQ(builder.binary(Op::Minimum, builder.binary(Op::Maximum, wide, number(0)), number(255)), wide);
}

TEST_F(SimplifyRules, KeepADivisionByZeroAsAnEffect) {
  const Id quotient = builder.binary(Op::Divide, number(1), number(0));
  EXPECT_TRUE(is_pinned(program.nodes[quotient]));
  EXPECT_EQ(program.statements.back().what, Do::Let);
}

}  // namespace
}  // namespace cogent::ir
