// What can be a picture in memory.
#include <cogent/image/picture.h>

#include <cstdlib>
#include <limits>

namespace cogent::image {
namespace {

using Count = __int128_t;  // no product of sizes and strides of 64 bits passes it

void check_format(const Format& format, SampleType type) {
  const auto fail = [&](const std::string& why) { throw PictureError(to_text(format) + ": " + why); };
  if (format.width < 1 || format.height < 1) fail("a picture has at least 1x1 pixels");
  if (format.channels < 1 || format.channels > 4) fail("a picture has 1 to 4 channels");
  if (format.type != type) fail("the samples in memory are " + std::string(name_of(type)));
  if (format.alpha != Alpha::None && format.channels % 2 != 0)
    fail("alpha is the last of 2 or 4 channels, there are " + std::to_string(format.channels));
}

}  // namespace

void check_layout(const Format& format, SampleType type, std::ptrdiff_t& row_stride, std::ptrdiff_t& plane_stride) {
  check_format(format, type);
  const auto fail = [&](const std::string& why) { throw PictureError(to_text(format) + ": " + why); };
  const bool planar = format.layout == Layout::Planar && format.channels > 1;
  const Count row = static_cast<Count>(format.width) * (planar ? 1 : format.channels);
  if (row_stride == 0) row_stride = static_cast<std::ptrdiff_t>(row);
  const Count rows = row_stride < 0 ? -static_cast<Count>(row_stride) : static_cast<Count>(row_stride);
  if (format.height > 1 && rows < row) fail("rows " + std::to_string(row_stride) + " samples apart overlap");
  const Count plane = rows * (format.height - 1) + row;
  constexpr Count most = std::numeric_limits<std::ptrdiff_t>::max();
  if (plane * (planar ? format.channels : 1) > most / bytes_of(type)) fail("this is more than fits in memory");
  if (!planar) {
    plane_stride = 0;
    return;
  }
  if (plane_stride == 0) plane_stride = static_cast<std::ptrdiff_t>(plane);
  const Count planes = plane_stride < 0 ? -static_cast<Count>(plane_stride) : static_cast<Count>(plane_stride);
  const bool within_rows = planes >= row && (format.height == 1 || rows >= planes * (format.channels - 1) + row);
  if (planes < plane && !within_rows) fail("planes " + std::to_string(plane_stride) + " samples apart overlap");
  if (planes * (format.channels - 1) + plane > most / bytes_of(type)) fail("this is more than fits in memory");
}

}  // namespace cogent::image
