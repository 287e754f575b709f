// Arithmetic on canonical 64-bit forms: integers here, floats in ir/semantics_floats.cpp.
#include "ir/semantics.h"

#include <algorithm>
#include <bit>

#include "ir/semantics_floats.h"

namespace cogent::ir {
namespace {

using Bits = std::uint64_t;

std::int64_t signed_of(Bits bits) { return static_cast<std::int64_t>(bits); }

bool less(Type type, std::int64_t a, std::int64_t b) {
  return type == Type::U64 ? static_cast<Bits>(a) < static_cast<Bits>(b) : a < b;
}

std::int64_t quotient(Type type, std::int64_t a, std::int64_t b) {
  if (!is_signed(type)) return signed_of(static_cast<Bits>(a) / static_cast<Bits>(b));
  return b == -1 ? signed_of(0 - static_cast<Bits>(a)) : a / b;
}

std::int64_t remainder(Type type, std::int64_t a, std::int64_t b) {
  if (!is_signed(type)) return signed_of(static_cast<Bits>(a) % static_cast<Bits>(b));
  return b == -1 ? 0 : a % b;
}

int shift_count(Type type, std::int64_t count) { return static_cast<int>(count & (width_of(type) - 1)); }

// The operand's bits without what extends them.
Bits low_bits(Type type, std::int64_t a) { return static_cast<Bits>(a) & ~Bits{0} >> (64 - width_of(type)); }

std::int64_t rotated_left(Type type, std::int64_t a, std::int64_t b) {
  const int count = shift_count(type, b);
  const Bits low = low_bits(type, a);
  return canonical(count == 0 ? a : signed_of(low << count | low >> (width_of(type) - count)), type);
}

std::int64_t shift_right(Type type, std::int64_t a, int count) {
  return is_signed(type) ? a >> count : signed_of(static_cast<Bits>(a) >> count);
}

}  // namespace

std::int64_t evaluate_binary(Op op, Type type, std::int64_t a, std::int64_t b) {
  if (is_float(type)) return evaluate_float_binary(op, type, a, b);
  const Bits x = static_cast<Bits>(a), y = static_cast<Bits>(b);
  switch (op) {
    case Op::Add:
      return canonical(signed_of(x + y), type);
    case Op::Subtract:
      return canonical(signed_of(x - y), type);
    case Op::Multiply:
      return canonical(signed_of(x * y), type);
    case Op::Divide:
      return canonical(quotient(type, a, b), type);
    case Op::Remainder:
      return canonical(remainder(type, a, b), type);
    case Op::Minimum:
      return less(type, b, a) ? b : a;
    case Op::Maximum:
      return less(type, a, b) ? b : a;
    case Op::And:
      return canonical(a & b, type);
    case Op::Or:
      return canonical(a | b, type);
    case Op::Xor:
      return canonical(a ^ b, type);
    case Op::ShiftLeft:
      return canonical(signed_of(x << shift_count(type, b)), type);
    case Op::ShiftRight:
      return canonical(shift_right(type, a, shift_count(type, b)), type);
    case Op::Less:
      return less(type, a, b);
    case Op::LessEqual:
      return !less(type, b, a);
    case Op::Equal:
      return a == b;
    case Op::NotEqual:
      return a != b;
    case Op::RotateLeft:
      return rotated_left(type, a, b);
    default:
      return 0;
  }
}

std::int64_t evaluate_convert(std::int64_t value, Type from, Type to) {
  if (is_float(from)) return convert_from_float(value, from, to);
  if (is_float(to)) return convert_to_float(value, from, to);
  return to == Type::Bool ? value != 0 : canonical(value, to);
}

std::int64_t evaluate_unary(Op op, Type type, std::int64_t a) {
  if (is_float(type)) return evaluate_float_unary(op, type, a);
  const int width = width_of(type);
  const Bits low = low_bits(type, a);
  switch (op) {
    case Op::PopulationCount:
      return std::popcount(low);
    case Op::CountLeadingZeros:
      return std::countl_zero(low) - (64 - width);
    case Op::CountTrailingZeros:
      return std::min(std::countr_zero(low), width);
    case Op::ByteSwap:
      return canonical(signed_of(__builtin_bswap64(low) >> (64 - width)), type);
    default:
      return 0;
  }
}

bool is_undefined_in_cpp(Op op, Type type, std::int64_t a, std::int64_t b) {
  if (op == Op::ShiftLeft || op == Op::ShiftRight) return static_cast<Bits>(b) >= static_cast<Bits>(width_of(type));
  if (!is_signed(type)) return false;
  const __int128 x = a, y = b;
  __int128 exact = 0;
  switch (op) {
    case Op::Add:
      exact = x + y;
      break;
    case Op::Subtract:
      exact = x - y;
      break;
    case Op::Multiply:
      exact = x * y;
      break;
    case Op::Divide:
    case Op::Remainder:
      return b == -1 && a == lowest_of(type);
    default:
      return false;
  }
  return exact < lowest_of(type) || exact > highest_of(type);
}

std::uint64_t trip_count(Type type, std::int64_t first, std::int64_t last, std::int64_t step) {
  const bool down = is_signed(type) && step < 0;
  if (down ? !less(type, last, first) : !less(type, first, last)) return 0;
  const Bits distance =
      down ? static_cast<Bits>(first) - static_cast<Bits>(last) : static_cast<Bits>(last) - static_cast<Bits>(first);
  const Bits stride = down ? 0 - static_cast<Bits>(step) : static_cast<Bits>(step);
  return (distance - 1) / stride + 1;
}

}  // namespace cogent::ir
