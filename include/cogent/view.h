// View: memory that the caller passes as an array of rank 1 to 3, with strides.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ranges>
#include <source_location>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include <cogent/detail/export.h>

namespace cogent {

namespace detail {

/// A number of elements: any integer. What does not fit counts as negative, which a View refuses.
struct Count {
  std::int64_t value;
  template <std::integral T>
  Count(T number) : value(std::in_range<std::int64_t>(number) ? static_cast<std::int64_t>(number) : -1) {}
};

/// Throws GenerationError: an extent or stride is negative, or the elements do not fit the address space. Gives how
/// many elements lie from the first to the last.
COGENT_EXPORT std::int64_t check_shape(int rank, const std::int64_t* extents, const std::int64_t* strides,
                                       std::size_t element_bytes, const std::source_location& at);
[[noreturn]] COGENT_EXPORT void throw_short_span(std::size_t size, std::int64_t needed, const std::source_location& at);

template <class R>
using RangeElement = std::remove_reference_t<std::ranges::range_reference_t<R>>;

}  // namespace detail

/// Elements in memory: element (i, j, k) lies i * stride(0) + j * stride(1) + k * stride(2) elements behind data().
/// A GenerationError with the caller's line refuses negative extents and strides and sizes that overflow.
template <class T, int Rank = 1>
class View {
  static_assert(Rank >= 1 && Rank <= 3, "COGENT: a View has rank 1, 2 or 3");
  using Count = detail::Count;
  using Here = const std::source_location&;

 public:
  /// Rows without gaps: View(pixels, {rows, columns}).
  View(T* data, const Count (&extents)[Rank], Here at = std::source_location::current()) : data_(data) {
    take(extents_, extents);
    std::int64_t stride = 1;
    for (int i = Rank; i-- > 0;) {
      strides_[i] = stride;
      // What overflows here is refused by the check, unless there are no elements.
      if (__builtin_mul_overflow(stride, extents_[i], &stride)) stride = std::numeric_limits<std::int64_t>::max();
    }
    check(at);
  }
  /// View(pixels, {rows, columns}, {elements from row to row, elements from column to column}).
  View(T* data, const Count (&extents)[Rank], const Count (&strides)[Rank], Here at = std::source_location::current())
      : data_(data) {
    take(extents_, extents);
    take(strides_, strides);
    check(at);
  }
  /// View(pixels, {rows, columns}, elements from row to row).
  View(T* data, const Count (&extents)[Rank], Count row_stride, Here at = std::source_location::current())
    requires(Rank == 2)
      : data_(data), strides_{row_stride.value, 1} {
    take(extents_, extents);
    check(at);
  }
  /// The same of a span, a vector or an array, which must hold all the elements.
  View(std::span<T> data, const Count (&extents)[Rank], Here at = std::source_location::current())
      : View(data.data(), extents, at) {
    check_span(data, at);
  }
  View(std::span<T> data, const Count (&extents)[Rank], const Count (&strides)[Rank],
       Here at = std::source_location::current())
      : View(data.data(), extents, strides, at) {
    check_span(data, at);
  }
  View(std::span<T> data, const Count (&extents)[Rank], Count row_stride, Here at = std::source_location::current())
    requires(Rank == 2)
      : View(data.data(), extents, row_stride, at) {
    check_span(data, at);
  }
  /// A contiguous range: whatever converts to std::span<T>.
  template <class Range>
    requires(Rank == 1 && std::is_convertible_v<Range &&, std::span<T>>)
  View(Range&& range) {
    const std::span<T> elements(std::forward<Range>(range));
    data_ = elements.data();
    extents_[0] = static_cast<std::int64_t>(elements.size());
    strides_[0] = 1;
  }
  /// C++'s own arrays of arrays.
  template <std::size_t rows, std::size_t columns>
    requires(Rank == 2)
  View(T (&array)[rows][columns]) : View(&array[0][0], {rows, columns}) {}
  template <std::size_t planes, std::size_t rows, std::size_t columns>
    requires(Rank == 3)
  View(T (&array)[planes][rows][columns]) : View(&array[0][0][0], {planes, rows, columns}) {}
  /// A view of the same elements that only reads.
  template <class U>
    requires(!std::is_same_v<U, T> && std::is_convertible_v<U (*)[], T (*)[]>)
  View(const View<U, Rank>& other) : data_(other.data()) {
    for (int i = 0; i < Rank; ++i) {
      extents_[i] = other.extent(i);
      strides_[i] = other.stride(i);
    }
  }

  /// The first element.
  T* data() const { return data_; }
  /// How many elements there are in a dimension, from 0 on.
  std::int64_t extent(int dimension) const { return extents_[dimension]; }
  /// How many elements lie from one to the next in a dimension.
  std::int64_t stride(int dimension) const { return strides_[dimension]; }
  const std::int64_t* extents() const { return extents_; }
  const std::int64_t* strides() const { return strides_; }
  /// Elements: the product of the extents.
  std::int64_t size() const {
    std::int64_t size = 1;
    for (int i = 0; i < Rank; ++i) size *= extents_[i];
    return size;
  }
  /// One element; not checked.
  template <std::integral... Index>
    requires(sizeof...(Index) == Rank)
  T& operator()(Index... indexes) const {
    std::int64_t place = 0;
    int dimension = 0;
    ((place += static_cast<std::int64_t>(indexes) * strides_[dimension++]), ...);
    return data_[place];
  }

 private:
  static void take(std::int64_t (&to)[Rank], const Count (&from)[Rank]) {
    for (int i = 0; i < Rank; ++i) to[i] = from[i].value;
  }
  std::int64_t check(Here at) const { return detail::check_shape(Rank, extents_, strides_, sizeof(T), at); }
  void check_span(std::span<T> data, Here at) const {
    const std::int64_t needed = check(at);
    if (std::cmp_less(data.size(), needed)) detail::throw_short_span(data.size(), needed, at);
  }

  T* data_ = nullptr;
  std::int64_t extents_[Rank] = {}, strides_[Rank] = {};
};

template <class T, std::size_t rank>
View(T*, const detail::Count (&)[rank]) -> View<T, static_cast<int>(rank)>;
template <class T, std::size_t rank>
View(T*, const detail::Count (&)[rank], const detail::Count (&)[rank]) -> View<T, static_cast<int>(rank)>;
template <class T>
View(T*, const detail::Count (&)[2], detail::Count) -> View<T, 2>;
template <std::ranges::contiguous_range R>
View(R&&) -> View<detail::RangeElement<R>, 1>;
template <std::ranges::contiguous_range R, std::size_t rank>
View(R&&, const detail::Count (&)[rank]) -> View<detail::RangeElement<R>, static_cast<int>(rank)>;
template <std::ranges::contiguous_range R, std::size_t rank>
View(R&&, const detail::Count (&)[rank], const detail::Count (&)[rank])
    -> View<detail::RangeElement<R>, static_cast<int>(rank)>;
template <std::ranges::contiguous_range R>
View(R&&, const detail::Count (&)[2], detail::Count) -> View<detail::RangeElement<R>, 2>;
template <class T, std::size_t rows, std::size_t columns>
View(T (&)[rows][columns]) -> View<T, 2>;
template <class T, std::size_t planes, std::size_t rows, std::size_t columns>
View(T (&)[planes][rows][columns]) -> View<T, 3>;

}  // namespace cogent
