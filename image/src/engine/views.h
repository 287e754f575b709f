// Pictures as the generated functions take them.
#pragma once
#include <cogent/cogent.h>
#include <cogent/image/picture.h>

#include "engine/sample_types.h"

namespace cogent::image {

/// Planes, rows, samples of a row.
template <bool is_writable, class Byte>
AnyView<3, is_writable> view_of(const BasicPixels<Byte>& pixels) {
  const Format& format = pixels.format;
  const bool is_planar = format.layout == Layout::Planar;
  const std::int64_t planes = is_planar ? format.channels : 1;
  const std::int64_t samples = static_cast<std::int64_t>(format.width) * (is_planar ? 1 : format.channels);
  return with_type(format.type, [&](auto zero) {
    using T = std::conditional_t<is_writable, decltype(zero), const decltype(zero)>;
    return AnyView<3, is_writable>(
        View<T, 3>(static_cast<T*>(pixels.data), {planes, std::int64_t{format.height}, samples},
                   {std::int64_t{pixels.plane_stride}, std::int64_t{pixels.row_stride}, std::int64_t{1}}));
  });
}

/// The samples of pixels from the first to the last, for rows that come one behind the other.
template <class T, class Byte>
std::span<T> samples_of(const BasicPixels<Byte>& pixels) {
  const Format& format = pixels.format;
  const auto rows = static_cast<std::size_t>(format.height - 1), stride = static_cast<std::size_t>(pixels.row_stride);
  const std::size_t row = static_cast<std::size_t>(format.width) * static_cast<std::size_t>(format.channels);
  return {static_cast<T*>(pixels.data), rows * stride + row};
}

/// Pixels without gaps.
template <class Byte>
BasicPixels<Byte> tight(const Format& format, Byte* data) {
  std::ptrdiff_t row_stride = 0, plane_stride = 0;
  check_layout(format, format.type, row_stride, plane_stride);
  return {format, data, row_stride, plane_stride};
}

}  // namespace cogent::image
