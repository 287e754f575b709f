// Division and remainder, truncating. By a register: the processor's division, but not of the lowest value by -1, which
// it refuses. By a constant: shifts or a multiplication (reciprocal.h). Types of at most 32 bits are divided through
// 64-bit products, which need no corrections.
#include <bit>

#include "x86/reciprocal.h"
#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Node;
using ir::Op;
using ir::Type;

namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace

VirtualRegister ScalarLowering::divide(Id id) {
  const Node& node = program_->nodes[id];
  if (program_->is_constant(node.b)) return divide_by_constant(node, program_->value(node.b));
  return divide_by_register(node);
}

VirtualRegister ScalarLowering::divide_by_register(const Node& node) {
  const bool is_remainder = node.op == Op::Remainder, is_signed = ir::is_signed(node.type);
  const std::uint8_t size = operation_size(node.type);
  const VirtualRegister a = value(node.a), b = registers_[node.b];
  const Opcode opcode = is_signed      ? is_remainder ? Opcode::RemainderSigned : Opcode::DivideSigned
                        : is_remainder ? Opcode::RemainderUnsigned
                                       : Opcode::DivideUnsigned;
  if (!is_signed) return operate(opcode, size, a, b);
  // In 32 bits a quotient of narrower values cannot overflow; it may leave its own type's range, like -128 / -1.
  if (ir::size_of(node.type) < 4) return canonical(node.type, operate(opcode, size, a, b));
  const VirtualRegister result = machine_->new_general();
  const Label ordinary = machine_->new_label(), done = machine_->new_label();
  machine_->jump_if(Condition::NotEqual, size, b, Operand::of_immediate(-1), ordinary);
  if (is_remainder)
    machine_->immediate_into(result, 0);
  else
    machine_->unary_into(result, Opcode::Negate, size, a);
  machine_->jump(done);
  machine_->place(ordinary);
  machine_->binary_into(result, opcode, size, a, Operand::of(b));
  machine_->place(done);
  return result;
}

// The quotient by the magnitude, then the sign; a remainder is a - quotient * divisor.
VirtualRegister ScalarLowering::divide_by_constant(const Node& node, std::int64_t divisor) {
  const std::uint8_t size = operation_size(node.type);
  const VirtualRegister a = value(node.a);
  const bool is_negative = ir::is_signed(node.type) && divisor < 0;
  const std::uint64_t magnitude =
      is_negative ? 0 - static_cast<std::uint64_t>(divisor) : static_cast<std::uint64_t>(divisor);
  const bool is_remainder = node.op == Op::Remainder;
  if (is_remainder && !ir::is_signed(node.type) && std::has_single_bit(magnitude) && magnitude <= 1u << 31)
    return operate(Opcode::And, size, a, static_cast<std::int32_t>(magnitude - 1));
  VirtualRegister quotient = divide_by_magnitude(node.a, a, magnitude);
  if (is_remainder) {
    const VirtualRegister product = multiply_by_constant(node.type, quotient, static_cast<std::int64_t>(magnitude));
    return operate(Opcode::Subtract, size, a, product);
  }
  if (is_negative) quotient = machine_->unary(Opcode::Negate, size, quotient);
  return is_negative ? canonical(node.type, quotient) : quotient;
}

VirtualRegister ScalarLowering::divide_by_magnitude(Id dividend, VirtualRegister a, std::uint64_t magnitude) {
  Quotient& last = last_quotient_;
  const Type type = node(dividend).type;
  if (last.a != a || last.type != type || last.magnitude != magnitude)
    last = {a, type, magnitude,
            std::has_single_bit(magnitude) ? divide_by_power_of_two(type, a, std::countr_zero(magnitude))
                                           : divide_by_multiplying(dividend, a, magnitude)};
  return last.result;
}

// Signed values are rounded toward zero by adding 2^log - 1 to negative ones.
VirtualRegister ScalarLowering::divide_by_power_of_two(Type type, VirtualRegister a, int log) {
  const std::uint8_t size = operation_size(type);
  if (log == 0) return a;
  if (!ir::is_signed(type)) return operate(Opcode::ShiftRight, size, a, log);
  const int bits = 8 * size;
  const VirtualRegister sign = log == 1 ? a : operate(Opcode::ShiftRightSigned, size, a, bits - 1);
  const VirtualRegister bias = operate(Opcode::ShiftRight, size, sign, bits - log);
  return operate(Opcode::ShiftRightSigned, size, operate(Opcode::Add, size, a, bias), log);
}

VirtualRegister ScalarLowering::divide_by_multiplying(Id dividend, VirtualRegister a, std::uint64_t magnitude) {
  const Type type = node(dividend).type;
  if (operation_size(type) == 4) return divide_small_by_multiplying(dividend, magnitude);
  const int log = 64 - std::countl_zero(magnitude);  // 2^(log - 1) < magnitude < 2^log
  if (ir::is_signed(type)) {
    const Wide power = Wide{1} << (63 + log);
    const auto multiplier = static_cast<std::int64_t>(static_cast<std::uint64_t>(power / magnitude + 1));
    const VirtualRegister high = operate(Opcode::MultiplyHighSigned, 8, a, machine_->immediate(multiplier));
    const VirtualRegister sum = operate(Opcode::Add, 8, a, high);
    const VirtualRegister floor = operate(Opcode::ShiftRightSigned, 8, sum, log - 1);
    return operate(Opcode::Subtract, 8, floor, operate(Opcode::ShiftRightSigned, 8, a, 63));
  }
  const std::uint64_t complement = log == 64 ? 0 - magnitude : (std::uint64_t{1} << log) - magnitude;
  const auto multiplier = static_cast<std::uint64_t>((Wide{complement} << 64) / magnitude + 1);
  const VirtualRegister high =
      operate(Opcode::MultiplyHighUnsigned, 8, a, machine_->immediate(static_cast<std::int64_t>(multiplier)));
  const VirtualRegister half = operate(Opcode::ShiftRight, 8, operate(Opcode::Subtract, 8, a, high), 1);
  return operate(Opcode::ShiftRight, 8, operate(Opcode::Add, 8, half, high), log - 1);
}

// By a product that fits 64 bits if the dividend is small enough. Else, with m = ceil(2^64 / d), a * m / 2^64 exceeds
// a / d by less than 1 / d for every a below 2^32.
VirtualRegister ScalarLowering::divide_small_by_multiplying(Id dividend, std::uint64_t magnitude) {
  const analysis::Range range = knows_ranges_ ? ranges_[dividend] : analysis::range_of(node(dividend).type);
  const auto highest = static_cast<std::uint64_t>(std::max(range.high, -range.low));
  const VirtualRegister wide = value_in_64_bits(dividend);
  const auto [factor, shift] = find_reciprocal(magnitude, highest, 0);
  if (shift > 63 || Wide{factor} * highest >> (range.low < 0 ? 63 : 64) != 0) {  // only of numbers without a sign
    const auto multiplier = static_cast<std::int64_t>(~std::uint64_t{0} / magnitude + 1);
    return operate(Opcode::MultiplyHighUnsigned, 8, wide, machine_->immediate(multiplier));
  }
  const VirtualRegister product = multiply_by_constant(Type::I64, wide, static_cast<std::int64_t>(factor));
  if (range.low >= 0) return operate(Opcode::ShiftRight, 8, product, shift);
  const VirtualRegister floor = operate(Opcode::ShiftRightSigned, 8, product, shift);
  return operate(Opcode::Subtract, 8, floor, operate(Opcode::ShiftRightSigned, 8, wide, 63));
}

}  // namespace cogent::x86
