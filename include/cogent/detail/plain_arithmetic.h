// What C++'s own operators compute on plain values, with the meaning that generated code has: integers wrap, shift
// counts are modulo the width. A plain run computes with these, so it witnesses the interpreter and the machine code
// independently.
#pragma once
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

/// The operation on two operands of one type that is at least as wide as int; a divisor is not 0.
template <Operation operation, class T>
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
  else
    return a != b;
}

}  // namespace cogent::detail
