// CallResult<T>: what a call gives, a Value that must be named before it is used.
#pragma once
#include <cogent/value.h>

namespace cogent {

/// The result of code.call or code.recurse: a Value<T> once it has a name,  auto x = code.call(f, y);  In an expression
/// of its own it does not compile, because C++ does not say in which order the calls of one expression are made.
template <class T>
class CallResult : public Value<T> {
 public:
  explicit CallResult(detail::Word word) : Value<T>(word) {}
  CallResult(const CallResult&) = default;

  // clang-format off
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator+(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator-(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator*(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator/(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator%(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator&(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator|(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator^(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator<<(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator>>(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator<(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator<=(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator>(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator>=(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator&&(const A&, B&&) { return refuse<A>(); }
  template <detail::Operand A, std::same_as<CallResult> B> friend auto operator||(const A&, B&&) { return refuse<A>(); }
  // clang-format on

 private:
  template <class A>
  static Value<T> refuse() {
    detail::refuse_unnamed_result<A>();
    return Value<T>(detail::Word{});
  }
};

}  // namespace cogent
