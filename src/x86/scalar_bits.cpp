// Functions of an integer's bits. Baseline has neither counts of bits nor of leading zeros: sums of ever wider fields,
// and the search for the highest or lowest bit, which is undefined for 0, take their place.
#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Node;
using ir::Op;
using ir::Type;

VirtualRegister ScalarLowering::compute_bits(const Node& node) {
  switch (node.op) {
    case Op::PopulationCount:
      return population_count(node.type, value(node.a));
    case Op::CountLeadingZeros:
      return count_leading_zeros(node.type, value(node.a));
    case Op::CountTrailingZeros:
      return count_trailing_zeros(node.type, value(node.a));
    case Op::ByteSwap:
      return byte_swap(node.type, value(node.a));
    default:
      return rotate_left(node);
  }
}

VirtualRegister ScalarLowering::zero_extended(Type type, VirtualRegister v) {
  const auto size = static_cast<std::uint8_t>(ir::size_of(type));
  return size == 8 ? v : machine_->unary(Opcode::ZeroExtend, size, v);
}

VirtualRegister ScalarLowering::population_count(Type type, VirtualRegister a) {
  const std::uint8_t size = operation_size(type);
  VirtualRegister x = ir::size_of(type) < 4 ? zero_extended(type, a) : a;
  if (machine_->level != CpuLevel::Baseline) return machine_->unary(Opcode::PopulationCount, size, x);
  const auto bytes = [&](std::uint8_t byte) {
    const std::uint64_t all = 0x0101010101010101u * byte;
    return size == 4 ? Operand::of_immediate(static_cast<std::int32_t>(all))
                     : Operand::of(machine_->immediate(static_cast<std::int64_t>(all)));
  };
  const auto masked = [&](VirtualRegister v, int shift, std::uint8_t byte) {
    if (shift != 0) v = operate(Opcode::ShiftRight, size, v, shift);
    return operate(Opcode::And, size, v, bytes(byte));
  };
  x = operate(Opcode::Subtract, size, x, masked(x, 1, 0x55));  // sums of 2 bits each
  const VirtualRegister low = masked(x, 0, 0x33);
  x = operate(Opcode::Add, size, low, masked(x, 2, 0x33));
  x = masked(operate(Opcode::Add, size, x, operate(Opcode::ShiftRight, size, x, 4)), 0, 0x0f);
  return operate(Opcode::ShiftRight, size, operate(Opcode::Multiply, size, x, bytes(1)), 8 * size - 8);
}

VirtualRegister ScalarLowering::count_leading_zeros(Type type, VirtualRegister a) {
  const int width = ir::width_of(type);
  if (machine_->level != CpuLevel::Baseline) {
    const std::uint8_t size = operation_size(type);
    const VirtualRegister x = width < 32 ? zero_extended(type, a) : a;
    const VirtualRegister count = machine_->unary(Opcode::CountLeadingZeros, size, x);
    return width < 32 ? operate(Opcode::Subtract, 4, count, 32 - width) : count;
  }
  if (width == 64) return operate(Opcode::Xor, 4, scan(Opcode::BitScanReverse, a, 127), 63);
  const VirtualRegister x = zero_extended(type, a);
  const VirtualRegister above_a_one = machine_->lea({x, x, 1, 1});
  const VirtualRegister highest = machine_->unary(Opcode::BitScanReverse, 8, above_a_one);
  return operate(Opcode::Subtract, 4, machine_->immediate(width), highest);
}

VirtualRegister ScalarLowering::count_trailing_zeros(Type type, VirtualRegister a) {
  const int width = ir::width_of(type);
  const bool is_baseline = machine_->level == CpuLevel::Baseline;
  const Opcode count = is_baseline ? Opcode::BitScanForward : Opcode::CountTrailingZeros;
  if (width < 32) return machine_->unary(count, 4, operate(Opcode::Or, 4, a, 1 << width));  // found if none is lower
  if (!is_baseline) return machine_->unary(count, operation_size(type), a);
  if (width == 64) return scan(count, a, 64);
  return machine_->unary(count, 8, operate(Opcode::Or, 8, a, machine_->immediate(std::int64_t{1} << 32)));
}

VirtualRegister ScalarLowering::scan(Opcode opcode, VirtualRegister a, std::int64_t of_zero) {
  const VirtualRegister found = machine_->unary(opcode, 8, a), result = machine_->immediate(of_zero);
  machine_->move_if(result, found, Condition::NotEqual, 8, a, Operand::of_immediate(0));
  return result;
}

VirtualRegister ScalarLowering::byte_swap(Type type, VirtualRegister a) {
  const auto size = static_cast<std::uint8_t>(ir::size_of(type));
  if (size == 1) return a;
  if (size == 2) return canonical(type, operate(Opcode::RotateLeft, size, a, 8));
  return machine_->unary(Opcode::ByteSwap, size, a);
}

// The processor counts modulo 32 or 64, which are multiples of the smaller widths.
VirtualRegister ScalarLowering::rotate_left(const Node& node) {
  const auto size = static_cast<std::uint8_t>(ir::size_of(node.type));
  const Operand count = program_->is_constant(node.b)
                            ? Operand::of_immediate(static_cast<std::int32_t>(program_->value(node.b) & (8 * size - 1)))
                            : Operand::of(registers_[node.b]);
  return canonical(node.type, operate(Opcode::RotateLeft, size, value(node.a), count));
}

}  // namespace cogent::x86
