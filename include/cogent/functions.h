// Free functions on staged values. For plain values they are overloads with the same meaning, so that a helper template
// serves both.
#pragma once
#include <limits>
#include <utility>

#include <cogent/logic.h>

namespace cogent {

namespace detail {

/// What min, max, clamp and select of these types give: the common type where they differ.
template <class A, class B>
constexpr auto merge_types() {
  constexpr bool is_number = !ScopedEnum<plain_type<A>> && !ScopedEnum<plain_type<B>>;
  if constexpr (std::is_same_v<plain_type<A>, plain_type<B>>)
    return plain_type<A>{};
  else if constexpr (is_number)
    return common_type<A, B>{};
  else
    static_assert(never<A, B>, "COGENT: the value of an enum class is not a number; write  cast<int>(x)");
}
template <class A, class B>
using merged_type = decltype(merge_types<A, B>());

template <class... U>
concept Operands = (AnyOperand<U> && ...);
template <class... U>
concept SomeStaged = Operands<U...> && (Staged<U> || ...) && (Named<U> && ...);
template <class... U>
concept AllPlain = (Scalar<U> && ...);

template <class T, class U>
Word located_word(const U& operand, const std::source_location& at) {
  return Argument<T>(operand, at).word;
}

/// An integer, or the nearest one that a T can hold.
template <Number T, Staged X>
Value<T> saturated_integer(const X& x, const std::source_location& at) {
  using S = Promoted<plain_type<X>>;
  constexpr auto low = std::numeric_limits<T>::lowest();
  constexpr auto high = std::numeric_limits<T>::max();
  constexpr bool is_cut_below = std::is_signed_v<S> && (std::is_unsigned_v<T> || sizeof(T) < sizeof(S));
  constexpr bool is_cut_above =
      static_cast<std::uint64_t>(high) < static_cast<std::uint64_t>(std::numeric_limits<S>::max());
  Word word = located_word<S>(x, at);
  if constexpr (is_cut_below) word = binary_word<Operation::Maximum, S>(word, word_as<S>(low));
  if constexpr (is_cut_above) word = binary_word<Operation::Minimum, S>(word, word_as<S>(high));
  return Value<T>(convert_word<T, S>(word));
}

}  // namespace detail

/// The smaller of two numbers, as std::min: of equal ones, and where one is NaN, the first.
template <class A, class B>
  requires detail::SomeStaged<A, B>
auto min(A&& a, B&& b, const std::source_location& at = std::source_location::current()) {
  using T = detail::merged_type<A, B>;
  const auto left = detail::located_word<T>(a, at), right = detail::located_word<T>(b, at);
  return Value<T>(detail::binary_word<detail::Operation::Minimum, T>(left, right));
}
/// The larger of two numbers, as std::max: of equal ones, and where one is NaN, the first.
template <class A, class B>
  requires detail::SomeStaged<A, B>
auto max(A&& a, B&& b, const std::source_location& at = std::source_location::current()) {
  using T = detail::merged_type<A, B>;
  const auto left = detail::located_word<T>(a, at), right = detail::located_word<T>(b, at);
  return Value<T>(detail::binary_word<detail::Operation::Maximum, T>(left, right));
}
/// x, but at least `low` and at most `high`; `high` where low > high.
template <class X, class L, class H>
  requires detail::SomeStaged<X, L, H>
auto clamp(X&& x, L&& low, H&& high, const std::source_location& at = std::source_location::current()) {
  return min(max(x, low, at), high, at);
}
/// |x|, of the type to which C++ promotes x; the lowest number of a signed type gives itself.
template <detail::GivenStaged X>
  requires detail::Operand<X>
auto abs(X&& x, const std::source_location& at = std::source_location::current()) {
  using T = detail::Promoted<detail::plain_type<X>>;
  const detail::Word word = detail::located_word<T>(x, at);
  if constexpr (std::is_unsigned_v<T>)
    return Value<T>(word);
  else if constexpr (std::is_floating_point_v<T>)
    return Value<T>(detail::unary_word<detail::Operation::Absolute, T>(word));
  else
    return Value<T>(detail::binary_word<detail::Operation::Maximum, T>(
        word, detail::binary_word<detail::Operation::Subtract, T>(detail::word_as<T>(0), word)));
}
/// `if_true` where the condition holds, else `if_false`; both are computed.
template <class C, class A, class B>
  requires detail::SomeStaged<C, A, B>
auto select(C&& condition, A&& if_true, B&& if_false,
            const std::source_location& at = std::source_location::current()) {
  using T = detail::merged_type<A, B>;
  const detail::Word test = detail::located_word<bool>(condition, at);
  const detail::Word a = detail::located_word<T>(if_true, at), b = detail::located_word<T>(if_false, at);
  if (detail::session_of(test.session).records()) return Value<T>(detail::record_select(test, a, b));
  return Value<T>(test.bits != 0 ? a : b);
}
/// x converted to T as static_cast does: integers modulo 2^width; a float becomes the nearest integer toward zero that
/// a T can hold, NaN becomes 0. Between enums and numbers it converts the enum's number.
template <detail::Scalar T, detail::GivenStaged X>
Value<T> cast(X&& x, const std::source_location& at = std::source_location::current()) {
  detail::mark_place(at);
  return Value<T>(detail::word_as<T>(x));
}
/// x, or the nearest number that a T can hold. A float is cut off toward zero before, as by cast, and NaN gives 0; for
/// the nearest integer, halves to the even one, write  saturate_cast<T>(rint(x)). To floats as cast, so that what is
/// too large for a float becomes infinite. A bool is 1 for what is 1 or more.
template <detail::Number T, detail::GivenStaged X>
  requires detail::Operand<X>
Value<T> saturate_cast(X&& x, const std::source_location& at = std::source_location::current()) {
  constexpr bool is_of_float = std::is_floating_point_v<detail::plain_type<X>>;
  if constexpr (std::is_same_v<T, bool> && is_of_float)
    return detail::saturated_integer<T>(cast<int>(x, at), at);
  else if constexpr (std::is_floating_point_v<T> || is_of_float)
    return cast<T>(x, at);
  else
    return detail::saturated_integer<T>(x, at);
}

// ---- the same on plain numbers

/// The smaller of two plain numbers.
template <class A, class B>
  requires detail::AllPlain<A, B>
constexpr auto min(A a, B b) {
  using T = detail::merged_type<A, B>;
  return static_cast<T>(b) < static_cast<T>(a) ? static_cast<T>(b) : static_cast<T>(a);
}
/// The larger of two plain numbers.
template <class A, class B>
  requires detail::AllPlain<A, B>
constexpr auto max(A a, B b) {
  using T = detail::merged_type<A, B>;
  return static_cast<T>(a) < static_cast<T>(b) ? static_cast<T>(b) : static_cast<T>(a);
}
/// A plain x, but at least `low` and at most `high`.
template <class X, class L, class H>
  requires detail::AllPlain<X, L, H>
constexpr auto clamp(X x, L low, H high) {
  return min(max(x, low), high);
}
/// |x| of a plain number; the lowest number of a signed type gives itself.
template <detail::Number X>
constexpr auto abs(X x) {
  using T = detail::Promoted<X>;
  if constexpr (std::is_floating_point_v<T>)
    return x < 0 ? -x : x + T{0};  // -0 + 0 is 0
  else
    return max(static_cast<T>(x), detail::wrapping_subtract<T>(0, static_cast<T>(x)));
}
/// `if_true` where a plain condition holds, else `if_false`.
template <class A, class B>
  requires detail::AllPlain<A, B>
constexpr auto select(bool condition, A if_true, B if_false) {
  using T = detail::merged_type<A, B>;
  return condition ? static_cast<T>(if_true) : static_cast<T>(if_false);
}
/// A plain x converted to T.
template <detail::Scalar T, detail::Scalar X>
constexpr T cast(X x) {
  return detail::plain_convert<T>(x);
}
/// A plain x, or the nearest number that a T can hold, as above.
template <detail::Number T, detail::Number X>
constexpr T saturate_cast(X x) {
  if constexpr (std::is_same_v<T, bool> && std::is_floating_point_v<X>)
    return saturate_cast<bool>(cast<int>(x));
  else if constexpr (std::is_floating_point_v<T> || std::is_floating_point_v<X>) {
    return cast<T>(x);
  } else {
    if (std::cmp_less(+x, +std::numeric_limits<T>::lowest())) return std::numeric_limits<T>::lowest();
    if (std::cmp_greater(+x, +std::numeric_limits<T>::max())) return std::numeric_limits<T>::max();
    return static_cast<T>(x);
  }
}

}  // namespace cogent
