// Addresses and checks of the scalar lowering, and programs whose size would break a recursive one.
#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "ir/builder.h"
#include "unit/x86/scalar_executor.h"
#include "x86/scalar.h"

namespace cogent::x86 {
namespace {

using ir::Id;
using ir::Op;
using ir::Type;

class ScalarMemory : public ::testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (GetParam() > detected_cpu_level()) GTEST_SKIP() << "this machine lacks the level";
    builder_.start(program_);
  }
  interpret::Outcome run(std::vector<std::uint64_t>& slots) {
    return CompiledProgram(program_, GetParam(), frame::allocatable_to_scalars(GetParam()))(slots.data());
  }
  Id constant(std::int64_t value) { return builder_.constant(value, Type::I64); }
  void prove_all() {
    for (ir::Statement& statement : program_.statements) statement.flags |= ir::proven_in_bounds;
  }

  ir::Program program_;
  ir::Builder builder_;
};

// The constant part of a proven index goes into the address, whether it fits 32 bits of bytes or not.
TEST_P(ScalarMemory, ProvenIndexesMayHaveLargeOffsets) {
  for (const std::int64_t offset : {std::int64_t{3}, std::int64_t{-5}, std::int64_t{1} << 27, std::int64_t{1} << 29,
                                    std::int64_t{1} << 40, -(std::int64_t{1} << 40)}) {
    builder_.start(program_);
    program_.result = Type::I64;
    const Id array = builder_.add_array({Type::I64, ir::Access::InOut});
    const Id index = builder_.add_value(Type::I64);
    const Id sum = builder_.binary(Op::Add, index, constant(offset));
    const Id loaded = builder_.load(array, sum);
    builder_.store(array, builder_.binary(Op::Add, index, constant(offset + 1)), constant(77));
    builder_.store(array, constant(offset + 4), constant(99));
    builder_.returns(loaded);
    prove_all();
    std::vector<std::int64_t> elements{10, 11, 12, 13, 14, 15};
    // The array begins where its element `offset` is the first of the elements.
    const std::uint64_t base =
        reinterpret_cast<std::uintptr_t>(elements.data()) - static_cast<std::uint64_t>(offset) * sizeof(std::int64_t);
    std::vector<std::uint64_t> slots{0, base, 0, 2};
    EXPECT_EQ(run(slots), interpret::Outcome{});
    EXPECT_EQ(slots[0], 12u) << offset;
    EXPECT_EQ(elements, (std::vector<std::int64_t>{10, 11, 12, 77, 99, 15})) << offset;
  }
}

TEST_P(ScalarMemory, AnIndexFaultReportsTheIndexAndStopsThere) {
  const Id array = builder_.add_array({Type::U16, ir::Access::InOut});
  const Id index = builder_.add_value(Type::I64);
  builder_.store(array, constant(0), builder_.constant(1, Type::U16));
  builder_.store(array, index, builder_.constant(2, Type::U16));
  builder_.store(array, constant(1), builder_.constant(3, Type::U16));
  for (const std::int64_t bad : {std::int64_t{4}, std::int64_t{-1}, std::int64_t{1} << 62, std::int64_t{1} << 32}) {
    std::vector<std::uint16_t> elements(4, 9);
    std::vector<std::uint64_t> slots{0, reinterpret_cast<std::uintptr_t>(elements.data()), 4,
                                     static_cast<std::uint64_t>(bad)};
    const interpret::Outcome outcome = run(slots);
    EXPECT_EQ(outcome.end, interpret::Outcome::End::Fault);
    EXPECT_EQ(outcome.fault.kind, ir::FaultKind::Index);
    EXPECT_EQ(outcome.fault.index, bad);
    EXPECT_EQ(outcome.fault.size, 4);
    EXPECT_EQ(elements, (std::vector<std::uint16_t>{1, 9, 9, 9})) << bad;
  }
}

TEST_P(ScalarMemory, AChainOfAMillionNodes) {
  program_.result = Type::I64;
  const Id a = builder_.add_value(Type::I64), b = builder_.add_value(Type::I64);
  Id chain = a;
  std::uint64_t expected = 5;
  for (int i = 0; i < 499000; ++i) {
    chain = builder_.binary(Op::Xor, builder_.binary(Op::Add, chain, b), a);
    expected = (expected + 7) ^ 5;
  }
  builder_.returns(chain);
  std::vector<std::uint64_t> slots{0, 5, 7};
  run(slots);
  EXPECT_EQ(slots[0], expected);
}

TEST_P(ScalarMemory, DeepNesting) {
  program_.result = Type::I64;
  const Id a = builder_.add_value(Type::I64);
  const Id depth = builder_.declare(Type::I64, constant(0));
  const int levels = 20000;
  for (int i = 0; i < levels; ++i) {
    builder_.open_if(builder_.binary(Op::NotEqual, a, constant(i)));
    builder_.set(depth, constant(i + 1));
  }
  for (int i = 0; i < levels; ++i) builder_.close();
  builder_.returns(builder_.get(depth));
  std::vector<std::uint64_t> slots{0, 12345};
  run(slots);
  EXPECT_EQ(slots[0], 12345u);
}

// `sum += array[i] * 3` is a check, a load, a lea, an addition and the loop's two instructions.
TEST_P(ScalarMemory, ALoopOverAVariableCopiesNothing) {
  program_.result = Type::I32;
  const Id array = builder_.add_array({.type = Type::U8, .access = ir::Access::In, .size = 100});
  const Id sum = builder_.declare(Type::I32, builder_.constant(0, Type::I32));
  const Id i = builder_.open_for(constant(0), constant(100), constant(1));
  const Id element = builder_.convert(builder_.load(array, i), Type::I32);
  const Id product = builder_.binary(Op::Multiply, element, builder_.constant(3, Type::I32));
  builder_.set(sum, builder_.binary(Op::Add, builder_.get(sum), product));
  builder_.close();
  builder_.returns(builder_.get(sum));
  MachineProgram machine;
  machine.clear(GetParam());
  ScalarLowering().run(program_, machine);
  std::vector<Opcode> body;
  bool inside = false;
  for (const Instruction& instruction : machine.instructions) {
    if (instruction.opcode == Opcode::LoopEnd) inside = false;
    if (inside && instruction.opcode != Opcode::Label) body.push_back(instruction.opcode);
    if (instruction.opcode == Opcode::LoopBegin) inside = true;
  }
  EXPECT_EQ(body, (std::vector<Opcode>{Opcode::FaultIf, Opcode::Load, Opcode::Lea, Opcode::Add, Opcode::Add,
                                       Opcode::JumpIf}));
  std::vector<std::uint8_t> elements(100);
  std::iota(elements.begin(), elements.end(), std::uint8_t{0});
  std::vector<std::uint64_t> slots{0, reinterpret_cast<std::uintptr_t>(elements.data())};
  run(slots);
  EXPECT_EQ(slots[0], 99u * 100 / 2 * 3);
}

INSTANTIATE_TEST_SUITE_P(Levels, ScalarMemory, ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
