// code.call, code.recurse and code.print: what a generated function calls when it runs.
#pragma once
#include <cogent/detail/own_function.h>
#include <cogent/detail/print.h>

namespace cogent {

/// The base of the code block that calls other functions. A call is an effect like a store: it happens once, where it
/// stands, and may read and change every array. What a callee throws reaches the caller of the generated function
/// unchanged, after the effects before it. The result must be named before it is used,  auto x = code.call(f, y);
class CodeBlockCalls {
 protected:
  using Here = const std::source_location&;

 public:
  // C++ cannot deduce a pack of arguments before the line they stand on, so there is one overload for each number.
  // clang-format off

  /// code.call(f, arguments...) calls a C++ function f (a function, a lambda that captures nothing; a member function,
  /// then its object, which must outlive the code) or a GeneratedFunction or Specialization. Numbers, plain or staged,
  /// are converted as C++ does; arrays go to parameters std::span<T>, View<T, Rank> (T const if they are only read),
  /// pointers to elements, and to the arrays of a generated function, whose plain parameters take plain arguments;
  /// structs go to structs. An array with gaps between its elements goes to a View or to a generated function.
  template <class F> auto call(const F& f, Here at = std::source_location::current()) { return call_at(at, f); }
  template <class F, detail::Named A1> auto call(const F& f, A1&& a1, Here at = std::source_location::current()) { return call_at(at, f, a1); }
  template <class F, detail::Named A1, detail::Named A2> auto call(const F& f, A1&& a1, A2&& a2, Here at = std::source_location::current()) { return call_at(at, f, a1, a2); }
  template <class F, detail::Named A1, detail::Named A2, detail::Named A3> auto call(const F& f, A1&& a1, A2&& a2, A3&& a3, Here at = std::source_location::current()) { return call_at(at, f, a1, a2, a3); }
  template <class F, detail::Named A1, detail::Named A2, detail::Named A3, detail::Named A4> auto call(const F& f, A1&& a1, A2&& a2, A3&& a3, A4&& a4, Here at = std::source_location::current()) { return call_at(at, f, a1, a2, a3, a4); }
  template <class F, detail::Named A1, detail::Named A2, detail::Named A3, detail::Named A4, detail::Named A5> auto call(const F& f, A1&& a1, A2&& a2, A3&& a3, A4&& a4, A5&& a5, Here at = std::source_location::current()) { return call_at(at, f, a1, a2, a3, a4, a5); }
  template <class F, detail::Named A1, detail::Named A2, detail::Named A3, detail::Named A4, detail::Named A5, detail::Named A6> auto call(const F& f, A1&& a1, A2&& a2, A3&& a3, A4&& a4, A5&& a5, A6&& a6, Here at = std::source_location::current()) { return call_at(at, f, a1, a2, a3, a4, a5, a6); }
  template <class F, detail::Named A1, detail::Named A2, detail::Named A3, detail::Named A4, detail::Named A5, detail::Named A6, detail::Named A7> auto call(const F& f, A1&& a1, A2&& a2, A3&& a3, A4&& a4, A5&& a5, A6&& a6, A7&& a7, Here at = std::source_location::current()) { return call_at(at, f, a1, a2, a3, a4, a5, a6, a7); }
  template <class F, detail::Named A1, detail::Named A2, detail::Named A3, detail::Named A4, detail::Named A5, detail::Named A6, detail::Named A7, detail::Named A8> auto call(const F& f, A1&& a1, A2&& a2, A3&& a3, A4&& a4, A5&& a5, A6&& a6, A7&& a7, A8&& a8, Here at = std::source_location::current()) { return call_at(at, f, a1, a2, a3, a4, a5, a6, a7, a8); }

  /// code.recurse<R>(arguments...) calls the function itself; R is the type of its result (nothing: void, or a result
  /// that is not wanted). Other plain arguments than those of this call choose another specialisation. More calls within
  /// each other than set_recursion_limit allows are a RunTimeError.
  template <class R = void> auto recurse(Here at = std::source_location::current()) { return recurse_at<R>(at); }
  template <class R = void, detail::Named A1> auto recurse(A1&& a1, Here at = std::source_location::current()) { return recurse_at<R>(at, a1); }
  template <class R = void, detail::Named A1, detail::Named A2> auto recurse(A1&& a1, A2&& a2, Here at = std::source_location::current()) { return recurse_at<R>(at, a1, a2); }
  template <class R = void, detail::Named A1, detail::Named A2, detail::Named A3> auto recurse(A1&& a1, A2&& a2, A3&& a3, Here at = std::source_location::current()) { return recurse_at<R>(at, a1, a2, a3); }
  template <class R = void, detail::Named A1, detail::Named A2, detail::Named A3, detail::Named A4> auto recurse(A1&& a1, A2&& a2, A3&& a3, A4&& a4, Here at = std::source_location::current()) { return recurse_at<R>(at, a1, a2, a3, a4); }
  template <class R = void, detail::Named A1, detail::Named A2, detail::Named A3, detail::Named A4, detail::Named A5> auto recurse(A1&& a1, A2&& a2, A3&& a3, A4&& a4, A5&& a5, Here at = std::source_location::current()) { return recurse_at<R>(at, a1, a2, a3, a4, a5); }
  template <class R = void, detail::Named A1, detail::Named A2, detail::Named A3, detail::Named A4, detail::Named A5, detail::Named A6> auto recurse(A1&& a1, A2&& a2, A3&& a3, A4&& a4, A5&& a5, A6&& a6, Here at = std::source_location::current()) { return recurse_at<R>(at, a1, a2, a3, a4, a5, a6); }
  template <class R = void, detail::Named A1, detail::Named A2, detail::Named A3, detail::Named A4, detail::Named A5, detail::Named A6, detail::Named A7> auto recurse(A1&& a1, A2&& a2, A3&& a3, A4&& a4, A5&& a5, A6&& a6, A7&& a7, Here at = std::source_location::current()) { return recurse_at<R>(at, a1, a2, a3, a4, a5, a6, a7); }
  template <class R = void, detail::Named A1, detail::Named A2, detail::Named A3, detail::Named A4, detail::Named A5, detail::Named A6, detail::Named A7, detail::Named A8> auto recurse(A1&& a1, A2&& a2, A3&& a3, A4&& a4, A5&& a5, A6&& a6, A7&& a7, A8&& a8, Here at = std::source_location::current()) { return recurse_at<R>(at, a1, a2, a3, a4, a5, a6, a7, a8); }
  // clang-format on

  /// code.print("{} and {:>8.3f}\n", x, y) prints when the generated function runs. The format is {fmt}'s: {} or
  /// {number:fill align sign # 0 width .precision type}; a NaN is printed without its sign. Plain arguments, strings
  /// too, become part of the text. A format that does not fit is a GenerationError.
  template <detail::Named... A>
  void print(const detail::PrintFormat& format, A&&... arguments) {
    detail::Session& here = session(format.at);
    const detail::PrintArgument passed[] = {detail::PrintArgument{}, detail::print_argument(arguments)...};
    detail::print(here, format.text, std::span(passed).subspan(1));
  }

 protected:
  explicit CodeBlockCalls(std::uint32_t number) : number_(number) {}
  CodeBlockCalls(const CodeBlockCalls&) = delete;
  CodeBlockCalls& operator=(const CodeBlockCalls&) = delete;

  detail::Session& session(Here at) {
    detail::mark_place(at);
    return detail::session_of(number_);
  }

  std::uint32_t number_;

 private:
  template <class F, class... A>
  auto call_at(Here at, const F& f, A&&... arguments) {
    detail::Session& here = session(at);
    if constexpr (requires { typename F::GeneratedSignature; })
      return f.call_from(here, at, arguments...);
    else
      return detail::CalleeOf<std::decay_t<F>>::call(here, at, f, std::forward<A>(arguments)...);
  }
  template <class R, class... A>
  auto recurse_at(Here at, const A&... arguments) {
    detail::Session& here = session(at);
    const detail::OwnArgument given[] = {detail::OwnArgument{}, detail::own_argument(arguments)...};
    const auto own = std::span(given).subspan(1);
    if constexpr (std::is_void_v<R>)
      detail::recurse(here, own, detail::ScalarType::Void);
    else
      return CallResult<R>(detail::recurse(here, own, detail::type_of<R>));
  }
};

}  // namespace cogent
