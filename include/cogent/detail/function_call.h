// Calls of C++ functions: which signatures can be called, and how their parameters are taken from slots.
#pragma once
#include <cogent/call_result.h>
#include <cogent/detail/call.h>

#include <array>
#include <bit>
#include <tuple>

namespace cogent::detail {

/// An array as an argument. T: what the callee takes its elements for, const if it only reads them.
template <class T, int rank, class U>
void pass_array_operand(const U& array, ShapePassed shape, CallArguments& passed) {
  static_assert(ArrayOperand<U>,
                "COGENT: this parameter of the callee takes an array of the body (In, Out, InOut ...)");
  static_assert(std::is_same_v<std::remove_const_t<T>, typename U::element_type>,
                "COGENT: the callee takes an array of another element type");
  static_assert(U::rank == rank,
                "COGENT: the callee takes an array of another rank; a C++ function takes a View<T, 2> or View<T, 3>");
  static_assert(std::is_const_v<T> || U::is_writable,
                "COGENT: the callee may write to this array, which the body only reads; make it an Out or InOut");
  pass_array(passed_array(array), std::is_const_v<T> ? ArrayAccess::In : ArrayAccess::InOut, shape, passed);
}

template <class T>
T* take_address(const std::uint64_t*& slot) {
  return reinterpret_cast<T*>(static_cast<std::uintptr_t>(*slot++));
}
/// An array whose extents and strides lie behind its address.
template <class T, int rank>
View<T, rank> take_view(const std::uint64_t*& slot) {
  T* const memory = take_address<T>(slot);
  const View<T, rank> view = [&]<std::size_t... i>(std::index_sequence<i...>) {
    return View<T, rank>(memory, {slot[i]...}, {slot[rank + i]...});
  }(std::make_index_sequence<rank>{});
  slot += 2 * rank;
  return view;
}

/// A parameter of a C++ function: numbers are converted as C++ does, arrays go to a std::span, a View or a pointer,
/// structs to a struct.
template <class P>
struct CalleeParameter {
  static_assert(std::is_arithmetic_v<P> || std::is_enum_v<P>,
                "COGENT: the parameters of a called C++ function are numbers, enums, plain structs, std::span, View or "
                "pointers to elements");
  template <class U>
  static void pass(Session&, const U& operand, const std::source_location& at, CallArguments& passed) {
    static_assert(AnyOperand<U>, "COGENT: this parameter of the callee takes a number or a staged value");
    passed.push_back({.type = type_of<P>, .value = Argument<P>(operand, at).word});
  }
  static P take(const std::uint64_t*& slot) { return number_of<P>(static_cast<std::int64_t>(*slot++)); }
};
template <class T>
struct CalleeParameter<std::span<T>> {
  template <class U>
  static void pass(Session&, const U& array, const std::source_location&, CallArguments& passed) {
    pass_array_operand<T, 1>(array, ShapePassed::Size, passed);
  }
  static std::span<T> take(const std::uint64_t*& slot) {
    T* const memory = take_address<T>(slot);
    return {memory, static_cast<std::size_t>(*slot++)};
  }
};
template <class T>
struct CalleeParameter<T*> {
  template <class U>
  static void pass(Session&, const U& array, const std::source_location&, CallArguments& passed) {
    pass_array_operand<T, 1>(array, ShapePassed::Nothing, passed);
  }
  static T* take(const std::uint64_t*& slot) { return take_address<T>(slot); }
};
template <class T, int rank>
struct CalleeParameter<View<T, rank>> {
  template <class U>
  static void pass(Session&, const U& array, const std::source_location&, CallArguments& passed) {
    pass_array_operand<T, rank>(array, ShapePassed::Whole, passed);
  }
  static View<T, rank> take(const std::uint64_t*& slot) { return take_view<T, rank>(slot); }
};
template <PlainStruct S>
struct CalleeParameter<S> {
  template <class U>
  static void pass(Session& session, const U& object, const std::source_location&, CallArguments& passed) {
    static_assert(std::is_convertible_v<const U&, Value<S>>,
                  "COGENT: this parameter of the callee takes a struct, plain or staged");
    pass_struct<S>(session, Value<S>(object).words(), passed);
  }
  static S take(const std::uint64_t*& slot) { return take_struct<S>(slot); }
};

/// Calls a C++ function with the arguments from slots.
template <class Function, class R, class... P>
class FunctionTarget final : public CallTarget {
  static_assert(((!std::is_lvalue_reference_v<P> || std::is_const_v<std::remove_reference_t<P>>) && ...),
                "COGENT: a called C++ function cannot take a reference to write to; let it return its result");
  static_assert(std::is_void_v<R> || Scalar<std::remove_cvref_t<R>>,
                "COGENT: a called C++ function returns nothing, a number or an enum");

 public:
  explicit FunctionTarget(Function function, const void* identity = nullptr)
      : function_(function), identity_(identity) {}

  void run(std::uint64_t* slots) const override {
    [[maybe_unused]] const std::uint64_t* slot = slots + 1;
    // Braces take the arguments from left to right.
    const std::tuple<std::remove_cvref_t<P>...> taken{CalleeParameter<std::remove_cvref_t<P>>::take(slot)...};
    if constexpr (std::is_void_v<R>)
      std::apply(function_, taken);
    else
      slots[0] = static_cast<std::uint64_t>(canonical(std::apply(function_, taken)));
  }
  const void* identity() const override { return identity_; }

 private:
  Function function_;
  const void* identity_;
};

template <class Result>
auto result_of_call(Word word) {
  if constexpr (!std::is_void_v<Result>) return CallResult<Result>(word);
}

/// Calls a function of this signature: numbers and arrays become its arguments.
template <class R, class... P>
struct FunctionCall {
  template <class Function, class... U>
  static auto call(Session& session, const std::source_location& at, Function function, const void* identity,
                   const U&... arguments) {
    static_assert(sizeof...(P) == sizeof...(U), "COGENT: the callee takes another number of arguments");
    using Target = FunctionTarget<Function, R, P...>;
    CallArguments passed;
    (CalleeParameter<std::remove_cvref_t<P>>::pass(session, arguments, at, passed), ...);
    const CallRequest request{.kind = CallKind::Function,
                              .name = "function",
                              .result = scalar_of_result(),
                              .arguments = passed,
                              .target = std::make_shared<const Target>(function, identity)};
    mark_place(at);
    return result_of_call<std::remove_cvref_t<R>>(record_call(session, request));
  }

 private:
  static constexpr ScalarType scalar_of_result() {
    if constexpr (std::is_void_v<R>)
      return ScalarType::Void;
    else
      return type_of<std::remove_cvref_t<R>>;
  }
};

/// What can be called as a C++ function: pointers to functions, lambdas that capture nothing, members of an object.
template <class F>
struct CalleeOf {
  static_assert(never<F>,
                "COGENT: code.call takes a function, a captureless lambda whose parameters' types are written out, a "
                "member function and its object, or a GeneratedFunction");
};
template <class R, class... P, bool is_noexcept>
struct CalleeOf<R (*)(P...) noexcept(is_noexcept)> {
  template <class... U>
  static auto call(Session& session, const std::source_location& at, R (*function)(P...), const U&... arguments) {
    return FunctionCall<R, P...>::call(session, at, function, reinterpret_cast<const void*>(function), arguments...);
  }
};
template <class F>
  requires(std::is_class_v<F> && requires { &F::operator(); })
struct CalleeOf<F> {
  static_assert(std::is_empty_v<F>, "COGENT: a called lambda must not capture anything; pass it as arguments");
  template <class C, class R, class... P>
  static FunctionCall<R, P...> signature(R (C::*)(P...) const);
  template <class C, class R, class... P>
  static FunctionCall<R, P...> signature(R (C::*)(P...) const noexcept);
  template <class... U>
  static auto call(Session& session, const std::source_location& at, const F& function, const U&... arguments) {
    static const char identity = 0;  // one for each lambda
    return decltype(signature(&F::operator()))::call(session, at, function, &identity, arguments...);
  }
};

/// A member function and the object it is called on, which must live as long as the code.
template <class C, class Member, class R, class... P>
struct MemberCall {
  /// A number in place of an address, for one object and one of its members.
  static const void* identity(const void* object, Member member) {
    constexpr std::uintptr_t prime = 0x100000001b3;
    auto mixed = reinterpret_cast<std::uintptr_t>(object);
    for (const unsigned char byte : std::bit_cast<std::array<unsigned char, sizeof(Member)>>(member))
      mixed = (mixed ^ byte) * prime;
    return reinterpret_cast<const void*>(mixed);
  }
  template <class Object, class... U>
  static auto call(Session& session, const std::source_location& at, Member member, Object&& object,
                   const U&... arguments) {
    static_assert(std::is_lvalue_reference_v<Object>,
                  "COGENT: the object of a called member function must live as long as the generated code; name it");
    auto* const address = std::addressof(object);
    const auto function = [address, member](const P&... p) -> R { return (address->*member)(p...); };
    return FunctionCall<R, P...>::call(session, at, function, identity(address, member), arguments...);
  }
};
template <class C, class R, class... P, bool is_noexcept>
struct CalleeOf<R (C::*)(P...) noexcept(is_noexcept)> : MemberCall<C, R (C::*)(P...), R, P...> {};
template <class C, class R, class... P, bool is_noexcept>
struct CalleeOf<R (C::*)(P...) const noexcept(is_noexcept)> : MemberCall<C, R (C::*)(P...) const, R, P...> {};

}  // namespace cogent::detail
