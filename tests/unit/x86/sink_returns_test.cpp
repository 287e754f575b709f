// Which returns leave their loops; the random programs test that the meaning stays.
#include "x86/sink_returns.h"

#include <gtest/gtest.h>

namespace cogent::x86 {
namespace {

class ReturnSinkingTest : public ::testing::Test {
 protected:
  ReturnSinkingTest() {
    program_.clear(CpuLevel::Baseline);
    arguments_ = program_.arguments();
  }
  // if (slots[0] == 7) { slots[1] = ...; return; }, as it is selected: a jump over the return.
  void leave_if_seven() {
    const Label otherwise = program_.new_label();
    const VirtualRegister read = program_.load(8, false, {arguments_, none, 0, 1});
    program_.jump_if(Condition::NotEqual, 8, read, Operand::of_immediate(7), otherwise);
    program_.store(8, {arguments_, none, 8, 1}, read);
    program_.return_status(Status::Done);
    program_.place(otherwise);
  }
  Opcode opcode(std::size_t i) const { return program_.instructions[i].opcode; }

  MachineProgram program_;
  VirtualRegister arguments_;
};

TEST_F(ReturnSinkingTest, AReturnLeavesItsLoop) {
  const Label head = program_.begin_loop();
  leave_if_seven();
  program_.jump(head);
  program_.end_loop();
  program_.return_status(Status::Done);
  ReturnSinking().run(program_);
  const Instruction& jump = program_.instructions[3];
  EXPECT_EQ(jump.opcode, Opcode::JumpIf);
  EXPECT_EQ(jump.condition, Condition::Equal);
  EXPECT_EQ(opcode(4), Opcode::Label);
  EXPECT_EQ(opcode(5), Opcode::Jump);
  EXPECT_EQ(opcode(7), Opcode::Return);
  EXPECT_EQ(opcode(8), Opcode::Label);
  EXPECT_EQ(program_.instructions[8].d, jump.d);
  EXPECT_EQ(opcode(9), Opcode::Store);
  EXPECT_EQ(opcode(10), Opcode::Return);
}

TEST_F(ReturnSinkingTest, OutsideOfLoopsItStays) {
  leave_if_seven();
  program_.return_status(Status::Done);
  const std::size_t size = program_.instructions.size();
  ReturnSinking().run(program_);
  EXPECT_EQ(program_.instructions.size(), size);
  EXPECT_EQ(opcode(4), Opcode::Return);
}

TEST_F(ReturnSinkingTest, AJumpToElsewhereStays) {
  const Label head = program_.begin_loop();
  program_.jump_if(Condition::Equal, 8, arguments_, Operand::of_immediate(7), head);
  program_.return_status(Status::Done);
  program_.place(program_.new_label());
  program_.jump(head);
  program_.end_loop();
  program_.return_status(Status::Done);
  const std::size_t size = program_.instructions.size();
  ReturnSinking().run(program_);
  EXPECT_EQ(program_.instructions.size(), size);
  EXPECT_EQ(opcode(3), Opcode::Return);
}

}  // namespace
}  // namespace cogent::x86
