// All instructions on general registers, through Xbyak. Operands in memory are used from there where x86 allows it,
// else loaded into a scratch register; results are computed in their register, or in scratch and stored.
#include "x86/encoder_emitter.h"

namespace cogent::x86 {

using MachineOperand = Xbyak::Operand;
using Xbyak::Reg;

// ---- homes

Xbyak::Address Emitter::slot(VirtualRegister v, int bits) const {
  const int offset = saved_registers_bottom_ - 8 * (allocation_->spill_slot[v] + 1);
  return Xbyak::AddressFrame(static_cast<std::uint32_t>(bits))[rbp + offset];
}

Emitter::Reg64 Emitter::use(VirtualRegister v, const Reg64& scratch_register) {
  if (in_register(v)) return Reg64(allocation_->machine_register[v]);
  mov(scratch_register, slot(v, 64));
  return scratch_register;
}

Emitter::Reg64 Emitter::define(VirtualRegister v, const Reg64& scratch_register) const {
  return in_register(v) ? Reg64(allocation_->machine_register[v]) : scratch_register;
}

void Emitter::finish(VirtualRegister v, const Reg64& computed_in) {
  if (!in_register(v)) mov(slot(v, 64), computed_in);
}

bool Emitter::same_home(VirtualRegister v, const Reg64& reg) const {
  return in_register(v) && allocation_->machine_register[v] == reg.getIdx();
}

Reg Emitter::sized(const Reg64& reg, int size) {
  switch (size) {
    case 1:
      return reg.cvt8();
    case 2:
      return reg.cvt16();
    case 4:
      return reg.cvt32();
    default:
      return reg;
  }
}

Xbyak::RegExp Emitter::address(const Instruction& instruction) {
  Xbyak::RegExp result(static_cast<std::size_t>(instruction.immediate));
  if (instruction.b != none) result = Xbyak::RegExp(use(instruction.b, rcx)) + result;
  if (instruction.c != none) result = result + Xbyak::RegExp(use(instruction.c, rdx), instruction.scale);
  return result;
}

// ---- one instruction

void Emitter::general(const Instruction& instruction) {
  if (directly_ && general_directly(instruction)) return;
  switch (instruction.opcode) {
    case Opcode::MoveImmediate:
      return move_immediate(instruction.d, instruction.immediate);
    case Opcode::Move:
      return move(instruction.d, instruction.a);
    case Opcode::Add:
      return add_or_lea(instruction);
    case Opcode::Multiply:
      return multiply(instruction);
    case Opcode::Subtract:
    case Opcode::And:
    case Opcode::Or:
    case Opcode::Xor:
      return arithmetic(instruction);
    case Opcode::Negate:
    case Opcode::Not:
      return unary(instruction);
    case Opcode::ShiftLeft:
    case Opcode::ShiftRight:
    case Opcode::ShiftRightSigned:
      return instruction.b == none ? shift(instruction) : shift_by_register(instruction);
    case Opcode::Lea:
      return load_effective_address(instruction);
    case Opcode::DivideSigned:
    case Opcode::DivideUnsigned:
    case Opcode::RemainderSigned:
    case Opcode::RemainderUnsigned:
      return divide(instruction);
    case Opcode::MultiplyHighSigned:
    case Opcode::MultiplyHighUnsigned:
      return multiply_high(instruction);
    case Opcode::SetIf:
      return set_if(instruction);
    case Opcode::MoveIf:
      return move_if(instruction);
    case Opcode::MinSigned:
    case Opcode::MaxSigned:
    case Opcode::MinUnsigned:
    case Opcode::MaxUnsigned:
      return minimum_maximum(instruction);
    case Opcode::SignExtend:
    case Opcode::ZeroExtend:
      return extend(instruction);
    case Opcode::PopulationCount:
    case Opcode::CountLeadingZeros:
    case Opcode::CountTrailingZeros:
    case Opcode::BitScanForward:
    case Opcode::BitScanReverse:
      return bits(instruction);
    case Opcode::ByteSwap:
      return byte_swap(instruction);
    case Opcode::RotateLeft:
      return rotate(instruction);
    default:
      return access(instruction);
  }
}

void Emitter::access(const Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::Arguments:
      return move_arguments(instruction.d);
    case Opcode::LoadArgument:
      return load_argument(instruction);
    case Opcode::PoolAddress:
      return pool_address(instruction);
    case Opcode::Load:
    case Opcode::LoadSigned:
      return load(instruction);
    case Opcode::Store:
      return store(instruction);
    case Opcode::AddToMemory:
      return add_to_memory(instruction);
    case Opcode::Prefetch:
      return prefetcht0(ptr[address(instruction)]);
    case Opcode::PrefetchForWriting:
      return prefetchw(ptr[address(instruction)]);
    case Opcode::StoreFence:
      return sfence();
    case Opcode::LocalAddress:
      return local_address(instruction.d, instruction.immediate);
    case Opcode::LoadErrorRecord:
    case Opcode::LoadContext:
    case Opcode::LoadCallsLeft:
      return load_from_frame(instruction);
    case Opcode::Call:
      return call(instruction);
    default:
      throw EncodingError("an instruction without an encoding");
  }
}

void Emitter::move_arguments(VirtualRegister v) {
  if (same_home(v, rdi)) return;
  const Reg64 d = define(v, rdi);
  if (d.getIdx() != rdi.getIdx()) mov(d, rdi);
  finish(v, d);
}

void Emitter::load_argument(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  mov(d, qword[use(instruction.a, rax) + 8 * static_cast<int>(instruction.immediate)]);
  finish(instruction.d, d);
}

void Emitter::pool_address(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  lea(d, ptr[rip]);
  pool_reference(static_cast<std::int32_t>(instruction.immediate));
  finish(instruction.d, d);
}

void Emitter::move_immediate(VirtualRegister v, std::int64_t value) {
  if (!in_register(v) && value == static_cast<std::int32_t>(value)) {
    mov(slot(v, 64), static_cast<std::uint64_t>(value));
    return;
  }
  const Reg64 d = define(v, rax);
  set_register(d, value);
  finish(v, d);
}

void Emitter::set_register(const Reg64& d, std::int64_t value) {
  if (value == 0)
    xor_(d.cvt32(), d.cvt32());
  else
    mov(d, static_cast<std::uint64_t>(value));
}

void Emitter::move(VirtualRegister d, VirtualRegister a) {
  if (is_vector(d)) return move_float(d, a);
  if (in_register(d)) {
    const Reg64 target(allocation_->machine_register[d]);
    if (!same_home(a, target)) with_operand(a, 8, [&](const MachineOperand& source) { mov(target, source); });
  } else {
    mov(slot(d, 64), use(a, rax));
  }
}

// Three-operand sums are lea's; the rest is two-operand arithmetic.
void Emitter::add_or_lea(const Instruction& instruction) {
  const bool by_lea =
      in_register(instruction.d) && in_register(instruction.a) &&
      !same_home(instruction.a, Reg64(allocation_->machine_register[instruction.d])) &&
      (instruction.b == none || (in_register(instruction.b) && allocation_->machine_register[instruction.b] !=
                                                                   allocation_->machine_register[instruction.d]));
  if (!by_lea) return arithmetic(instruction);
  const Reg64 a(allocation_->machine_register[instruction.a]);
  const Reg d = sized(Reg64(allocation_->machine_register[instruction.d]), instruction.size);
  if (instruction.b == none)
    lea(d, ptr[a + static_cast<int>(instruction.immediate)]);
  else
    lea(d, ptr[a + Reg64(allocation_->machine_register[instruction.b])]);
}

void Emitter::apply(Opcode opcode, const Reg& d, const MachineOperand& b) {
  switch (opcode) {
    case Opcode::Add:
      return CodeGenerator::add(d, b);
    case Opcode::Subtract:
      return sub(d, b);
    case Opcode::Multiply:
      return imul(d, b);
    case Opcode::And:
      return and_(d, b);
    case Opcode::Or:
      return or_(d, b);
    default:
      return xor_(d, b);
  }
}

void Emitter::apply_immediate(Opcode opcode, const Reg& d, std::int32_t immediate) {
  const std::uint32_t value = static_cast<std::uint32_t>(immediate);
  switch (opcode) {
    case Opcode::Add:
      return CodeGenerator::add(d, value);
    case Opcode::Subtract:
      return sub(d, value);
    case Opcode::And:
      return and_(d, value);
    case Opcode::Or:
      return or_(d, value);
    default:
      return xor_(d, value);
  }
}

void Emitter::arithmetic(const Instruction& instruction) {
  VirtualRegister a = instruction.a, b = instruction.b;
  const Reg64 d = define(instruction.d, rax);
  if (b != none && same_home(b, d) && !same_home(a, d)) {  // moving a into d would destroy b
    if (instruction.opcode == Opcode::Subtract) {          // -b + a
      const Reg target = sized(d, instruction.size);
      neg(target);
      return with_operand(a, instruction.size,
                          [&](const MachineOperand& source) { CodeGenerator::add(target, source); });
    }
    std::swap(a, b);
  }
  if (!same_home(a, d)) with_operand(a, 8, [&](const MachineOperand& source) { mov(d, source); });
  const Reg target = sized(d, instruction.size);
  if (b == none)
    apply_immediate(instruction.opcode, target, static_cast<std::int32_t>(instruction.immediate));
  else
    with_operand(b, instruction.size, [&](const MachineOperand& source) { apply(instruction.opcode, target, source); });
  finish(instruction.d, d);
}

void Emitter::multiply(const Instruction& instruction) {
  if (instruction.b != none) return arithmetic(instruction);
  const Reg64 d = define(instruction.d, rax);
  with_operand(instruction.a, instruction.size, [&](const MachineOperand& source) {
    imul(sized(d, instruction.size), source, static_cast<int>(instruction.immediate));
  });
  finish(instruction.d, d);
}

void Emitter::unary(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  if (!same_home(instruction.a, d))
    with_operand(instruction.a, 8, [&](const MachineOperand& source) { mov(d, source); });
  if (instruction.opcode == Opcode::Negate)
    neg(sized(d, instruction.size));
  else
    not_(sized(d, instruction.size));
  finish(instruction.d, d);
}

void Emitter::shift(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  if (!same_home(instruction.a, d))
    with_operand(instruction.a, 8, [&](const MachineOperand& source) { mov(d, source); });
  const Reg target = sized(d, instruction.size);
  const int count = static_cast<int>(instruction.immediate) & (8 * instruction.size - 1);
  if (count == 0 && instruction.size == 4)
    mov(target, target);  // the upper half becomes zero whatever the count
  else if (instruction.opcode == Opcode::ShiftLeft)
    shl(target, count);
  else if (instruction.opcode == Opcode::ShiftRight)
    shr(target, count);
  else
    sar(target, count);
  finish(instruction.d, d);
}

void Emitter::shift_by_register(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  if (program_->level != CpuLevel::Baseline) {  // BMI2
    const Xbyak::Reg32e target(d.getIdx(), 8 * instruction.size);
    const Xbyak::Reg32e count(use(instruction.b, rcx).getIdx(), 8 * instruction.size);
    with_operand(instruction.a, instruction.size, [&](const MachineOperand& source) {
      if (instruction.opcode == Opcode::ShiftLeft)
        shlx(target, source, count);
      else if (instruction.opcode == Opcode::ShiftRight)
        shrx(target, source, count);
      else
        sarx(target, source, count);
    });
    return finish(instruction.d, d);
  }
  with_operand(instruction.b, 8,
               [&](const MachineOperand& source) { mov(rcx, source); });  // first: d may be its register
  if (!same_home(instruction.a, d))
    with_operand(instruction.a, 8, [&](const MachineOperand& source) { mov(d, source); });
  const Reg target = sized(d, instruction.size);
  if (instruction.size == 4) mov(target, target);  // the upper half becomes zero even when the count is 0
  if (instruction.opcode == Opcode::ShiftLeft)
    shl(target, cl);
  else if (instruction.opcode == Opcode::ShiftRight)
    shr(target, cl);
  else
    sar(target, cl);
  finish(instruction.d, d);
}

void Emitter::load_effective_address(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  lea(sized(d, instruction.size), ptr[address(instruction)]);
  finish(instruction.d, d);
}

void Emitter::extend(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  with_operand(instruction.a, instruction.size, [&](const MachineOperand& source) {
    const bool is_signed = instruction.opcode == Opcode::SignExtend;
    if (instruction.size == 4)
      is_signed ? movsxd(d, source) : mov(d.cvt32(), source);
    else
      is_signed ? movsx(d, source) : movzx(d.cvt32(), source);
  });
  finish(instruction.d, d);
}

void Emitter::load(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  const Xbyak::Address source =
      Xbyak::AddressFrame(static_cast<std::uint32_t>(8 * instruction.size))[address(instruction)];
  const bool is_signed = instruction.opcode == Opcode::LoadSigned;
  if (instruction.size == 8)
    mov(d, source);
  else if (instruction.size == 4)
    is_signed ? movsxd(d, source) : mov(d.cvt32(), source);
  else
    is_signed ? movsx(d, source) : movzx(d.cvt32(), source);
  finish(instruction.d, d);
}

void Emitter::store(const Instruction& instruction) {
  const Xbyak::RegExp target = address(instruction);
  const Reg value = sized(use(instruction.a, rax), instruction.size);
  mov(Xbyak::AddressFrame(static_cast<std::uint32_t>(8 * instruction.size))[target], value);
}

void Emitter::add_to_memory(const Instruction& instruction) {
  const Xbyak::AddressFrame frame(static_cast<std::uint32_t>(8 * instruction.size));
  const Xbyak::RegExp target = address(instruction);
  if (instruction.a == none)
    add(frame[target], static_cast<std::uint32_t>(static_cast<std::int8_t>(instruction.control)));
  else
    add(frame[target], sized(use(instruction.a, rax), instruction.size));
}

}  // namespace cogent::x86
