// The most frequent general instructions, written directly when all their operands are in registers. The bytes are
// those that encoder_general.cpp would make through Xbyak.
#include "x86/encoder_emitter.h"

namespace cogent::x86 {
namespace {

constexpr bool is_byte(std::int64_t value) { return value == static_cast<std::int8_t>(value); }

// The digit of an arithmetic operation with an immediate; its opcode with a register is 8 * digit + 1.
int arithmetic_digit(Opcode opcode) {
  switch (opcode) {
    case Opcode::Add:
      return 0;
    case Opcode::Or:
      return 1;
    case Opcode::And:
      return 4;
    case Opcode::Subtract:
      return 5;
    default:
      return 6;  // Xor
  }
}

constexpr int compare_digit = 7;

GeneralForm two_registers(std::uint8_t opcode, std::uint8_t size, int reg, int rm) {
  GeneralForm form;
  form.opcode = opcode;
  form.size = size;
  form.reg = static_cast<std::uint8_t>(reg);
  form.memory.base = static_cast<std::uint8_t>(rm);
  return form;
}

GeneralForm with_immediate(int digit, std::uint8_t size, int rm, std::int64_t immediate) {
  GeneralForm form = two_registers(is_byte(immediate) ? 0x83 : 0x81, size, digit, rm);
  form.immediate_bytes = is_byte(immediate) ? 1 : 4;
  form.immediate = static_cast<std::int32_t>(immediate);
  return form;
}

}  // namespace

void Emitter::write(const GeneralForm& form) {
  std::uint8_t* const at = cursor();
  advance_to(write_general(at, form));
}

void Emitter::write_move(int d, int a) {
  if (d != a) write(two_registers(0x89, 8, a, d));
}

bool Emitter::set_memory(GeneralForm& form, const Instruction& instruction) const {
  if (instruction.b == none || !in_register(instruction.b)) return false;
  if (instruction.c != none && !in_register(instruction.c)) return false;
  form.is_memory = true;
  form.memory.base = static_cast<std::uint8_t>(number(instruction.b));
  if (instruction.c != none) form.memory.index = static_cast<std::int8_t>(number(instruction.c));
  form.memory.scale = instruction.scale;
  form.memory.displacement = static_cast<std::int32_t>(instruction.immediate);
  return true;
}

bool Emitter::general_directly(const Instruction& instruction) {
  const std::uint8_t roles = describe(instruction.opcode).roles;
  if ((roles & DefineD) && (instruction.d == none || !in_register(instruction.d))) return false;
  if ((roles & UseA) && instruction.a != none && !in_register(instruction.a)) return false;
  switch (instruction.opcode) {
    case Opcode::LoadArgument: {
      GeneralForm form = two_registers(0x8b, 8, number(instruction.d), number(instruction.a));
      form.is_memory = true;
      form.memory.displacement = 8 * static_cast<std::int32_t>(instruction.immediate);
      write(form);
      return true;
    }
    case Opcode::MoveImmediate:
      return move_immediate_directly(number(instruction.d), instruction.immediate);
    case Opcode::Move:
      if (is_vector(instruction.d)) return false;
      write_move(number(instruction.d), number(instruction.a));
      return true;
    case Opcode::Add:
    case Opcode::Subtract:
    case Opcode::And:
    case Opcode::Or:
    case Opcode::Xor:
      return arithmetic_directly(instruction);
    case Opcode::Multiply:
      return multiply_directly(instruction);
    case Opcode::ShiftLeft:
    case Opcode::ShiftRight:
    case Opcode::ShiftRightSigned:
      return shift_directly(instruction);
    case Opcode::SignExtend:
    case Opcode::ZeroExtend:
      return extend_directly(instruction);
    case Opcode::Lea:
    case Opcode::Load:
    case Opcode::LoadSigned:
    case Opcode::Store:
    case Opcode::AddToMemory:
    case Opcode::Prefetch:
    case Opcode::PrefetchForWriting:
      return access_directly(instruction);
    default:
      return false;
  }
}

// xor r32, r32 for 0, and b8+r for what fits 32 bits unsigned; the rest is rare.
bool Emitter::move_immediate_directly(int d, std::int64_t value) {
  if (value == 0) {
    write(two_registers(0x31, 4, d, d));
    return true;
  }
  if (value != static_cast<std::uint32_t>(value)) return false;
  std::uint8_t* at = cursor();
  if (d >= 8) *at++ = 0x41;
  *at++ = static_cast<std::uint8_t>(0xb8 | (d & 7));
  const std::uint32_t low = static_cast<std::uint32_t>(value);
  std::memcpy(at, &low, sizeof low);
  advance_to(at + sizeof low);
  return true;
}

bool Emitter::arithmetic_directly(const Instruction& instruction) {
  const std::uint8_t size = instruction.size;
  const int d = number(instruction.d), a = number(instruction.a), digit = arithmetic_digit(instruction.opcode);
  const bool is_add = instruction.opcode == Opcode::Add;
  if (instruction.b == none) {
    if (is_add && d != a) {
      GeneralForm form = two_registers(0x8d, size, d, a);
      form.is_memory = true;
      form.memory.displacement = static_cast<std::int32_t>(instruction.immediate);
      write(form);
      return true;
    }
    write_move(d, a);
    write(with_immediate(digit, size, d, static_cast<std::int32_t>(instruction.immediate)));
    return true;
  }
  if (!in_register(instruction.b)) return false;
  int left = a, right = number(instruction.b);
  if (d == right && d != left) {
    if (instruction.opcode == Opcode::Subtract) return false;
    std::swap(left, right);
  }
  if (is_add && d != left) {
    GeneralForm form = two_registers(0x8d, size, d, left);
    form.is_memory = true;
    form.memory.index = static_cast<std::int8_t>(right);
    write(form);
    return true;
  }
  write_move(d, left);
  write(two_registers(static_cast<std::uint8_t>(8 * digit + 1), size, right, d));
  return true;
}

bool Emitter::multiply_directly(const Instruction& instruction) {
  const int d = number(instruction.d), a = number(instruction.a);
  if (instruction.b == none) {
    const std::int32_t factor = static_cast<std::int32_t>(instruction.immediate);
    GeneralForm form = two_registers(is_byte(factor) ? 0x6b : 0x69, instruction.size, d, a);
    form.immediate_bytes = is_byte(factor) ? 1 : 4;
    form.immediate = factor;
    write(form);
    return true;
  }
  if (!in_register(instruction.b)) return false;
  int left = a, right = number(instruction.b);
  if (d == right) std::swap(left, right);
  write_move(d, left);
  GeneralForm form = two_registers(0xaf, instruction.size, d, right);
  form.two_bytes = true;
  write(form);
  return true;
}

bool Emitter::shift_directly(const Instruction& instruction) {
  const int count = static_cast<int>(instruction.immediate) & (8 * instruction.size - 1);
  if (instruction.b != none || count == 0) return false;
  const int d = number(instruction.d);
  const int digit = instruction.opcode == Opcode::ShiftLeft ? 4 : instruction.opcode == Opcode::ShiftRight ? 5 : 7;
  write_move(d, number(instruction.a));
  GeneralForm form = two_registers(count == 1 ? 0xd1 : 0xc1, instruction.size, digit, d);
  form.immediate_bytes = count == 1 ? 0 : 1;
  form.immediate = count;
  write(form);
  return true;
}

bool Emitter::extend_directly(const Instruction& instruction) {
  const bool is_signed = instruction.opcode == Opcode::SignExtend;
  const int d = number(instruction.d), a = number(instruction.a);
  if (instruction.size == 4) {
    write(is_signed ? two_registers(0x63, 8, d, a) : two_registers(0x89, 4, a, d));
    return true;
  }
  const int opcode = (is_signed ? 0xbe : 0xb6) + (instruction.size == 2);
  GeneralForm form = two_registers(static_cast<std::uint8_t>(opcode), is_signed ? 8 : 4, d, a);
  form.two_bytes = true;
  form.byte_rm = instruction.size == 1;
  write(form);
  return true;
}

bool Emitter::access_directly(const Instruction& instruction) {
  GeneralForm form;
  if (!set_memory(form, instruction)) return false;
  const bool is_signed = instruction.opcode == Opcode::LoadSigned;
  switch (instruction.opcode) {
    case Opcode::Prefetch:
    case Opcode::PrefetchForWriting:
      form.opcode = instruction.opcode == Opcode::Prefetch ? 0x18 : 0x0d;
      form.two_bytes = true;
      form.size = 4;
      form.reg = 1;
      break;
    case Opcode::Store:
      form.opcode = instruction.size == 1 ? 0x88 : 0x89;
      form.size = instruction.size;
      form.byte_reg = instruction.size == 1;
      form.reg = static_cast<std::uint8_t>(number(instruction.a));
      break;
    case Opcode::AddToMemory:
      form.size = instruction.size;
      form.byte_reg = instruction.size == 1 && instruction.a != none;
      if (instruction.a == none)
        form.opcode = instruction.size == 1 ? 0x80 : 0x83;
      else
        form.opcode = instruction.size == 1 ? 0x00 : 0x01;
      form.reg = static_cast<std::uint8_t>(instruction.a == none ? 0 : number(instruction.a));
      form.immediate_bytes = instruction.a == none ? 1 : 0;
      form.immediate = static_cast<std::int8_t>(instruction.control);
      break;
    case Opcode::Lea:
      form.opcode = 0x8d;
      form.size = instruction.size;
      form.reg = static_cast<std::uint8_t>(number(instruction.d));
      break;
    default:
      form.reg = static_cast<std::uint8_t>(number(instruction.d));
      form.two_bytes = instruction.size < 4;
      form.size = is_signed || instruction.size == 8 ? 8 : 4;
      form.opcode = instruction.size == 1                ? is_signed ? 0xbe : 0xb6
                    : instruction.size == 2              ? is_signed ? 0xbf : 0xb7
                    : instruction.size == 4 && is_signed ? 0x63
                                                         : 0x8b;
  }
  write(form);
  return true;
}

bool Emitter::compare_directly(const Instruction& instruction) {
  if (!in_register(instruction.a)) return false;
  const int a = number(instruction.a);
  if (instruction.b == none) {
    if (static_cast<std::int32_t>(instruction.immediate) == 0)
      write(two_registers(0x85, instruction.size, a, a));
    else
      write(with_immediate(compare_digit, instruction.size, a, static_cast<std::int32_t>(instruction.immediate)));
    return true;
  }
  if (!in_register(instruction.b)) return false;
  write(two_registers(8 * compare_digit + 1, instruction.size, number(instruction.b), a));
  return true;
}

}  // namespace cogent::x86
