// How each kind of parameter of a body is passed, keyed and bound.
#pragma once
#include <cogent/code_block.h>
#include <cogent/detail/export.h>
#include <cogent/detail/key.h>

namespace cogent::detail {

struct ArrayArgument {
  ScalarType type;  // of structs: U8
  ArrayAccess access;
  bool is_static;
  std::uint32_t element_bytes;  // of structs; else 0
  int rank;
  const std::int64_t* extents;
  const std::int64_t* strides;
};
/// The parameters of a session, declared in their order.
COGENT_EXPORT std::uint32_t declare_array(Session& session, const ArrayArgument& argument);
COGENT_EXPORT Word declare_value(Session& session, ScalarType type, std::int64_t canonical);
COGENT_EXPORT void declare_static(Session& session);

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

/// A struct reaches the code as an array of one.
template <PlainStruct T>
struct Parameter<Value<T>> {
  using Passed = T;
  static constexpr int slots = 1;
  static constexpr std::int64_t one = 1;
  static void append_key(Key&, const T&) {}
  static void append_size(Key& sizes, const T&) { append_shape(sizes, ScalarType::U8, 1, &one, &one); }
  static void pass(std::uint64_t*& slot, const T& value) { *slot++ = reinterpret_cast<std::uintptr_t>(&value); }
  static Value<T> bind(Session& session, const T& value) {
    const std::uint32_t number =
        declare_array(session, {ScalarType::U8, ArrayAccess::In, true, sizeof(T), 1, &one, &one});
    void* const memory = const_cast<std::remove_const_t<T>*>(&value);
    return readable_element<T>(first_place({number, session.number, memory, 1, sizeof(T)}));
  }
};

template <class Array, class T, int Rank, ArrayAccess access, bool is_static>
struct ArrayParameter {
  using Pointed = std::conditional_t<access == ArrayAccess::In, const T, T>;
  static constexpr bool is_span = Rank == 1 && !is_static;
  using Passed = std::conditional_t<is_span, std::span<Pointed>, View<Pointed, Rank>>;
  static constexpr int slots = is_static ? 1 : Rank == 1 ? 2 : 1 + 2 * Rank;

  static void append_key(Key& key, const Passed& elements) { append_size(key, elements); }
  static void append_size(Key& sizes, const Passed& elements) {
    if constexpr (is_static) append_shape(sizes, element_scalar<T>(), Rank, elements.extents(), elements.strides());
  }
  static void pass(std::uint64_t*& slot, const Passed& elements) {
    *slot++ = reinterpret_cast<std::uintptr_t>(elements.data());
    if constexpr (is_span) {
      *slot++ = elements.size();
    } else if constexpr (!is_static) {
      for (int i = 0; i < Rank; ++i) *slot++ = static_cast<std::uint64_t>(elements.extent(i));
      for (int i = 0; i < Rank; ++i) *slot++ = static_cast<std::uint64_t>(elements.stride(i));
    }
  }
  static Array bind(Session& session, const Passed& elements) {
    if constexpr (is_span)
      return bind_view(session, View<Pointed, 1>(elements));
    else
      return bind_view(session, elements);
  }

 private:
  static Array bind_view(Session& session, const View<Pointed, Rank>& view) {
    constexpr std::uint32_t element_bytes = std::is_class_v<T> ? sizeof(T) : 0;
    constexpr std::int64_t bytes = sizeof(T);
    const std::uint32_t number = declare_array(
        session, {element_scalar<T>(), access, is_static, element_bytes, Rank, view.extents(), view.strides()});
    void* const memory = const_cast<std::remove_const_t<T>*>(view.data());
    if constexpr (Rank == 1) {
      return Array({number, session.number, memory, view.extent(0), view.stride(0) * bytes});
    } else {
      GridHandle<Rank> handle{number, session.number, memory, {}, {}, bytes};
      for (int i = 0; i < Rank; ++i) {
        handle.extents[i] = view.extent(i);
        handle.strides[i] = view.stride(i);
      }
      return Array(handle);
    }
  }
};
template <class T, int Rank>
struct Parameter<In<T, Rank>> : ArrayParameter<In<T, Rank>, T, Rank, ArrayAccess::In, true> {};
template <class T, int Rank>
struct Parameter<Out<T, Rank>> : ArrayParameter<Out<T, Rank>, T, Rank, ArrayAccess::Out, true> {};
template <class T, int Rank>
struct Parameter<InOut<T, Rank>> : ArrayParameter<InOut<T, Rank>, T, Rank, ArrayAccess::InOut, true> {};
template <class T, int Rank>
struct Parameter<DynamicIn<T, Rank>> : ArrayParameter<DynamicIn<T, Rank>, T, Rank, ArrayAccess::In, false> {};
template <class T, int Rank>
struct Parameter<DynamicOut<T, Rank>> : ArrayParameter<DynamicOut<T, Rank>, T, Rank, ArrayAccess::Out, false> {};
template <class T, int Rank>
struct Parameter<DynamicInOut<T, Rank>> : ArrayParameter<DynamicInOut<T, Rank>, T, Rank, ArrayAccess::InOut, false> {};

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
  static constexpr bool is_struct = false;
};
template <>
struct ResultOf<void> {
  using type = void;
  static constexpr ScalarType scalar = ScalarType::Void;
  static constexpr bool is_struct = false;
};
/// A struct goes to memory of the caller, an array of one behind the arrays of the signature.
template <class R>
  requires requires { typename R::struct_type; }
struct ResultOf<R> {
  using type = typename R::struct_type;
  static constexpr ScalarType scalar = ScalarType::Void;
  static constexpr bool is_struct = true;
};

inline void append_result_size(Key& sizes) {
  constexpr std::int64_t one = 1;
  append_shape(sizes, ScalarType::U8, 1, &one, &one);
}
/// The memory of a result of type R that is a struct, declared behind the parameters.
template <class R>
StructResult declare_result(Session& session, void* memory) {
  using T = typename ResultOf<R>::type;
  constexpr std::int64_t one = 1;
  const std::uint32_t number =
      declare_array(session, {ScalarType::U8, ArrayAccess::Out, true, sizeof(T), 1, &one, &one});
  return {first_place({number, session.number, memory, 1, sizeof(T)}), identify<T>()};
}

/// The signature of a body: a free function, or a lambda that captures nothing and names its parameters' types.
template <class F>
struct BodyOf {
  static_assert(never<F>,
                "COGENT: a body is a function or a lambda (not mutable) whose first parameter is GeneratedCodeBlock&, "
                "whose other parameters' types are written out (not auto), and whose code compiles: if there is an "
                "error before this one, mend that first");
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
  static void pointer(...);
  using Signature = typename BodyOf<decltype(pointer(&F::operator()))>::Signature;
};

}  // namespace cogent::detail
