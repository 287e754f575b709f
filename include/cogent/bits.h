// Operations on the bits of integers, and the bits of floats: staged values, and plain numbers with the same meaning.
#pragma once
#include <cogent/functions.h>

namespace cogent {

namespace detail {

template <class U>
constexpr bool has_bits() {
  using T = plain_type<U>;
  static_assert(
      std::is_integral_v<T> && !std::is_same_v<T, bool>,
      "COGENT: this function works on the bits of integers; bit_cast<std::uint32_t>(x) gives those of a float");
  return true;
}
/// An operand whose bits count: an integer, not a bool. Others are refused in words.
template <class U>
concept BitsOperand = AnyOperand<U> && has_bits<U>() && Named<U>;

/// An operation of one integer that gives one of the same type.
template <Operation operation, BitsOperand X>
auto bits_function(const X& x, const std::source_location& at) {
  using T = plain_type<X>;
  if constexpr (Staged<X>)
    return Value<T>(unary_word<operation, T>(located_word<T>(x, at)));
  else
    return plain_unary<operation>(x);
}

/// A count of bits is an int.
template <Operation operation, BitsOperand X>
auto bits_count(const X& x, const std::source_location& at) {
  const auto count = bits_function<operation>(x, at);
  if constexpr (Staged<X>)
    return Value<int>(convert_word<int, plain_type<X>>(count.read()));
  else
    return static_cast<int>(count);
}

}  // namespace detail

/// How many bits of x are 1; an int.
template <detail::BitsOperand X>
auto popcount(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::bits_count<detail::Operation::PopulationCount>(x, at);
}
/// How many bits are 0 above the highest 1; the width of x when x is 0; an int.
template <detail::BitsOperand X>
auto count_leading_zeros(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::bits_count<detail::Operation::CountLeadingZeros>(x, at);
}
/// How many bits are 0 below the lowest 1; the width of x when x is 0; an int.
template <detail::BitsOperand X>
auto count_trailing_zeros(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::bits_count<detail::Operation::CountTrailingZeros>(x, at);
}
/// x with its bytes in the opposite order.
template <detail::BitsOperand X>
auto byte_swap(X&& x, const std::source_location& at = std::source_location::current()) {
  return detail::bits_function<detail::Operation::ByteSwap>(x, at);
}
/// x with its bits moved up by `count` modulo the width of x, those that leave coming in below; of x's type.
template <detail::BitsOperand X, detail::BitsOperand N>
auto rotate_left(X&& x, N&& count, const std::source_location& at = std::source_location::current()) {
  using T = detail::plain_type<X>;
  if constexpr (detail::SomeStaged<X, N>) {
    const detail::Word bits = detail::located_word<T>(x, at), by = detail::located_word<T>(count, at);
    return Value<T>(detail::binary_word<detail::Operation::RotateLeft, T>(bits, by));
  } else {
    return detail::rotate_left(x, static_cast<T>(count));
  }
}
/// x with its bits moved down by `count` modulo the width of x, those that leave coming in above; of x's type.
template <detail::BitsOperand X, detail::BitsOperand N>
auto rotate_right(X&& x, N&& count, const std::source_location& at = std::source_location::current()) {
  using T = detail::plain_type<X>;
  if constexpr (detail::Staged<N>) {
    const detail::Word by = detail::binary_word<detail::Operation::Subtract, detail::Promoted<T>>(
        detail::word_as<detail::Promoted<T>>(0), detail::located_word<detail::Promoted<T>>(count, at));
    return rotate_left(x, Value<T>(detail::convert_word<T, detail::Promoted<T>>(by)), at);
  } else {
    return rotate_left(x, static_cast<T>(detail::wrapping_subtract<T>(0, static_cast<T>(count))), at);
  }
}
/// The bits of x as a T of the same size.
template <detail::Scalar T, class X>
  requires(detail::AnyOperand<X> && detail::Named<X>)
auto bit_cast(X&& x, const std::source_location& at = std::source_location::current()) {
  using From = detail::plain_type<X>;
  static_assert(sizeof(T) == sizeof(From), "COGENT: bit_cast keeps the size");
  static_assert(!std::is_same_v<T, bool> && !std::is_same_v<From, bool>, "COGENT: bit_cast knows no bool");
  if constexpr (detail::Staged<X>) {
    const detail::Word word = detail::located_word<From>(x, at);
    if (detail::session_of(word.session).records()) return Value<T>(detail::record_bits(word, detail::type_of<T>));
    return Value<T>(
        detail::Word{detail::canonical(std::bit_cast<T>(detail::number_of<From>(word.bits))), word.session});
  } else {
    return std::bit_cast<T>(x);
  }
}

}  // namespace cogent
