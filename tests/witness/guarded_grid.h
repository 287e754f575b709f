// A copyable array with shape, in memory that ends at an unreadable page, and how its elements are reached.
#pragma once
#include <cogent/view.h>

#include <array>

#include "witness/guarded_array.h"

namespace cogent::witness {

template <class T, int Rank>
class GuardedGrid {
 public:
  using Shape = std::array<std::int64_t, Rank>;

  GuardedGrid(const Shape& extents, const Shape& strides)
      : extents_(extents), strides_(strides), memory_(span_of(extents, strides)) {}

  View<T, Rank> view() const {
    return [&]<std::size_t... i>(std::index_sequence<i...>) {
      return View<T, Rank>(memory_.data(), {extents_[i]...}, {strides_[i]...});
    }(std::make_index_sequence<Rank>{});
  }
  const Shape& extents() const { return extents_; }
  const Shape& strides() const { return strides_; }
  /// All that lies between the first and the last element.
  const GuardedArray<T>& memory() const { return memory_; }

 private:
  static std::size_t span_of(const Shape& extents, const Shape& strides) {
    std::int64_t last = 0;
    for (std::size_t i = 0; i < Rank; ++i) {
      if (extents[i] == 0) return 0;
      last += (extents[i] - 1) * strides[i];
    }
    return static_cast<std::size_t>(last) + 1;
  }

  Shape extents_, strides_;
  GuardedArray<T> memory_;
};

}  // namespace cogent::witness
