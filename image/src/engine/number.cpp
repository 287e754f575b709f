// The operations of Numbers: of floats if one of the operands is one, else of integers.
#include "engine/number.h"

namespace cogent::image {

namespace {

template <class Operation>
Number compute(const Number& a, const Number& b, Operation operation) {
  if (a.is_float() || b.is_float()) return Number(operation(a.real(), b.real()));
  return Number(operation(a.integer(), b.integer()));
}

template <class Comparison>
Value<bool> compare(const Number& a, const Number& b, Comparison comparison) {
  if (a.is_float() || b.is_float()) return comparison(a.real(), b.real());
  return comparison(a.integer(), b.integer());
}

// Adding and taking away 1.5 * 2^23 leaves no bits behind the point, rounded as floats are: to nearest, halves to even.
Value<float> round_half_even(const Value<float>& number) {
  constexpr float magic = 12582912.0F;
  return (number + magic) - magic;
}

}  // namespace

Number operator+(const Number& a, const Number& b) {
  return compute(a, b, [](const auto& x, const auto& y) { return x + y; });
}
Number operator-(const Number& a, const Number& b) {
  return compute(a, b, [](const auto& x, const auto& y) { return x - y; });
}
Number operator*(const Number& a, const Number& b) {
  return compute(a, b, [](const auto& x, const auto& y) { return x * y; });
}
Number operator-(const Number& a) { return a.is_float() ? Number(-a.real()) : Number(-a.integer()); }
Number minimum(const Number& a, const Number& b) {
  return compute(a, b, [](const auto& x, const auto& y) { return min(x, y); });
}
Number maximum(const Number& a, const Number& b) {
  return compute(a, b, [](const auto& x, const auto& y) { return max(x, y); });
}
Number absolute(const Number& a) { return a.is_float() ? Number(abs(a.real())) : Number(abs(a.integer())); }
Value<bool> operator<(const Number& a, const Number& b) {
  return compare(a, b, [](const auto& x, const auto& y) { return x < y; });
}
Value<bool> operator<=(const Number& a, const Number& b) {
  return compare(a, b, [](const auto& x, const auto& y) { return x <= y; });
}
Value<bool> equal(const Number& a, const Number& b) {
  return compare(a, b, [](const auto& x, const auto& y) { return x == y; });
}
Number choose(const Value<bool>& condition, const Number& a, const Number& b) {
  return compute(a, b, [&](const auto& x, const auto& y) { return select(condition, x, y); });
}
Number shift_rounded(const Number& a, int bits) {
  if (bits == 0) return a;
  return Number((a.integer() + (1 << (bits - 1))) >> bits);
}
Number square_root(const Number& a) { return Number(sqrt(a.real())); }
Number quotient(const Number& a, const Number& b) { return Number(a.real() / b.real()); }

Number round_within(const Number& a, double least, double most) {
  if (!a.is_float()) {
    const auto low = static_cast<std::int32_t>(least), high = static_cast<std::int32_t>(most);
    return Number(min(max(a.integer(), low), high));
  }
  const auto low = static_cast<float>(least), high = static_cast<float>(most);
  return Number(cast<std::int32_t>(round_half_even(min(max(a.real(), low), high))));
}

}  // namespace cogent::image
