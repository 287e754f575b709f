// The text of machine code: labels, constants and lines have names. (Without Zydis the text is bytes and says so.)
#include "x86/disassemble.h"

#include <gtest/gtest.h>

namespace cogent::x86 {
namespace {

std::string example(const MachineCode*& code) {
  static MachineProgram program;
  static LinearScan scan;
  static Encoder encoder;
  static MachineCode encoded;
  program.clear(CpuLevel::Avx512);
  const VirtualRegister arguments = program.arguments();
  program.line = 2;
  const VirtualRegister count = program.load_argument(arguments, 1);
  const VirtualRegister sum = program.broadcast_constant(7, 4);
  const Label head = program.begin_loop();
  program.line = 3;
  const VirtualRegister doubled = program.vector(Opcode::Vpaddd, 64, sum, sum);
  program.vector_store(Opcode::VmovdquStore, 64, {arguments, none, 0, 1}, doubled);
  program.binary_into(count, Opcode::Subtract, 8, count, Operand::of_immediate(1));
  program.jump_if(Condition::NotEqual, 8, count, Operand::of_immediate(0), head);
  program.end_loop();
  program.return_status(Status::Done);
  encoded = encoder.encode(program, scan.run(program));
  code = &encoded;
  return disassemble(encoded, [](std::uint16_t line) { return "user.cpp:" + std::to_string(line); });
}

TEST(Disassemble, NamesWhatItCan) {
  const MachineCode* code = nullptr;
  const std::string text = example(code);
  if (text.find("without Zydis") != std::string::npos) {
    EXPECT_NE(text.find("000000  55 48"), std::string::npos) << text;
    return;
  }
  for (const char* expected : {"vpbroadcastd zmm0, dword ptr [pool + 0x0]", "vpaddd zmm1, zmm0, zmm0", "jnz L0",
                               "\nL0:\n", "; user.cpp:2\n", "; user.cpp:3\n", "vzeroupper", "pool:\n", "ret"})
    EXPECT_NE(text.find(expected), std::string::npos) << expected << " is not in\n" << text;
}

TEST(Disassemble, EveryByteOfCodeIsAnInstruction) {
  const MachineCode* code = nullptr;
  EXPECT_EQ(example(code).find("byte 0x"), std::string::npos);
}

TEST(Disassemble, AnEmptyDescriptionPrintsNoComment) {
  const MachineCode* code = nullptr;
  example(code);
  const std::string text = disassemble(*code, [](std::uint16_t) { return std::string(); });
  EXPECT_EQ(text.find("; user"), std::string::npos);
}

}  // namespace
}  // namespace cogent::x86
