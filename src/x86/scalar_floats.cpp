// Floats: each operation is one instruction where the level has one, else a few, else a call of libm. Operands that
// were loaded for one use alone are read from where they are, and constants are in the pool.
#include <math.h>

#include <bit>
#include <utility>

#include "ir/mathematics.h"
#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Node;
using ir::Op;
using ir::Type;

namespace {

Opcode instruction_of(const Node& node) {
  switch (node.op) {
    case Op::Add:
      return of_type(Opcode::Vaddss, node.type);
    case Op::Subtract:
      return of_type(Opcode::Vsubss, node.type);
    case Op::Multiply:
      return of_type(Opcode::Vmulss, node.type);
    case Op::Divide:
      return of_type(Opcode::Vdivss, node.type);
    case Op::Minimum:
      return of_type(Opcode::Vminss, node.type);
    default:
      return of_type(Opcode::Vmaxss, node.type);
  }
}

// The control byte of the rounding instruction: toward what, and no inexact exception.
std::uint8_t rounding(Op op) { return op == Op::Floor ? 9 : op == Op::Ceil ? 10 : 11; }

// What computes a node where the level has no instruction for it.
const void* libm_function(const Node& node) {
  const auto choose = [&](float (*of_float)(float), double (*of_double)(double)) {
    return node.type == Type::F32 ? reinterpret_cast<const void*>(of_float) : reinterpret_cast<const void*>(of_double);
  };
  switch (node.op) {
    case Op::Floor:
      return choose(::floorf, ::floor);
    case Op::Ceil:
      return choose(::ceilf, ::ceil);
    case Op::Round:
      return choose(::roundf, ::round);
    default:
      return choose(::truncf, ::trunc);
  }
}

std::uint64_t sign_bit(Type type) { return std::uint64_t{1} << (ir::width_of(type) - 1); }

}  // namespace

// ---- nodes

VirtualRegister ScalarLowering::compute_float(Id id) {
  const Node& node = program_->nodes[id];
  switch (node.op) {
    case Op::Parameter:
      return float_argument(program_->parameters[node.a].slot, node.type);
    case Op::Select:
      return select(id);
    case Op::Convert:
      return ir::is_float(type(node.a)) ? convert_float(node) : float_from_integer(node.a, node.type);
    case Op::Bits:
      return bits(node);
    case Op::FusedMultiplyAdd:
      return fused_multiply_add(node);
    case Op::Mathematics:
      return call_function(node, ir::mathematical_functions()[node.c].address(node.type), node.b == ir::none ? 1 : 2);
    default:
      return ir::is_unary(node.op) ? float_unary(node) : float_binary(node);
  }
}

VirtualRegister ScalarLowering::float_argument(std::uint32_t slot, Type type) {
  return machine_->vector_load(of_type(Opcode::Vmovss, type), 16, {arguments_, none, 8 * std::int64_t{slot}, 1});
}

// Sums and products commute (but for which of two NaNs results): what may be read from memory, and what does not live
// on, had better be on the right, or on the left.
VirtualRegister ScalarLowering::float_binary(const Node& node) {
  Id a = node.a, b = node.b;
  if (node.op == Op::Minimum || node.op == Op::Maximum) {
    std::swap(a, b);  // of equal operands and when one is NaN, the instructions give the right one
  } else if (node.op == Op::Add || node.op == Op::Multiply) {
    const bool lives_on = program_->is_constant(a) || placement_.uses(a) > 1;
    const bool ends = !program_->is_constant(b) && placement_.uses(b) == 1;
    if (was_just_loaded(a) || (lives_on && ends && !was_just_loaded(b))) std::swap(a, b);
  }
  return operate_on(instruction_of(node), value(a), b);
}

// d = a * b + c is either d = a, d = d * b + c, or d = c, d = a * b + d: by which operand ends here.
VirtualRegister ScalarLowering::fused_multiply_add(const Node& node) {
  if (machine_->level == CpuLevel::Baseline) {
    const auto of_floats = static_cast<float (*)(float, float, float)>(::fmaf);
    const auto of_doubles = static_cast<double (*)(double, double, double)>(::fma);
    return call_function(
        node,
        node.type == Type::F32 ? reinterpret_cast<const void*>(of_floats) : reinterpret_cast<const void*>(of_doubles),
        3);
  }
  const bool sum_ends = !program_->is_constant(node.c) && placement_.uses(node.c) == 1 && !was_just_loaded(node.c);
  const VirtualRegister result = machine_->new_vector();
  if (sum_ends) {
    const VirtualRegister a = value(node.a);
    machine_->move_into(result, value(node.c));
    return machine_->vector_into(result, of_type(Opcode::Vfmadd231ss, node.type), 16, a, value(node.b));
  }
  const VirtualRegister b = value(node.b);
  machine_->move_into(result, value(node.a));
  return machine_->vector_into(result, of_type(Opcode::Vfmadd213ss, node.type), 16, b, value(node.c));
}

VirtualRegister ScalarLowering::float_unary(const Node& node) {
  const std::uint8_t size = operation_size(node.type);
  const VirtualRegister a = value(node.a);
  switch (node.op) {
    case Op::Negate:
      return machine_->vector(Opcode::Vxorps, 16, a, mask_of(sign_bit(node.type), size));
    case Op::Absolute:
      return machine_->vector(Opcode::Vandps, 16, a, mask_of(sign_bit(node.type) - 1, size));
    case Op::SquareRoot:
      return machine_->vector_unary(of_type(Opcode::Vsqrtss, node.type), 16, a);
    default:
      break;
  }
  if (machine_->level == CpuLevel::Baseline) return call_function(node, libm_function(node), 1);
  if (node.op == Op::Round) return round_half_away(node);
  return machine_->vector_unary(of_type(Opcode::Vroundss, node.type), 16, a, rounding(node.op));
}

// a plus the number before a half, with a's sign, rounded toward zero. (A half itself would carry what lies just below
// a half to one.)
VirtualRegister ScalarLowering::round_half_away(const Node& node) {
  const std::uint8_t size = operation_size(node.type);
  const std::uint64_t before_half =
      size == 4 ? std::bit_cast<std::uint32_t>(0x1.fffffep-2f) : std::bit_cast<std::uint64_t>(0x1.fffffffffffffp-2);
  const VirtualRegister a = value(node.a);
  const VirtualRegister sign = machine_->vector(Opcode::Vandps, 16, a, mask_of(sign_bit(node.type), size));
  const VirtualRegister nearly_half = machine_->vector(Opcode::Vorps, 16, sign, mask_of(before_half, size));
  const VirtualRegister sum = machine_->vector(of_type(Opcode::Vaddss, node.type), 16, nearly_half, a);
  return machine_->vector_unary(of_type(Opcode::Vroundss, node.type), 16, sum, rounding(Op::Truncate));
}

VirtualRegister ScalarLowering::call_function(const Node& node, const void* function, int operands) {
  VirtualRegister arguments[3];
  for (int i = 0; i < operands; ++i) arguments[i] = value(i == 0 ? node.a : i == 1 ? node.b : node.c);
  const VirtualRegister result = machine_->new_vector();
  machine_->call(reinterpret_cast<std::uint64_t>(function), arguments, static_cast<std::size_t>(operands), result);
  return result;
}

// NaN makes every ordered condition false: a < b is b above a.
ScalarLowering::Test ScalarLowering::test_floats(const Node& comparison) {
  const std::uint8_t size = operation_size(type(comparison.a));
  const VirtualRegister a = value(comparison.a), b = value(comparison.b);
  switch (comparison.op) {
    case Op::Less:
      return {Condition::Above, size, b, Operand::of(a)};
    case Op::LessEqual:
      return {Condition::AboveEqual, size, b, Operand::of(a)};
    case Op::Equal:
      return {Condition::EqualOrdered, size, a, Operand::of(b)};
    default:
      return {Condition::NotEqualOrUnordered, size, a, Operand::of(b)};
  }
}

// ---- operands in memory

bool ScalarLowering::was_just_loaded(Id id) const {
  const Instruction& last = machine_->instructions.back();
  return node(id).op == Op::Load && placement_.uses(id) == 1 && last.d == registers_[id] &&
         (last.opcode == Opcode::Vmovss || last.opcode == Opcode::Vmovsd);
}

VirtualRegister ScalarLowering::operate_on(Opcode opcode, VirtualRegister a, Id b) {
  const VirtualRegister d = machine_->new_vector();
  if (!was_just_loaded(b)) return machine_->vector_into(d, opcode, 16, a, value(b));
  Instruction& load = machine_->instructions.back();
  load.opcode = opcode;
  load.d = d;
  load.a = a;
  load.line = machine_->line;
  return d;
}

// ---- constants

VirtualRegister ScalarLowering::constant_of(Id id) {
  VirtualRegister& result = registers_[id];
  const std::uint8_t size = operation_size(type(id));
  if (result == none)
    result = begin_with(machine_->scalar_constant(static_cast<std::uint64_t>(program_->value(id)), size));
  return result;
}

VirtualRegister ScalarLowering::constant_of(std::uint64_t bits, std::uint8_t size) {
  for (const PoolEntry& entry : pool_entries_)
    if (entry.bits == bits && entry.size == size && !entry.is_mask) return entry.reg;
  pool_entries_.push_back({bits, size, false, begin_with(machine_->scalar_constant(bits, size))});
  return pool_entries_.back().reg;
}

VirtualRegister ScalarLowering::mask_of(std::uint64_t bits, std::uint8_t size) {
  for (const PoolEntry& entry : pool_entries_)
    if (entry.bits == bits && entry.size == size && entry.is_mask) return entry.reg;
  std::uint8_t lanes[16] = {};
  std::memcpy(lanes, &bits, size);
  pool_entries_.push_back({bits, size, true, begin_with(machine_->vector_constant(lanes, sizeof lanes))});
  return pool_entries_.back().reg;
}

// Takes back the instruction that defines the constant, which was just written, for the program's beginning: it is
// defined on every path then, and outside of loops.
VirtualRegister ScalarLowering::begin_with(VirtualRegister constant) {
  constants_.push_back(machine_->instructions.back());
  constants_.back().line = machine_->instructions.front().line;
  machine_->instructions.pop_back();
  return constant;
}

void ScalarLowering::write_constants() {
  machine_->instructions.insert(machine_->instructions.begin() + 1, constants_.begin(), constants_.end());
}

}  // namespace cogent::x86
