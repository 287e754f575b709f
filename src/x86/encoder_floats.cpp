// Single floats in vector registers: the two-operand instructions of Baseline, those that keep the upper lanes,
// conversions to integers, moves, and comparisons, which know that NaN is unordered.
#include "x86/encoder_emitter.h"

namespace cogent::x86 {

using Rm = VectorForm::Rm;

namespace {

// The predicate by which the comparing instruction says of (b, a) what the condition says of (a, b).
std::uint8_t swapped_predicate(Condition condition) {
  switch (condition) {
    case Condition::EqualOrdered:
      return 0;
    case Condition::Above:
      return 1;
    case Condition::AboveEqual:
      return 2;
    case Condition::Unordered:
      return 3;
    case Condition::NotEqualOrUnordered:
      return 4;
    case Condition::BelowEqual:
      return 5;
    case Condition::Below:
      return 6;
    default:
      return 7;  // Ordered
  }
}

}  // namespace

// ---- moves

void Emitter::copy_float(int d, int a) {
  if (d == a) return;
  VectorForm form{&describe(Opcode::Vmovaps), 16};
  form.reg = static_cast<std::uint8_t>(d);
  form.base = static_cast<std::uint8_t>(a);
  write(form);
}

void Emitter::clear(int machine_register) {
  VectorForm form{&describe(Opcode::Vxorps), 16};
  form.reg = form.v = form.base = static_cast<std::uint8_t>(machine_register);
  write(form);
}

void Emitter::put_in(int machine_register, VirtualRegister v) {
  copy_float(machine_register, use_vector(v, machine_register));
}

void Emitter::move_float(VirtualRegister d, VirtualRegister a) {
  if (in_register(d)) return put_in(number(d), a);
  store_slot(use_vector(a, scratch(0)), d);
}

// ---- computation

// d = a op b by d op= b.
void Emitter::destructive(Instruction instruction, const Descriptor& descriptor) {
  if (has_trait(descriptor, Commutes) && !instruction.memory && same_vector_home(instruction.b, instruction.d))
    std::swap(instruction.a, instruction.b);
  VectorForm form{&descriptor, instruction.size, instruction.control};
  const bool d_in_register = in_register(instruction.d);
  const int d = d_in_register ? number(instruction.d) : scratch(0);
  form.reg = static_cast<std::uint8_t>(d);
  set_source(form, instruction, descriptor);
  if (!has_trait(descriptor, NoFirstSource)) {
    if (form.rm == Rm::Register && form.base == d &&
        !same_vector_home(instruction.a, instruction.d)) {  // moving a into d would destroy b
      copy_float(scratch(1), d);
      form.base = static_cast<std::uint8_t>(scratch(1));
    }
    put_in(d, instruction.a);
  }
  write(form);
  if (form.rm == Rm::Pool) pool_reference(form.displacement, pool_field_distance(descriptor) - 4);
  if (!d_in_register) store_slot(d, instruction.d);
}

// The lanes above the lowest are nobody's, but they make the instruction wait for where they come from: that is the
// source itself where possible, else a register that was just cleared.
void Emitter::keep_upper(const Instruction& instruction, const Descriptor& descriptor) {
  VectorForm form{&descriptor, instruction.size, instruction.control};
  const bool d_in_register = in_register(instruction.d);
  const int d = d_in_register ? number(instruction.d) : scratch(0);
  form.reg = form.v = static_cast<std::uint8_t>(d);
  set_source(form, instruction, descriptor);
  const bool from_vector = form.rm == Rm::Register && !has_trait(descriptor, GeneralRm);
  if (from_vector && has_vex())
    form.v = form.base;
  else if (!from_vector || form.base != d)
    clear(d);
  write(form);
  if (form.rm == Rm::Pool) pool_reference(form.displacement, pool_field_distance(descriptor) - 4);
  if (!d_in_register) store_slot(d, instruction.d);
}

void Emitter::to_general(const Instruction& instruction, const Descriptor& descriptor) {
  VectorForm form{&descriptor, instruction.size};
  const Reg64 d = define(instruction.d, rax);
  form.reg = static_cast<std::uint8_t>(d.getIdx());
  set_source(form, instruction, descriptor);
  write(form);
  if (form.rm == Rm::Pool) pool_reference(form.displacement);
  finish(instruction.d, d);
}

// ---- comparisons

void Emitter::compare_floats(const Instruction& instruction) {
  const Descriptor& descriptor = describe(instruction.size == 4 ? Opcode::Vucomiss : Opcode::Vucomisd);
  VectorForm form{&descriptor, 16};
  form.reg = static_cast<std::uint8_t>(use_vector(instruction.a, scratch(0)));
  set_source(form, instruction, descriptor);
  write(form);
  if (form.rm == Rm::Pool) pool_reference(form.displacement);
}

void Emitter::set_if_equal_floats(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  if (instruction.condition == Condition::EqualOrdered) {
    sete(al);
    setnp(cl);
    and_(al, cl);
  } else {
    setne(al);
    setp(cl);
    or_(al, cl);
  }
  movzx(d.cvt32(), al);
  finish(instruction.d, d);
}

void Emitter::move_if_by_branch(const Instruction& instruction) {
  const Skip skip = skip_unless(instruction.condition);
  move(instruction.d, instruction.c);
  arrive(skip);
}

// A move that depends on a comparison of floats, without a branch: false if it has none. The mask is as wide as the
// floats that are compared, and must not be narrower than those that are moved; what is moved must be in registers.
bool Emitter::move_if_by_mask(const Instruction& instruction) {
  if (!is_vector(instruction.a) || instruction.size < instruction.control) return false;
  if (!in_register(instruction.c) || !in_register(instruction.d)) return false;
  const bool single = instruction.size == 4;
  const std::uint8_t predicate = swapped_predicate(instruction.condition);
  const Xbyak::Xmm d(number(instruction.d)), c(number(instruction.c)), mask(scratch(0)), other(scratch(1));
  if (!has_vex()) put_in(mask.getIdx(), instruction.b);
  const Xbyak::Xmm b(has_vex() ? use_vector(instruction.b, mask.getIdx()) : mask.getIdx());
  const Xbyak::Xmm a(use_vector(instruction.a, other.getIdx()));
  if (has_evex()) {
    single ? vcmpss(k1, b, a, predicate) : vcmpsd(k1, b, a, predicate);
    single ? vmovss(d | k1, d, c) : vmovsd(d | k1, d, c);
  } else if (has_vex()) {
    single ? vcmpss(mask, b, a, predicate) : vcmpsd(mask, b, a, predicate);
    single ? vblendvps(d, d, c, mask) : vblendvpd(d, d, c, mask);
  } else {
    single ? cmpss(mask, a, predicate) : cmpsd(mask, a, predicate);
    movaps(other, c);
    andps(other, mask);
    andnps(mask, d);
    orps(mask, other);
    movaps(d, mask);
  }
  return true;
}

// ---- short jumps forward

std::uint32_t Emitter::short_jump(Condition condition) {
  std::uint8_t* const at = cursor();
  at[0] = static_cast<std::uint8_t>(0x70 | static_cast<int>(condition));
  advance_to(at + 2);
  return position();
}

void Emitter::arrive(std::uint32_t short_jump_end) {
  buffer_[short_jump_end - 1] = static_cast<std::uint8_t>(position() - short_jump_end);
}

void Emitter::arrive(Skip skip) {
  arrive(skip.first);
  if (skip.second != 0) arrive(skip.second);
}

// Jumps to where the skip arrives unless the condition holds.
Emitter::Skip Emitter::skip_unless(Condition condition) {
  if (condition == Condition::EqualOrdered) {
    const std::uint32_t unequal = short_jump(Condition::NotEqual);
    return {unequal, short_jump(Condition::Unordered)};
  }
  if (condition != Condition::NotEqualOrUnordered) return {short_jump(negate(condition)), 0};
  const std::uint32_t unequal = short_jump(Condition::NotEqual);
  const std::uint32_t equal = short_jump(Condition::Ordered);
  arrive(unequal);
  return {equal, 0};
}

}  // namespace cogent::x86
