// Every operation and conversion, on every type, with extreme and random operands, with either operand constant or not,
// against ir/semantics.h; and counted loops at the ends of their type's range.
#include <algorithm>
#include <vector>

#include "ir/semantics.h"
#include "unit/x86/scalar_fixture.h"

namespace cogent::x86 {
namespace {

using ir::Id;
using ir::Op;
using ir::Type;

constexpr Type integers[] = {Type::I8, Type::U8, Type::I16, Type::U16, Type::I32, Type::U32, Type::I64, Type::U64};
constexpr Op operations[] = {Op::Divide,  Op::Remainder, Op::Add,   Op::Subtract, Op::Multiply,  Op::Minimum,
                             Op::Maximum, Op::And,       Op::Or,    Op::Xor,      Op::ShiftLeft, Op::ShiftRight,
                             Op::Less,    Op::LessEqual, Op::Equal, Op::NotEqual};

std::vector<std::int64_t> interesting(Type type) {
  std::vector<std::int64_t> values;
  for (const std::int64_t value : {0, 1, 2, 3, 5, 7, 8, 10, 16, 25, 31, 32, 63, 64, 100, 127, 128, 255, 641, 1000})
    for (const std::int64_t sign : {1, -1}) values.push_back(ir::canonical(sign * value, type));
  for (const std::int64_t offset : {0, 1, 2}) {
    values.push_back(ir::canonical(ir::lowest_of(type) + offset, type));
    values.push_back(ir::canonical(ir::highest_of(type) - offset, type));
  }
  testing::Random random(7);
  for (int i = 0; i < 6; ++i) values.push_back(random.value(type));
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

std::int64_t wrapped_sum(Type type, std::int64_t a, std::int64_t b) {
  return ir::canonical(static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b)), type);
}

class ScalarOperations : public ScalarProgram {};

TEST_P(ScalarOperations, OnTwoParameters) {
  for (const Type type : integers)
    for (const Op op : operations) {
      start(ir::is_comparison(op) ? Type::Bool : type);
      const Id a = parameter(type), b = parameter(type);
      builder_.returns(builder_.binary(op, a, b));
      for (const std::int64_t x : interesting(type)) {
        const std::int64_t y = interesting(type)[static_cast<std::size_t>(x & 15)];
        for (const std::int64_t z : {y, x, ir::canonical(-1, type), ir::canonical(3, type)}) {
          if (ir::is_division(op) && z == 0) continue;
          ASSERT_EQ(run({x, z}), ir::evaluate_binary(op, type, x, z))
              << ir::name_of(type) << " op " << int(op) << ": " << x << ", " << z;
        }
      }
    }
}

TEST_P(ScalarOperations, WithAConstant) {
  for (const Type type : integers)
    for (const Op op : operations)
      for (const std::int64_t constant : interesting(type))
        for (const bool left : {false, true}) {
          if (ir::is_division(op) && (left || constant == 0)) continue;
          start(ir::is_comparison(op) ? Type::Bool : type);
          const Id a = parameter(type), c = builder_.constant(constant, type);
          builder_.returns(left ? builder_.binary(op, c, a) : builder_.binary(op, a, c));
          const bool sweeps = ir::is_division(op);
          const std::vector<std::int64_t> values = interesting(type);
          for (std::size_t i = 0; i < values.size(); i += sweeps ? 1 : 5) {
            const std::int64_t x = left ? constant : values[i], y = left ? values[i] : constant;
            ASSERT_EQ(run({values[i]}), ir::evaluate_binary(op, type, x, y))
                << ir::name_of(type) << " op " << int(op) << ": " << x << ", " << y;
          }
        }
}

TEST_P(ScalarOperations, Convert) {
  std::vector<Type> types(std::begin(integers), std::end(integers));
  types.push_back(Type::Bool);
  for (const Type from : types)
    for (const Type through : types)
      for (const Type to : types) {
        start(to);
        const Id a = parameter(from);
        builder_.returns(builder_.convert(builder_.convert(a, through), to));
        for (const std::int64_t x : from == Type::Bool ? std::vector<std::int64_t>{0, 1} : interesting(from))
          ASSERT_EQ(run({x}), ir::evaluate_convert(ir::evaluate_convert(x, from, through), through, to))
              << ir::name_of(from) << " to " << ir::name_of(through) << " to " << ir::name_of(to) << ": " << x;
      }
}

TEST_P(ScalarOperations, NarrowResultsStayCanonical) {  // a sum that wraps is compared and divided as its own type
  for (const Type type : integers) {
    start(type);
    const Id a = parameter(type), b = parameter(type);
    const Id sum = builder_.binary(Op::Add, a, b);
    const Id chosen = builder_.select(builder_.binary(Op::Less, sum, a), sum, b);
    builder_.returns(builder_.binary(Op::Divide, chosen, builder_.constant(3, type)));
    for (const std::int64_t x : interesting(type))
      for (const std::int64_t y : interesting(type)) {
        const std::int64_t s = ir::evaluate_binary(Op::Add, type, x, y);
        const std::int64_t c = ir::evaluate_binary(Op::Less, type, s, x) != 0 ? s : y;
        ASSERT_EQ(run({x, y}), ir::evaluate_binary(Op::Divide, type, c, 3)) << ir::name_of(type) << x << ", " << y;
      }
  }
}

TEST_P(ScalarOperations, DivisionByZeroFaults) {
  for (const Type type : integers)
    for (const Op op : {Op::Divide, Op::Remainder}) {
      start(type);
      const Id a = parameter(type), b = parameter(type);
      builder_.returns(builder_.binary(op, a, b));
      run({5, 0});
      EXPECT_EQ(outcome_.end, interpret::Outcome::End::Fault);
      EXPECT_EQ(outcome_.fault.kind, ir::FaultKind::DivisionByZero);
    }
}

// Counts rounds and sums indexes of a loop with the given bounds, as parameters or constants.
TEST_P(ScalarOperations, LoopsAtTheEndsOfTheRange) {
  for (const Type type : integers)
    for (const int constants : {0, 1, 2, 3, 7})
      for (std::int64_t step : {1, 2, 3, 7, 64, -1, -2, -5, -64}) {
        if (step < 0 && !ir::is_signed(type)) continue;
        if (constants == 0 && step == 2) step = ir::highest_of(type) == -1 ? 1 : ir::highest_of(type);
        for (const std::int64_t near : {ir::lowest_of(type), ir::highest_of(type), std::int64_t{10}})
          for (const int from : {-9, -1, 0, 1, 8})
            for (const int to : {-9, -1, 0, 1, 8}) {
              const std::int64_t first = wrapped_sum(type, near, from), last = wrapped_sum(type, near, to);
              const std::uint64_t expected = ir::trip_count(type, first, last, step);
              if (expected > 300) continue;
              start(Type::U64);
              const Id a = parameter(type), b = parameter(type), c = parameter(type);
              const Id variable = builder_.declare(Type::U64, builder_.constant(0, Type::U64));
              builder_.open_for(constants & 1 ? builder_.constant(first, type) : a,
                                constants & 2 ? builder_.constant(last, type) : b,
                                constants & 4 ? builder_.constant(step, type) : c);
              const Id index = program_.statements[program_.regions[builder_.here()].owner].a;
              const Id weighted =
                  builder_.binary(Op::Multiply, builder_.get(variable), builder_.constant(31, Type::U64));
              builder_.set(variable, builder_.binary(Op::Add, weighted, builder_.convert(index, Type::U64)));
              builder_.close();
              builder_.returns(builder_.get(variable));
              std::uint64_t sum = 0;
              for (std::uint64_t k = 0; k < expected; ++k)
                sum = sum * 31 + static_cast<std::uint64_t>(wrapped_sum(
                                     type, first, static_cast<std::int64_t>(k * static_cast<std::uint64_t>(step))));
              ASSERT_EQ(static_cast<std::uint64_t>(run({first, last, step})), sum)
                  << ir::name_of(type) << " from " << first << " to " << last << " by " << step << ", constants "
                  << constants;
            }
      }
}

TEST_P(ScalarOperations, AStepOfZeroFaults) {
  for (const Type type : integers) {
    start(Type::Void);
    const Id a = parameter(type), b = parameter(type);
    builder_.open_for(a, a, b);
    builder_.close();
    run({0, 0});
    EXPECT_EQ(outcome_.fault.kind, ir::FaultKind::ZeroStep) << ir::name_of(type);
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, ScalarOperations, ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
