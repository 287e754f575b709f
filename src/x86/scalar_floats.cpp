// Floats: each operation is one instruction where the level has one, else a few, else a call of libm. Operands that
// were loaded for one use alone are read from where they are, and constants are in the pool.
#include <math.h>

#include <algorithm>
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
struct Callee {
  const void* address;
  const char* name;
};

template <class OfFloat, class OfDouble>
Callee choose(Type type, const char* name, OfFloat* of_float, OfDouble* of_double) {
  return {type == Type::F32 ? reinterpret_cast<const void*>(of_float) : reinterpret_cast<const void*>(of_double), name};
}

Callee libm_function(const Node& node) {
  switch (node.op) {
    case Op::FusedMultiplyAdd:
      return choose<float(float, float, float), double(double, double, double)>(node.type, "fma", ::fmaf, ::fma);
    case Op::Floor:
      return choose<float(float), double(double)>(node.type, "floor", ::floorf, ::floor);
    case Op::Ceil:
      return choose<float(float), double(double)>(node.type, "ceil", ::ceilf, ::ceil);
    case Op::Round:
      return choose<float(float), double(double)>(node.type, "round", ::roundf, ::round);
    case Op::Truncate:
      return choose<float(float), double(double)>(node.type, "trunc", ::truncf, ::trunc);
    default: {
      const ir::MathematicalFunction& function = ir::mathematical_functions()[node.c];
      return {function.address(node.type), function.name};
    }
  }
}

constexpr std::size_t farthest_load = 8;  // instructions that a load may be behind its use to become part of it

// Whether a load may be done behind the instruction as well as before it. (Addresses stay in the registers that they
// are computed in, until a loop goes on.)
bool keeps_memory(const Instruction& instruction) {
  const Opcode opcode = instruction.opcode;
  const bool may_write = opcode == Opcode::Store || opcode == Opcode::Call || has_trait(describe(opcode), StoreForm);
  return !may_write && (opcode >= Opcode::Arguments || opcode == Opcode::FaultIf);
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
      return fused_multiply_add(id);
    case Op::Mathematics:
      return call_libm(node);
    default:
      return ir::is_unary(node.op) ? float_unary(node) : float_binary(id);
  }
}

VirtualRegister ScalarLowering::float_argument(std::uint32_t slot, Type type) {
  return machine_->vector_load(of_type(Opcode::Vmovss, type), 16, {arguments_, none, 8 * std::int64_t{slot}, 1});
}

// Sums and products commute (but for which of two NaNs results): what is read from memory is on the right, and what
// ends here is on the left.
VirtualRegister ScalarLowering::float_binary(Id id) {
  const Node& node = program_->nodes[id];
  Id a = node.a, b = node.b;
  if (node.op == Op::Minimum || node.op == Op::Maximum) {
    std::swap(a, b);  // of equal operands and when one is NaN, the instructions give the right one
  } else if ((node.op == Op::Add || node.op == Op::Multiply) && distance_of_load(b) == 0) {
    if (distance_of_load(a) != 0 || (ends_at(b, id) && !ends_at(a, id))) std::swap(a, b);
  }
  return operate_on(instruction_of(node), value(a), b);
}

// Whether the operand is needed no more behind the node, as far as is easily seen.
bool ScalarLowering::ends_at(Id operand, Id id) const {
  return placement_.uses(operand) == 1 && placement_.home(operand) == placement_.home(id);
}

// d = a * b + c is either d = a, d = d * b + c, or d = c, d = a * b + d: by which operand ends here.
VirtualRegister ScalarLowering::fused_multiply_add(Id id) {
  const Node& node = program_->nodes[id];
  if (machine_->level == CpuLevel::Baseline) return call_libm(node);
  const bool sum_ends = ends_at(node.c, id) && distance_of_load(node.c) == 0;
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
  if (machine_->level == CpuLevel::Baseline) return call_libm(node);
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

VirtualRegister ScalarLowering::call_libm(const Node& node) {
  const Callee callee = libm_function(node);
  const int count = ir::operand_count(node);
  VirtualRegister arguments[3];
  for (int i = 0; i < count; ++i) arguments[i] = value(ir::operand(node, i));
  const VirtualRegister result = machine_->new_vector();
  machine_->call(reinterpret_cast<std::uint64_t>(callee.address), arguments, static_cast<std::size_t>(count), result,
                 callee.name);
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

// How many instructions ago the node, which has no other use, was loaded from where it can still be read; 0: it was
// not.
std::size_t ScalarLowering::distance_of_load(Id id) const {
  if (node(id).op != Op::Load || placement_.uses(id) != 1) return 0;
  const std::vector<Instruction>& instructions = machine_->instructions;
  const std::size_t reach = std::min(instructions.size(), farthest_load);
  for (std::size_t distance = 1; distance <= reach; ++distance) {
    const Instruction& instruction = instructions[instructions.size() - distance];
    const Descriptor& descriptor = describe(instruction.opcode);
    if ((descriptor.roles & DefineD) && instruction.d == registers_[id])
      return instruction.opcode == Opcode::Vmovss || instruction.opcode == Opcode::Vmovsd ? distance : 0;
    if (!keeps_memory(instruction)) return 0;
  }
  return 0;
}

// d = opcode(a, b), where b is in memory if it was just loaded.
VirtualRegister ScalarLowering::operate_on(Opcode opcode, VirtualRegister a, Id b) {
  const VirtualRegister d = machine_->new_vector();
  const std::size_t distance = distance_of_load(b);
  if (distance == 0) return machine_->vector_into(d, opcode, 16, a, value(b));
  const auto load = machine_->instructions.end() - static_cast<std::ptrdiff_t>(distance);
  Instruction instruction = *load;
  machine_->instructions.erase(load);
  instruction.opcode = opcode;
  instruction.d = d;
  instruction.a = a;
  instruction.line = machine_->line;
  machine_->instructions.push_back(instruction);
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
