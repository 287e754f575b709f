// An argument of a generated function that is called by another one, kept for the time when the call runs: a plain one
// with its own copy of what it refers to, of an array the size that is known, of the others nothing.
#pragma once
#include <algorithm>
#include <concepts>
#include <memory>
#include <ranges>

#include <cogent/detail/own_function.h>
#include <cogent/detail/parameter.h>

namespace cogent::detail {

/// Whether plain values of a type refer to memory that they do not own.
template <class T>
constexpr bool find_references() {
  if constexpr (is_optional<T>)
    return find_references<typename T::value_type>();
  else if constexpr (Sequence<T>)
    return std::ranges::view<T> || find_references<std::remove_cv_t<typename T::value_type>>();
  else if constexpr (TupleLike<T>)
    return []<std::size_t... i>(std::index_sequence<i...>) {
      return (find_references<std::remove_cvref_t<std::tuple_element_t<i, T>>>() || ...);
    }(std::make_index_sequence<std::tuple_size_v<T>>{});
  else
    return false;
}
template <class T>
inline constexpr bool refers_elsewhere = find_references<T>();

// Each has of(), which takes what a caller passes, make(), which takes what stands in code.call, from(), which takes
// what code.recurse was given, the latter two adding what the call passes, and passed(), which gives the argument as a
// call of the function takes it.

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
  if (argument.plain_type != identify<P>()) fail_own_argument(session, position, "is not of its parameter's type");
  return *static_cast<const P*>(argument.plain);
}

/// Whether a plain argument can be copied for later.
template <class P>
inline constexpr bool is_keepable = std::copy_constructible<P> && !refers_elsewhere<P>;
template <class T>
inline constexpr bool is_keepable<std::span<const T>> = std::copy_constructible<T> && !refers_elsewhere<T>;
template <>
inline constexpr bool is_keepable<std::string_view> = true;
/// Whether the argument of a parameter can be: plain ones cannot always, arrays of any element type never.
template <class P>
constexpr bool can_be_kept() {
  if constexpr (requires { ParameterOf<P>::is_kept; })
    return ParameterOf<P>::is_kept;
  else if constexpr (ParameterOf<P>::slots == 0)
    return is_keepable<P>;
  else
    return true;
}

template <class P>
struct KeptArgument {
  P value;

  static KeptArgument of(const P& argument) { return {argument}; }
  template <class U>
  static KeptArgument make(Session&, const U& argument, CallArguments&, const std::source_location&) {
    return {plain_argument<P>(argument)};
  }
  static KeptArgument from(Session& session, const OwnArgument& argument, std::size_t position, CallArguments&) {
    return {plain_argument<P>(session, argument, position)};
  }
  const P& passed(const std::uint64_t*&) const { return value; }
};

/// Elements in a row, which a std::vector<bool> has not.
template <class Element>
struct KeptElements : std::vector<Element> {
  using std::vector<Element>::vector;
};
template <>
class KeptElements<bool> {
 public:
  template <class Iterator>
  KeptElements(Iterator begin, Iterator end)
      : size_(static_cast<std::size_t>(end - begin)), elements_(new bool[size_]) {
    std::copy(begin, end, elements_.get());
  }
  const bool* data() const { return elements_.get(); }
  std::size_t size() const { return size_; }

 private:
  std::size_t size_;
  std::unique_ptr<bool[]> elements_;
};

/// A plain view keeps what it looks at.
template <class View, class Element>
struct KeptView {
  KeptElements<Element> elements;
  View view;

  explicit KeptView(const View& of) : elements(of.begin(), of.end()), view(elements.data(), of.size()) {}
  KeptView(KeptView&& other) noexcept : elements(std::move(other.elements)), view(elements.data(), other.view.size()) {}

  static KeptView of(const View& argument) { return KeptView(argument); }
  template <class U>
  static KeptView make(Session&, const U& argument, CallArguments&, const std::source_location&) {
    return KeptView(plain_argument<View>(argument));
  }
  static KeptView from(Session& session, const OwnArgument& argument, std::size_t position, CallArguments&) {
    return KeptView(plain_argument<View>(session, argument, position));
  }
  const View& passed(const std::uint64_t*&) const { return view; }
};
template <class T>
struct KeptArgument<std::span<const T>> : KeptView<std::span<const T>, T> {
  using KeptView<std::span<const T>, T>::KeptView;
  KeptArgument(KeptView<std::span<const T>, T>&& kept) : KeptView<std::span<const T>, T>(std::move(kept)) {}
};
template <>
struct KeptArgument<std::string_view> : KeptView<std::string_view, char> {
  KeptArgument(KeptView<std::string_view, char>&& kept) : KeptView<std::string_view, char>(std::move(kept)) {}
};

template <Scalar T>
struct KeptArgument<Value<T>> {
  static KeptArgument of(T) { return {}; }
  template <class U>
  static KeptArgument make(Session&, const U& argument, CallArguments& passed, const std::source_location& at) {
    passed.push_back({.type = type_of<T>, .value = Argument<T>(argument, at).word});
    return {};
  }
  static KeptArgument from(Session& session, const OwnArgument& argument, std::size_t position, CallArguments& passed) {
    using Kind = OwnArgument::Kind;
    if (argument.kind != Kind::Staged && argument.kind != Kind::Number)
      fail_own_argument(session, position, "must be a number, because its parameter is a Value");
    const Word word = argument.kind == Kind::Staged ? argument.word : constant_word(session, argument);
    passed.push_back({.type = type_of<T>, .value = convert_scalar(session, word, argument.type, type_of<T>)});
    return {};
  }
  T passed(const std::uint64_t*& slot) const { return number_of<T>(static_cast<std::int64_t>(*slot++)); }
};

/// A struct is passed by the address of a copy.
template <PlainStruct S>
struct KeptArgument<Value<S>> {
  static KeptArgument of(const S&) { return {}; }
  template <class U>
  static KeptArgument make(Session& session, const U& object, CallArguments& passed, const std::source_location&) {
    static_assert(std::is_convertible_v<const U&, Value<S>>,
                  "COGENT: this parameter of the called function takes a struct, plain or staged");
    pass_struct<S>(session, Value<S>(object).words(), passed);
    return {};
  }
  static KeptArgument from(Session& session, const OwnArgument& argument, std::size_t position, CallArguments& passed) {
    using Kind = OwnArgument::Kind;
    const bool is_struct = argument.kind == Kind::Struct || argument.kind == Kind::Plain;
    if (!is_struct || argument.plain_type != identify<S>())
      fail_own_argument(session, position, "must be a struct of its parameter's type");
    StructWords<S> words;
    if (argument.kind == Kind::Struct)
      std::ranges::copy(argument.words, words.begin());
    else
      words = constant_struct(*static_cast<const S*>(argument.plain));
    pass_struct<S>(session, words, passed);
    return {};
  }
  S passed(const std::uint64_t*& slot) const { return take_struct<S>(slot); }
};

/// An array parameter of elements T, whose shape is known while generating or not.
template <class T, int rank, ArrayAccess access, bool is_static>
struct KeptArray {
  using Element = std::conditional_t<access == ArrayAccess::In, const T, T>;
  static constexpr ShapePassed shape = is_static   ? ShapePassed::Known
                                       : rank == 1 ? ShapePassed::Size
                                                   : ShapePassed::Whole;
  std::int64_t extents[rank], strides[rank];  // if they are known

  static KeptArray of(const auto& argument) {
    if constexpr (is_static)
      return keep(argument.extents(), argument.strides());
    else
      return {};
  }
  template <class U>
  static KeptArray make(Session&, const U& array, CallArguments& passed, const std::source_location&) {
    if constexpr (is_static && ArrayOperand<U>)
      static_assert(U::has_known_size,
                    "COGENT: the called function wants an array whose size is known while generating; let it take a "
                    "DynamicIn, DynamicOut or DynamicInOut");
    pass_array_operand<Element, rank>(array, shape, passed);
    passed[passed.size() - 1 - (shape == ShapePassed::Whole ? 2 * rank : 0)].access = access;
    const PassedArray known = passed_array(array);
    return keep(known.extents, known.strides);
  }
  static KeptArray from(Session& session, const OwnArgument& argument, std::size_t position, CallArguments& passed) {
    if (argument.kind != OwnArgument::Kind::Array || argument.plain_type != identify<T>() ||
        argument.array.rank != rank)
      fail_own_argument(session, position, "must be an array of its parameter's element type and rank");
    if (is_static && !argument.has_known_size)
      fail_own_argument(session, position, "must be an array whose size is known while generating");
    if (access != ArrayAccess::In && !argument.is_writable)
      fail_own_argument(session, position, "must be an array that may be written, because its parameter is");
    pass_array(argument.array, access, shape, passed);
    return keep(argument.array.extents, argument.array.strides);
  }
  auto passed(const std::uint64_t*& slot) const {
    if constexpr (is_static) {
      Element* const memory = take_address<Element>(slot);
      return [&]<std::size_t... i>(std::index_sequence<i...>) {
        return View<Element, rank>(memory, {extents[i]...}, {strides[i]...});
      }(std::make_index_sequence<rank>{});
    } else if constexpr (rank == 1) {
      return CalleeParameter<std::span<Element>>::take(slot);
    } else {
      return take_view<Element, rank>(slot);
    }
  }

 private:
  static KeptArray keep(const std::int64_t* extents, const std::int64_t* strides) {
    KeptArray kept;
    std::copy_n(extents, rank, kept.extents);
    std::copy_n(strides, rank, kept.strides);
    return kept;
  }
};
template <class Array, class T, int rank, ArrayAccess access, bool is_static>
KeptArray<T, rank, access, is_static> kept_array(const ArrayParameter<Array, T, rank, access, is_static>&);

template <class P>
  requires requires(const Parameter<P>& parameter) { kept_array(parameter); }
struct KeptArgument<P> : decltype(kept_array(std::declval<Parameter<P>>())) {
  using Base = decltype(kept_array(std::declval<Parameter<P>>()));
  KeptArgument(Base base) : Base(base) {}
};

template <class P>
using Kept = KeptArgument<std::remove_cvref_t<P>>;

}  // namespace cogent::detail
