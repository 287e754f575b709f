// REX, VEX and EVEX prefixes, ModRM, SIB, displacement and immediate byte, as the processor's manual lays them out.
#include "x86/encoder_direct.h"

#include <bit>
#include <cstring>

namespace cogent::x86 {
namespace {

// The registers as the prefixes see them: DestinationInV moves the destination to v and an opcode digit to reg.
struct Fields {
  unsigned reg, v, base, index;
};

Fields fields(const VectorForm& form) {
  Fields result{form.reg, form.v, form.base, form.index < 0 ? 0u : static_cast<unsigned>(form.index)};
  if (has_trait(*form.descriptor, DestinationInV))
    result = {form.descriptor->encoding.extension, form.reg, form.base, result.index};
  if (form.rm == VectorForm::Rm::Pool) result.base = result.index = 0;
  return result;
}

// The factor by which EVEX scales a displacement of one byte: the size of the memory operand.
int memory_bytes(const VectorForm& form) {
  const VectorEncoding& encoding = form.descriptor->encoding;
  if (form.broadcast) return encoding.broadcast;
  switch (encoding.memory) {
    case MemorySize::Whole:
      return form.size;
    case MemorySize::Half:
      return form.size / 2;
    case MemorySize::Quarter:
      return form.size / 4;
    case MemorySize::One:
      return 1;
    case MemorySize::Two:
      return 2;
    case MemorySize::Four:
      return 4;
    case MemorySize::Eight:
      return 8;
    case MemorySize::Sixteen:
      return 16;
    case MemorySize::ThirtyTwo:
      return 32;
  }
  return 1;
}

std::uint8_t* write_32(std::uint8_t* at, std::int32_t value) {
  std::memcpy(at, &value, sizeof value);
  return at + sizeof value;
}

constexpr unsigned scale_bits(unsigned scale) { return scale == 8 ? 3 : scale == 4 ? 2 : scale == 2 ? 1 : 0; }

// Everything behind the prefix.
std::uint8_t* write_rest(std::uint8_t* at, const VectorForm& form, unsigned reg, int displacement_unit) {
  *at++ = form.descriptor->encoding.opcode;
  if (form.rm == VectorForm::Rm::Register) {
    *at++ = static_cast<std::uint8_t>(0xc0 | (reg & 7) << 3 | (form.base & 7));
  } else if (form.rm == VectorForm::Rm::Pool) {
    *at++ = static_cast<std::uint8_t>((reg & 7) << 3 | 5);
    at = write_32(at, 0);
  } else {
    at = write_memory_operand(at, {form.base, form.index, form.scale, form.displacement}, reg, displacement_unit);
  }
  if (has_trait(*form.descriptor, ControlByte)) *at++ = form.control;
  return at;
}

}  // namespace

std::uint8_t* write_memory_operand(std::uint8_t* at, const MemoryOperand& memory, unsigned reg, int displacement_unit) {
  const unsigned low = memory.base & 7;
  const bool has_sib = memory.index >= 0 || low == 4;
  const std::int32_t scaled = memory.displacement >> std::countr_zero(static_cast<unsigned>(displacement_unit));
  const bool is_short =
      (memory.displacement & (displacement_unit - 1)) == 0 && scaled == static_cast<std::int8_t>(scaled);
  const unsigned mode = memory.displacement == 0 && low != 5 ? 0 : is_short ? 1 : 2;
  *at++ = static_cast<std::uint8_t>(mode << 6 | (reg & 7) << 3 | (has_sib ? 4 : low));
  if (has_sib) {
    const unsigned index =
        memory.index < 0 ? 4 : scale_bits(memory.scale) << 3 | (static_cast<unsigned>(memory.index) & 7);
    *at++ = static_cast<std::uint8_t>(index << 3 | low);
  }
  if (mode == 1) *at++ = static_cast<std::uint8_t>(scaled);
  if (mode == 2) at = write_32(at, memory.displacement);
  return at;
}

// [66] [REX] [0F] opcode ModRM [SIB] [displacement] [immediate]
std::uint8_t* write_general(std::uint8_t* at, const GeneralForm& form) {
  const unsigned index = form.is_memory && form.memory.index >= 0 ? static_cast<unsigned>(form.memory.index) : 0;
  const unsigned base = form.memory.base;
  // sil, dil and the like are named by having a REX prefix at all.
  const bool names_low_byte = (form.byte_reg && form.reg >= 4) || (form.byte_rm && !form.is_memory && base >= 4);
  if (form.size == 2) *at++ = 0x66;
  const unsigned rex = unsigned{form.size == 8} << 3 | (form.reg >> 3) << 2 | (index >> 3) << 1 | base >> 3;
  if (rex != 0 || names_low_byte) *at++ = static_cast<std::uint8_t>(0x40 | rex);
  if (form.two_bytes) *at++ = 0x0f;
  *at++ = form.opcode;
  if (form.is_memory)
    at = write_memory_operand(at, form.memory, form.reg, 1);
  else
    *at++ = static_cast<std::uint8_t>(0xc0 | (form.reg & 7u) << 3 | (base & 7));
  if (form.immediate_bytes == 1) *at++ = static_cast<std::uint8_t>(form.immediate);
  return form.immediate_bytes == 4 ? write_32(at, form.immediate) : at;
}

// 62 | ~R ~X ~B ~R' 0 0 m m | W ~v ~v ~v ~v 1 p p | z L L b ~V' a a a
std::uint8_t* write_evex(std::uint8_t* at, const VectorForm& form) {
  const VectorEncoding& encoding = form.descriptor->encoding;
  const Fields f = fields(form);
  // X extends the index of a memory operand, but is bit 4 of a register operand.
  const unsigned x = form.rm == VectorForm::Rm::Register ? f.base >> 4 : f.index >> 3;
  const unsigned length = form.size == 64 ? 2 : form.size == 32 ? 1 : 0;
  *at++ = 0x62;
  *at++ =
      static_cast<std::uint8_t>((~f.reg & 8) << 4 | (~x & 1) << 6 | (~f.base & 8) << 2 | (~f.reg & 16) | encoding.map);
  *at++ = static_cast<std::uint8_t>(unsigned{encoding.wide_evex} << 7 | (~f.v & 15) << 3 | 4 | encoding.prefix);
  *at++ = static_cast<std::uint8_t>(unsigned{form.zeroes} << 7 | length << 5 | unsigned{form.broadcast} << 4 |
                                    (~f.v & 16) >> 1 | form.mask);
  return write_rest(at, form, f.reg, memory_bytes(form));
}

// C5 | ~R ~v ~v ~v ~v L p p   or   C4 | ~R ~X ~B m m m m m | W ~v ~v ~v ~v L p p
std::uint8_t* write_vex(std::uint8_t* at, const VectorForm& form) {
  const VectorEncoding& encoding = form.descriptor->encoding;
  const Fields f = fields(form);
  const unsigned length = form.size == 32 ? 1 : 0;
  const unsigned last = (~f.v & 15) << 3 | length << 2 | encoding.prefix;
  if (encoding.map == 1 && !encoding.wide_vex && f.base < 8 && f.index < 8) {
    *at++ = 0xc5;
    *at++ = static_cast<std::uint8_t>((~f.reg & 8) << 4 | last);
  } else {
    *at++ = 0xc4;
    *at++ = static_cast<std::uint8_t>((~f.reg & 8) << 4 | (~f.index & 8) << 3 | (~f.base & 8) << 2 | encoding.map);
    *at++ = static_cast<std::uint8_t>(unsigned{encoding.wide_vex} << 7 | last);
  }
  return write_rest(at, form, f.reg, 1);
}

// [66 or F3 or F2] [REX] 0F [38 or 3A] opcode ModRM ...
std::uint8_t* write_legacy(std::uint8_t* at, const VectorForm& form) {
  const VectorEncoding& encoding = form.descriptor->encoding;
  const Fields f = fields(form);
  constexpr std::uint8_t prefixes[] = {0, 0x66, 0xf3, 0xf2}, maps[] = {0, 0, 0x38, 0x3a};
  if (encoding.prefix != 0) *at++ = prefixes[encoding.prefix];
  const unsigned rex = unsigned{encoding.wide_vex} << 3 | (f.reg >> 3) << 2 | (f.index >> 3) << 1 | f.base >> 3;
  if (rex != 0) *at++ = static_cast<std::uint8_t>(0x40 | rex);
  *at++ = 0x0f;
  if (encoding.map > 1) *at++ = maps[encoding.map];
  return write_rest(at, form, f.reg, 1);
}

}  // namespace cogent::x86
