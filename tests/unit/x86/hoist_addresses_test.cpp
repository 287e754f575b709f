// Which addresses leave their loops; the random programs test that the meaning stays.
#include "x86/hoist_addresses.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cogent::x86 {
namespace {

class AddressHoistingTest : public ::testing::Test {
 protected:
  AddressHoistingTest() {
    program_.clear(CpuLevel::Baseline);
    arguments_ = program_.arguments();
    array_ = program_.load_argument(arguments_, 1);
    row_ = program_.load_argument(arguments_, 2);
    column_ = program_.immediate(0);
  }
  VirtualRegister sum() { return program_.binary(Opcode::Add, 8, row_, Operand::of(column_)); }
  VirtualRegister load(VirtualRegister index) { return program_.load(4, false, {array_, index, 12, 4}); }
  void advance() { program_.binary_into(column_, Opcode::Add, 8, column_, Operand::of_immediate(1)); }
  void end_loop(Label head) {
    program_.jump_if(Condition::NotEqual, 8, column_, Operand::of_immediate(9), head);
    program_.end_loop();
    program_.return_status(Status::Done);
  }
  std::ptrdiff_t bases() {
    AddressHoisting().run(program_);
    return std::count_if(program_.instructions.begin(), program_.instructions.end(),
                         [](const Instruction& instruction) { return instruction.opcode == Opcode::Lea; });
  }

  MachineProgram program_;
  VirtualRegister arguments_, array_, row_, column_;
};

TEST_F(AddressHoistingTest, ARowsAddressIsMadeBeforeTheLoop) {
  const Label head = program_.begin_loop();
  load(sum());
  advance();
  end_loop(head);
  const std::size_t size = program_.instructions.size();
  ASSERT_EQ(bases(), 1);
  EXPECT_EQ(program_.instructions.size(), size);
  const Instruction &base = program_.instructions[4], &read = program_.instructions[6];
  ASSERT_EQ(base.opcode, Opcode::Lea);
  EXPECT_EQ(base.b, array_);
  EXPECT_EQ(base.c, row_);
  EXPECT_EQ(base.scale, 4);
  ASSERT_EQ(read.opcode, Opcode::Load);
  EXPECT_EQ(read.b, base.d);
  EXPECT_EQ(read.c, column_);
  EXPECT_EQ(read.immediate, 12);
}

TEST_F(AddressHoistingTest, AccessesShareTheAddress) {
  const Label head = program_.begin_loop();
  const VirtualRegister index = sum();
  program_.store(4, {array_, index, 0, 4}, load(index));
  advance();
  end_loop(head);
  EXPECT_EQ(bases(), 1);
}

TEST_F(AddressHoistingTest, ASumThatIsUsedOtherwiseStays) {
  const Label head = program_.begin_loop();
  const VirtualRegister index = sum();
  program_.store(4, {array_, index, 0, 4}, index);
  advance();
  end_loop(head);
  EXPECT_EQ(bases(), 0);
}

TEST_F(AddressHoistingTest, ASumOfAnOldColumnStays) {
  const Label head = program_.begin_loop();
  const VirtualRegister index = sum();
  advance();
  load(index);
  end_loop(head);
  EXPECT_EQ(bases(), 0);
}

TEST_F(AddressHoistingTest, ASumThatIsUsedInAnInnerLoopStays) {
  const Label head = program_.begin_loop();
  const VirtualRegister index = sum();
  const Label inner = program_.begin_loop();
  load(index);
  advance();
  program_.jump_if(Condition::NotEqual, 8, column_, Operand::of_immediate(5), inner);
  program_.end_loop();
  end_loop(head);
  EXPECT_EQ(bases(), 0);
}

TEST_F(AddressHoistingTest, ARowThatChangesInTheLoopStays) {
  const Label head = program_.begin_loop();
  load(sum());
  advance();
  program_.binary_into(row_, Opcode::Add, 8, row_, Operand::of_immediate(1));
  end_loop(head);
  EXPECT_EQ(bases(), 0);
}

}  // namespace
}  // namespace cogent::x86
