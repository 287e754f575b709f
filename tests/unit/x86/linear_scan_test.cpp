// Small programs whose allocation is known; the random programs test the rest.
#include "x86/linear_scan.h"

#include <gtest/gtest.h>

#include <set>

namespace cogent::x86 {
namespace {

class LinearScanTest : public ::testing::Test {
 protected:
  LinearScanTest() { program_.clear(CpuLevel::Avx512); }
  int home(VirtualRegister v) const { return allocation_->machine_register[v]; }
  void allocate() { allocation_ = &scan_.run(program_); }

  MachineProgram program_;
  LinearScan scan_;
  const Allocation* allocation_ = nullptr;
};

TEST_F(LinearScanTest, TheArgumentsStayWhereTheyCome) {
  const VirtualRegister arguments = program_.arguments();
  program_.load_argument(arguments, 1);
  allocate();
  EXPECT_EQ(home(arguments), frame::rdi);
}

TEST_F(LinearScanTest, ASourceThatEndsGivesItsRegister) {
  const VirtualRegister a = program_.immediate(1);
  const VirtualRegister b = program_.binary(Opcode::Add, 8, a, Operand::of_immediate(1));
  program_.binary(Opcode::Add, 8, b, Operand::of_immediate(1));
  allocate();
  EXPECT_EQ(home(a), home(b));
}

TEST_F(LinearScanTest, RegistersThatNeedNotBeSavedComeFirst) {
  std::vector<VirtualRegister> values;
  for (int i = 0; i < 6; ++i) values.push_back(program_.immediate(i));
  for (const VirtualRegister v : values) program_.binary(Opcode::Add, 8, v, Operand::of_immediate(1));
  allocate();
  EXPECT_EQ(allocation_->used_general & frame::callee_saved, 0u);
}

TEST_F(LinearScanTest, AValueUsedInALoopKeepsItsRegisterToTheLoopsEnd) {
  const VirtualRegister outside = program_.immediate(7), count = program_.immediate(3);
  const Label head = program_.begin_loop();
  program_.binary(Opcode::Add, 8, outside, Operand::of_immediate(1));  // its last use in the text
  std::vector<VirtualRegister> inside;
  for (int i = 0; i < 9; ++i) inside.push_back(program_.immediate(i));
  for (const VirtualRegister v : inside) program_.binary_into(v, Opcode::Add, 8, v, Operand::of_immediate(1));
  program_.binary_into(count, Opcode::Subtract, 8, count, Operand::of_immediate(1));
  program_.jump_if(Condition::NotEqual, 8, count, Operand::of_immediate(0), head);
  program_.end_loop();
  allocate();
  ASSERT_TRUE(allocation_->in_register(outside));
  for (const VirtualRegister v : inside) EXPECT_NE(home(v), home(outside));
}

TEST_F(LinearScanTest, ConstantsOfThePoolAreNeverSpilled) {
  std::vector<VirtualRegister> constants;
  for (std::uint64_t i = 0; i < 40; ++i) constants.push_back(program_.broadcast_constant(i, 4));
  const VirtualRegister sum = program_.vector_zero(64);
  for (const VirtualRegister c : constants) program_.vector_into(sum, Opcode::Vpaddd, 64, sum, c);
  allocate();
  EXPECT_EQ(allocation_->vector_slots, 0);
  EXPECT_TRUE(allocation_->in_register(sum));
  int in_pool = 0;
  for (const VirtualRegister c : constants) in_pool += !allocation_->in_register(c);
  EXPECT_EQ(in_pool, 11);  // 30 registers, one of them for the sum
}

TEST_F(LinearScanTest, SpillSlotsAreUsedAgain) {
  for (int round = 0; round < 10; ++round) {
    std::vector<VirtualRegister> values;
    for (int i = 0; i < 20; ++i) values.push_back(program_.immediate(i));
    for (const VirtualRegister v : values) program_.binary_into(v, Opcode::Add, 8, v, Operand::of_immediate(1));
  }
  allocate();
  EXPECT_EQ(allocation_->general_slots, 20 - 11);
}

TEST_F(LinearScanTest, TheLeastUsedIsSpilled) {
  const VirtualRegister rare = program_.immediate(1), often = program_.immediate(2);
  std::vector<VirtualRegister> values;
  for (int i = 0; i < 10; ++i) values.push_back(program_.immediate(i));
  for (int i = 0; i < 30; ++i) program_.binary_into(often, Opcode::Add, 8, often, Operand::of_immediate(1));
  for (const VirtualRegister v : values) program_.binary_into(v, Opcode::Add, 8, v, Operand::of(often));
  program_.binary_into(rare, Opcode::Add, 8, rare, Operand::of(often));
  allocate();
  EXPECT_TRUE(allocation_->in_register(often));
  EXPECT_FALSE(allocation_->in_register(rare));
}

}  // namespace
}  // namespace cogent::x86
