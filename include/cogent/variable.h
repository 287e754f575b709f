// Variable<T>: a variable of the generated function, made by code.variable.
#pragma once
#include <cogent/detail/compound_assignment.h>

namespace cogent {

/// A variable of the generated function. Reading it gives its present content; copying it makes a new variable with the
/// same content, as in C++.
template <class T>
class Variable : public detail::OperatorsOf<T>, public detail::CompoundAssignment<T, Variable<T>&> {
 public:
  using staged_type = T;

  /// A new variable; code.variable(initial) is the usual way.
  explicit Variable(detail::Argument<T> initial) { declare(initial.word); }
  Variable(const Variable& other, const std::source_location& at = std::source_location::current()) {
    declare(detail::Argument<T>(other, at).word);
  }

  /// Assigns any number, converted to T as C++ does.
  Variable& operator=(detail::Argument<T> value) {
    assign(value.word);
    return *this;
  }
  // Never chosen: `x = y` of two variables goes through the assignment above, which learns its line.
  Variable& operator=(const Variable&)
    requires(detail::never<T>);

  template <std::same_as<bool> B>
  explicit operator B() const {
    return detail::not_a_condition<B>();
  }
  template <class U>
    requires(std::is_arithmetic_v<U> && !std::same_as<U, bool>)
  explicit operator U() const {
    return detail::not_a_plain_number<U>();
  }

  /// For the library: the present content.
  detail::Word read() const {
    const bool records = detail::session_of(word_.session).records();
    return records ? detail::record_get(static_cast<std::uint32_t>(word_.bits)) : word_;
  }
  /// For the library: makes `value`, a T, the content.
  void assign(detail::Word value) {
    detail::Session& session = detail::session_of(word_.session);
    detail::session_of(value.session);
    if (session.records()) {
      detail::record_set(static_cast<std::uint32_t>(word_.bits), value);
    } else {
      detail::plain_effect(session);
      word_ = value;
    }
  }
  Variable& assigned() { return *this; }

 private:
  void declare(detail::Word initial) {
    const bool records = detail::session_of(initial.session).records();
    if (records)
      word_ = {detail::record_variable(detail::type_of<T>, initial), initial.session};
    else
      word_ = initial;
  }

  detail::Word word_;  // while recording, the variable's number; in a plain run, its content
};

}  // namespace cogent
