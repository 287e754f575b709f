// &&, || and ! on staged conditions.
#pragma once
#include <cogent/value.h>

namespace cogent::detail {

/// A condition as a word: a number other than 0.
template <AnyOperand U>
Word condition_word(const U& operand) {
  check_conversion<bool, U>();
  return word_as<bool>(operand);
}

template <class U>
inline constexpr bool is_computed_condition =
    !std::is_lvalue_reference_v<U> && Staged<U> && std::is_same_v<plain_type<U>, bool>;

template <class A, class B>
constexpr void check_short_circuit() {
  constexpr bool computed_right = Staged<B> && !std::is_lvalue_reference_v<B>;
  static_assert(
      !computed_right || is_computed_condition<A>,
      "COGENT: the right side of this && or || has been computed already, whatever the left side says, because the "
      "left "
      "side has a name, is a plain value or is not a condition; write  a & b  or  a | b  to compute both, or  "
      "if (auto _ = code.when(a)) {...}  to compute b only when a holds");
}

template <bool is_and, class A, class B>
Value<bool> short_circuit(A&& a, B&& b) {
  check_short_circuit<A, B>();
  const Word left = condition_word(a), right = condition_word(b);
  Session& session = session_of(left.session);
  Moment moment = moment_now(session);
  if constexpr (is_computed_condition<A>) moment = a.moment;
  Word condition = left;
  if constexpr (!is_and) condition = session.records() ? record_not(left) : Word{left.bits == 0, left.session};
  return Value<bool>(skip_unless(session, moment, condition, !is_and, right));
}

}  // namespace cogent::detail

namespace cogent {

/// a && b: b is computed only if a holds, when both are written as expressions.
template <class A, class B>
  requires(detail::AnyOperand<A> && detail::AnyOperand<B> && (detail::Staged<A> || detail::Staged<B>))
Value<bool> operator&&(A&& a, B&& b) {
  return detail::short_circuit<true>(static_cast<A&&>(a), static_cast<B&&>(b));
}
/// a || b: b is computed only if a does not hold, when both are written as expressions.
template <class A, class B>
  requires(detail::AnyOperand<A> && detail::AnyOperand<B> && (detail::Staged<A> || detail::Staged<B>))
Value<bool> operator||(A&& a, B&& b) {
  return detail::short_circuit<false>(static_cast<A&&>(a), static_cast<B&&>(b));
}
/// !a: true when a is 0.
template <detail::Staged A>
Value<bool> operator!(const A& a) {
  const detail::Word word = detail::condition_word(a);
  const bool records = detail::session_of(word.session).records();
  return Value<bool>(records ? detail::record_not(word) : detail::Word{word.bits == 0, word.session});
}

}  // namespace cogent
