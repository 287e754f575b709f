// The arrays of a signature: In, Out and InOut, whose sizes are known at generation time, and their dynamic kin.
#pragma once
#include <cogent/element.h>
#include <cogent/structs.h>

namespace cogent {

namespace detail {

/// What an array may hold.
template <class T>
inline constexpr bool is_element = Scalar<T> || PlainStruct<T>;

/// The element that stands at a place.
template <class T>
auto readable_element(const Place& place) {
  if constexpr (std::is_class_v<T>)
    return Value<T>(read_struct<T>(place, 0));
  else
    return Value<T>(read_place<T>(place));
}
template <class T>
auto writable_element(const Place& place) {
  if constexpr (std::is_class_v<T>)
    return Element<T>(read_struct<T>(place, 0), place, 0);
  else
    return Element<T>(read_place<T>(place), place.array, place.index);
}

}  // namespace detail

/// The base of the arrays of rank 1 that can be read.
template <class T, bool is_static>
class ReadableArray {
  static_assert(detail::is_element<T>, "COGENT: arrays hold numbers, enums, or plain structs of them");

 public:
  using element_type = T;
  static constexpr int rank = 1;
  static constexpr bool has_known_size = is_static;
  static constexpr bool is_writable = false;

  explicit ReadableArray(const detail::ArrayHandle& handle) : handle_(handle) {}

  /// The element, read at once. An index outside the array is an error: at generation time when every call would make
  /// it, else at run time.
  Value<T> operator[](detail::Index index) const {
    if constexpr (std::is_class_v<T>)
      return detail::readable_element<T>(detail::place_in(handle_, index.word));
    else
      return Value<T>(detail::read_element<T>(handle_, index.word));
  }
  /// Elements: a plain number when the size is known at generation time, else a Value.
  auto size() const {
    if constexpr (is_static)
      return handle_.size;
    else
      return size_value();
  }
  /// For the library.
  const detail::ArrayHandle& handle() const { return handle_; }
  /// The same as size(); the dimension is 0.
  auto extent(int /*dimension*/) const { return size(); }

 protected:
  Value<std::int64_t> size_value() const {
    const bool records = detail::session_of(handle_.session).records();
    return Value<std::int64_t>(records ? detail::record_size(handle_.number)
                                       : detail::Word{handle_.size, handle_.session});
  }
  detail::ArrayHandle handle_;
};

/// The base of the arrays of rank 1 that can be written.
template <class T, bool is_static>
class WritableArray : public ReadableArray<T, is_static> {
 public:
  using ReadableArray<T, is_static>::ReadableArray;
  static constexpr bool is_writable = true;

  /// The element, read at once; `array[i] = x` and `array[i] += x` write it.
  Element<T> operator[](detail::Index index) const {
    if constexpr (std::is_class_v<T>)
      return detail::writable_element<T>(detail::place_in(this->handle_, index.word));
    else
      return Element<T>(detail::read_element<T>(this->handle_, index.word), this->handle_, index.word);
  }
};

/// The base of the arrays of rank 2 and 3. `array(y, x)` and `array(z, y, x)` are elements, as array[i] is of rank 1.
template <class T, int Rank, bool is_static, bool writes>
class Grid {
  static_assert(detail::is_element<T>, "COGENT: arrays hold numbers, enums, or plain structs of them");
  static_assert(Rank == 2 || Rank == 3, "COGENT: an array has rank 1, 2 or 3");
  using Index = detail::Index;

 public:
  using element_type = T;
  static constexpr int rank = Rank;
  static constexpr bool has_known_size = is_static;
  static constexpr bool is_writable = writes;

  explicit Grid(const detail::GridHandle<Rank>& handle) : handle_(handle) {}

  /// The element, read at once; written by assigning to it if the array is an Out or InOut. Every index must lie within
  /// its dimension.
  auto operator()(Index y, Index x) const
    requires(Rank == 2)
  {
    return element({y.word, x.word});
  }
  auto operator()(Index z, Index y, Index x) const
    requires(Rank == 3)
  {
    return element({z.word, y.word, x.word});
  }
  /// How many elements there are in a dimension (0: the outermost): a plain number when it is known at generation time,
  /// else a Value.
  auto extent(int dimension) const {
    if constexpr (is_static) {
      return handle_.extents[dimension];
    } else {
      const bool records = detail::session_of(handle_.session).records();
      return Value<std::int64_t>(records ? detail::record_extent(handle_.number, dimension)
                                         : detail::Word{handle_.extents[dimension], handle_.session});
    }
  }
  /// Elements: the product of the extents.
  auto size() const {
    if constexpr (Rank == 2)
      return extent(0) * extent(1);
    else
      return extent(0) * extent(1) * extent(2);
  }
  /// For the library.
  const detail::GridHandle<Rank>& handle() const { return handle_; }

 private:
  auto element(const detail::Word (&indexes)[Rank]) const {
    if constexpr (is_writable)
      return detail::writable_element<T>(detail::place_in(handle_, indexes));
    else
      return detail::readable_element<T>(detail::place_in(handle_, indexes));
  }

  detail::GridHandle<Rank> handle_;
};

/// A run-time array that is only read; the caller passes what converts to a View<const T, Rank>: for rank 1 a span, a
/// vector, an array. Its extents and strides are part of the key.
template <class T, int Rank = 1>
struct In : Grid<T, Rank, true, false> {
  using Grid<T, Rank, true, false>::Grid;
};
template <class T>
struct In<T, 1> : ReadableArray<T, true> {
  using ReadableArray<T, true>::ReadableArray;
};
/// A run-time array that is written; the caller passes what converts to a View<T, Rank>. It may be read back: it holds
/// what the caller's memory holds. Its extents and strides are part of the key.
template <class T, int Rank = 1>
struct Out : Grid<T, Rank, true, true> {
  using Grid<T, Rank, true, true>::Grid;
};
template <class T>
struct Out<T, 1> : WritableArray<T, true> {
  using WritableArray<T, true>::WritableArray;
};
/// A run-time array that is read and written. Its extents and strides are part of the key.
template <class T, int Rank = 1>
struct InOut : Grid<T, Rank, true, true> {
  using Grid<T, Rank, true, true>::Grid;
};
template <class T>
struct InOut<T, 1> : WritableArray<T, true> {
  using WritableArray<T, true>::WritableArray;
};
/// As In, with extents and strides that are known only at run time: one function serves all sizes. Of rank 1 the caller
/// passes what converts to std::span.
template <class T, int Rank = 1>
struct DynamicIn : Grid<T, Rank, false, false> {
  using Grid<T, Rank, false, false>::Grid;
};
template <class T>
struct DynamicIn<T, 1> : ReadableArray<T, false> {
  using ReadableArray<T, false>::ReadableArray;
};
/// As Out, with extents and strides that are known only at run time.
template <class T, int Rank = 1>
struct DynamicOut : Grid<T, Rank, false, true> {
  using Grid<T, Rank, false, true>::Grid;
};
template <class T>
struct DynamicOut<T, 1> : WritableArray<T, false> {
  using WritableArray<T, false>::WritableArray;
};
/// As InOut, with extents and strides that are known only at run time.
template <class T, int Rank = 1>
struct DynamicInOut : Grid<T, Rank, false, true> {
  using Grid<T, Rank, false, true>::Grid;
};
template <class T>
struct DynamicInOut<T, 1> : WritableArray<T, false> {
  using WritableArray<T, false>::WritableArray;
};

}  // namespace cogent
