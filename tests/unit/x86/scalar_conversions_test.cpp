// Conversions between floats and every type, by value and by bits, and functions of an integer's bits, against
// ir/semantics.h.
#include "ir/semantics.h"
#include "unit/x86/scalar_fixture.h"

namespace cogent::x86 {
namespace {

using ir::Id;
using ir::Op;
using ir::Type;

constexpr Type floats[] = {Type::F32, Type::F64};
constexpr Type integers[] = {Type::I8, Type::U8, Type::I16, Type::U16, Type::I32, Type::U32, Type::I64, Type::U64};

std::vector<std::int64_t> values_of(Type type) {
  if (ir::is_float(type)) return special_floats(type);
  if (type == Type::Bool) return {0, 1};
  std::vector<std::int64_t> values;
  testing::Random random(11);
  for (int i = 0; i < 60; ++i) values.push_back(random.value(type));
  for (int bit = 0; bit < ir::width_of(type); ++bit)
    for (const std::int64_t near : {-1, 0, 1})
      values.push_back(
          ir::canonical(static_cast<std::int64_t>((std::uint64_t{1} << bit) + static_cast<std::uint64_t>(near)), type));
  // Between two floats: those that are rounded up, down and to even.
  for (const std::uint64_t tail : {0x3fu, 0x40u, 0x41u, 0xc0u, 0x200u, 0x400u, 0x401u, 0xc00u})
    for (const std::uint64_t head : std::initializer_list<std::uint64_t>{0x4000000000000000u, 0x8000000000000000u,
                                                                         0xfffffffffffff000u, 0x40000000u, 0xffffff00u})
      values.push_back(ir::canonical(static_cast<std::int64_t>(head + tail), type));
  return values;
}

class ScalarConversions : public ScalarProgram {
 protected:
  void convert(Type from, Type to) {
    start(to);
    builder_.returns(builder_.convert(parameter(from), to));
    for (const std::int64_t x : values_of(from)) {
      const std::int64_t actual = run({x}), expected = ir::evaluate_convert(x, from, to);
      ASSERT_TRUE(same_value(to, actual, expected))
          << ir::name_of(from) << " " << float_of(from, x) << std::hex << " (" << x << ") to " << ir::name_of(to)
          << " gives " << actual << ", not " << expected;
    }
  }
};

TEST_P(ScalarConversions, FromFloats) {
  for (const Type from : floats) {
    for (const Type to : integers) convert(from, to);
    for (const Type to : {Type::Bool, Type::F32, Type::F64}) convert(from, to);
  }
}

TEST_P(ScalarConversions, ToFloats) {
  for (const Type to : floats) {
    for (const Type from : integers) convert(from, to);
    convert(Type::Bool, to);
  }
}

// What was computed in a small type is in its range when it becomes a float, and the other way round.
TEST_P(ScalarConversions, AmongComputations) {
  for (const Type small : integers)
    for (const Type type : floats) {
      start(small);
      const Id a = parameter(small), b = parameter(type);
      const Id doubled = builder_.convert(builder_.binary(Op::Add, a, a), type);
      const Id back = builder_.convert(builder_.binary(Op::Multiply, doubled, b), small);
      builder_.returns(builder_.binary(Op::ShiftRight, builder_.binary(Op::Subtract, back, a), constant(1, small)));
      for (const std::int64_t x : values_of(small))
        for (const double factor : {1.0, -3.5, 0.001, 1e30}) {
          const std::int64_t y = bits_of(type, factor), sum = ir::evaluate_binary(Op::Add, small, x, x);
          const std::int64_t product =
              ir::evaluate_binary(Op::Multiply, type, ir::evaluate_convert(sum, small, type), y);
          const std::int64_t difference =
              ir::evaluate_binary(Op::Subtract, small, ir::evaluate_convert(product, type, small), x);
          ASSERT_EQ(run({x, y}), ir::evaluate_binary(Op::ShiftRight, small, difference, 1)) << ir::name_of(small) << x;
        }
    }
}

TEST_P(ScalarConversions, Bits) {
  for (const Type type : floats)
    for (const Type integer : {type == Type::F32 ? Type::I32 : Type::I64, type == Type::F32 ? Type::U32 : Type::U64}) {
      start(integer);
      const Id a = parameter(type);
      const Id plus_one = builder_.binary(Op::Add, builder_.bits(a, integer), constant(1, integer));
      builder_.returns(plus_one);
      for (const std::int64_t x : special_floats(type))
        ASSERT_EQ(run({x}), ir::canonical(static_cast<std::int64_t>(static_cast<std::uint64_t>(x) + 1), integer));
      start(type);
      const Id b = parameter(integer);
      builder_.returns(builder_.bits(builder_.binary(Op::Xor, b, constant(5, integer)), type));
      for (const std::int64_t x : values_of(integer)) ASSERT_EQ(run({x}), ir::canonical(x ^ 5, type));
    }
}

// ---- functions of an integer's bits

TEST_P(ScalarConversions, Counts) {
  for (const Type type : integers)
    for (const Op op : {Op::PopulationCount, Op::CountLeadingZeros, Op::CountTrailingZeros, Op::ByteSwap}) {
      start(type);
      const Id a = parameter(type), b = parameter(type);
      builder_.returns(builder_.unary(op, builder_.binary(Op::Add, a, b)));
      for (const std::int64_t x : values_of(type))
        for (const std::int64_t y : {std::int64_t{0}, std::int64_t{1}, ir::canonical(-1, type), ir::lowest_of(type)})
          ASSERT_EQ(run({x, y}), ir::evaluate_unary(op, type, ir::evaluate_binary(Op::Add, type, x, y)))
              << ir::name_of(type) << " op " << int(op) << " of " << x << " + " << y;
    }
}

TEST_P(ScalarConversions, Rotations) {
  for (const Type type : integers) {
    const std::vector<std::int64_t> values = values_of(type);
    start(type);
    const Id a = parameter(type), b = parameter(type);
    const Id rotated = builder_.binary(Op::RotateLeft, a, b);
    builder_.returns(builder_.binary(Op::Xor, rotated, builder_.binary(Op::Add, b, a)));
    for (const std::int64_t x : values)
      for (const std::int64_t count : {0, 1, 3, 7, 8, 15, 31, 33, 63, 64, -1, -9}) {
        const std::int64_t y = ir::canonical(count, type), expected = ir::evaluate_binary(Op::RotateLeft, type, x, y);
        ASSERT_EQ(run({x, y}), ir::canonical(expected ^ ir::evaluate_binary(Op::Add, type, x, y), type))
            << ir::name_of(type) << " " << x << " by " << count;
      }
    for (const std::int64_t count : {1, 5, 13, 40}) {
      const std::int64_t y = ir::canonical(count, type);
      start(type);
      builder_.returns(builder_.binary(Op::RotateLeft, parameter(type), constant(y, type)));
      for (const std::int64_t x : values) ASSERT_EQ(run({x}), ir::evaluate_binary(Op::RotateLeft, type, x, y));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, ScalarConversions,
                         ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

// With hardly any registers.
class ScalarConversionsSpilled : public ScalarConversions {
  RegisterFile registers() const override { return {1u << frame::rbx, 1}; }
};

TEST_P(ScalarConversionsSpilled, BetweenAllTypes) {
  for (const Type type : floats)
    for (const Type integer : integers) {
      convert(type, integer);
      convert(integer, type);
    }
}

INSTANTIATE_TEST_SUITE_P(Levels, ScalarConversionsSpilled,
                         ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
