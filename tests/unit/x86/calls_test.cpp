// Calls: arguments and results of both classes, what lives across them, the frame that they need, statuses.
#include <gtest/gtest.h>

#include <bit>
#include <vector>

#include "unit/x86/clobbering_callees.h"
#include "unit/x86/executable.h"
#include "x86/encoder.h"

namespace cogent::x86 {
namespace {

bool stack_is_aligned(void* frame) { return (reinterpret_cast<std::uintptr_t>(frame) & 15) == 0; }
__attribute__((noinline)) std::uint64_t check_stack(std::uint64_t* block) {
  const bool aligned = stack_is_aligned(__builtin_frame_address(0)) && stack_is_aligned(block);
  block[0] = 7;
  block[3] = 8;
  clobber();
  return aligned;
}

class Calls : public ::testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (GetParam() > detected_cpu_level()) GTEST_SKIP() << "this machine lacks the level";
    start();
  }
  void start() {
    program_.clear(GetParam());
    program_.vector_size = MachineProgram::size_of_scalars;
    arguments_ = program_.arguments();
  }
  VirtualRegister floating(std::uint32_t slot) {
    return program_.vector_from_memory_into(program_.new_vector(), Opcode::Vmovsd, 16, none,
                                            {arguments_, none, 8 * slot, 1});
  }
  void result(VirtualRegister v) {
    if (program_.registers[v] == RegisterClass::Vector)
      program_.vector_store(Opcode::VmovsdStore, 16, {arguments_, none, 0, 1}, v);
    else
      program_.store(8, {arguments_, none, 0, 1}, v);
  }
  Status run(std::uint64_t* slots, std::int64_t context = 0) {
    return run(slots, frame::allocatable_to_scalars(GetParam()), context);
  }
  Status run(std::uint64_t* slots, const RegisterFile& file, std::int64_t context = 0) {
    const Executable code(encoder_.encode(program_, scan_.run(program_, file)).bytes);
    return static_cast<Status>(code.entry()(slots, &error_, reinterpret_cast<void*>(context)));
  }
  static RegisterFile few_registers(CpuLevel level, int count) {
    RegisterFile file = frame::allocatable_to_scalars(level);
    while (std::popcount(file.general) > count) file.general &= file.general - 1;
    while (std::popcount(file.vector) > count) file.vector &= file.vector - 1;
    return file;
  }

  MachineProgram program_;
  LinearScan scan_;
  Encoder encoder_;
  ErrorRecord error_;
  VirtualRegister arguments_ = none;
};

// Every order of six arguments: the moves form chains and cycles.
TEST_P(Calls, ArgumentsInAnyOrder) {
  int order[6] = {0, 1, 2, 3, 4, 5};
  do {
    for (const bool used_later : {false, true}) {
      start();
      VirtualRegister values[6], passed[6];
      for (std::uint32_t i = 0; i < 6; ++i) values[i] = program_.load_argument(arguments_, i + 1);
      for (int i = 0; i < 6; ++i) passed[i] = values[order[i]];
      VirtualRegister sum = program_.new_general();
      program_.call(address_of(weigh_integers), passed, 6, sum);
      if (used_later)
        for (const VirtualRegister v : values) program_.binary_into(sum, Opcode::Add, 8, sum, Operand::of(v));
      result(sum);
      program_.return_status(Status::Done);
      std::uint64_t slots[7] = {0, 1, 2, 3, 4, 5, 6};
      std::uint64_t expected = used_later ? 21 : 0;
      for (int i = 5, weight = 100000; i >= 0; --i, weight /= 10)
        expected += static_cast<std::uint64_t>(weight * (order[i] + 1));
      ASSERT_EQ(run(slots), Status::Done);
      ASSERT_EQ(slots[0], expected);
    }
  } while (std::next_permutation(order, order + 6));
}

TEST_P(Calls, DoublesInAnyOrder) {
  int order[8] = {7, 6, 5, 4, 3, 2, 1, 0};
  for (int rotation = 0; rotation < 8; ++rotation, std::rotate(order, order + 1, order + 8)) {
    start();
    VirtualRegister values[8], passed[8];
    for (std::uint32_t i = 0; i < 8; ++i) values[i] = floating(i + 1);
    for (int i = 0; i < 8; ++i) passed[i] = values[order[i]];
    VirtualRegister first = program_.new_vector(), second = program_.new_vector();
    program_.call(address_of(weigh_doubles), values, 8, first);
    program_.call(address_of(weigh_doubles), passed, 8, second);
    result(program_.vector(Opcode::Vsubsd, 16, second, first));
    program_.return_status(Status::Done);
    std::uint64_t slots[9] = {};
    double expected = -87654321;
    for (int i = 0; i < 8; ++i) slots[i + 1] = std::bit_cast<std::uint64_t>(double(i + 1));
    for (int i = 0, weight = 1; i < 8; ++i, weight *= 10) expected += weight * (order[i] + 1);
    for (const int count : {2, 5, 16}) {
      ASSERT_EQ(run(slots, few_registers(GetParam(), count)), Status::Done);
      ASSERT_EQ(std::bit_cast<double>(slots[0]), expected) << count << " registers";
    }
  }
}

TEST_P(Calls, BothClassesAndConstants) {
  const VirtualRegister half = program_.scalar_constant(std::bit_cast<std::uint64_t>(0.5), 8);
  const VirtualRegister two = program_.scalar_constant(std::bit_cast<std::uint32_t>(2.0f), 4);
  const VirtualRegister a = program_.vector(Opcode::Vaddsd, 16, floating(1), half);
  const VirtualRegister passed[] = {a, program_.load_argument(arguments_, 2), two, program_.immediate(9)};
  const VirtualRegister sum = program_.new_general();
  program_.call(address_of(weigh_both), passed, 4, sum);
  result(sum);
  program_.return_status(Status::Done);
  std::uint64_t slots[3] = {0, std::bit_cast<std::uint64_t>(3.5), 5};
  EXPECT_EQ(run(slots), Status::Done);
  EXPECT_EQ(slots[0], 4u + 50 + 200 + 9000);
}

// Ten numbers of each class live across a call in a loop, with many registers and with few.
TEST_P(Calls, WhatLivesAcrossACallInALoopIsKept) {
  std::vector<VirtualRegister> integers, doubles;
  for (std::uint32_t i = 1; i <= 10; ++i) integers.push_back(program_.load_argument(arguments_, i));
  for (std::uint32_t i = 11; i <= 20; ++i) doubles.push_back(floating(i));
  const VirtualRegister count = program_.immediate(5), sum = program_.immediate(0);
  const VirtualRegister total = program_.vector(Opcode::Vsubsd, 16, doubles[0], doubles[0]);
  const Label head = program_.begin_loop();
  const VirtualRegister passed[] = {doubles[2], integers[3], program_.vector_unary(Opcode::Vcvtsd2ss, 16, doubles[4]),
                                    count};
  const VirtualRegister weighed = program_.new_general();
  program_.call(address_of(weigh_both), passed, 4, weighed);
  program_.binary_into(sum, Opcode::Add, 8, sum, Operand::of(weighed));
  for (const VirtualRegister v : integers) program_.binary_into(sum, Opcode::Add, 8, sum, Operand::of(v));
  for (const VirtualRegister v : doubles) program_.vector_into(total, Opcode::Vaddsd, 16, total, v);
  program_.binary_into(count, Opcode::Subtract, 8, count, Operand::of_immediate(1));
  program_.jump_if(Condition::NotEqual, 8, count, Operand::of_immediate(0), head);
  program_.end_loop();
  const VirtualRegister whole = program_.unary(Opcode::Move, 8, sum);
  const VirtualRegister converted = program_.vector_unary(Opcode::Vcvtsi2sdFrom64, 16, whole);
  result(program_.vector(Opcode::Vaddsd, 16, total, converted));
  program_.return_status(Status::Done);
  std::uint64_t slots[21] = {};
  double expected = 0;
  for (std::uint64_t i = 1; i <= 10; ++i) slots[i] = i, expected += 5 * double(i);
  for (std::uint64_t i = 11; i <= 20; ++i)
    slots[i] = std::bit_cast<std::uint64_t>(double(i)), expected += 5 * double(i);
  for (int i = 5; i > 0; --i) expected += 13 + 40 + 1500 + 1000 * i;
  for (const int registers : {2, 4, 7, 30}) {
    ASSERT_EQ(run(slots, few_registers(GetParam(), registers)), Status::Done);
    ASSERT_EQ(std::bit_cast<double>(slots[0]), expected) << registers << " registers";
  }
}

TEST_P(Calls, GiveTheCalleeAnAlignedBlock) {
  for (const bool spills : {false, true}) {
    start();
    const std::int32_t unused = program_.local(24), offset = program_.local(32);
    EXPECT_GE(offset, unused + 24);
    std::vector<VirtualRegister> values;
    for (int i = 0; spills && i < 41; ++i) values.push_back(floating(1));
    const VirtualRegister block = program_.local_address(offset), aligned = program_.new_general();
    program_.call(address_of(check_stack), &block, 1, aligned);
    const VirtualRegister sum =
        program_.binary(Opcode::Add, 8, program_.load(8, false, {block, none, 0, 1}), Operand::of(aligned));
    result(program_.binary(Opcode::Add, 8, sum, Operand::of(program_.load(8, false, {block, none, 24, 1}))));
    for (const VirtualRegister v : values) program_.vector_store(Opcode::VmovsdStore, 16, {arguments_, none, 8, 1}, v);
    program_.return_status(Status::Done);
    std::uint64_t slots[2] = {};
    EXPECT_EQ(run(slots), Status::Done);
    EXPECT_EQ(slots[0], 1u + 7 + 8);
  }
}

TEST_P(Calls, AFailedStatusIsReturnedAtOnce) {
  program_.return_if_failed(program_.load_argument(arguments_, 1));
  result(program_.immediate(5));
  program_.return_status(Status::Done);
  std::uint64_t slots[2] = {0, 1};
  EXPECT_EQ(run(slots), Status::Fault);
  EXPECT_EQ(slots[0], 0u);
  slots[1] = std::uint64_t{7} << 32;  // only 32 bits are a status
  EXPECT_EQ(run(slots), Status::Done);
  EXPECT_EQ(slots[0], 5u);
}

TEST_P(Calls, WhatTheCallerPassedIsAtHand) {
  const VirtualRegister context = program_.context(), record = program_.error_record();
  program_.store(8, {record, none, 8, 1}, context);
  result(program_.binary(Opcode::Add, 8, context, Operand::of(program_.context())));
  program_.return_status(Status::Done);
  std::uint64_t slots[1] = {};
  EXPECT_EQ(run(slots, 21), Status::Done);
  EXPECT_EQ(slots[0], 42u);
  EXPECT_EQ(error_.index, 21);
}

TEST_P(Calls, TooManyArgumentsAreRefused) {
  std::vector<VirtualRegister> values(7, program_.immediate(1));
  EXPECT_THROW(program_.call(1, values.data(), values.size(), none), std::logic_error);
}

// A variable that the call assigns is not restored to what it was.
TEST_P(Calls, TheResultMayReplaceAnArgument) {
  const VirtualRegister x = floating(1);
  const VirtualRegister passed[] = {x, x, x, x, x, x, x, x};
  program_.call(address_of(weigh_doubles), passed, 8, x);
  program_.vector_into(x, Opcode::Vaddsd, 16, x, x);
  result(x);
  program_.return_status(Status::Done);
  std::uint64_t slots[2] = {0, std::bit_cast<std::uint64_t>(2.0)};
  EXPECT_EQ(run(slots), Status::Done);
  EXPECT_EQ(std::bit_cast<double>(slots[0]), 2.0 * 22222222);
}

INSTANTIATE_TEST_SUITE_P(Levels, Calls, ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
