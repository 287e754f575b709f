// Arrays whose element type is a fact of the call: one body for pictures of bytes, of floats, of what is passed.
#pragma once
#include <cogent/generated_function.h>

namespace cogent {

/// A view of numbers of some type. The caller passes what converts to it: a View.
template <int Rank, bool is_writable>
class AnyView {
  template <class T>
  using Pointed = std::conditional_t<is_writable, T, const T>;
  using Byte = Pointed<void>;

 public:
  template <class T>
    requires(detail::Number<std::remove_const_t<T>> && (!std::is_const_v<T> || !is_writable))
  AnyView(const View<T, Rank>& view) : type_(detail::type_of<std::remove_const_t<T>>), data_(view.data()) {
    std::copy_n(view.extents(), Rank, extents_);
    std::copy_n(view.strides(), Rank, strides_);
  }

  /// The first element.
  Byte* data() const { return data_; }
  /// Elements in each dimension, the outermost first.
  const std::int64_t* extents() const { return extents_; }
  /// Elements from one to the next in each dimension.
  const std::int64_t* strides() const { return strides_; }
  /// Whether the elements are Ts.
  template <detail::Number T>
  bool holds() const {
    return type_ == detail::type_of<T>;
  }
  /// For the library.
  detail::ScalarType type() const { return type_; }

 private:
  detail::ScalarType type_;
  Byte* data_;
  std::int64_t extents_[Rank], strides_[Rank];
};

/// The base of AnyIn and AnyOut: an array of the body whose element type is known while generating.
template <int Rank, bool is_writable>
class AnyArray {
  static_assert(Rank == 2 || Rank == 3, "COGENT: an array of any element type has rank 2 or 3");
  template <class T>
  using Typed = std::conditional_t<is_writable, Out<T, Rank>, In<T, Rank>>;

 public:
  AnyArray(detail::ScalarType type, const detail::GridHandle<Rank>& handle) : type_(type), handle_(handle) {}

  /// Whether the elements are Ts: a plain bool.
  template <detail::Number T>
  bool holds() const {
    return type_ == detail::type_of<T>;
  }
  /// The array as an In<T, Rank> or Out<T, Rank>. A GenerationError if its elements are no Ts.
  template <detail::Number T>
  Typed<T> as(const std::source_location& at = std::source_location::current()) const {
    detail::Session& session = detail::mark_place(at);
    if (!holds<T>()) detail::fail(session, "as<T>: the array's elements are of another type; ask holds<T>() before");
    return Typed<T>(handle_);
  }
  /// How many elements there are in a dimension (0: the outermost), a plain number.
  std::int64_t extent(int dimension) const { return handle_.extents[dimension]; }

 private:
  detail::ScalarType type_;
  detail::GridHandle<Rank> handle_;
};

/// As In<T, Rank>, with an element type that the caller chooses: element type, extents and strides are part of the key.
template <int Rank>
struct AnyIn : AnyArray<Rank, false> {
  using AnyArray<Rank, false>::AnyArray;
};
/// As Out<T, Rank>, with an element type that the caller chooses: element type, extents and strides are part of the
/// key.
template <int Rank>
struct AnyOut : AnyArray<Rank, true> {
  using AnyArray<Rank, true>::AnyArray;
};

namespace detail {

template <class Array, int Rank, bool is_writable>
struct AnyArrayParameter {
  using Passed = AnyView<Rank, is_writable>;
  static constexpr int slots = 1;
  static constexpr bool is_kept = false;

  static void append_key(Key& key, const Passed& elements) { append_size(key, elements); }
  static void append_size(Key& sizes, const Passed& elements) {
    append_shape(sizes, elements.type(), Rank, elements.extents(), elements.strides());
  }
  static void pass(std::uint64_t*& slot, const Passed& elements) {
    *slot++ = reinterpret_cast<std::uintptr_t>(elements.data());
  }
  static Array bind(Session& session, const Passed& elements) {
    const ArrayAccess access = is_writable ? ArrayAccess::Out : ArrayAccess::In;
    const std::uint32_t number =
        declare_array(session, {elements.type(), access, true, 0, Rank, elements.extents(), elements.strides()});
    GridHandle<Rank> handle{number, session.number, const_cast<void*>(elements.data()), {}, {}, 0};
    handle.element_bytes = static_cast<std::int64_t>(bytes_of(elements.type()));
    std::copy_n(elements.extents(), Rank, handle.extents);
    std::copy_n(elements.strides(), Rank, handle.strides);
    return Array(elements.type(), handle);
  }
};
template <int Rank>
struct Parameter<AnyIn<Rank>> : AnyArrayParameter<AnyIn<Rank>, Rank, false> {};
template <int Rank>
struct Parameter<AnyOut<Rank>> : AnyArrayParameter<AnyOut<Rank>, Rank, true> {};

}  // namespace detail

}  // namespace cogent
