// Comparisons and what follows from them, and the instructions that are bound to rax and rdx, through Xbyak.
#include "x86/encoder_emitter.h"

namespace cogent::x86 {

using MachineOperand = Xbyak::Operand;
using Xbyak::Reg;

void Emitter::compare(const Instruction& instruction) {
  if (is_vector(instruction.a)) return compare_floats(instruction);
  if (instruction.tests) return test_bits(instruction);
  if (directly_ && compare_directly(instruction)) return;
  const int size = instruction.size;
  if (instruction.b == none) {
    const std::uint32_t value = static_cast<std::uint32_t>(instruction.immediate);
    return with_operand(instruction.a, size, [&](const MachineOperand& a) {
      if (value == 0 && a.isREG())
        test(a, a.getReg());
      else
        cmp(a, value);
    });
  }
  if (!in_register(instruction.a) && in_register(instruction.b))
    return cmp(slot(instruction.a, 8 * size), sized(use(instruction.b, rcx), size));
  const Reg a = sized(use(instruction.a, rax), size);
  with_operand(instruction.b, size, [&](const MachineOperand& b) { cmp(a, b); });
}

void Emitter::test_bits(const Instruction& instruction) {
  const int size = instruction.size;
  if (instruction.b == none)
    return with_operand(instruction.a, size,
                        [&](const MachineOperand& a) { test(a, static_cast<std::uint32_t>(instruction.immediate)); });
  const Reg b = sized(use(instruction.b, rcx), size);
  with_operand(instruction.a, size, [&](const MachineOperand& a) { test(a, b); });
}

// Whether a MoveIf before, with nothing but moves since, has compared the same.
bool Emitter::is_compared(const Instruction& instruction) const {
  const Instruction* const first = program_->instructions.data();
  for (const Instruction* before = &instruction; before-- != first;) {
    if (before->opcode != Opcode::Move && before->opcode != Opcode::MoveIf) return false;
    if (before->d == instruction.a || before->d == instruction.b || is_vector(before->d)) return false;
    if (before->opcode == Opcode::MoveIf)
      return before->a == instruction.a && before->b == instruction.b && before->immediate == instruction.immediate &&
             before->size == instruction.size && before->tests == instruction.tests;
  }
  return false;
}

void Emitter::set_if(const Instruction& instruction) {
  using C = CodeGenerator;
  using Set = void (C::*)(const MachineOperand&);
  static constexpr Set by_condition[16] = {nullptr,   nullptr,   &C::setb,  &C::setae, &C::sete, &C::setne,
                                           &C::setbe, &C::seta,  nullptr,   nullptr,   &C::setp, &C::setnp,
                                           &C::setl,  &C::setge, &C::setle, &C::setg};
  compare(instruction);
  if (instruction.condition >= Condition::EqualOrdered) return set_if_equal_floats(instruction);
  const Reg64 d = define(instruction.d, rax);
  (this->*by_condition[static_cast<int>(instruction.condition)])(d.cvt8());
  movzx(d.cvt32(), d.cvt8());
  finish(instruction.d, d);
}

void Emitter::move_if(const Instruction& instruction) {
  using C = CodeGenerator;
  using ConditionalMove = void (C::*)(const Reg&, const MachineOperand&);
  static constexpr ConditionalMove by_condition[16] = {
      nullptr, nullptr, &C::cmovb, &C::cmovae, &C::cmove, &C::cmovne, &C::cmovbe, &C::cmova,
      nullptr, nullptr, &C::cmovp, &C::cmovnp, &C::cmovl, &C::cmovge, &C::cmovle, &C::cmovg};
  if (is_vector(instruction.d) && move_if_by_mask(instruction)) return;
  if (is_vector(instruction.d) || !is_compared(instruction)) compare(instruction);
  if (is_vector(instruction.d) || instruction.condition >= Condition::EqualOrdered)
    return move_if_by_branch(instruction);
  const Reg64 d = use(instruction.d, rax);
  with_operand(instruction.c, 8, [&](const MachineOperand& source) {
    (this->*by_condition[static_cast<int>(instruction.condition)])(d, source);
  });
  finish(instruction.d, d);
}

void Emitter::minimum_maximum(const Instruction& instruction) {
  VirtualRegister a = instruction.a, b = instruction.b;
  const Reg64 d = define(instruction.d, rax);
  if (b != none && same_home(b, d)) std::swap(a, b);
  if (!same_home(a, d)) with_operand(a, 8, [&](const MachineOperand& source) { mov(d, source); });
  const Xbyak::Reg32e target(d.getIdx(), 8 * instruction.size);
  const auto choose = [&](const MachineOperand& other) {
    cmp(target, other);
    switch (instruction.opcode) {
      case Opcode::MinSigned:
        return cmovg(target, other);
      case Opcode::MaxSigned:
        return cmovl(target, other);
      case Opcode::MinUnsigned:
        return cmova(target, other);
      default:
        return cmovb(target, other);
    }
  };
  if (b == none) {
    set_register(rcx, instruction.immediate);
    choose(sized(rcx, instruction.size));
  } else {
    with_operand(b, instruction.size, choose);
  }
  finish(instruction.d, d);
}

// ---- division and high products

// Neither operand is ever in rax or rdx, so that the pair may be filled before the divisor is read.
void Emitter::divide(const Instruction& instruction) {
  const bool is_signed = instruction.opcode == Opcode::DivideSigned || instruction.opcode == Opcode::RemainderSigned;
  const bool is_remainder =
      instruction.opcode == Opcode::RemainderSigned || instruction.opcode == Opcode::RemainderUnsigned;
  load_rax(instruction.a);
  if (instruction.b == none) set_register(rcx, instruction.immediate);
  if (!is_signed)
    xor_(edx, edx);
  else if (instruction.size == 8)
    cqo();
  else
    cdq();
  const auto by = [&](const MachineOperand& divisor) { is_signed ? idiv(divisor) : div(divisor); };
  if (instruction.b == none)
    by(sized(rcx, instruction.size));
  else
    with_operand(instruction.b, instruction.size, by);
  const Reg64& result = is_remainder ? rdx : rax;
  if (in_register(instruction.d)) mov(Reg64(allocation_->machine_register[instruction.d]), result);
  finish(instruction.d, result);
}

void Emitter::multiply_high(const Instruction& instruction) {
  load_rax(instruction.a);
  const auto by = [&](const MachineOperand& factor) {
    instruction.opcode == Opcode::MultiplyHighSigned ? imul(factor) : mul(factor);
  };
  if (instruction.b == none) {
    set_register(rcx, instruction.immediate);
    by(sized(rcx, instruction.size));
  } else {
    with_operand(instruction.b, instruction.size, by);
  }
  if (in_register(instruction.d)) mov(Reg64(allocation_->machine_register[instruction.d]), rdx);
  finish(instruction.d, rdx);
}

void Emitter::load_rax(VirtualRegister a) {
  with_operand(a, 8, [&](const MachineOperand& source) { mov(rax, source); });
}

}  // namespace cogent::x86
