// Assignments that C++ would refuse in words of its own: to what is only read, and of run-time values to plain numbers.
#pragma once
#include <cogent/detail/operand.h>

namespace cogent {
template <class T>
class Value;
}

namespace cogent::detail {

/// Refuses to assign to a Value with a name.
template <class V>
V& refuse_assignment(V& value) {
  static_assert(never<V>, "COGENT: a Value cannot be changed; write  auto x = code.variable(...);  and assign to that");
  return value;
}

/// Refuses to assign to a Value that is what an expression gives, most likely an element.
template <class V>
V& refuse_write(V& value) {
  static_assert(
      never<V>,
      "COGENT: this is only read: if it is an element of an In, make it an Out or InOut; else write  auto x = "
      "code.variable(...);  and assign to that");
  return value;
}

/// Refuses to carry a run-time value into a plain number.
template <class N>
void refuse_plain_target() {
  static_assert(never<N>,
                "COGENT: a plain number is known now and cannot take a value that is known only when the generated "
                "function runs; write  auto x = code.variable(0);  instead of  int x = 0;");
}

template <class V>
inline constexpr bool is_value = false;
template <class T>
inline constexpr bool is_value<Value<T>> = true;

/// What `target += operand` would change, but must not.
template <class V, class U>
concept Unchangeable = is_value<std::remove_cvref_t<V>> || (std::is_arithmetic_v<std::remove_cvref_t<V>> && Staged<U>);

template <class V>
void refuse_compound_assignment(V& target) {
  if constexpr (std::is_arithmetic_v<std::remove_cv_t<V>>)
    refuse_plain_target<V>();
  else
    refuse_write(target);
}

// clang-format off
template <class V, Operand U> requires Unchangeable<V, U> void operator+=(V&& target, const U&) { refuse_compound_assignment(target); }
template <class V, Operand U> requires Unchangeable<V, U> void operator-=(V&& target, const U&) { refuse_compound_assignment(target); }
template <class V, Operand U> requires Unchangeable<V, U> void operator*=(V&& target, const U&) { refuse_compound_assignment(target); }
template <class V, Operand U> requires Unchangeable<V, U> void operator/=(V&& target, const U&) { refuse_compound_assignment(target); }
template <class V, Operand U> requires Unchangeable<V, U> void operator%=(V&& target, const U&) { refuse_compound_assignment(target); }
template <class V, Operand U> requires Unchangeable<V, U> void operator&=(V&& target, const U&) { refuse_compound_assignment(target); }
template <class V, Operand U> requires Unchangeable<V, U> void operator|=(V&& target, const U&) { refuse_compound_assignment(target); }
template <class V, Operand U> requires Unchangeable<V, U> void operator^=(V&& target, const U&) { refuse_compound_assignment(target); }
template <class V, Operand U> requires Unchangeable<V, U> void operator<<=(V&& target, const U&) { refuse_compound_assignment(target); }
template <class V, Operand U> requires Unchangeable<V, U> void operator>>=(V&& target, const U&) { refuse_compound_assignment(target); }
// clang-format on

}  // namespace cogent::detail
