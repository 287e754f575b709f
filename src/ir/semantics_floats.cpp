// Arithmetic on the bits of floats. Each result is rounded to its type by being kept as bits, so that no compiler can
// contract two operations.
#include "ir/semantics_floats.h"

#include <bit>
#include <cmath>

#include "ir/mathematics.h"
#include "ir/semantics.h"

namespace cogent::ir {
namespace {

float f32(std::int64_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits)); }
double f64(std::int64_t bits) { return std::bit_cast<double>(bits); }

std::int64_t bits_of(float value) { return std::bit_cast<std::uint32_t>(value); }
std::int64_t bits_of(double value) { return std::bit_cast<std::int64_t>(value); }
std::int64_t bits_of(bool value) { return value; }

template <class Float>
std::int64_t binary(Op op, Float a, Float b) {
  switch (op) {
    case Op::Add:
      return bits_of(a + b);
    case Op::Subtract:
      return bits_of(a - b);
    case Op::Multiply:
      return bits_of(a * b);
    case Op::Divide:
      return bits_of(a / b);
    case Op::Minimum:
      return bits_of(b < a ? b : a);
    case Op::Maximum:
      return bits_of(a < b ? b : a);
    case Op::Less:
      return bits_of(a < b);
    case Op::LessEqual:
      return bits_of(a <= b);
    case Op::Equal:
      return bits_of(a == b);
    default:
      return bits_of(a != b);
  }
}

std::int64_t binary(Op op, Type type, std::int64_t a, std::int64_t b) {
  return type == Type::F32 ? binary(op, f32(a), f32(b)) : binary(op, f64(a), f64(b));
}

template <class Float>
Float rounded(Op op, Float a) {
  switch (op) {
    case Op::SquareRoot:
      return std::sqrt(a);
    case Op::Floor:
      return std::floor(a);
    case Op::Ceil:
      return std::ceil(a);
    case Op::Round:
      return std::round(a);
    default:
      return std::trunc(a);
  }
}

// The powers of two at both ends of a type are floats, its highest value may not be one.
std::int64_t saturated(double value, Type to) {
  if (std::isnan(value)) return 0;
  const double end = std::ldexp(1.0, width_of(to) - (is_signed(to) ? 1 : 0));
  if (value >= end) return highest_of(to);
  if (value <= (is_signed(to) ? -end : 0.0)) return lowest_of(to);
  return to == Type::U64 ? static_cast<std::int64_t>(static_cast<std::uint64_t>(value))
                         : static_cast<std::int64_t>(value);
}

}  // namespace

bool is_same_value(Type type, std::int64_t a, std::int64_t b) {
  const auto is_nan = [&](std::int64_t bits) { return is_float(type) && binary(Op::NotEqual, type, bits, bits) != 0; };
  return a == b || (is_nan(a) && is_nan(b));
}

std::int64_t evaluate_float_binary(Op op, Type type, std::int64_t a, std::int64_t b) { return binary(op, type, a, b); }

std::int64_t evaluate_float_unary(Op op, Type type, std::int64_t a) {
  const std::int64_t sign = lowest_of(type == Type::F32 ? Type::I32 : Type::I64);
  if (op == Op::Negate) return canonical(a ^ sign, type);
  if (op == Op::Absolute) return canonical(a & ~sign, type);
  return type == Type::F32 ? bits_of(rounded(op, f32(a))) : bits_of(rounded(op, f64(a)));
}

std::int64_t convert_from_float(std::int64_t value, Type from, Type to) {
  const double exact = from == Type::F32 ? static_cast<double>(f32(value)) : f64(value);
  if (to == Type::F64) return bits_of(exact);
  if (to == Type::F32) return bits_of(static_cast<float>(exact));
  return to == Type::Bool ? exact != 0 : saturated(exact, to);
}

std::int64_t convert_to_float(std::int64_t value, Type from, Type to) {
  const auto magnitude = static_cast<std::uint64_t>(value);
  if (to == Type::F32) return bits_of(from == Type::U64 ? static_cast<float>(magnitude) : static_cast<float>(value));
  return bits_of(from == Type::U64 ? static_cast<double>(magnitude) : static_cast<double>(value));
}

std::int64_t evaluate_fused_multiply_add(Type type, std::int64_t a, std::int64_t b, std::int64_t c) {
  return type == Type::F32 ? bits_of(std::fma(f32(a), f32(b), f32(c))) : bits_of(std::fma(f64(a), f64(b), f64(c)));
}

std::int64_t evaluate_mathematics(Id function, Type type, std::int64_t a, std::int64_t b) {
  return type == Type::F32 ? bits_of(call_mathematics(function, f32(a), f32(b)))
                           : bits_of(call_mathematics(function, f64(a), f64(b)));
}

}  // namespace cogent::ir
