// The frame, faults, declining, the line table, the pool and errors of the encoder, by running what it makes.
#include "x86/encoder.h"

#include <gtest/gtest.h>

#include "unit/x86/executable.h"
#include "x86/disassemble.h"

namespace cogent::x86 {
namespace {

class EncoderTest : public ::testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (GetParam() > detected_cpu_level()) GTEST_SKIP() << "this machine lacks the level";
    program_.clear(GetParam());
    arguments_ = program_.arguments();
  }
  void result(VirtualRegister v) { program_.store(8, {arguments_, none, 0, 1}, v); }
  MachineCode encode() { return encoder_.encode(program_, scan_.run(program_)); }
  Status run(std::uint64_t* slots) {
    const Executable code(encode().bytes);
    return code(slots, &error_);
  }

  MachineProgram program_;
  LinearScan scan_;
  Encoder encoder_;
  ErrorRecord error_;
  VirtualRegister arguments_ = none;
};

TEST_P(EncoderTest, AFaultReportsItsSiteAndIndex) {
  const VirtualRegister index = program_.load_argument(arguments_, 1);
  program_.fault_if(Condition::AboveEqual, 8, index, Operand::of_immediate(10),
                    program_.new_fault_site(ir::FaultKind::Index, 5), index);
  program_.fault_if(Condition::Equal, 8, index, Operand::of_immediate(3),
                    program_.new_fault_site(ir::FaultKind::DivisionByZero, 6));
  result(index);
  program_.return_status(Status::Done);
  std::uint64_t slots[2] = {99, 12};
  EXPECT_EQ(run(slots), Status::Fault);
  EXPECT_EQ(error_.site, 0u);
  EXPECT_EQ(error_.index, 12);
  EXPECT_EQ(slots[0], 99u);
  slots[1] = 3;
  EXPECT_EQ(run(slots), Status::Fault);
  EXPECT_EQ(error_.site, 1u);
  EXPECT_EQ(error_.index, 0);
  slots[1] = 9;
  EXPECT_EQ(run(slots), Status::Done);
  EXPECT_EQ(slots[0], 9u);
}

TEST_P(EncoderTest, Declines) {
  const VirtualRegister a = program_.load_argument(arguments_, 1);
  program_.decline_if(Condition::Less, 8, a, Operand::of_immediate(0));
  result(a);
  program_.return_status(Status::Done);
  std::uint64_t slots[2] = {0, ~std::uint64_t{0}};
  EXPECT_EQ(run(slots), Status::Declined);
  slots[1] = 1;
  EXPECT_EQ(run(slots), Status::Done);
}

// More live values than a page of the stack holds: the frame is touched page by page.
TEST_P(EncoderTest, LargeFramesWork) {
  const VirtualRegister seed = program_.load_argument(arguments_, 1);
  std::vector<VirtualRegister> values;
  for (int i = 0; i < 5000; ++i) values.push_back(program_.binary(Opcode::Add, 8, seed, Operand::of_immediate(i)));
  const VirtualRegister sum = program_.immediate(0);
  for (const VirtualRegister v : values) program_.binary_into(sum, Opcode::Add, 8, sum, Operand::of(v));
  result(sum);
  program_.return_status(Status::Done);
  std::uint64_t slots[2] = {0, 1000};
  EXPECT_EQ(run(slots), Status::Done);
  EXPECT_EQ(slots[0], 5000u * 1000u + 5000u * 4999u / 2);
}

TEST_P(EncoderTest, AFrameThatMightOverflowTheStackIsRefused) {
  const VirtualRegister seed = program_.load_argument(arguments_, 1);
  std::vector<VirtualRegister> values;
  for (int i = 0; i < 40000; ++i) values.push_back(program_.binary(Opcode::Add, 8, seed, Operand::of_immediate(i)));
  const VirtualRegister sum = program_.immediate(0);
  for (const VirtualRegister v : values) program_.binary_into(sum, Opcode::Add, 8, sum, Operand::of(v));
  try {
    encode();
    FAIL() << "the frame is too large";
  } catch (const EncodingError& error) {
    EXPECT_NE(std::string(error.what()).find("stack frame"), std::string::npos) << error.what();
  }
}

TEST_P(EncoderTest, TheLineTableNamesEachInstructionsLine) {
  program_.line = 3;
  const VirtualRegister a = program_.load_argument(arguments_, 1);
  program_.line = 5;
  program_.fault_if(Condition::Equal, 8, a, Operand::of_immediate(0), program_.new_fault_site(ir::FaultKind::Index, 0),
                    a);
  program_.line = 7;
  result(a);
  program_.return_status(Status::Done);
  const MachineCode code = encode();
  std::vector<int> lines;
  std::uint32_t last = 0;
  for (const LineEntry& entry : code.lines) {
    EXPECT_GE(entry.offset, last);
    EXPECT_LT(entry.offset, code.code_size);
    last = entry.offset;
    lines.push_back(entry.line);
  }
  EXPECT_EQ(lines, (std::vector<int>{0, 3, 5, 7, 5}));  // the cold stub belongs to the check's line
}

TEST_P(EncoderTest, ThePoolIsBehindTheCode) {
  const std::uint64_t constant = 0x123456789abcdef0u;
  const std::int32_t offset = program_.add_to_pool(&constant, sizeof constant, 8);
  result(program_.load(8, false, {program_.pool_address(offset), none, 0, 1}));
  program_.return_status(Status::Done);
  const MachineCode code = encode();
  EXPECT_LT(code.code_size, code.bytes.size());
  std::uint64_t slots[1] = {};
  EXPECT_EQ(run(slots), Status::Done);
  EXPECT_EQ(slots[0], constant);
}

TEST_P(EncoderTest, AnInstructionThatTheLevelLacksIsRefused) {
  if (GetParam() == CpuLevel::Avx512) {
    const VirtualRegister v = program_.vector_zero(32);
    program_.vector(Opcode::Vpblendd, 32, v, v, 1);
  } else {
    const VirtualRegister v = program_.vector_zero(16);
    program_.vector_into(v, Opcode::Vpdpbusd, 16, v, v);
  }
  EXPECT_THROW(encode(), EncodingError);
}

// One encoder serves small and huge programs in turn.
TEST_P(EncoderTest, GrowsForHugePrograms) {
  const VirtualRegister a = program_.load_argument(arguments_, 1);
  VirtualRegister chain = a;
  for (int i = 0; i < 200000; ++i) chain = program_.binary(Opcode::Add, 8, chain, Operand::of_immediate(i));
  result(chain);
  program_.return_status(Status::Done);
  std::uint64_t slots[2] = {0, 1};
  EXPECT_EQ(run(slots), Status::Done);
  EXPECT_EQ(slots[0], 1 + std::uint64_t{200000} * 199999 / 2);
  program_.clear(GetParam());
  arguments_ = program_.arguments();
  result(program_.immediate(5));
  program_.return_status(Status::Done);
  EXPECT_EQ(run(slots), Status::Done);
  EXPECT_EQ(slots[0], 5u);
}

INSTANTIATE_TEST_SUITE_P(Levels, EncoderTest, ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
