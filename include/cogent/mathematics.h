// Mathematical functions of floats: staged values, and plain numbers with the same bits. As in <cmath>, float gives
// float and everything else is computed as double.
#pragma once
#include <cogent/functions.h>

namespace cogent {

namespace detail {

/// The type in which a mathematical function of these operands is computed.
template <class... U>
using float_type = std::conditional_t<(std::is_same_v<plain_type<U>, float> && ...), float, double>;

/// A plain number as a T.
template <class T, class U>
T plain_number(const U& number) {
  return plain_convert<T>(number);
}

/// An operation of one float.
template <Operation operation, Operand X>
auto float_function(const X& x, const std::source_location& at) {
  using T = float_type<X>;
  if constexpr (Staged<X>)
    return Value<T>(unary_word<operation, T>(located_word<T>(x, at)));
  else
    return plain_unary<operation>(plain_number<T>(x));
}

/// libm's function of one operand.
template <MathematicalFunction function, Operand X>
auto libm(const X& x, const std::source_location& at) {
  using T = float_type<X>;
  if constexpr (!Staged<X>) {
    return call_libm(function, plain_number<T>(x));
  } else {
    const Word word = located_word<T>(x, at);
    if (session_of(word.session).records()) return Value<T>(record_mathematics(function, word));
    return Value<T>(Word{canonical(call_libm(function, number_of<T>(word.bits))), word.session});
  }
}

/// libm's function of two operands.
template <MathematicalFunction function, Operand X, Operand Y>
auto libm(const X& x, const Y& y, const std::source_location& at) {
  using T = float_type<X, Y>;
  if constexpr (!Staged<X> && !Staged<Y>) {
    return call_libm(function, plain_number<T>(x), plain_number<T>(y));
  } else {
    const Word a = located_word<T>(x, at), b = located_word<T>(y, at);
    if (session_of(a.session).records()) return Value<T>(record_mathematics(function, a, b));
    return Value<T>(Word{canonical(call_libm(function, number_of<T>(a.bits), number_of<T>(b.bits))), a.session});
  }
}

}  // namespace detail

// ---- computed in line

/// The square root; NaN of a negative number.
template <detail::Operand X>
auto sqrt(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::float_function<detail::Operation::SquareRoot>(x, at);
}
/// The nearest whole number that is not above x.
template <detail::Operand X>
auto floor(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::float_function<detail::Operation::Floor>(x, at);
}
/// The nearest whole number that is not below x.
template <detail::Operand X>
auto ceil(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::float_function<detail::Operation::Ceil>(x, at);
}
/// The nearest whole number, halves away from zero.
template <detail::Operand X>
auto round(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::float_function<detail::Operation::Round>(x, at);
}
/// The nearest whole number toward zero.
template <detail::Operand X>
auto trunc(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::float_function<detail::Operation::Truncate>(x, at);
}
/// x * y + z, rounded once.
template <detail::Operand X, detail::Operand Y, detail::Operand Z>
auto fma(const X& x, const Y& y, const Z& z, const std::source_location& at = std::source_location::current()) {
  using T = detail::float_type<X, Y, Z>;
  if constexpr (detail::SomeStaged<X, Y, Z>) {
    const detail::Word a = detail::located_word<T>(x, at), b = detail::located_word<T>(y, at),
                       c = detail::located_word<T>(z, at);
    if (detail::session_of(a.session).records()) return Value<T>(detail::record_fused_multiply_add(a, b, c));
    const T sum = std::fma(detail::number_of<T>(a.bits), detail::number_of<T>(b.bits), detail::number_of<T>(c.bits));
    return Value<T>(detail::Word{detail::canonical(sum), a.session});
  } else {
    return std::fma(detail::plain_number<T>(x), detail::plain_number<T>(y), detail::plain_number<T>(z));
  }
}
/// Whether x is NaN.
template <detail::Staged X>
Value<bool> isnan(const X& x) {
  return x != x;
}
/// Whether x is infinite, with either sign.
template <detail::Staged X>
Value<bool> isinf(const X& x) {
  return abs(x) == std::numeric_limits<detail::float_type<X>>::infinity();
}
/// Whether x is neither infinite nor NaN.
template <detail::Staged X>
Value<bool> isfinite(const X& x) {
  return abs(x) < std::numeric_limits<detail::float_type<X>>::infinity();
}

// ---- calls of libm, the same function in every way of running

/// e to the power of x.
template <detail::Operand X>
auto exp(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Exp>(x, at);
}
/// 2 to the power of x.
template <detail::Operand X>
auto exp2(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Exp2>(x, at);
}
/// e to the power of x, minus 1.
template <detail::Operand X>
auto expm1(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Expm1>(x, at);
}
/// The natural logarithm.
template <detail::Operand X>
auto log(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Log>(x, at);
}
/// The logarithm to the base 2.
template <detail::Operand X>
auto log2(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Log2>(x, at);
}
/// The logarithm to the base 10.
template <detail::Operand X>
auto log10(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Log10>(x, at);
}
/// The natural logarithm of 1 + x.
template <detail::Operand X>
auto log1p(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Log1p>(x, at);
}
/// The sine of x radians.
template <detail::Operand X>
auto sin(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Sin>(x, at);
}
/// The cosine of x radians.
template <detail::Operand X>
auto cos(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Cos>(x, at);
}
/// The tangent of x radians.
template <detail::Operand X>
auto tan(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Tan>(x, at);
}
/// The arc sine, in radians.
template <detail::Operand X>
auto asin(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Asin>(x, at);
}
/// The arc cosine, in radians.
template <detail::Operand X>
auto acos(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Acos>(x, at);
}
/// The arc tangent, in radians.
template <detail::Operand X>
auto atan(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Atan>(x, at);
}
/// The hyperbolic sine.
template <detail::Operand X>
auto sinh(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Sinh>(x, at);
}
/// The hyperbolic cosine.
template <detail::Operand X>
auto cosh(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Cosh>(x, at);
}
/// The hyperbolic tangent.
template <detail::Operand X>
auto tanh(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Tanh>(x, at);
}
/// The inverse hyperbolic sine.
template <detail::Operand X>
auto asinh(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Asinh>(x, at);
}
/// The inverse hyperbolic cosine.
template <detail::Operand X>
auto acosh(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Acosh>(x, at);
}
/// The inverse hyperbolic tangent.
template <detail::Operand X>
auto atanh(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Atanh>(x, at);
}
/// The cube root.
template <detail::Operand X>
auto cbrt(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Cbrt>(x, at);
}
/// The error function.
template <detail::Operand X>
auto erf(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Erf>(x, at);
}
/// 1 minus the error function.
template <detail::Operand X>
auto erfc(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Erfc>(x, at);
}
/// The gamma function.
template <detail::Operand X>
auto tgamma(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Tgamma>(x, at);
}
/// The nearest whole number, halves to even.
template <detail::Operand X>
auto rint(const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Rint>(x, at);
}
/// The angle of the point (x, y), in radians.
template <detail::Operand Y, detail::Operand X>
auto atan2(const Y& y, const X& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Atan2>(y, x, at);
}
/// x to the power of y.
template <detail::Operand X, detail::Operand Y>
auto pow(const X& x, const Y& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Pow>(x, y, at);
}
/// The length of (x, y), without overflow on the way.
template <detail::Operand X, detail::Operand Y>
auto hypot(const X& x, const Y& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Hypot>(x, y, at);
}
/// The rest of x / y with the quotient truncated.
template <detail::Operand X, detail::Operand Y>
auto fmod(const X& x, const Y& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Fmod>(x, y, at);
}
/// The rest of x / y with the quotient rounded to even.
template <detail::Operand X, detail::Operand Y>
auto remainder(const X& x, const Y& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Remainder>(x, y, at);
}
/// |x| with the sign of y.
template <detail::Operand X, detail::Operand Y>
auto copysign(const X& x, const Y& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Copysign>(x, y, at);
}
/// The float after x on the way to y.
template <detail::Operand X, detail::Operand Y>
auto nextafter(const X& x, const Y& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Nextafter>(x, y, at);
}
/// x - y where that is positive, else 0.
template <detail::Operand X, detail::Operand Y>
auto fdim(const X& x, const Y& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Fdim>(x, y, at);
}
/// The smaller number, of a number and NaN the number.
template <detail::Operand X, detail::Operand Y>
auto fmin(const X& x, const Y& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Fmin>(x, y, at);
}
/// The larger number, of a number and NaN the number.
template <detail::Operand X, detail::Operand Y>
auto fmax(const X& x, const Y& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Fmax>(x, y, at);
}

}  // namespace cogent
