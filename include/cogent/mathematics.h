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
template <detail::Given X>
auto sqrt(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::float_function<detail::Operation::SquareRoot>(x, at);
}
/// The nearest whole number that is not above x.
template <detail::Given X>
auto floor(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::float_function<detail::Operation::Floor>(x, at);
}
/// The nearest whole number that is not below x.
template <detail::Given X>
auto ceil(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::float_function<detail::Operation::Ceil>(x, at);
}
/// The nearest whole number, halves away from zero.
template <detail::Given X>
auto round(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::float_function<detail::Operation::Round>(x, at);
}
/// The nearest whole number toward zero.
template <detail::Given X>
auto trunc(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::float_function<detail::Operation::Truncate>(x, at);
}
/// x * y + z, rounded once.
template <detail::Given X, detail::Given Y, detail::Given Z>
auto fma(X&& x, Y&& y, Z&& z, const std::source_location& at = std::source_location::current()) {
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
template <detail::GivenStaged X>
Value<bool> isnan(X&& x) {
  return x != x;
}
/// Whether x is infinite, with either sign.
template <detail::GivenStaged X>
Value<bool> isinf(X&& x) {
  return abs(x) == std::numeric_limits<detail::float_type<X>>::infinity();
}
/// Whether x is neither infinite nor NaN.
template <detail::GivenStaged X>
Value<bool> isfinite(X&& x) {
  return abs(x) < std::numeric_limits<detail::float_type<X>>::infinity();
}

// ---- calls of libm, the same function in every way of running

/// e to the power of x.
template <detail::Given X>
auto exp(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Exp>(x, at);
}
/// 2 to the power of x.
template <detail::Given X>
auto exp2(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Exp2>(x, at);
}
/// e to the power of x, minus 1.
template <detail::Given X>
auto expm1(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Expm1>(x, at);
}
/// The natural logarithm.
template <detail::Given X>
auto log(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Log>(x, at);
}
/// The logarithm to the base 2.
template <detail::Given X>
auto log2(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Log2>(x, at);
}
/// The logarithm to the base 10.
template <detail::Given X>
auto log10(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Log10>(x, at);
}
/// The natural logarithm of 1 + x.
template <detail::Given X>
auto log1p(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Log1p>(x, at);
}
/// The sine of x radians.
template <detail::Given X>
auto sin(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Sin>(x, at);
}
/// The cosine of x radians.
template <detail::Given X>
auto cos(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Cos>(x, at);
}
/// The tangent of x radians.
template <detail::Given X>
auto tan(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Tan>(x, at);
}
/// The arc sine, in radians.
template <detail::Given X>
auto asin(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Asin>(x, at);
}
/// The arc cosine, in radians.
template <detail::Given X>
auto acos(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Acos>(x, at);
}
/// The arc tangent, in radians.
template <detail::Given X>
auto atan(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Atan>(x, at);
}
/// The hyperbolic sine.
template <detail::Given X>
auto sinh(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Sinh>(x, at);
}
/// The hyperbolic cosine.
template <detail::Given X>
auto cosh(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Cosh>(x, at);
}
/// The hyperbolic tangent.
template <detail::Given X>
auto tanh(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Tanh>(x, at);
}
/// The inverse hyperbolic sine.
template <detail::Given X>
auto asinh(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Asinh>(x, at);
}
/// The inverse hyperbolic cosine.
template <detail::Given X>
auto acosh(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Acosh>(x, at);
}
/// The inverse hyperbolic tangent.
template <detail::Given X>
auto atanh(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Atanh>(x, at);
}
/// The cube root.
template <detail::Given X>
auto cbrt(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Cbrt>(x, at);
}
/// The error function.
template <detail::Given X>
auto erf(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Erf>(x, at);
}
/// 1 minus the error function.
template <detail::Given X>
auto erfc(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Erfc>(x, at);
}
/// The gamma function.
template <detail::Given X>
auto tgamma(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Tgamma>(x, at);
}
/// The nearest whole number, halves to even.
template <detail::Given X>
auto rint(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Rint>(x, at);
}
/// The angle of the point (x, y), in radians.
template <detail::Given Y, detail::Given X>
auto atan2(Y&& y, X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Atan2>(y, x, at);
}
/// x to the power of y.
template <detail::Given X, detail::Given Y>
auto pow(X&& x, Y&& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Pow>(x, y, at);
}
/// The length of (x, y), without overflow on the way.
template <detail::Given X, detail::Given Y>
auto hypot(X&& x, Y&& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Hypot>(x, y, at);
}
/// The rest of x / y with the quotient truncated.
template <detail::Given X, detail::Given Y>
auto fmod(X&& x, Y&& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Fmod>(x, y, at);
}
/// The rest of x / y with the quotient rounded to even.
template <detail::Given X, detail::Given Y>
auto remainder(X&& x, Y&& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Remainder>(x, y, at);
}
/// |x| with the sign of y.
template <detail::Given X, detail::Given Y>
auto copysign(X&& x, Y&& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Copysign>(x, y, at);
}
/// The float after x on the way to y.
template <detail::Given X, detail::Given Y>
auto nextafter(X&& x, Y&& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Nextafter>(x, y, at);
}
/// x - y where that is positive, else 0.
template <detail::Given X, detail::Given Y>
auto fdim(X&& x, Y&& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Fdim>(x, y, at);
}
/// The smaller number, of a number and NaN the number.
template <detail::Given X, detail::Given Y>
auto fmin(X&& x, Y&& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Fmin>(x, y, at);
}
/// The larger number, of a number and NaN the number.
template <detail::Given X, detail::Given Y>
auto fmax(X&& x, Y&& y, const std::source_location& at = std::source_location::current()) {
  return detail::libm<detail::MathematicalFunction::Fmax>(x, y, at);
}

}  // namespace cogent
