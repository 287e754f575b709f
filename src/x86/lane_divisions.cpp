// Division of lanes by a constant: shifts, or the upper half of a product (see scalar_division.cpp).
#include <bit>

#include "x86/lanes.h"
#include "x86/reciprocal.h"

namespace cogent::x86 {

using ir::Type;

VirtualRegister LaneBody::divide(const Step& made, std::uint8_t size, VirtualRegister a) {
  const auto divisor = static_cast<std::uint64_t>(step(made.b).value);
  const int width = 8 * made.bytes;
  const bool is_signed = ir::is_signed(made.type);
  if (std::has_single_bit(divisor)) return divide_by_power_of_two(made, size, a, std::countr_zero(divisor));
  const auto [factor, whole_shift] = find_reciprocal(divisor, static_cast<std::uint64_t>(made.value), width);
  const int shift = whole_shift - width;
  const VirtualRegister high = multiply_high(made, size, a, factor);
  if (is_signed) {
    const bool is_negative = factor >> (width - 1) != 0;  // as the instruction takes it: by 2^width too low
    VirtualRegister floor = is_negative ? add_lanes(made.bytes, size, high, a) : high;
    floor = shift_right(made.type, size, floor, shift);
    const VirtualRegister sign = shift_right(made.type, size, a, width - 1);
    return subtract_lanes(made.bytes, size, floor, sign);
  }
  if (factor >> width == 0) return shift_right(made.type, size, high, shift);
  const VirtualRegister rest = subtract_lanes(made.bytes, size, a, high);
  const VirtualRegister half = shift_right(made.type, size, rest, 1);
  return shift_right(made.type, size, add_lanes(made.bytes, size, half, high), shift - 1);
}

// Of numbers with a sign: to negative ones 2^log - 1 is added, which rounds toward zero.
VirtualRegister LaneBody::divide_by_power_of_two(const Step& made, std::uint8_t size, VirtualRegister a, int log) {
  const int width = 8 * made.bytes;
  const VirtualRegister sign = log == 1 ? a : shift_right(made.type, size, a, width - 1);
  const VirtualRegister bias = shift_right(made.bytes == 2 ? Type::U16 : Type::U32, size, sign, width - log);
  return shift_right(made.type, size, add_lanes(made.bytes, size, a, bias), log);
}

// The upper half of the product with the low bits of a factor, each taken as the type says.
VirtualRegister LaneBody::multiply_high(const Step& made, std::uint8_t size, VirtualRegister a, std::uint64_t factor) {
  const bool is_signed = ir::is_signed(made.type);
  if (made.bytes == 2)
    return machine_->vector(is_signed ? Opcode::Vpmulhw : Opcode::Vpmulhuw, size, a, pool_constant(factor & 0xffff, 2));
  const VirtualRegister all = pool_constant(factor & 0xffff'ffff, 4);
  const auto upper = [&](VirtualRegister v) { return machine_->vector_unary(Opcode::Vpsrlq, size, v, 32); };
  const Opcode multiply = is_signed ? Opcode::Vpmuldq : Opcode::Vpmuludq;
  const VirtualRegister even = upper(machine_->vector(multiply, size, a, all));
  const VirtualRegister odd = machine_->vector(multiply, size, upper(a), all);
  constexpr std::uint8_t odd_of_second = 0xaa;
  if (!has_avx512()) return machine_->vector(Opcode::Vpblendd, size, even, odd, odd_of_second);
  return select(size, pool_constant(0xffff'ffff'0000'0000, 8), odd, even);
}

}  // namespace cogent::x86
