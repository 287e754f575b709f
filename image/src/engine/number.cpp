// The operations of Numbers: of doubles or floats if one of the operands is one, else of integers.
#include "engine/number.h"

namespace cogent::image {

namespace {

template <class Operation>
Number compute(const Number& a, const Number& b, Operation operation) {
  if (a.is_double() || b.is_double()) return Number(operation(a.wide(), b.wide()));
  if (a.is_integer() && b.is_integer()) return Number(operation(a.integer(), b.integer()));
  return Number(operation(a.real(), b.real()));
}

template <class Comparison>
Value<bool> compare(const Number& a, const Number& b, Comparison comparison) {
  if (a.is_double() || b.is_double()) return comparison(a.wide(), b.wide());
  if (a.is_integer() && b.is_integer()) return comparison(a.integer(), b.integer());
  return comparison(a.real(), b.real());
}

// Adding and taking away 1.5 * 2^23 leaves no bits behind the point, rounded as floats are: to nearest, halves to even.
// Of numbers up to 2^22.
Value<float> round_half_even(const Value<float>& number) {
  constexpr float magic = 12582912.0F;
  return (number + magic) - magic;
}

// The same with 1.5 * 2^52, of numbers up to 2^51.
Value<double> round_half_even(const Value<double>& number) {
  constexpr double magic = 6755399441055744.0;
  return (number + magic) - magic;
}

// The same of all floats: from 2^23 on they are whole.
Value<float> round_any(const Value<float>& number) {
  constexpr float whole = 8388608.0F;
  const Value<float> size = abs(number), rounded = (size + whole) - whole;
  return select(size < whole, select(number < 0.0F, -rounded, rounded), number);
}

constexpr double most_rounded_quickly = 4194304;

// A limit of 2^31 - 1 is no float: what reaches 2^31 is brought there behind the conversion.
Value<std::int32_t> round_to_integer(const Value<float>& number, double least, double most) {
  constexpr float beyond = 2147483648.0F;
  const Value<float> rounded = round_any(max(min(number, 2147483520.0F), -beyond));
  const Value<std::int32_t> whole =
      select(number >= beyond, std::numeric_limits<std::int32_t>::max(), cast<std::int32_t>(rounded));
  return min(max(whole, static_cast<std::int32_t>(least)), static_cast<std::int32_t>(most));
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
Number operator-(const Number& a) {
  if (a.is_double()) return Number(-a.wide());
  return a.is_integer() ? Number(-a.integer()) : Number(-a.real());
}
Number minimum(const Number& a, const Number& b) {
  return compute(a, b, [](const auto& x, const auto& y) { return min(x, y); });
}
Number maximum(const Number& a, const Number& b) {
  return compute(a, b, [](const auto& x, const auto& y) { return max(x, y); });
}
Number absolute(const Number& a) {
  if (a.is_double()) return Number(abs(a.wide()));
  return a.is_integer() ? Number(abs(a.integer())) : Number(abs(a.real()));
}
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
Number widened(const Number& a, double most) {
  constexpr double most_integer = 2147483647;
  return a.is_integer() && most > most_integer ? Number(a.wide()) : a;
}
Number shift_rounded(const Number& a, int bits) {
  if (bits == 0) return a;
  if (a.is_double()) return Number(a.wide() * (1.0 / (std::int64_t{1} << bits)));
  return Number((a.integer() + (1 << (bits - 1))) >> bits);
}
Number shift_right(const Number& a, int bits) { return Number(a.integer() >> bits); }
Number lowest_bits(const Number& a, int bits) { return Number(a.integer() & ((1 << bits) - 1)); }
Number divide_down(const Number& a, int divisor) { return divisor == 1 ? a : Number(a.integer() / divisor); }
Number square_root(const Number& a) { return Number(sqrt(a.real())); }
Number power(const Number& a, double exponent) { return Number(pow(a.real(), static_cast<float>(exponent))); }
Number quotient(const Number& a, const Number& b) {
  if (a.is_double() || b.is_double()) return Number(a.wide() / b.wide());
  return Number(a.real() / b.real());
}

Number round_within(const Number& a, double least, double most) {
  if (a.is_double()) return Number(cast<std::int32_t>(round_half_even(min(max(a.wide(), least), most))));
  if (a.is_integer()) {
    const auto low = static_cast<std::int32_t>(least), high = static_cast<std::int32_t>(most);
    return Number(min(max(a.integer(), low), high));
  }
  if (least < -most_rounded_quickly || most > most_rounded_quickly)
    return Number(round_to_integer(a.real(), least, most));
  const auto low = static_cast<float>(least), high = static_cast<float>(most);
  return Number(cast<std::int32_t>(round_half_even(min(max(a.real(), low), high))));
}

}  // namespace cogent::image
