// The operators of staged enums: an unscoped one has those of the number it is promoted to, an enum class is compared
// with values of its own type, and everything else is refused in words.
#pragma once
#include <cogent/detail/operators.h>

namespace cogent::detail {

/// An operand of type E, staged or plain, and its line.
template <class E>
struct EnumOperand {
  Word word;
  template <AnyOperand U>
    requires std::is_same_v<plain_type<U>, E>
  EnumOperand(const U& operand, const std::source_location& at = std::source_location::current())
      : word((mark_place(at), word_as<E>(operand))) {}
  template <class U>
  EnumOperand(CallResult<U>&&) {
    refuse_unnamed_result<U>();
  }
};

// What the refusing operators take. They are templates of a parameter that is never deduced, and convert both sides, so
// that every operator of the user's own is a better match.
template <class E>
struct RefusedEnum {
  template <AnyOperand U>
    requires std::is_same_v<plain_type<U>, E>
  RefusedEnum(const U&) {}
};
template <class E>
struct RefusedOperand {
  template <AnyOperand U>
  RefusedOperand(const U&) {}
};
template <class E>
struct RefusedNumber {
  template <Operand U>
  RefusedNumber(const U&) {}
};

template <class R, class E>
R refuse_enum_operator() {
  static_assert(never<E>,
                "COGENT: an enum class has no operators but comparisons of its own values; write  cast<int>(x)  to "
                "compute with its number");
  return R(Word{});
}

/// The operators of an enum class.
template <class E>
struct EnumOperators {
  using L = EnumOperand<E>;
  using O = Operation;
  using T = number_type<E>;
  using Bad = RefusedEnum<E>;
  using Any = RefusedOperand<E>;
  using Num = RefusedNumber<E>;

  // clang-format off
  friend auto operator==(L a, L b) { return Value<bool>(binary_word<O::Equal, T>(a.word, b.word)); }
  friend auto operator!=(L a, L b) { return Value<bool>(binary_word<O::NotEqual, T>(a.word, b.word)); }
  friend auto operator<(L a, L b) { return Value<bool>(binary_word<O::Less, T>(a.word, b.word)); }
  friend auto operator<=(L a, L b) { return Value<bool>(binary_word<O::LessEqual, T>(a.word, b.word)); }
  friend auto operator>(L a, L b) { return Value<bool>(binary_word<O::Less, T>(b.word, a.word)); }
  friend auto operator>=(L a, L b) { return Value<bool>(binary_word<O::LessEqual, T>(b.word, a.word)); }

  template <class R = Value<bool>> friend R operator==(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<bool>> friend R operator!=(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<bool>> friend R operator<(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<bool>> friend R operator<=(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<bool>> friend R operator>(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<bool>> friend R operator>=(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator+(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator-(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator*(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator/(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator%(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator&(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator|(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator^(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator<<(Bad, Any) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator>>(Bad, Any) { return refuse_enum_operator<R, E>(); }

  template <class R = Value<bool>> friend R operator==(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<bool>> friend R operator!=(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<bool>> friend R operator<(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<bool>> friend R operator<=(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<bool>> friend R operator>(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<bool>> friend R operator>=(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator+(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator-(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator*(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator/(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator%(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator&(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator|(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator^(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator<<(Num, Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator>>(Num, Bad) { return refuse_enum_operator<R, E>(); }

  template <class R = Value<int>> friend R operator+(Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator-(Bad) { return refuse_enum_operator<R, E>(); }
  template <class R = Value<int>> friend R operator~(Bad) { return refuse_enum_operator<R, E>(); }
  // clang-format on
};

template <class T>
struct OperatorsFor {
  using type = Operators<Promoted<T>>;
};
template <ScopedEnum T>
struct OperatorsFor<T> {
  using type = EnumOperators<T>;
};
/// The base that gives the staged types of T their operators.
template <class T>
using OperatorsOf = typename OperatorsFor<T>::type;

}  // namespace cogent::detail
