// An argument of a generated function that is called by another one, kept for the time when the call runs: a plain one
// with its own copy of what it refers to, of an array the size that is known, of the others nothing.
#pragma once
#include <cstdlib>

#include <cogent/detail/own_function.h>
#include <cogent/detail/parameter.h>

namespace cogent::detail {

// Each has make(), which takes what stands in code.call, from(), which takes what code.recurse was given, both adding
// what the call passes, and passed(), which gives the argument as a call of the function takes it.

/// The argument of a plain parameter of type P.
template <class P, class U>
P plain_argument(const U& argument) {
  static_assert(std::is_convertible_v<const U&, P>,
                "COGENT: this parameter of the called function is a plain one, so its argument must be known now");
  return static_cast<P>(argument);
}
template <class P>
P plain_argument(Session& session, const OwnArgument& argument, std::size_t position) {
  using Kind = OwnArgument::Kind;
  if (argument.kind == Kind::Staged || argument.kind == Kind::Array)
    fail_own_argument(session, position, "must be known while generating, because its parameter is a plain one");
  if constexpr (std::is_arithmetic_v<P>)
    if (argument.kind == Kind::Number)
      return number_of<P>(convert_number(argument.word.bits, argument.type, type_of<P>));
  if (*argument.plain_type != typeid(P)) fail_own_argument(session, position, "is not of its parameter's type");
  return *static_cast<const P*>(argument.plain);
}

template <class P>
struct KeptArgument {
  P value;

  template <class U>
  static KeptArgument make(const U& argument, std::vector<CallArgument>&, const std::source_location&) {
    return {plain_argument<P>(argument)};
  }
  static KeptArgument from(Session& session, const OwnArgument& argument, std::size_t position,
                           std::vector<CallArgument>&) {
    return {plain_argument<P>(session, argument, position)};
  }
  const P& passed(const std::uint64_t*&) const { return value; }
};

/// A plain view keeps what it looks at.
template <class View, class Element>
struct KeptView {
  std::vector<Element> elements;
  View view;

  explicit KeptView(const View& of) : elements(of.begin(), of.end()), view(elements.data(), elements.size()) {}
  KeptView(KeptView&& other) noexcept : elements(std::move(other.elements)), view(elements.data(), elements.size()) {}

  template <class U>
  static KeptView make(const U& argument, std::vector<CallArgument>&, const std::source_location&) {
    return KeptView(plain_argument<View>(argument));
  }
  static KeptView from(Session& session, const OwnArgument& argument, std::size_t position,
                       std::vector<CallArgument>&) {
    return KeptView(plain_argument<View>(session, argument, position));
  }
  const View& passed(const std::uint64_t*&) const { return view; }
};
template <class T>
struct KeptArgument<std::span<const T>> : KeptView<std::span<const T>, T> {
  using KeptView<std::span<const T>, T>::KeptView;
  KeptArgument(KeptView<std::span<const T>, T>&& view) : KeptView<std::span<const T>, T>(std::move(view)) {}
};
template <>
struct KeptArgument<std::string_view> : KeptView<std::string_view, char> {
  KeptArgument(KeptView<std::string_view, char>&& view) : KeptView<std::string_view, char>(std::move(view)) {}
};

template <Scalar T>
struct KeptArgument<Value<T>> {
  template <class U>
  static KeptArgument make(const U& argument, std::vector<CallArgument>& passed, const std::source_location& at) {
    passed.push_back({.type = type_of<T>, .value = Argument<T>(argument, at).word});
    return {};
  }
  static KeptArgument from(Session& session, const OwnArgument& argument, std::size_t position,
                           std::vector<CallArgument>& passed) {
    using Kind = OwnArgument::Kind;
    if (argument.kind != Kind::Staged && argument.kind != Kind::Number)
      fail_own_argument(session, position, "must be a number, because its parameter is a Value");
    const Word word = argument.kind == Kind::Staged ? argument.word : constant_word(session, argument);
    passed.push_back({.type = type_of<T>, .value = convert_scalar(session, word, argument.type, type_of<T>)});
    return {};
  }
  T passed(const std::uint64_t*& slot) const { return number_of<T>(static_cast<std::int64_t>(*slot++)); }
};

/// An array parameter of elements T, whose size is known while generating or not.
template <class T, ArrayAccess access, bool is_static>
struct KeptArray {
  using Element = std::conditional_t<access == ArrayAccess::In, const T, T>;
  std::int64_t size;  // if it is known

  template <class U>
  static KeptArray make(const U& array, std::vector<CallArgument>& passed, const std::source_location&) {
    if constexpr (is_static && ArrayOperand<U>)
      static_assert(U::has_known_size,
                    "COGENT: the called function wants an array whose size is known while generating; let it take a "
                    "DynamicIn, DynamicOut or DynamicInOut");
    passed.push_back(pass_array<Element>(array, !is_static));
    passed.back().access = access;
    return {array.handle().size};
  }
  static KeptArray from(Session& session, const OwnArgument& argument, std::size_t position,
                        std::vector<CallArgument>& passed) {
    if (argument.kind != OwnArgument::Kind::Array || argument.type != type_of<T>)
      fail_own_argument(session, position, "must be an array of its parameter's element type");
    if (is_static && !argument.has_known_size)
      fail_own_argument(session, position, "must be an array whose size is known while generating");
    if (access != ArrayAccess::In && !argument.is_writable)
      fail_own_argument(session, position, "must be an array that may be written, because its parameter is");
    passed.push_back(
        {.type = type_of<T>, .is_array = true, .passes_size = !is_static, .access = access, .array = argument.array});
    return {argument.array.size};
  }
  std::span<Element> passed(const std::uint64_t*& slot) const {
    auto* memory = reinterpret_cast<Element*>(static_cast<std::uintptr_t>(*slot++));
    return {memory, static_cast<std::size_t>(is_static ? size : static_cast<std::int64_t>(*slot++))};
  }
};
template <class Array, Scalar T, ArrayAccess access, bool is_static>
KeptArray<T, access, is_static> kept_array(const ArrayParameter<Array, T, 1, access, is_static>&);
/// What no call can hand on: structs, arrays of structs, and arrays with more than one dimension.
template <class P>
struct Unpassable {
  static constexpr const char* reason =
      "cannot be handed to a call: only numbers and arrays of numbers with one dimension can";
  template <class U>
  static KeptArgument<P> make(const U&, std::vector<CallArgument>&, const std::source_location&) {
    static_assert(never<U>,
                  "COGENT: structs, arrays of structs and arrays with more than one dimension cannot be handed to a "
                  "call; pass numbers and arrays of numbers with one dimension");
    return {};
  }
  static KeptArgument<P> from(Session& session, const OwnArgument&, std::size_t position, std::vector<CallArgument>&) {
    fail_own_argument(session, position, reason);
  }
  const typename Parameter<P>::Passed& passed(const std::uint64_t*&) const { std::abort(); }  // never made
};
template <class Array, class T, int Rank, ArrayAccess access, bool is_static>
  requires(Rank != 1 || std::is_class_v<T>)
void unpassable(const ArrayParameter<Array, T, Rank, access, is_static>&);
template <PlainStruct T>
void unpassable(const Parameter<Value<T>>&);
template <class P>
  requires requires(const Parameter<P>& parameter) { unpassable(parameter); }
struct KeptArgument<P> : Unpassable<P> {};

template <class P>
  requires requires(const Parameter<P>& parameter) { kept_array(parameter); }
struct KeptArgument<P> : decltype(kept_array(std::declval<Parameter<P>>())) {
  using Base = decltype(kept_array(std::declval<Parameter<P>>()));
  KeptArgument(Base base) : Base(base) {}
};

template <class P>
using Kept = KeptArgument<std::remove_cvref_t<P>>;

}  // namespace cogent::detail
