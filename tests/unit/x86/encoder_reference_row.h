// A row of the reference tables: how Xbyak writes an instruction of the vector table.
#pragma once

#include <xbyak/xbyak.h>

#include "x86/opcodes.h"

namespace cogent::x86 {

using Assembler = Xbyak::CodeGenerator;

struct Case {
  Xbyak::Zmm reg, v;  // of the kind that their size says
  const Xbyak::Operand& rm;
  std::uint8_t control;
};

using Encode = void (*)(Assembler&, const Case&);
struct Reference {
  Opcode opcode;
  Encode vex, evex, legacy = nullptr;
};

/// The row of an instruction on one float, or null.
const Reference* find_scalar_reference(Opcode opcode);
/// That of an instruction that only vectorised loops use, or null.
const Reference* find_lane_reference(Opcode opcode);

}  // namespace cogent::x86
