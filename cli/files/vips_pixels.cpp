// What the library and libvips call the same pixels.
#include "files/vips_pixels.h"

namespace cogent::cli {

using image::SampleType;

VipsBandFormat band_format(SampleType type) {
  if (type == SampleType::U8) return VIPS_FORMAT_UCHAR;
  if (type == SampleType::I16) return VIPS_FORMAT_SHORT;
  return type == SampleType::U16 ? VIPS_FORMAT_USHORT : VIPS_FORMAT_FLOAT;
}

VipsInterpretation interpretation(const image::Format& format, SampleType type) {
  if (format.channels % 2 == 0 && format.alpha == image::Alpha::None) return VIPS_INTERPRETATION_MULTIBAND;
  if (format.channels <= 2) return type == SampleType::U16 ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W;
  return type == SampleType::U16 ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
}

bool is_interleaved(const image::Format& format) {
  return format.layout == image::Layout::Interleaved || format.channels == 1;
}

std::size_t bytes_of_picture(const image::Format& format) {
  return static_cast<std::size_t>(format.width) * static_cast<std::size_t>(format.height) *
         static_cast<std::size_t>(format.channels * image::bytes_of(format.type));
}

image::Pixels pixels_in(const image::Format& format, PixelMemory& memory) {
  const bool planar = format.layout == image::Layout::Planar;
  return {.format = format,
          .data = memory.at_least(bytes_of_picture(format)),
          .row_stride = static_cast<std::ptrdiff_t>(format.width) * (planar ? 1 : format.channels),
          .plane_stride = planar ? static_cast<std::ptrdiff_t>(format.width) * format.height : 0};
}

}  // namespace cogent::cli
