// Bytes written directly: of all vector instructions, from the instruction table, and of the most frequent general
// ones. They come in bulk, and a general assembler takes several times as long for each. Checked byte for byte against
// Xbyak by tests/unit/x86/encoder_direct_test.cpp and random_programs_test.cpp.
#pragma once

#include <cstdint>

#include "x86/opcodes.h"

namespace cogent::x86 {

/// [base + index * scale + displacement]
struct MemoryOperand {
  std::uint8_t base = 0;
  std::int8_t index = -1;  // -1: none
  std::uint8_t scale = 1;
  std::int32_t displacement = 0;
};

/// Writes ModRM, SIB and displacement. A displacement of one byte counts in units (1, but for EVEX).
std::uint8_t* write_memory_operand(std::uint8_t* at, const MemoryOperand& memory, unsigned reg, int displacement_unit);

/// An instruction over general registers.
struct GeneralForm {
  std::uint8_t opcode = 0;
  std::uint8_t size = 8;             // of the operation: 1, 2, 4 or 8 bytes
  bool two_bytes = false;            // the opcode is 0F opcode
  bool byte_reg = false;             // reg is the low byte of its register
  bool byte_rm = false;              // the r/m operand is, if it is a register
  bool is_memory = false;            // the r/m operand is memory, else the register memory.base
  std::uint8_t reg = 0;              // a register or an opcode digit
  std::uint8_t immediate_bytes = 0;  // 0, 1 or 4
  MemoryOperand memory;
  std::int32_t immediate = 0;
};

std::uint8_t* write_general(std::uint8_t* at, const GeneralForm& form);

/// A vector instruction over machine registers.
struct VectorForm {
  enum class Rm : std::uint8_t { Register, Memory, Pool };

  const Descriptor* descriptor = nullptr;
  std::uint8_t size = 64;    // bytes
  std::uint8_t control = 0;  // the immediate byte
  std::uint8_t reg = 0;      // the reg field: destination, or the value of a store
  std::uint8_t v = 0;        // the vvvv field: the first source
  Rm rm = Rm::Register;
  bool broadcast = false;  // with EVEX: the memory operand is one element
  std::uint8_t mask = 0;   // with EVEX: the register of the lanes that are accessed; 0: all are
  bool zeroes = false;     // with EVEX: the other lanes become 0
  std::uint8_t base = 0;   // the register, with Rm::Register; or the base
  std::int8_t index = -1;  // -1: none
  std::uint8_t scale = 1;
  std::int32_t displacement = 0;
};

inline constexpr int longest_instruction = 15;

/// Each writes the instruction and returns the end of it. (`legacy` is without a v field: d op= b.) With Rm::Pool the
/// operand is relative to the end of the instruction; its 32 bits, `pool_field_distance` bytes before the end, are left
/// for the caller to fill in.
std::uint8_t* write_evex(std::uint8_t* at, const VectorForm& form);
std::uint8_t* write_vex(std::uint8_t* at, const VectorForm& form);
std::uint8_t* write_legacy(std::uint8_t* at, const VectorForm& form);

constexpr int pool_field_distance(const Descriptor& descriptor) { return has_trait(descriptor, ControlByte) ? 5 : 4; }

}  // namespace cogent::x86
