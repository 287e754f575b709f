// Pictures as rows of bytes, which lie as far apart as their strides say.
#include "engine/overlap.h"

namespace cogent::image {

namespace {

/// Rows of `length` bytes, the next one `step` bytes behind the one before.
struct Rows {
  std::uintptr_t begin;
  std::uintptr_t step, count, length;

  std::uintptr_t end() const { return begin + step * (count - 1) + length; }
};

int planes_of(const ConstPixels& pixels) { return pixels.format.layout == Layout::Planar ? pixels.format.channels : 1; }

Rows rows_of(const ConstPixels& pixels, int plane) {
  const Format& format = pixels.format;
  const std::ptrdiff_t bytes = bytes_of(format.type);
  const std::ptrdiff_t samples = static_cast<std::ptrdiff_t>(format.width) * format.channels / planes_of(pixels);
  return {
      reinterpret_cast<std::uintptr_t>(pixels.data) + static_cast<std::uintptr_t>(plane * pixels.plane_stride * bytes),
      static_cast<std::uintptr_t>(pixels.row_stride * bytes), static_cast<std::uintptr_t>(format.height),
      static_cast<std::uintptr_t>(samples * bytes)};
}

bool overlap(const Rows& a, const Rows& b) {
  if (a.end() <= b.begin || b.end() <= a.begin) return false;
  const std::uintptr_t step = a.count > 1 ? a.step : b.step;
  const bool is_one_grid = a.count == 1 || b.count == 1 || a.step == b.step;
  if (!is_one_grid || step == 0) return true;
  const Rows& low = a.begin <= b.begin ? a : b;
  const Rows& high = a.begin <= b.begin ? b : a;
  const std::uintptr_t distance = (high.begin - low.begin) % step;
  return distance < low.length || distance + high.length > step;
}

}  // namespace

bool overlap(const ConstPixels& a, const ConstPixels& b) {
  for (int i = 0; i < planes_of(a); ++i)
    for (int j = 0; j < planes_of(b); ++j)
      if (overlap(rows_of(a, i), rows_of(b, j))) return true;
  return false;
}

}  // namespace cogent::image
