// Operands: how anything that may stand in an expression of staged values becomes a word of the type the expression
// needs, and how the expression learns the line of the user's source on which it stands.
#pragma once
#include <source_location>

#include <cogent/detail/plain_arithmetic.h>
#include <cogent/detail/session.h>

namespace cogent {
template <class T>
class CallResult;
}

namespace cogent::detail {

/// A value that is known only when the generated function runs: Value, Variable, an element of an array.
template <class U>
concept Staged = requires { typename std::remove_cvref_t<U>::staged_type; };

template <class U>
struct ElementTypeOf {
  using type = std::remove_cvref_t<U>;
};
template <Staged U>
struct ElementTypeOf<U> {
  using type = typename std::remove_cvref_t<U>::staged_type;
};
/// The plain type of an operand: T of a Value<T>, the type itself of a number or an enum.
template <class U>
using plain_type = typename ElementTypeOf<U>::type;

/// A scalar, staged or plain.
template <class U>
concept AnyOperand = Staged<U> || Scalar<std::remove_cvref_t<U>>;
/// One that may stand in an expression as a number: all but the values of an enum class.
template <class U>
concept Operand = AnyOperand<U> && !ScopedEnum<plain_type<U>>;

/// The type in which C++ computes with operands A and B.
template <class A, class B>
using common_type = decltype(std::declval<Promoted<plain_type<A>>>() + std::declval<Promoted<plain_type<B>>>());

template <class To, class From>
Word convert_word(Word word) {
  if constexpr (std::is_same_v<To, From> || type_of<To> == type_of<From>)
    return word;
  else if (session_of(word.session).records())
    return record_convert(word, type_of<To>);
  else
    return {canonical(plain_convert<To>(number_of<From>(word.bits))), word.session};
}

/// The operand's value as a To, in the current session.
template <Scalar To, AnyOperand U>
Word word_as(const U& operand) {
  if constexpr (Staged<U>) {
    return convert_word<To, plain_type<U>>(operand.read());
  } else {
    Session& session = require_session();
    const std::int64_t bits = canonical(plain_convert<To>(operand));
    return session.records() ? record_constant(bits, type_of<To>) : Word{bits, session.number};
  }
}

/// Refuses what C++ does not convert to a To without a cast.
template <class To, class U>
constexpr void check_conversion() {
  using From = plain_type<U>;
  static_assert(!std::is_enum_v<To> || std::is_same_v<To, From>,
                "COGENT: an enum is made of values of its own type only; write  cast<E>(x)");
  static_assert(std::is_enum_v<To> || !ScopedEnum<From>,
                "COGENT: the value of an enum class is not a number; write  cast<int>(x)");
}

template <class U>
inline constexpr bool is_unnamed_result = false;
template <class T>
inline constexpr bool is_unnamed_result<CallResult<T>> = true;

/// Refuses the result of a call that has no name yet.
template <class U>
constexpr void refuse_unnamed_result() {
  static_assert(
      never<U>,
      "COGENT: give the result of a call a name before it is used,  auto x = code.call(...);  because C++ does "
      "not say in which order the parts of an expression are computed");
}

template <class U>
constexpr bool has_name() {
  if constexpr (is_unnamed_result<U>) refuse_unnamed_result<U>();
  return true;
}
/// What a function takes by U&&; a result of a call without a name is refused in words.
template <class U>
concept Named = has_name<U>();
template <class U>
concept Given = Operand<U> && Named<U>;
template <class U>
concept GivenStaged = Staged<U> && Named<U>;

/// An operand that C++ promotes to T, and its line. The parameter of operators: its conversion is where a line is
/// learnt.
template <class T>
struct Located {
  Word word;
  template <Staged U>
    requires std::is_same_v<Promoted<plain_type<U>>, T>
  Located(const U& operand, const std::source_location& at = std::source_location::current())
      : word((mark_place(at), convert_word<T, plain_type<U>>(operand.read()))) {}
  template <class U>
  Located(CallResult<U>&&) {
    refuse_unnamed_result<U>();
  }
};

/// Whatever C++ would convert to a T where one is needed: an index, a value to store, a bound.
template <class T>
struct Argument {
  Word word;
  template <AnyOperand U>
  Argument(const U& operand, const std::source_location& at = std::source_location::current())
      : word((mark_place(at), word_as<T>(operand))) {
    check_conversion<T, U>();
  }
  template <class U>
  Argument(CallResult<U>&&) {
    refuse_unnamed_result<U>();
  }
};

/// The index of an element: any integer, a bool too, but no float.
struct Index : Argument<std::int64_t> {
  template <AnyOperand U>
  Index(const U& operand, const std::source_location& at = std::source_location::current())
      : Argument<std::int64_t>(operand, at) {
    static_assert(!std::is_floating_point_v<plain_type<U>>,
                  "COGENT: an index is an integer; write  cast<int>(x)  to cut off the fraction of a float");
  }
  template <class U>
  Index(CallResult<U>&& result) : Argument<std::int64_t>(static_cast<CallResult<U>&&>(result)) {}
};

/// A condition: any number, true when it is not 0.
using Condition = Argument<bool>;

/// The operation on two words of type T.
template <Operation operation, class T>
Word binary_word(Word a, Word b) {
  Session& session = session_of(a.session);
  if (b.session != a.session) throw_foreign(b.session);
  if (session.records()) return record_binary(operation, a, b);
  using N = number_type<T>;
  if constexpr ((operation == Operation::Divide || operation == Operation::Remainder) && std::is_integral_v<N>)
    if (b.bits == 0) return plain_division_fault(session), Word{0, a.session};
  return {canonical(plain_binary<operation>(number_of<N>(a.bits), number_of<N>(b.bits))), a.session};
}

/// The operation on one word of type T.
template <Operation operation, class T>
Word unary_word(Word a) {
  if (session_of(a.session).records()) return record_unary(operation, a);
  return {canonical(plain_unary<operation>(number_of<T>(a.bits))), a.session};
}

}  // namespace cogent::detail
