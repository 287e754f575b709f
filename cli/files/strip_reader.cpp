// The rows of a picture's file, read from top to bottom.
#include "files/strip_reader.h"

#include <algorithm>
#include <cstring>

namespace cogent::cli {

StripReader::StripReader(const PictureFile& file, PixelMemory& memory, int most_rows)
    : file_(file),
      row_bytes_(VIPS_IMAGE_SIZEOF_LINE(file.header())),
      most_rows_(most_rows),
      memory_(static_cast<char*>(memory.at_least(row_bytes_ * static_cast<std::size_t>(most_rows)))) {}

image::ConstPixels StripReader::rows(image::RowRange range, VipsRegion* region) {
  if (range.last > kept_.first + most_rows_) make_room(range, region);
  if (range.last > kept_.last) read_until(range.last, region);
  image::Format format = file_.format();
  format.height = range.count();
  return {.format = format,
          .data = address(range.first),
          .row_stride = static_cast<std::ptrdiff_t>(format.width) * format.channels,
          .plane_stride = 0};
}

void StripReader::make_room(image::RowRange range, VipsRegion* region) {
  const int first = std::min(range.first, kept_.last);
  std::memmove(memory_, address(first), static_cast<std::size_t>(kept_.last - first) * row_bytes_);
  kept_.first = first;
  if (range.first > first) {  // rows between are not needed, but a file is read from top to bottom
    for (int row = first; row < range.first; row = kept_.last) {
      kept_.first = kept_.last;
      read_until(std::min(range.first, kept_.last + most_rows_), region);
    }
    kept_.first = kept_.last;
  }
}

void StripReader::read_until(int last, VipsRegion* region) {
  constexpr int rows_at_once = 64;
  const int width = file_.format().width;
  while (kept_.last < last) {
    const VipsRect rows = {0, kept_.last, width, std::min(rows_at_once, last - kept_.last)};
    if (vips_region_prepare(region, &rows) != 0) throw VipsError(take_vips_error());
    for (int row = rows.top; row < rows.top + rows.height; ++row)
      std::memcpy(address(row), VIPS_REGION_ADDR(region, 0, row), row_bytes_);
    kept_.last += rows.height;
  }
}

}  // namespace cogent::cli
