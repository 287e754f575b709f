// C++'s operators on staged values, found through the base class of every staged type that C++ promotes to T.
#pragma once
#include <cogent/detail/operand.h>

namespace cogent {
template <class T>
class Value;
}

namespace cogent::detail {

template <class B>
bool not_a_condition() {
  static_assert(
      never<B>,
      "COGENT: this value is known only when the generated function runs, so a C++ if, while, for, ?:, && or || cannot "
      "test it now; write  if (auto _ = code.when(condition)) {...},  for (auto _ : code.loop_while([&] { return "
      "condition; })) {...}  or  select(condition, a, b)");
  return false;
}

template <class U>
U not_a_plain_number() {
  static_assert(never<U>,
                "COGENT: this value is known only when the generated function runs, so that C++ cannot convert it now; "
                "write  cast<T>(x)  instead of  static_cast<T>(x)  or  T(x)");
  return U();
}

/// A condition remembers the moment at which it was computed, for &&.
template <class T>
struct Since {
  void begin(const Word&) {}
};
template <>
struct Since<bool> {
  Moment moment;
  void begin(const Word& word) { moment = moment_now(session_of(word.session)); }
};

/// What C++ does not do with floats does not compile.
template <Operation operation, class Type>
constexpr void check_operation() {
  static_assert(!needs_integers(operation) || std::is_integral_v<Type>,
                "COGENT: floats have no % & | ^ ~ << >>; write  fmod(a, b),  or take their bits by  "
                "bit_cast<std::uint32_t>(x)");
}

template <Operation operation, class T, class U>
auto operate(const Located<T>& a, const U& b) {
  check_operation<operation, common_type<T, U>>();
  using Type = std::conditional_t<is_shift(operation), T, common_type<T, U>>;
  using Result = std::conditional_t<is_comparison(operation), bool, Type>;
  return Value<Result>(binary_word<operation, Type>(convert_word<Type, T>(a.word), word_as<Type>(b)));
}
template <Operation operation, class U, class T>
auto operate(const U& a, const Located<T>& b) {
  check_operation<operation, common_type<U, T>>();
  using Type = std::conditional_t<is_shift(operation), Promoted<U>, common_type<U, T>>;
  using Result = std::conditional_t<is_comparison(operation), bool, Type>;
  return Value<Result>(binary_word<operation, Type>(word_as<Type>(a), convert_word<Type, T>(b.word)));
}

/// -x of a T; of a float it flips the sign.
template <class T>
Word negated_word(Word x) {
  if constexpr (std::is_floating_point_v<T>)
    return unary_word<Operation::Negate, T>(x);
  else
    return binary_word<Operation::Subtract, T>(word_as<T>(0), x);
}

/// == and != of two staged operands.
template <Operation operation, class A, class B>
auto equality(const Located<A>& a, const Located<B>& b) {
  using Type = decltype(std::declval<A>() + std::declval<B>());
  return Value<bool>(binary_word<operation, Type>(convert_word<Type, A>(a.word), convert_word<Type, B>(b.word)));
}

/// The operators of operands that C++ promotes to T: staged with staged or plain, and plain with staged.
template <class T>
struct Operators {
  using L = Located<T>;
  using O = Operation;

  // clang-format off
  template <Operand U> friend auto operator+(L a, const U& b) { return operate<O::Add>(a, b); }
  template <Operand U> friend auto operator-(L a, const U& b) { return operate<O::Subtract>(a, b); }
  template <Operand U> friend auto operator*(L a, const U& b) { return operate<O::Multiply>(a, b); }
  template <Operand U> friend auto operator/(L a, const U& b) { return operate<O::Divide>(a, b); }
  template <Operand U> friend auto operator%(L a, const U& b) { return operate<O::Remainder>(a, b); }
  template <Operand U> friend auto operator&(L a, const U& b) { return operate<O::And>(a, b); }
  template <Operand U> friend auto operator|(L a, const U& b) { return operate<O::Or>(a, b); }
  template <Operand U> friend auto operator^(L a, const U& b) { return operate<O::Xor>(a, b); }
  template <Operand U> friend auto operator<<(L a, const U& b) { return operate<O::ShiftLeft>(a, b); }
  template <Operand U> friend auto operator>>(L a, const U& b) { return operate<O::ShiftRight>(a, b); }
  template <Operand U> friend auto operator<(L a, const U& b) { return operate<O::Less>(a, b); }
  template <Operand U> friend auto operator<=(L a, const U& b) { return operate<O::LessEqual>(a, b); }
  template <Operand U> friend auto operator>(L a, const U& b) { return greater<O::Less>(a, b); }
  template <Operand U> friend auto operator>=(L a, const U& b) { return greater<O::LessEqual>(a, b); }

  // C++ tries x == y and x != y the other way round as well. So that this is never a better match, both sides are
  // converted alike: one overload for each type to which C++ promotes the right side.
  friend auto operator==(L a, Located<int> b) { return equality<O::Equal>(a, b); }
  friend auto operator==(L a, Located<unsigned> b) { return equality<O::Equal>(a, b); }
  friend auto operator==(L a, Located<long> b) { return equality<O::Equal>(a, b); }
  friend auto operator==(L a, Located<unsigned long> b) { return equality<O::Equal>(a, b); }
  friend auto operator==(L a, Located<long long> b) { return equality<O::Equal>(a, b); }
  friend auto operator==(L a, Located<unsigned long long> b) { return equality<O::Equal>(a, b); }
  friend auto operator==(L a, Located<float> b) { return equality<O::Equal>(a, b); }
  friend auto operator==(L a, Located<double> b) { return equality<O::Equal>(a, b); }
  friend auto operator!=(L a, Located<int> b) { return equality<O::NotEqual>(a, b); }
  friend auto operator!=(L a, Located<unsigned> b) { return equality<O::NotEqual>(a, b); }
  friend auto operator!=(L a, Located<long> b) { return equality<O::NotEqual>(a, b); }
  friend auto operator!=(L a, Located<unsigned long> b) { return equality<O::NotEqual>(a, b); }
  friend auto operator!=(L a, Located<long long> b) { return equality<O::NotEqual>(a, b); }
  friend auto operator!=(L a, Located<unsigned long long> b) { return equality<O::NotEqual>(a, b); }
  friend auto operator!=(L a, Located<float> b) { return equality<O::NotEqual>(a, b); }
  friend auto operator!=(L a, Located<double> b) { return equality<O::NotEqual>(a, b); }
  template <PlainNumber U> friend auto operator==(L a, const U& b) { return operate<O::Equal>(a, b); }
  template <PlainNumber U> friend auto operator!=(L a, const U& b) { return operate<O::NotEqual>(a, b); }

  template <PlainNumber U> friend auto operator+(const U& a, L b) { return operate<O::Add>(a, b); }
  template <PlainNumber U> friend auto operator-(const U& a, L b) { return operate<O::Subtract>(a, b); }
  template <PlainNumber U> friend auto operator*(const U& a, L b) { return operate<O::Multiply>(a, b); }
  template <PlainNumber U> friend auto operator/(const U& a, L b) { return operate<O::Divide>(a, b); }
  template <PlainNumber U> friend auto operator%(const U& a, L b) { return operate<O::Remainder>(a, b); }
  template <PlainNumber U> friend auto operator&(const U& a, L b) { return operate<O::And>(a, b); }
  template <PlainNumber U> friend auto operator|(const U& a, L b) { return operate<O::Or>(a, b); }
  template <PlainNumber U> friend auto operator^(const U& a, L b) { return operate<O::Xor>(a, b); }
  template <PlainNumber U> friend auto operator<<(const U& a, L b) { return operate<O::ShiftLeft>(a, b); }
  template <PlainNumber U> friend auto operator>>(const U& a, L b) { return operate<O::ShiftRight>(a, b); }
  template <PlainNumber U> friend auto operator<(const U& a, L b) { return operate<O::Less>(a, b); }
  template <PlainNumber U> friend auto operator<=(const U& a, L b) { return operate<O::LessEqual>(a, b); }
  template <PlainNumber U> friend auto operator==(const U& a, L b) { return operate<O::Equal>(a, b); }
  template <PlainNumber U> friend auto operator!=(const U& a, L b) { return operate<O::NotEqual>(a, b); }
  template <PlainNumber U> friend auto operator>(const U& a, L b) { return operate<O::Less>(b, a); }
  template <PlainNumber U> friend auto operator>=(const U& a, L b) { return operate<O::LessEqual>(b, a); }

  friend auto operator+(L a) { return Value<T>(a.word); }
  friend auto operator-(L a) { return Value<T>(negated_word<T>(a.word)); }
  friend auto operator~(L a) { return complement(a); }
  // clang-format on

 private:
  static auto complement(const L& a) {
    check_operation<O::Xor, T>();
    return Value<T>(binary_word<O::Xor, T>(a.word, word_as<T>(static_cast<T>(-1))));
  }
  // a > b is b < a
  template <Operation operation, class U>
  static auto greater(const L& a, const U& b) {
    using Type = common_type<T, U>;
    const Word left = convert_word<Type, T>(a.word);
    return Value<bool>(binary_word<operation, Type>(word_as<Type>(b), left));
  }
};

}  // namespace cogent::detail
