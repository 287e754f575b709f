// What becomes one instruction on memory and what must stay apart; the random programs test that the meaning stays.
#include "x86/fuse_instructions.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cogent::x86 {
namespace {

class InstructionFusionTest : public ::testing::Test {
 protected:
  InstructionFusionTest() {
    program_.clear(CpuLevel::Baseline);
    arguments_ = program_.arguments();
    memory_ = program_.load_argument(arguments_, 1);
    index_ = program_.load_argument(arguments_, 2);
  }
  Address element() const { return {memory_, index_, 8, 4}; }
  VirtualRegister load() { return program_.load(4, true, element()); }
  VirtualRegister increment(VirtualRegister v) { return program_.binary(Opcode::Add, 4, v, Operand::of_immediate(1)); }
  void store(VirtualRegister v) { program_.store(4, element(), v); }
  bool fuses() {
    InstructionFusion().run(program_);
    return std::any_of(program_.instructions.begin(), program_.instructions.end(),
                       [](const Instruction& instruction) { return instruction.opcode == Opcode::AddToMemory; });
  }

  MachineProgram program_;
  VirtualRegister arguments_, memory_, index_;
};

TEST_F(InstructionFusionTest, AnIncrementIsOneInstruction) {
  store(increment(load()));
  ASSERT_TRUE(fuses());
  ASSERT_EQ(program_.instructions.size(), 4u);
  EXPECT_EQ(program_.instructions[3].a, none);
  EXPECT_EQ(program_.instructions[3].control, 1);
  EXPECT_EQ(program_.instructions[3].immediate, 8);
}

TEST_F(InstructionFusionTest, TheAddendMayStandOnTheLeft) {
  const VirtualRegister read = load(), addend = program_.load(8, false, {arguments_, none, 24, 1});
  store(program_.binary(Opcode::Add, 4, addend, Operand::of(read)));
  ASSERT_TRUE(fuses());
  EXPECT_EQ(program_.instructions.back().a, addend);
}

TEST_F(InstructionFusionTest, ANarrowSumNeedsNoExtension) {
  const VirtualRegister read = program_.load(1, false, element());
  program_.store(1, element(), program_.unary(Opcode::ZeroExtend, 1, increment(read)));
  ASSERT_TRUE(fuses());
  EXPECT_EQ(program_.instructions.size(), 4u);
  EXPECT_EQ(program_.instructions.back().size, 1);
}

TEST_F(InstructionFusionTest, AValueThatIsUsedAgainStays) {
  const VirtualRegister read = load(), sum = increment(read);
  store(sum);
  program_.store(4, {memory_, none, 0, 1}, sum);
  EXPECT_FALSE(fuses());
}

TEST_F(InstructionFusionTest, AnotherElementIsNotTheSame) {
  program_.store(4, {memory_, index_, 12, 4}, increment(load()));
  EXPECT_FALSE(fuses());
}

TEST_F(InstructionFusionTest, AWriteInBetweenKeepsThemApart) {
  const VirtualRegister sum = increment(load());
  program_.store(4, {memory_, none, 0, 1}, index_);
  store(sum);
  EXPECT_FALSE(fuses());
}

TEST_F(InstructionFusionTest, AnIndexThatChangesInBetweenKeepsThemApart) {
  const VirtualRegister sum = increment(load());
  program_.binary_into(index_, Opcode::Add, 8, index_, Operand::of_immediate(1));
  store(sum);
  EXPECT_FALSE(fuses());
}

TEST_F(InstructionFusionTest, AnAddendThatChangesInBetweenKeepsThemApart) {
  const VirtualRegister addend = program_.load_argument(arguments_, 3), read = load();
  const VirtualRegister sum = program_.binary(Opcode::Add, 4, read, Operand::of(addend));
  program_.immediate_into(addend, 7);
  store(sum);
  EXPECT_FALSE(fuses());
}

TEST_F(InstructionFusionTest, ABranchInBetweenKeepsThemApart) {
  const VirtualRegister sum = increment(load());
  const Label end = program_.new_label();
  program_.jump_if(Condition::Equal, 8, index_, Operand::of_immediate(0), end);
  store(sum);
  program_.place(end);
  EXPECT_FALSE(fuses());
}

TEST_F(InstructionFusionTest, ALargeAddendStaysInARegister) {
  store(program_.binary(Opcode::Add, 4, load(), Operand::of_immediate(1000)));
  EXPECT_FALSE(fuses());
}

TEST_F(InstructionFusionTest, HalfASumIsNotAWholeOne) {
  const VirtualRegister read = program_.load(8, false, element());
  program_.store(8, element(), program_.binary(Opcode::Add, 4, read, Operand::of_immediate(1)));
  EXPECT_FALSE(fuses());
}

TEST_F(InstructionFusionTest, AnAndThatIsOnlyComparedWithZeroIsATest) {
  const VirtualRegister bits = program_.binary(Opcode::And, 8, index_, Operand::of_immediate(6));
  program_.set_if(Condition::NotEqual, 8, bits, Operand::of_immediate(0));
  InstructionFusion().run(program_);
  ASSERT_EQ(program_.instructions.size(), 4u);
  EXPECT_EQ(program_.instructions[3].tests, 1);
  EXPECT_EQ(program_.instructions[3].a, index_);
  EXPECT_EQ(program_.instructions[3].immediate, 6);
}

TEST_F(InstructionFusionTest, AnAndThatIsUsedOrComparedOtherwiseStays) {
  const VirtualRegister used = program_.binary(Opcode::And, 8, index_, Operand::of_immediate(6));
  program_.set_if(Condition::NotEqual, 8, used, Operand::of_immediate(0));
  store(used);
  const VirtualRegister less = program_.binary(Opcode::And, 8, index_, Operand::of_immediate(6));
  program_.set_if(Condition::Less, 8, less, Operand::of_immediate(0));
  const VirtualRegister narrow = program_.binary(Opcode::And, 8, index_, Operand::of_immediate(6));
  program_.set_if(Condition::Equal, 4, narrow, Operand::of_immediate(0));
  const VirtualRegister old = program_.binary(Opcode::And, 8, index_, Operand::of_immediate(6));
  program_.immediate_into(index_, 1);
  program_.set_if(Condition::Equal, 8, old, Operand::of_immediate(0));
  const std::size_t size = program_.instructions.size();
  InstructionFusion().run(program_);
  EXPECT_EQ(program_.instructions.size(), size);
}

TEST_F(InstructionFusionTest, BytesAreStoredAsTheyAre) {
  program_.store(1, element(), program_.unary(Opcode::ZeroExtend, 1, index_));
  InstructionFusion().run(program_);
  ASSERT_EQ(program_.instructions.size(), 4u);
  EXPECT_EQ(program_.instructions[3].a, index_);
}

TEST_F(InstructionFusionTest, WhatIsStoredWiderIsExtended) {
  program_.store(2, element(), program_.unary(Opcode::ZeroExtend, 1, index_));
  InstructionFusion().run(program_);
  EXPECT_EQ(program_.instructions.size(), 5u);
}

}  // namespace
}  // namespace cogent::x86
