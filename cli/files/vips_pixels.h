// What the library and libvips call the same pixels.
#pragma once
#include <cogent/image/picture.h>

#include "files/pixel_memory.h"
#include "files/vips_library.h"

namespace cogent::cli {

/// Of u8, u16, s16 and f32.
VipsBandFormat band_format(image::SampleType type);
/// How libvips shows pixels of that format, stored in samples of that type.
VipsInterpretation interpretation(const image::Format& format, image::SampleType type);

bool is_interleaved(const image::Format& format);
std::size_t bytes_of_picture(const image::Format& format);
/// A picture of that format, rows without gaps, in this memory.
image::Pixels pixels_in(const image::Format& format, PixelMemory& memory);

}  // namespace cogent::cli
