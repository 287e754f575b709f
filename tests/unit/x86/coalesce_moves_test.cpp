// Which moves disappear and which must stay; the random programs test that the meaning stays.
#include "x86/coalesce_moves.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cogent::x86 {
namespace {

class MoveCoalescingTest : public ::testing::Test {
 protected:
  MoveCoalescingTest() {
    program_.clear(CpuLevel::Baseline);
    arguments_ = program_.arguments();
    variable_ = program_.load_argument(arguments_, 1);
    program_.immediate_into(variable_, 5);  // assigned twice: a variable
  }
  VirtualRegister increment(VirtualRegister v) { return program_.binary(Opcode::Add, 8, v, Operand::of_immediate(1)); }
  void show(VirtualRegister v) { program_.store(8, {arguments_, none, 0, 1}, v); }
  std::ptrdiff_t moves_left() {
    MoveCoalescing().run(program_);
    return std::count_if(program_.instructions.begin(), program_.instructions.end(),
                         [](const Instruction& instruction) { return instruction.opcode == Opcode::Move; });
  }

  MachineProgram program_;
  VirtualRegister arguments_, variable_;
};

TEST_F(MoveCoalescingTest, ReadAddAssignIsOneAddition) {
  const VirtualRegister sum = increment(program_.move(variable_));
  program_.move_into(variable_, sum);
  show(variable_);
  EXPECT_EQ(moves_left(), 0);
  EXPECT_EQ(program_.instructions.size(), 5u);
  EXPECT_EQ(program_.instructions[3].d, variable_);
  EXPECT_EQ(program_.instructions[3].a, variable_);
}

TEST_F(MoveCoalescingTest, ACopyOutlivesAnAssignment) {
  const VirtualRegister copy = program_.move(variable_);
  program_.immediate_into(variable_, 6);
  show(copy);
  EXPECT_EQ(moves_left(), 1);
}

TEST_F(MoveCoalescingTest, ACopyLivesRoundALoopThatAssigns) {
  const VirtualRegister copy = program_.move(variable_);
  const Label head = program_.begin_loop();
  show(copy);
  program_.immediate_into(variable_, 6);  // behind the last use in the text, before it in the next round
  program_.jump(head);
  program_.end_loop();
  EXPECT_EQ(moves_left(), 1);
}

TEST_F(MoveCoalescingTest, AnAssignmentIsNotMadeBeforeAJump) {
  const Label end = program_.new_label();
  const VirtualRegister sum = increment(variable_);
  program_.jump_if(Condition::Equal, 8, arguments_, Operand::of_immediate(0), end);
  program_.move_into(variable_, sum);
  program_.place(end);
  show(variable_);
  EXPECT_EQ(moves_left(), 1);
}

TEST_F(MoveCoalescingTest, AnAssignmentIsMadeBeforeAFault) {  // which shows no variable
  const VirtualRegister sum = increment(variable_);
  program_.fault_if(Condition::Equal, 8, sum, Operand::of_immediate(0),
                    program_.new_fault_site(ir::FaultKind::Index, 0));
  program_.move_into(variable_, sum);
  show(variable_);
  EXPECT_EQ(moves_left(), 0);
}

TEST_F(MoveCoalescingTest, AnAssignmentIsNotMadeBeforeARead) {
  const VirtualRegister sum = increment(variable_);
  show(variable_);
  program_.move_into(variable_, sum);
  show(variable_);
  EXPECT_EQ(moves_left(), 1);
}

TEST_F(MoveCoalescingTest, AValueMayBeUsedAgainBehindTheAssignment) {
  const VirtualRegister sum = increment(variable_);
  program_.move_into(variable_, sum);
  show(sum);
  show(variable_);
  EXPECT_EQ(moves_left(), 0);
}

TEST_F(MoveCoalescingTest, AValueThatIsUsedBehindAJumpKeepsItsRegister) {
  const Label end = program_.new_label();
  const VirtualRegister sum = increment(variable_);
  program_.move_into(variable_, sum);
  program_.jump_if(Condition::Equal, 8, arguments_, Operand::of_immediate(0), end);
  show(sum);
  program_.place(end);
  EXPECT_EQ(moves_left(), 1);
}

TEST_F(MoveCoalescingTest, AValueThatIsUsedAgainKeepsItsRegister) {
  const VirtualRegister sum = increment(variable_);
  program_.move_into(variable_, sum);
  program_.binary_into(variable_, Opcode::Add, 8, variable_, Operand::of_immediate(1));
  show(sum);
  EXPECT_EQ(moves_left(), 1);
}

TEST_F(MoveCoalescingTest, ALaterMoveKnowsOfAnEarlierOne) {
  const VirtualRegister second = program_.immediate(1);
  program_.immediate_into(second, 2);
  const VirtualRegister fresh = program_.new_general();
  const VirtualRegister sum = increment(variable_);
  show(second);  // must not see the sum
  program_.move_into(fresh, sum);
  program_.move_into(second, fresh);
  show(second);
  MoveCoalescing().run(program_);
  const auto shown = std::find_if(program_.instructions.begin(), program_.instructions.end(),
                                  [](const Instruction& instruction) { return instruction.opcode == Opcode::Store; });
  const auto assigned = std::find_if(program_.instructions.begin(), shown, [&](const Instruction& instruction) {
    return instruction.opcode == Opcode::Add && instruction.d == shown->a;
  });
  EXPECT_EQ(assigned, shown);
}

}  // namespace
}  // namespace cogent::x86
