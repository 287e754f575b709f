// Bytes of vector instructions, written directly from the instruction table: they come in bulk, and a general assembler
// takes ten times as long for each. Checked byte for byte against Xbyak by tests/unit/x86/encoder_direct_test.cpp.
#pragma once

#include <cstdint>

#include "x86/opcodes.h"

namespace cogent::x86 {

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
  std::uint8_t base = 0;   // the register, with Rm::Register; or the base
  std::int8_t index = -1;  // -1: none
  std::uint8_t scale = 1;
  std::int32_t displacement = 0;
};

inline constexpr int longest_instruction = 15;

/// Writes the instruction and returns the end of it. With Rm::Pool the operand is relative to the end of the
/// instruction; its 32 bits, `pool_field_distance` bytes before the end, are left for the caller to fill in.
std::uint8_t* write_evex(std::uint8_t* at, const VectorForm& form);
std::uint8_t* write_vex(std::uint8_t* at, const VectorForm& form);

constexpr int pool_field_distance(const Descriptor& descriptor) { return has_trait(descriptor, ControlByte) ? 5 : 4; }

}  // namespace cogent::x86
