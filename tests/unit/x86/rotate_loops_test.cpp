// Which loops are rotated; the random programs test that the meaning stays.
#include "x86/rotate_loops.h"

#include <gtest/gtest.h>

namespace cogent::x86 {
namespace {

class LoopRotationTest : public ::testing::Test {
 protected:
  LoopRotationTest() {
    program_.clear(CpuLevel::Baseline);
    arguments_ = program_.arguments();
  }
  // Reads slots[0] and goes to the label if that is 0.
  void test(Label label) {
    const VirtualRegister read = program_.load(8, false, {arguments_, none, 0, 1});
    program_.jump_if(Condition::Equal, 8, read, Operand::of_immediate(0), label);
  }
  void write() { program_.store(8, {arguments_, none, 8, 1}, arguments_); }
  void finish(Label exit) {
    program_.end_loop();
    program_.place(exit);
    program_.return_status(Status::Done);
    LoopRotation().run(program_);
  }
  std::vector<Opcode> opcodes() const {
    std::vector<Opcode> all;
    for (const Instruction& instruction : program_.instructions) all.push_back(instruction.opcode);
    return all;
  }
  const Instruction& at(std::size_t i) const { return program_.instructions[i]; }

  MachineProgram program_;
  VirtualRegister arguments_;
};

TEST_F(LoopRotationTest, TheTestMovesToTheEnd) {
  const Label exit = program_.new_label(), head = program_.begin_loop();
  test(exit);
  write();
  program_.jump(head);
  finish(exit);
  const std::vector<Opcode> expected = {Opcode::Arguments, Opcode::Load,  Opcode::JumpIf, Opcode::LoopBegin,
                                        Opcode::Store,     Opcode::Label, Opcode::Load,   Opcode::JumpIf,
                                        Opcode::LoopEnd,   Opcode::Label, Opcode::Return};
  ASSERT_EQ(opcodes(), expected);
  EXPECT_EQ(at(2).condition, Condition::Equal);
  EXPECT_EQ(at(2).d, exit);
  EXPECT_EQ(at(7).condition, Condition::NotEqual);
  EXPECT_EQ(at(7).d, head);
}

TEST_F(LoopRotationTest, WhoGoesOnWithTheLoopComesToTheTest) {
  const Label exit = program_.new_label(), head = program_.begin_loop();
  test(exit);
  program_.jump_if(Condition::Equal, 8, arguments_, Operand::of_immediate(0), head);
  write();
  program_.jump(head);
  finish(exit);
  EXPECT_EQ(at(4).opcode, Opcode::JumpIf);
  EXPECT_EQ(at(6).opcode, Opcode::Label);
  EXPECT_EQ(at(4).d, at(6).d);
}

TEST_F(LoopRotationTest, BehindTheLoopOtherCodeMayStand) {
  const Label exit = program_.new_label(), head = program_.begin_loop();
  test(exit);
  program_.jump(head);
  program_.end_loop();
  write();
  program_.place(exit);
  program_.return_status(Status::Done);
  LoopRotation().run(program_);
  const std::vector<Opcode> expected = {Opcode::Arguments, Opcode::Load,  Opcode::JumpIf, Opcode::LoopBegin,
                                        Opcode::Label,     Opcode::Load,  Opcode::JumpIf, Opcode::Jump,
                                        Opcode::LoopEnd,   Opcode::Store, Opcode::Label,  Opcode::Return};
  ASSERT_EQ(opcodes(), expected);
  EXPECT_EQ(at(7).d, exit);
}

TEST_F(LoopRotationTest, ALoopWithinALoopIsRotatedToo) {
  const Label exit = program_.new_label(), outer = program_.begin_loop();
  test(exit);
  const Label inner_exit = program_.new_label(), inner = program_.begin_loop();
  test(inner_exit);
  program_.jump(inner);
  program_.end_loop();
  program_.place(inner_exit);
  program_.jump(outer);
  finish(exit);
  const std::vector<Opcode> expected = {
      Opcode::Arguments, Opcode::Load,  Opcode::JumpIf, Opcode::LoopBegin, Opcode::Load,    Opcode::JumpIf,
      Opcode::LoopBegin, Opcode::Label, Opcode::Load,   Opcode::JumpIf,    Opcode::LoopEnd, Opcode::Label,
      Opcode::Label,     Opcode::Load,  Opcode::JumpIf, Opcode::LoopEnd,   Opcode::Label,   Opcode::Return};
  EXPECT_EQ(opcodes(), expected);
}

TEST_F(LoopRotationTest, ALoopStaysThatBeginsOtherwise) {
  const Label exit = program_.new_label(), head = program_.begin_loop(), within = program_.new_label();
  test(within);  // stays in the loop
  program_.jump(exit);
  program_.place(within);
  program_.jump(head);
  finish(exit);
  const std::vector<Opcode> expected = {Opcode::Arguments, Opcode::LoopBegin, Opcode::Load, Opcode::JumpIf,
                                        Opcode::Jump,      Opcode::Label,     Opcode::Jump, Opcode::LoopEnd,
                                        Opcode::Label,     Opcode::Return};
  EXPECT_EQ(opcodes(), expected);
}

}  // namespace
}  // namespace cogent::x86
