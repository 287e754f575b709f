// What C++'s own operators compute on plain values, with the meaning that generated code has: integers wrap, shift
// counts are modulo the width, floats are not contracted and saturate where they become integers. A plain run computes
// with these, so it witnesses the interpreter and the machine code independently.
#pragma once
#include <cmath>
#include <limits>
#include <type_traits>

#include <cogent/detail/scalar_type.h>

namespace cogent::detail {

template <class T>
constexpr T wrapping_add(T a, T b) {
  using U = std::make_unsigned_t<T>;
  return static_cast<T>(static_cast<U>(a) + static_cast<U>(b));
}
template <class T>
constexpr T wrapping_subtract(T a, T b) {
  using U = std::make_unsigned_t<T>;
  return static_cast<T>(static_cast<U>(a) - static_cast<U>(b));
}
template <class T>
constexpr T wrapping_multiply(T a, T b) {
  using U = std::make_unsigned_t<T>;
  return static_cast<T>(static_cast<U>(a) * static_cast<U>(b));
}
/// b is not 0.
template <class T>
constexpr T wrapping_divide(T a, T b) {
  if constexpr (std::is_signed_v<T>)
    if (b == -1) return wrapping_subtract(T{0}, a);
  return static_cast<T>(a / b);
}
template <class T>
constexpr T wrapping_remainder(T a, T b) {
  if constexpr (std::is_signed_v<T>)
    if (b == -1) return 0;
  return static_cast<T>(a % b);
}
template <class T>
constexpr T shift_left(T a, T count) {
  constexpr auto mask = static_cast<std::make_unsigned_t<T>>(std::numeric_limits<std::make_unsigned_t<T>>::digits - 1);
  return static_cast<T>(static_cast<std::make_unsigned_t<T>>(a)
                        << (static_cast<std::make_unsigned_t<T>>(count) & mask));
}
template <class T>
constexpr T shift_right(T a, T count) {
  constexpr auto mask = static_cast<std::make_unsigned_t<T>>(std::numeric_limits<std::make_unsigned_t<T>>::digits - 1);
  return static_cast<T>(a >> (static_cast<std::make_unsigned_t<T>>(count) & mask));
}

template <std::integral T>
constexpr T rotate_left(T a, T count) {
  using U = std::make_unsigned_t<T>;
  constexpr auto mask = static_cast<unsigned>(std::numeric_limits<U>::digits - 1);
  return static_cast<T>(std::rotl(static_cast<U>(a), static_cast<int>(static_cast<unsigned>(count) & mask)));
}

/// A product that no compiler fuses with the sum it goes into, whatever it was told about contraction.
template <std::floating_point T>
constexpr T uncontracted(T product) {
  if (!std::is_constant_evaluated()) {
#if defined(__x86_64__)
    asm("" : "+x"(product));
#elif defined(__aarch64__)
    asm("" : "+w"(product));
#endif
  }
  return product;
}

/// The operation on two floats of one type.
template <Operation operation, std::floating_point T>
constexpr auto plain_binary(T a, T b) {
  if constexpr (operation == Operation::Add)
    return a + b;
  else if constexpr (operation == Operation::Subtract)
    return a - b;
  else if constexpr (operation == Operation::Multiply)
    return uncontracted(a * b);
  else if constexpr (operation == Operation::Divide)
    return a / b;
  else if constexpr (operation == Operation::Minimum)
    return b < a ? b : a;
  else if constexpr (operation == Operation::Maximum)
    return a < b ? b : a;
  else if constexpr (operation == Operation::Less)
    return a < b;
  else if constexpr (operation == Operation::LessEqual)
    return a <= b;
  else if constexpr (operation == Operation::Equal)
    return a == b;
  else
    return a != b;
}

/// The operation on two integers of one type that is at least as wide as int (bit rotations: any); a divisor is not 0.
template <Operation operation, std::integral T>
constexpr auto plain_binary(T a, T b) {
  if constexpr (operation == Operation::Add)
    return wrapping_add(a, b);
  else if constexpr (operation == Operation::Subtract)
    return wrapping_subtract(a, b);
  else if constexpr (operation == Operation::Multiply)
    return wrapping_multiply(a, b);
  else if constexpr (operation == Operation::Divide)
    return wrapping_divide(a, b);
  else if constexpr (operation == Operation::Remainder)
    return wrapping_remainder(a, b);
  else if constexpr (operation == Operation::Minimum)
    return b < a ? b : a;
  else if constexpr (operation == Operation::Maximum)
    return a < b ? b : a;
  else if constexpr (operation == Operation::And)
    return static_cast<T>(a & b);
  else if constexpr (operation == Operation::Or)
    return static_cast<T>(a | b);
  else if constexpr (operation == Operation::Xor)
    return static_cast<T>(a ^ b);
  else if constexpr (operation == Operation::ShiftLeft)
    return shift_left(a, b);
  else if constexpr (operation == Operation::ShiftRight)
    return shift_right(a, b);
  else if constexpr (operation == Operation::Less)
    return a < b;
  else if constexpr (operation == Operation::LessEqual)
    return a <= b;
  else if constexpr (operation == Operation::Equal)
    return a == b;
  else if constexpr (operation == Operation::RotateLeft)
    return rotate_left(a, b);
  else
    return a != b;
}

template <std::integral T>
constexpr T byte_swap(T a) {
  std::make_unsigned_t<T> rest = static_cast<std::make_unsigned_t<T>>(a), swapped = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    swapped = static_cast<std::make_unsigned_t<T>>(std::uint64_t{swapped} << 8 | (rest & 0xff));
    rest = static_cast<std::make_unsigned_t<T>>(std::uint64_t{rest} >> 8);
  }
  return static_cast<T>(swapped);
}

/// The operation on one integer.
template <Operation operation, std::integral T>
constexpr T plain_unary(T a) {
  const auto bits = static_cast<std::make_unsigned_t<T>>(a);
  if constexpr (operation == Operation::PopulationCount)
    return static_cast<T>(std::popcount(bits));
  else if constexpr (operation == Operation::CountLeadingZeros)
    return static_cast<T>(std::countl_zero(bits));
  else if constexpr (operation == Operation::CountTrailingZeros)
    return static_cast<T>(std::countr_zero(bits));
  else
    return byte_swap(a);
}

/// The operation on one float.
template <Operation operation, std::floating_point T>
T plain_unary(T a) {
  if constexpr (operation == Operation::Negate)
    return -a;
  else if constexpr (operation == Operation::Absolute)
    return std::fabs(a);
  else if constexpr (operation == Operation::SquareRoot)
    return std::sqrt(a);
  else if constexpr (operation == Operation::Floor)
    return std::floor(a);
  else if constexpr (operation == Operation::Ceil)
    return std::ceil(a);
  else if constexpr (operation == Operation::Round)
    return std::round(a);
  else
    return std::trunc(a);
}

/// A float as the nearest integer toward zero that a T can hold; 0 for NaN.
template <std::integral T, std::floating_point F>
constexpr T saturated(F x) {
  constexpr F end = static_cast<F>(std::uint64_t{1} << (std::numeric_limits<T>::digits - 1)) * 2;  // 2^digits
  if (x != x) return 0;
  if (x >= end) return std::numeric_limits<T>::max();
  if (x <= (std::is_signed_v<T> ? -end : F{0})) return std::numeric_limits<T>::lowest();
  return static_cast<T>(x);
}

/// A number converted to T: as C++ does, but floats saturate where they become integers.
template <Scalar T, class X>
constexpr T plain_convert(X x) {
  if constexpr (std::is_enum_v<X>)
    return plain_convert<T>(static_cast<number_type<X>>(x));
  else if constexpr (std::is_enum_v<T>)
    return static_cast<T>(plain_convert<number_type<T>>(x));
  else if constexpr (std::is_same_v<T, bool>)
    return x != X{};
  else if constexpr (std::is_floating_point_v<X> && std::is_integral_v<T>)
    return saturated<T>(x);
  else
    return static_cast<T>(x);
}

}  // namespace cogent::detail
