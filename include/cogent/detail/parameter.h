// How each kind of parameter of a body is passed, keyed and bound.
#pragma once
#include <cogent/code_block.h>
#include <cogent/detail/key.h>

namespace cogent::detail {

struct ArrayArgument {
  ScalarType type;
  ArrayAccess access;
  bool is_static;
  void* memory;
  std::int64_t size;
};
/// The parameters of a session, declared in their order.
std::uint32_t declare_array(Session& session, const ArrayArgument& argument);
Word declare_value(Session& session, ScalarType type, std::int64_t canonical);
void declare_static(Session& session);

/// A plain value: part of the key, the same in the body.
template <class P>
struct Parameter {
  using Passed = const P&;
  static constexpr int slots = 0;
  static void append_key(Key& key, Passed value) { detail::append_key<P>(key, value); }
  static void append_size(Key&, Passed) {}
  static void pass(std::uint64_t*&, Passed) {}
  static const P& bind(Session& session, Passed value) {
    declare_static(session);
    return value;
  }
};

template <class T>
struct Parameter<Value<T>> {
  using Passed = T;
  static constexpr int slots = 1;
  static void append_key(Key&, Passed) {}
  static void append_size(Key&, Passed) {}
  static void pass(std::uint64_t*& slot, Passed value) { *slot++ = static_cast<std::uint64_t>(canonical(value)); }
  static Value<T> bind(Session& session, Passed value) {
    return Value<T>(declare_value(session, type_of<T>, canonical(value)));
  }
};

template <class Array, class T, ArrayAccess access, bool is_static>
struct ArrayParameter {
  using Passed = std::span<std::conditional_t<access == ArrayAccess::In, const T, T>>;
  static constexpr int slots = is_static ? 1 : 2;
  static void append_key(Key& key, Passed elements) { append_size(key, elements); }
  static void append_size(Key& sizes, Passed elements) {
    if constexpr (is_static) sizes.append(elements.size());
  }
  static void pass(std::uint64_t*& slot, Passed elements) {
    *slot++ = reinterpret_cast<std::uintptr_t>(elements.data());
    if constexpr (!is_static) *slot++ = elements.size();
  }
  static Array bind(Session& session, Passed elements) {
    void* memory = const_cast<std::remove_const_t<T>*>(elements.data());
    const auto size = static_cast<std::int64_t>(elements.size());
    const std::uint32_t number = declare_array(session, {type_of<T>, access, is_static, memory, size});
    return Array({number, session.number, memory, size});
  }
};
template <class T>
struct Parameter<In<T>> : ArrayParameter<In<T>, T, ArrayAccess::In, true> {};
template <class T>
struct Parameter<Out<T>> : ArrayParameter<Out<T>, T, ArrayAccess::Out, true> {};
template <class T>
struct Parameter<InOut<T>> : ArrayParameter<InOut<T>, T, ArrayAccess::InOut, true> {};
template <class T>
struct Parameter<DynamicIn<T>> : ArrayParameter<DynamicIn<T>, T, ArrayAccess::In, false> {};
template <class T>
struct Parameter<DynamicOut<T>> : ArrayParameter<DynamicOut<T>, T, ArrayAccess::Out, false> {};
template <class T>
struct Parameter<DynamicInOut<T>> : ArrayParameter<DynamicInOut<T>, T, ArrayAccess::InOut, false> {};

template <class P>
using ParameterOf = Parameter<std::remove_cvref_t<P>>;

/// Appends what a parameter has in the key, as a part.
template <class P>
void append_part(KeyParts& parts, const auto& passed) {
  using Plain = std::remove_cvref_t<P>;
  ParameterOf<P>::append_key(parts.key, passed);
  KeyKind kind = Sequence<Plain> ? KeyKind::Sequence : KeyKind::Other;
  if constexpr (ParameterOf<P>::slots != 0) kind = KeyKind::Size;
  ScalarType type = ScalarType::Void;
  if constexpr (Scalar<Plain>) {
    kind = KeyKind::Number;
    type = type_of<Plain>;
  }
  parts.parts.push_back({kind, type, parts.key.words().size()});
}

/// What a body's return type means to the caller: void, or T for a Value<T> or Variable<T>.
template <class R>
struct ResultOf {
  static_assert(Staged<R>, "COGENT: a body returns void or a staged value, as Value<int>");
  using type = plain_type<R>;
  static constexpr ScalarType scalar = type_of<type>;
};
template <>
struct ResultOf<void> {
  using type = void;
  static constexpr ScalarType scalar = ScalarType::Void;
};

/// The signature of a body: a free function, or a lambda that captures nothing and names its parameters' types.
template <class F>
struct BodyOf {
  static_assert(never<F>,
                "COGENT: a body is a function or a lambda whose first parameter is GeneratedCodeBlock& and whose other "
                "parameters' "
                "types are written out (not auto)");
};
template <class R, class... P>
struct BodyOf<R (*)(GeneratedCodeBlock&, P...)> {
  using Signature = R(P...);
};
template <class F>
  requires(std::is_class_v<F> && requires { &F::operator(); })
struct BodyOf<F> {
  static_assert(std::is_empty_v<F>,
                "COGENT: the body must not capture anything, because what it captures would be baked into the first "
                "call's code; make it "
                "a parameter");
  template <class C, class R, class... P>
  static R (*pointer(R (C::*)(GeneratedCodeBlock&, P...) const))(GeneratedCodeBlock&, P...);
  using Signature = typename BodyOf<decltype(pointer(&F::operator()))>::Signature;
};

}  // namespace cogent::detail
