// += and its kin, ++ and --, for whatever can be assigned: variables and elements of arrays.
#pragma once
#include <cogent/logic.h>

namespace cogent::detail {

/// What stands on the left of += and its line. Reference is Variable<T>& or Element<T>&&: a named element is not
/// assigned to.
template <class Reference>
struct Assigned {
  std::remove_reference_t<Reference>& target;
  Assigned(Reference reference, const std::source_location& at = std::source_location::current()) : target(reference) {
    mark_place(at);
  }
};

/// target = T(target op operand), computed in the type in which C++ would.
template <Operation operation, class T, class Target, class U>
void compound_assign(Target& target, const U& operand) {
  check_operation<operation, common_type<T, U>>();
  using Type = std::conditional_t<is_shift(operation), Promoted<T>, common_type<T, U>>;
  const Word right = word_as<Type>(operand);
  const Word left = convert_word<Type, T>(target.read());
  target.assign(convert_word<T, Type>(binary_word<operation, Type>(left, right)));
}

template <class R>
R refuse_enum_assignment() {
  static_assert(never<R>, "COGENT: C++ has no += of enums, nor its kin; write  x = cast<E>(...)");
  return R(Word{});
}

template <class T, class Reference>
struct CompoundAssignment {
  using A = Assigned<Reference>;
  using O = Operation;

  // clang-format off
  template <Operand U> friend decltype(auto) operator+=(A a, const U& b) { compound_assign<O::Add, T>(a.target, b); return a.target.assigned(); }
  template <Operand U> friend decltype(auto) operator-=(A a, const U& b) { compound_assign<O::Subtract, T>(a.target, b); return a.target.assigned(); }
  template <Operand U> friend decltype(auto) operator*=(A a, const U& b) { compound_assign<O::Multiply, T>(a.target, b); return a.target.assigned(); }
  template <Operand U> friend decltype(auto) operator/=(A a, const U& b) { compound_assign<O::Divide, T>(a.target, b); return a.target.assigned(); }
  template <Operand U> friend decltype(auto) operator%=(A a, const U& b) { compound_assign<O::Remainder, T>(a.target, b); return a.target.assigned(); }
  template <Operand U> friend decltype(auto) operator&=(A a, const U& b) { compound_assign<O::And, T>(a.target, b); return a.target.assigned(); }
  template <Operand U> friend decltype(auto) operator|=(A a, const U& b) { compound_assign<O::Or, T>(a.target, b); return a.target.assigned(); }
  template <Operand U> friend decltype(auto) operator^=(A a, const U& b) { compound_assign<O::Xor, T>(a.target, b); return a.target.assigned(); }
  template <Operand U> friend decltype(auto) operator<<=(A a, const U& b) { compound_assign<O::ShiftLeft, T>(a.target, b); return a.target.assigned(); }
  template <Operand U> friend decltype(auto) operator>>=(A a, const U& b) { compound_assign<O::ShiftRight, T>(a.target, b); return a.target.assigned(); }
  friend decltype(auto) operator++(A a) { compound_assign<O::Add, T>(a.target, 1); return a.target.assigned(); }
  friend decltype(auto) operator--(A a) { compound_assign<O::Subtract, T>(a.target, 1); return a.target.assigned(); }
  // clang-format on
  friend Value<T> operator++(A a, int) {
    const Value<T> before(a.target.read());
    compound_assign<O::Add, T>(a.target, 1);
    return before;
  }
  friend Value<T> operator--(A a, int) {
    const Value<T> before(a.target.read());
    compound_assign<O::Subtract, T>(a.target, 1);
    return before;
  }
};

/// Of an enum, all of it is refused.
template <class T, class Reference>
  requires std::is_enum_v<T>
struct CompoundAssignment<T, Reference> {
  using A = Assigned<Reference>;
  using Any = RefusedOperand<T>;

  // clang-format off
  template <class R = Value<T>> friend R operator+=(A, Any) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator-=(A, Any) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator*=(A, Any) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator/=(A, Any) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator%=(A, Any) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator&=(A, Any) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator|=(A, Any) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator^=(A, Any) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator<<=(A, Any) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator>>=(A, Any) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator++(A) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator--(A) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator++(A, int) { return refuse_enum_assignment<R>(); }
  template <class R = Value<T>> friend R operator--(A, int) { return refuse_enum_assignment<R>(); }
  // clang-format on
};

}  // namespace cogent::detail
