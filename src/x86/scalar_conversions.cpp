// Conversions between floats and integers, by value and by bits. To integers they saturate, and NaN gives 0: where the
// processor's conversion, which gives the lowest 64-bit value for all that does not fit, would not say so.
#include <bit>

#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Node;
using ir::Type;

namespace {

constexpr std::uint64_t bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }
constexpr std::uint64_t bits_of(float value) { return std::bit_cast<std::uint32_t>(value); }

// A value that both types of floats have.
std::uint64_t bits_in(Type type, double value) {
  return type == Type::F32 ? bits_of(static_cast<float>(value)) : bits_of(value);
}

}  // namespace

// From a float.
VirtualRegister ScalarLowering::convert_float(const Node& node) {
  const Type from = type(node.a), to = node.type;
  const VirtualRegister a = value(node.a);
  if (from == to) return a;
  if (to == Type::F64) return machine_->vector_unary(Opcode::Vcvtss2sd, 16, a);
  if (to == Type::F32) return machine_->vector_unary(Opcode::Vcvtsd2ss, 16, a);
  if (to == Type::Bool)
    return machine_->set_if(Condition::NotEqualOrUnordered, operation_size(from), a,
                            Operand::of(constant_of(0, operation_size(from))));
  if (to == Type::I64) return i64_from_float(a, from);
  if (to == Type::U64) return u64_from_float(a, from);
  return small_from_float(a, from, to);
}

// ---- to floats

VirtualRegister ScalarLowering::float_from_integer(Id id, Type to) {
  const Type from = type(id);
  if (from == Type::U64) return float_from_u64(value(id), to);
  if (from == Type::I64 || from == Type::U32)
    return machine_->vector_unary(of_type(Opcode::Vcvtsi2ssFrom64, to), 16, value_in_64_bits(id));
  return machine_->vector_unary(of_type(Opcode::Vcvtsi2ss, to), 16, value(id));
}

// A number with the highest bit is halved, converted as a signed one, and doubled; the bit that is shifted out stays in
// the lowest, so that it is rounded as if it had not been halved.
VirtualRegister ScalarLowering::float_from_u64(VirtualRegister a, Type to) {
  if (machine_->level == CpuLevel::Avx512) return machine_->vector_unary(of_type(Opcode::Vcvtusi2ssFrom64, to), 16, a);
  const Opcode convert = of_type(Opcode::Vcvtsi2ssFrom64, to);
  const VirtualRegister result = machine_->new_vector();
  const Label small = machine_->new_label(), done = machine_->new_label();
  machine_->jump_if(Condition::GreaterEqual, 8, a, Operand::of_immediate(0), small);
  const VirtualRegister lowest = operate(Opcode::And, 8, a, 1);
  const VirtualRegister half = operate(Opcode::Or, 8, operate(Opcode::ShiftRight, 8, a, 1), lowest);
  machine_->vector_into(result, convert, 16, none, half);
  machine_->vector_into(result, of_type(Opcode::Vaddss, to), 16, result, result);
  machine_->jump(done);
  machine_->place(small);
  machine_->vector_into(result, convert, 16, none, a);
  machine_->place(done);
  return result;
}

// ---- to integers

// The value is brought into the range of the type, which F64 has, and F32 for small types. NaN passes through, since
// the instructions give their right operand then, and becomes the lowest 64-bit value, whose low half is 0.
VirtualRegister ScalarLowering::small_from_float(VirtualRegister a, Type from, Type to) {
  Type through = from;
  if (ir::size_of(to) == 4 && from == Type::F32) {
    a = machine_->vector_unary(Opcode::Vcvtss2sd, 16, a);
    through = Type::F64;
  }
  const auto limit = [&](std::int64_t end) {
    return constant_of(bits_in(through, static_cast<double>(end)), operation_size(through));
  };
  const VirtualRegister highest = limit(ir::highest_of(to)), lowest = limit(ir::lowest_of(to));
  const VirtualRegister capped = machine_->vector(of_type(Opcode::Vminss, through), 16, highest, a);
  const VirtualRegister inside = machine_->vector(of_type(Opcode::Vmaxss, through), 16, lowest, capped);
  return to_integer(of_type(Opcode::Vcvttss2siTo64, through), inside);
}

// The lowest value stands for all that does not fit: what is not negative then is too large, unless it is NaN.
VirtualRegister ScalarLowering::i64_from_float(VirtualRegister a, Type from) {
  const VirtualRegister result = to_integer(of_type(Opcode::Vcvttss2siTo64, from), a);
  const Label done = machine_->new_label();
  const VirtualRegister zero = constant_of(0, operation_size(from));
  machine_->jump_if(Condition::NotEqual, 8, result, Operand::of(machine_->immediate(ir::lowest_of(Type::I64))), done);
  machine_->jump_if(Condition::Above, operation_size(from), zero, Operand::of(a), done);
  machine_->immediate_into(result, ir::highest_of(Type::I64));
  machine_->jump_if(Condition::Ordered, operation_size(from), a, Operand::of(a), done);
  machine_->immediate_into(result, 0);
  machine_->place(done);
  return result;
}

// Above 2^63 the signed conversion is applied to the rest, and the highest bit is added.
VirtualRegister ScalarLowering::u64_from_float(VirtualRegister a, Type from) {
  const std::uint8_t size = operation_size(from);
  const Opcode convert = of_type(Opcode::Vcvttss2siTo64, from);
  // Of NaN the instruction gives the right operand, 0.
  const VirtualRegister positive = machine_->vector(of_type(Opcode::Vmaxss, from), 16, a, constant_of(0, size));
  if (machine_->level == CpuLevel::Avx512) return to_integer(of_type(Opcode::Vcvttss2usiTo64, from), positive);
  const VirtualRegister result = to_integer(convert, positive);
  const Label done = machine_->new_label();
  machine_->jump_if(Condition::GreaterEqual, 8, result, Operand::of_immediate(0), done);
  machine_->immediate_into(result, -1);
  machine_->jump_if(Condition::AboveEqual, size, positive, Operand::of(constant_of(bits_in(from, 0x1p64), size)), done);
  const VirtualRegister rest =
      machine_->vector(of_type(Opcode::Vsubss, from), 16, positive, constant_of(bits_in(from, 0x1p63), size));
  machine_->vector_into(result, convert, 16, none, rest);
  machine_->binary_into(result, Opcode::Xor, 8, result, Operand::of(machine_->immediate(ir::lowest_of(Type::I64))));
  machine_->place(done);
  return result;
}

VirtualRegister ScalarLowering::to_integer(Opcode opcode, VirtualRegister a) {
  return machine_->vector_into(machine_->new_general(), opcode, 16, none, a);
}

// ---- by bits

VirtualRegister ScalarLowering::bits(const Node& node) {
  const bool is_wide = ir::size_of(node.type) == 8;
  const VirtualRegister a = value(node.a);
  if (ir::is_float(node.type) == ir::is_float(type(node.a))) return a;
  if (ir::is_float(node.type))
    return machine_->vector_unary(is_wide ? Opcode::VmovqFromGeneral : Opcode::VmovdFromGeneral, 16, a);
  return machine_->vector_part(is_wide ? Opcode::VmovqToGeneral : Opcode::VmovdToGeneral, 16, a);
}

}  // namespace cogent::x86
