// Number: what a filter computes with, an integer of 32 bits, a float or a double of the generated function.
#pragma once
#include <cogent/cogent.h>

#include <memory>
#include <variant>

namespace cogent::image {

/// A staged number whose type is known while generating: integers stay integers (and wrap), with a float the result is
/// a float, with a double a double. Bodies of filters are written once, on Numbers, for pictures of all types.
class Number {
 public:
  explicit Number(const Value<std::int32_t>& value) : value_(value) {}
  explicit Number(const Value<float>& value) : value_(value) {}
  explicit Number(const Value<double>& value) : value_(value) {}
  Number(int number) : value_(Value<std::int32_t>(number)) {}
  Number(double number) : value_(Value<float>(static_cast<float>(number))) {}
  Number(const Number&) = default;
  Number& operator=(const Number& other) {
    if (this != &other) {  // a Value never changes; a Number may be given another one while generating
      std::destroy_at(&value_);
      std::construct_at(&value_, other.value_);
    }
    return *this;
  }

  bool is_integer() const { return value_.index() == 0; }
  bool is_double() const { return value_.index() == 2; }
  /// The integer; not for others.
  const Value<std::int32_t>& integer() const { return std::get<0>(value_); }
  /// The number as a float.
  Value<float> real() const {
    if (is_double()) return cast<float>(std::get<2>(value_));
    return is_integer() ? cast<float>(integer()) : std::get<1>(value_);
  }
  /// The number as a double.
  Value<double> wide() const {
    if (is_double()) return std::get<2>(value_);
    return is_integer() ? cast<double>(integer()) : cast<double>(std::get<1>(value_));
  }

 private:
  std::variant<Value<std::int32_t>, Value<float>, Value<double>> value_;
};

Number operator+(const Number& a, const Number& b);
Number operator-(const Number& a, const Number& b);
Number operator*(const Number& a, const Number& b);
Number operator-(const Number& a);
Number minimum(const Number& a, const Number& b);
Number maximum(const Number& a, const Number& b);
Number absolute(const Number& a);
Value<bool> operator<(const Number& a, const Number& b);
Value<bool> operator<=(const Number& a, const Number& b);
Value<bool> equal(const Number& a, const Number& b);
/// a where the condition holds, else b.
Number choose(const Value<bool>& condition, const Number& a, const Number& b);
/// A number as a double, in which sums of whole numbers are exact up to 2^53, if `most`, the largest that is computed
/// with it, is more than an integer of 32 bits holds; else the number.
Number widened(const Number& a, double most);
/// An integer shifted to the right, rounding half up: (a + 2^(bits - 1)) >> bits; of a double the exact quotient.
Number shift_rounded(const Number& a, int bits);
/// An integer shifted to the right, rounding down; its lowest bits.
Number shift_right(const Number& a, int bits);
Number lowest_bits(const Number& a, int bits);
/// An integer that is not negative by a positive divisor, rounding down.
Number divide_down(const Number& a, int divisor);
/// The square root, a float.
Number square_root(const Number& a);
/// A number that is not negative to the power of an exponent, a float.
Number power(const Number& a, double exponent);
/// a / b as floats, or as doubles if one of them is one.
Number quotient(const Number& a, const Number& b);
/// The whole number nearest to a, halves to even, within [least, most]: an integer.
Number round_within(const Number& a, double least, double most);

}  // namespace cogent::image
