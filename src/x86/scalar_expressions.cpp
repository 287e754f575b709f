// Pure nodes: each becomes one or a few machine instructions on the registers of its operands.
#include <bit>
#include <utility>

#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Node;
using ir::Op;
using ir::Type;

namespace {

Condition condition_of(Op op, bool is_signed) {
  switch (op) {
    case Op::Less:
      return is_signed ? Condition::Less : Condition::Below;
    case Op::LessEqual:
      return is_signed ? Condition::LessEqual : Condition::BelowEqual;
    case Op::Equal:
      return Condition::Equal;
    default:
      return Condition::NotEqual;
  }
}

// Whether every canonical value of `from`, extended to 32 bits, is one of `to` as it stands.
bool includes(Type to, Type from) {
  if (ir::width_of(to) == 32) return true;
  if (ir::is_signed(from)) return ir::is_signed(to) && ir::width_of(from) <= ir::width_of(to);
  return ir::width_of(from) < ir::width_of(to) || to == from;
}

}  // namespace

// ---- operands

VirtualRegister ScalarLowering::value(Id id) {
  if (!program_->is_constant(id)) return registers_[id];
  return ir::is_float(type(id)) ? constant_of(id) : machine_->immediate(program_->value(id));
}

Operand ScalarLowering::operand(Id id) {
  if (!program_->is_constant(id)) return Operand::of(registers_[id]);
  const std::int64_t constant = program_->value(id);
  if (operation_size(type(id)) == 4 || constant == static_cast<std::int32_t>(constant))
    return Operand::of_immediate(static_cast<std::int32_t>(constant));
  return Operand::of(machine_->immediate(constant));
}

VirtualRegister ScalarLowering::canonical(Type of, VirtualRegister v) {
  switch (of) {
    case Type::Bool:
      return operate(Opcode::And, 4, v, 1);
    case Type::I8:
    case Type::I16:
      return machine_->unary(Opcode::SignExtend, static_cast<std::uint8_t>(ir::size_of(of)), v);
    case Type::U8:
    case Type::U16:
      return machine_->unary(Opcode::ZeroExtend, static_cast<std::uint8_t>(ir::size_of(of)), v);
    default:
      return v;
  }
}

VirtualRegister ScalarLowering::to_64_bits(Type from, VirtualRegister v) {
  if (operation_size(from) == 8) return v;
  return machine_->unary(ir::is_signed(from) ? Opcode::SignExtend : Opcode::ZeroExtend, 4, v);
}

VirtualRegister ScalarLowering::value_in_64_bits(Id id) {
  return fills_register(id) ? value(id) : to_64_bits(type(id), value(id));
}

// Whether what computes the node leaves the canonical 64-bit form: loads extend to 64 bits (of I32 where that is
// wanted), operations in 32 bits clear the upper half, and an index that counts upward from a constant does not become
// negative.
bool ScalarLowering::fills_register(Id id) const {
  const Node& node = program_->nodes[id];
  switch (node.op) {
    case Op::Constant:
    case Op::Parameter:
      return true;
    case Op::Load:
      return node.type != Type::I32 || loads_in_64_bits(id);
    case Op::Index: {
      const ir::Statement& loop = program_->statements[program_->regions[node.a].owner];
      const bool counts_up = program_->is_constant(loop.d) && program_->value(loop.d) > 0;
      return program_->is_constant(loop.b) && program_->value(loop.b) >= 0 && counts_up;
    }
    default:
      if (!clears_upper_half(id)) return false;
      if (!ir::is_signed(node.type)) return true;
      return node.type == Type::I32 && is_wanted(id) && (computes_in_64_bits(id) || ranges_[id].low >= 0);
  }
}

// ---- nodes

Opcode ScalarLowering::opcode_of(Op op, bool is_signed) {
  switch (op) {
    case Op::Add:
      return Opcode::Add;
    case Op::Subtract:
      return Opcode::Subtract;
    case Op::Multiply:
      return Opcode::Multiply;
    case Op::Minimum:
      return is_signed ? Opcode::MinSigned : Opcode::MinUnsigned;
    case Op::Maximum:
      return is_signed ? Opcode::MaxSigned : Opcode::MaxUnsigned;
    case Op::And:
      return Opcode::And;
    case Op::Or:
      return Opcode::Or;
    default:
      return Opcode::Xor;
  }
}

void ScalarLowering::compute(Id id) {
  const Node& node = program_->nodes[id];
  VirtualRegister& result = registers_[id];
  if (ir::is_float(node.type)) {
    result = compute_float(id);
    return;
  }
  switch (node.op) {
    case Op::Parameter:
      result = machine_->load_argument(arguments_, program_->parameters[node.a].slot);
      return;
    case Op::Size:
      result = machine_->load_argument(arguments_,
                                       program_->parameters[program_->arrays[node.a].parameter].slot + 1u + node.b);
      return;
    case Op::Divide:
    case Op::Remainder:
      result = divide(id);
      return;
    case Op::ShiftLeft:
    case Op::ShiftRight:
      result = shift(id);
      return;
    case Op::Select:
      result = select(id);
      return;
    case Op::Convert:
      result = ir::is_float(type(node.a)) ? convert_float(node) : convert(id);
      return;
    case Op::Bits:
      result = bits(node);
      return;
    default:
      break;
  }
  if (!ir::is_comparison(node.op)) {
    result = node.op > Op::Bits ? compute_bits(node) : binary(id);
    return;
  }
  const Test comparison = test_comparison(node);
  result = machine_->set_if(comparison.condition, comparison.size, comparison.a, comparison.b);
}

VirtualRegister ScalarLowering::binary(Id id) {
  const Node& node = program_->nodes[id];
  Id a = node.a, b = node.b;
  const bool commutes = node.op != Op::Subtract;
  if (commutes && program_->is_constant(a)) std::swap(a, b);
  const Opcode opcode = opcode_of(node.op, ir::is_signed(node.type));
  const Type computed = computes_in_64_bits(id) ? Type::I64 : node.type;
  const VirtualRegister result = node.op == Op::Multiply && program_->is_constant(b)
                                     ? multiply_by_constant(computed, value(a), program_->value(b))
                                     : operate(opcode, operation_size(computed), value(a), operand(b));
  const bool may_leave_range = node.op == Op::Add || node.op == Op::Subtract || node.op == Op::Multiply;
  return may_leave_range ? canonical(node.type, result) : result;
}

// Powers of two are shifts, 3, 5 and 9 are lea's.
VirtualRegister ScalarLowering::multiply_by_constant(Type type, VirtualRegister a, std::int64_t factor) {
  const std::uint8_t size = operation_size(type);
  const std::uint64_t bits = size == 4 ? static_cast<std::uint32_t>(factor) : static_cast<std::uint64_t>(factor);
  if (std::has_single_bit(bits)) return operate(Opcode::ShiftLeft, size, a, std::countr_zero(bits));
  if (bits == 3 || bits == 5 || bits == 9) {
    const VirtualRegister result = machine_->lea({a, a, 0, static_cast<std::uint8_t>(bits - 1)});
    machine_->instructions.back().size = size;
    return result;
  }
  if (size == 4 || factor == static_cast<std::int32_t>(factor))
    return operate(Opcode::Multiply, size, a, static_cast<std::int32_t>(factor));
  return operate(Opcode::Multiply, size, a, machine_->immediate(factor));
}

VirtualRegister ScalarLowering::shift(Id id) {
  const Node& node = program_->nodes[id];
  const int width = ir::width_of(node.type);
  const std::uint8_t size = operation_size(node.type);
  const bool left = node.op == Op::ShiftLeft;
  const Opcode opcode = left                       ? Opcode::ShiftLeft
                        : ir::is_signed(node.type) ? Opcode::ShiftRightSigned
                                                   : Opcode::ShiftRight;
  Operand count;
  if (program_->is_constant(node.b))
    count = Operand::of_immediate(static_cast<std::int32_t>(program_->value(node.b) & (width - 1)));
  else if (width < 32)
    count = Operand::of(operate(Opcode::And, 4, registers_[node.b], width - 1));
  else
    count = Operand::of(registers_[node.b]);  // the processor counts modulo 32 or 64
  const VirtualRegister result = operate(opcode, size, value(node.a), count);
  return left ? canonical(node.type, result) : result;
}

// Begins with the value that a variable has already, where there is one, which is then mostly assigned the result.
VirtualRegister ScalarLowering::select(Id id) {
  Node node = program_->nodes[id];
  Test condition = test(node.a);
  const bool is_kept = program_->nodes[node.b].op == Op::Get && program_->nodes[node.c].op != Op::Get;
  if (is_kept && !ir::is_float(node.type) && !program_->is_constant(node.c)) {
    std::swap(node.b, node.c);
    condition.condition = negate(condition.condition);
  }
  const VirtualRegister if_true = value(node.b), result = new_register(node.type);
  if (ir::is_float(node.type))
    machine_->move_into(result, value(node.c));
  else if (program_->is_constant(node.c))
    machine_->immediate_into(result, program_->value(node.c));
  else
    machine_->move_into(result, registers_[node.c]);
  machine_->move_float_if(result, if_true, operation_size(node.type), condition.condition, condition.size, condition.a,
                          condition.b);
  return result;
}

VirtualRegister ScalarLowering::convert(Id id) {
  const Node& node = program_->nodes[id];
  const Type from = type(node.a), to = node.type;
  const VirtualRegister v = value(node.a);
  if (to == Type::Bool)
    return from == Type::Bool
               ? v
               : machine_->set_if(Condition::NotEqual, operation_size(from), v, Operand::of_immediate(0));
  if (is_narrow_index(id)) return narrow_index(id);
  if (operation_size(to) == 8) return value_in_64_bits(node.a);
  return includes(to, from) ? v : canonical(to, v);
}

// ---- conditions

ScalarLowering::Test ScalarLowering::test(Id condition) {
  if (placement_.is_fused(condition)) return test_comparison(program_->nodes[condition]);
  return {Condition::NotEqual, 4, value(condition), Operand::of_immediate(0)};
}

ScalarLowering::Test ScalarLowering::test_comparison(const Node& comparison) {
  const Type compared = type(comparison.a);
  if (ir::is_float(compared)) return test_floats(comparison);
  const Condition condition = condition_of(comparison.op, ir::is_signed(compared));
  const std::uint8_t size = operation_size(compared);
  if (program_->is_constant(comparison.a) && !program_->is_constant(comparison.b))
    return {swap_sides(condition), size, registers_[comparison.b], operand(comparison.a)};
  return {condition, size, value(comparison.a), operand(comparison.b)};
}

}  // namespace cogent::x86
