// Value<T>: a number that is known only when the generated function runs.
#pragma once
#include <cogent/detail/enum_operators.h>
#include <cogent/detail/operand.h>
#include <cogent/detail/refused_assignment.h>

namespace cogent {

template <class T>
class Variable;

/// A run-time number of type T (bool, an integer type, float, double or an enum). It never changes: what changes is a
/// Variable, made by code.variable. Operators and promotions are C++'s. Copying is free; in a plain run it holds the
/// number itself.
template <class T>
class Value : public detail::OperatorsOf<T>, public detail::Since<T> {
  static_assert(detail::Scalar<T>,
                "COGENT: Value<T> takes bool, the integer types, float, double, enums and plain structs");

 public:
  using staged_type = T;

  Value(const Value&) = default;
  /// From a plain number of exactly type T; other types are converted with cast<T>(x).
  template <class U>
    requires std::is_same_v<U, T>
  Value(U number, const std::source_location& at = std::source_location::current())
      : Value(detail::Argument<T>(number, at).word) {}
  /// The variable's present content.
  template <class U>
    requires std::is_same_v<U, Variable<T>>
  Value(const U& variable, const std::source_location& at = std::source_location::current())
      : Value(detail::Argument<T>(variable, at).word) {}

  Value& operator=(const Value&) & { return detail::refuse_assignment(*this); }
  Value& operator=(const Value&) && { return detail::refuse_write(*this); }
  template <class U>
  void operator=(U&&) & {
    detail::refuse_assignment(*this);
  }
  template <class U>
  void operator=(U&&) && {
    detail::refuse_write(*this);
  }
  template <std::same_as<bool> B>
  explicit operator B() const {
    return detail::not_a_condition<B>();
  }
  template <class U>
    requires(std::is_arithmetic_v<U> && !std::same_as<U, bool>)
  explicit operator U() const {
    return detail::not_a_plain_number<U>();
  }

  /// For the library: what computes the value.
  detail::Word read() const { return word_; }
  explicit Value(detail::Word word) : word_(word) { this->begin(word); }

 protected:
  detail::Word word_;
};

}  // namespace cogent
