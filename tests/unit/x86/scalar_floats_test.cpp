// Every operation on floats against ir/semantics.h: on special and random values, with constants on either side, after
// a load, as a condition of a branch, a selection and a requirement.
#include "ir/mathematics.h"
#include "ir/semantics.h"
#include "unit/x86/scalar_fixture.h"

namespace cogent::x86 {
namespace {

using ir::Id;
using ir::Op;
using ir::Type;

constexpr Type floats[] = {Type::F32, Type::F64};
constexpr Op binaries[] = {Op::Add,     Op::Subtract, Op::Multiply,  Op::Divide, Op::Minimum,
                           Op::Maximum, Op::Less,     Op::LessEqual, Op::Equal,  Op::NotEqual};
constexpr Op comparisons[] = {Op::Less, Op::LessEqual, Op::Equal, Op::NotEqual};
constexpr Op unaries[] = {Op::Negate, Op::Absolute, Op::SquareRoot, Op::Floor, Op::Ceil, Op::Round, Op::Truncate};

Type result_of(Op op, Type type) { return ir::is_comparison(op) ? Type::Bool : type; }

class ScalarFloats : public ScalarProgram {
 protected:
  // Makes the operands, by which each of a and b is a parameter or a constant, and runs on all pairs of the values.
  template <class Make, class Expect>
  void on_pairs(Type type, Type result, Make make, Expect expect) {
    start(result);
    const Id a = parameter(type), b = parameter(type);
    make(a, b);
    const std::vector<std::int64_t> values = special_floats(type);
    for (std::size_t i = 0; i < values.size(); ++i)
      for (std::size_t k = i % 3; k < values.size(); k += 3) {
        const std::int64_t x = values[i], y = values[k], actual = run({x, y}), expected = expect(x, y);
        ASSERT_TRUE(same_value(result, actual, expected))
            << ir::name_of(type) << ": " << float_of(type, x) << ", " << float_of(type, y) << std::hex << " gives "
            << actual << ", not " << expected;
      }
  }
};

TEST_P(ScalarFloats, BinaryOperations) {
  for (const Type type : floats)
    for (const Op op : binaries) {
      SCOPED_TRACE(int(op));
      on_pairs(
          type, result_of(op, type), [&](Id a, Id b) { builder_.returns(builder_.binary(op, a, b)); },
          [&](std::int64_t x, std::int64_t y) { return ir::evaluate_binary(op, type, x, y); });
    }
}

// The same operand twice, and an operand that is used again.
TEST_P(ScalarFloats, OperandsThatLiveOn) {
  for (const Type type : floats)
    for (const Op op : {Op::Subtract, Op::Divide, Op::Minimum, Op::Add}) {
      on_pairs(
          type, type,
          [&](Id a, Id b) {
            const Id first = builder_.binary(op, a, b), square = builder_.binary(op, b, b);
            builder_.returns(builder_.binary(Op::Add, builder_.binary(Op::Subtract, first, b), square));
          },
          [&](std::int64_t x, std::int64_t y) {
            const std::int64_t first = ir::evaluate_binary(op, type, x, y),
                               square = ir::evaluate_binary(op, type, y, y);
            return ir::evaluate_binary(Op::Add, type, ir::evaluate_binary(Op::Subtract, type, first, y), square);
          });
    }
}

TEST_P(ScalarFloats, WithAConstant) {
  for (const Type type : floats)
    for (const Op op : binaries)
      for (const double value : {0.0, -0.0, 1.5, -1e30, std::numeric_limits<double>::quiet_NaN()})
        for (const bool left : {false, true}) {
          const std::int64_t c = bits_of(type, value);
          start(result_of(op, type));
          const Id a = parameter(type);
          builder_.returns(left ? builder_.binary(op, constant(c, type), a)
                                : builder_.binary(op, a, constant(c, type)));
          for (const std::int64_t x : special_floats(type))
            ASSERT_TRUE(
                same_value(program_.result, run({x}), ir::evaluate_binary(op, type, left ? c : x, left ? x : c)))
                << ir::name_of(type) << " op " << int(op) << ": " << float_of(type, x) << " and " << value << left;
        }
}

TEST_P(ScalarFloats, UnaryOperations) {
  for (const Type type : floats)
    for (const Op op : unaries) {
      start(type);
      const Id a = parameter(type);
      builder_.returns(builder_.unary(op, a));
      std::vector<std::int64_t> values = special_floats(type);
      testing::Random random(9);
      for (int i = 0; i < 2000; ++i)
        values.push_back(bits_of(type, static_cast<double>(random.between(-4000, 4000)) / 8 + 0x1p-20));
      for (const std::int64_t x : values) {
        const std::int64_t actual = run({x}), expected = ir::evaluate_unary(op, type, x);
        const bool exact = op == Op::Negate || op == Op::Absolute;
        ASSERT_TRUE(actual == expected || (!exact && same_value(type, actual, expected)))
            << ir::name_of(type) << " op " << int(op) << ": " << float_of(type, x) << std::hex << " gives " << actual
            << ", not " << expected;
      }
    }
}

TEST_P(ScalarFloats, FusedMultiplyAdd) {
  for (const Type type : floats)
    for (const int again : {0, 1, 2, 4, 7}) {  // which operands are used once more
      start(type);
      const Id a = parameter(type), b = parameter(type), c = parameter(type);
      Id result = builder_.fused_multiply_add(a, b, c);
      const Id operands[] = {a, b, c};
      for (int i = 0; i < 3; ++i)
        if (again >> i & 1) result = builder_.binary(Op::Subtract, result, operands[i]);
      builder_.returns(result);
      testing::Random random(3);
      const std::vector<std::int64_t> values = special_floats(type);
      for (int i = 0; i < 3000; ++i) {
        const std::int64_t x[] = {random.pick(values), random.pick(values), random.pick(values)};
        std::int64_t expected = ir::evaluate_fused_multiply_add(type, x[0], x[1], x[2]);
        for (int k = 0; k < 3; ++k)
          if (again >> k & 1) expected = ir::evaluate_binary(Op::Subtract, type, expected, x[k]);
        ASSERT_TRUE(same_value(type, run({x[0], x[1], x[2]}), expected))
            << ir::name_of(type) << " " << float_of(type, x[0]) << ", " << float_of(type, x[1]) << ", "
            << float_of(type, x[2]) << ", again " << again;
      }
    }
}

TEST_P(ScalarFloats, Mathematics) {
  const auto functions = ir::mathematical_functions();
  for (const Type type : floats)
    for (Id function = 0; function < functions.size(); ++function) {
      start(type);
      const Id a = parameter(type), b = parameter(type);
      const Id called = builder_.mathematics(function, a, functions[function].operands == 2 ? b : ir::none);
      builder_.returns(builder_.binary(Op::Add, builder_.binary(Op::Multiply, called, b), a));
      const std::vector<std::int64_t> values = special_floats(type);
      for (std::size_t i = 0; i < values.size(); i += 2) {
        const std::int64_t x = values[i], y = values[(i * 7 + 3) % values.size()];
        const std::int64_t value = ir::evaluate_mathematics(function, type, x, y);
        const std::int64_t expected =
            ir::evaluate_binary(Op::Add, type, ir::evaluate_binary(Op::Multiply, type, value, y), x);
        ASSERT_TRUE(same_value(type, run({x, y}), expected)) << functions[function].name << " of " << float_of(type, x);
      }
    }
}

// ---- conditions

TEST_P(ScalarFloats, Branches) {
  for (const Type type : floats)
    for (const Op op : comparisons)
      for (const bool negated : {false, true})
        on_pairs(
            type, Type::I32,
            [&](Id a, Id b) {
              Id condition = builder_.binary(op, a, b);
              if (negated) condition = builder_.binary(Op::Equal, condition, constant(0, Type::Bool));
              const Id chosen = builder_.declare(Type::I32, constant(1, Type::I32));
              builder_.open_if(condition);
              builder_.set(chosen, constant(2, Type::I32));
              builder_.close();
              builder_.returns(builder_.get(chosen));
            },
            [&](std::int64_t x, std::int64_t y) {
              return std::int64_t{(ir::evaluate_binary(op, type, x, y) != 0) != negated ? 2 : 1};
            });
}

TEST_P(ScalarFloats, Selections) {
  for (const Type type : floats)
    for (const Op op : comparisons)
      for (const bool of_floats : {false, true})
        on_pairs(
            type, of_floats ? type : Type::I64,
            [&](Id a, Id b) {
              const Id condition = builder_.binary(op, a, b);
              const Type chosen = of_floats ? type : Type::I64;
              const Id first = of_floats ? b : constant(77, chosen), second = of_floats ? a : constant(-5, chosen);
              builder_.returns(builder_.select(condition, first, second));
            },
            [&](std::int64_t x, std::int64_t y) {
              const bool chosen = ir::evaluate_binary(op, type, x, y) != 0;
              return of_floats ? chosen ? y : x : std::int64_t{chosen ? 77 : -5};
            });
}

TEST_P(ScalarFloats, SelectionsByIntegers) {
  for (const Type type : floats) {
    start(type);
    const Id a = parameter(type), b = parameter(type), c = parameter(Type::I32);
    builder_.returns(builder_.select(builder_.binary(Op::Less, c, constant(3, Type::I32)), a, b));
    const std::int64_t x = bits_of(type, 1.25), y = bits_of(type, -7.5);
    EXPECT_EQ(run({x, y, 2}), x);
    EXPECT_EQ(run({x, y, 3}), y);
  }
}

TEST_P(ScalarFloats, Requirements) {
  for (const Type type : floats)
    for (const Op op : comparisons) {
      on_pairs(
          type, Type::Bool,
          [&](Id a, Id b) {
            builder_.require(builder_.binary(op, a, b), "holds");
            builder_.returns(constant(1, Type::Bool));
          },
          [&](std::int64_t x, std::int64_t y) { return ir::evaluate_binary(op, type, x, y); });
    }
}

INSTANTIATE_TEST_SUITE_P(Levels, ScalarFloats, ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

// ---- the same with hardly any registers

class ScalarFloatsSpilled : public ScalarFloats {
  RegisterFile registers() const override { return {1u << frame::rbx | 1u << frame::rsi, 3}; }
};

TEST_P(ScalarFloatsSpilled, Polynomial) {
  for (const Type type : floats) {
    on_pairs(
        type, type,
        [&](Id a, Id b) {
          const Id sum = builder_.binary(Op::Add, a, b), difference = builder_.binary(Op::Subtract, a, b);
          const Id product = builder_.binary(Op::Multiply, sum, difference);
          const Id least = builder_.binary(Op::Minimum, product, sum),
                   root = builder_.unary(Op::SquareRoot, difference);
          const Id fused = builder_.fused_multiply_add(least, root, sum);
          const Id chosen = builder_.select(builder_.binary(Op::LessEqual, sum, root), fused, product);
          const Id negated = builder_.unary(Op::Negate, builder_.unary(Op::Round, chosen));
          builder_.returns(builder_.binary(Op::Divide, negated, builder_.binary(Op::Maximum, difference, a)));
        },
        [&](std::int64_t a, std::int64_t b) {
          const auto evaluate = [&](Op op, std::int64_t x, std::int64_t y) {
            return ir::evaluate_binary(op, type, x, y);
          };
          const std::int64_t sum = evaluate(Op::Add, a, b), difference = evaluate(Op::Subtract, a, b);
          const std::int64_t product = evaluate(Op::Multiply, sum, difference);
          const std::int64_t least = evaluate(Op::Minimum, product, sum);
          const std::int64_t root = ir::evaluate_unary(Op::SquareRoot, type, difference);
          const std::int64_t fused = ir::evaluate_fused_multiply_add(type, least, root, sum);
          const std::int64_t chosen = evaluate(Op::LessEqual, sum, root) != 0 ? fused : product;
          const std::int64_t negated =
              ir::evaluate_unary(Op::Negate, type, ir::evaluate_unary(Op::Round, type, chosen));
          return evaluate(Op::Divide, negated, evaluate(Op::Maximum, difference, a));
        });
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, ScalarFloatsSpilled,
                         ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
