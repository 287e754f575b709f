// PNM files whose pixels are text (P1 to P3) or bits (P4): libvips takes what is missing or broken in them for zeros.
#pragma once
#include <cstdint>

#include "files/vips_library.h"

namespace cogent::cli {

/// The same picture in a form that libvips reads well; null if the source holds none of these. Throws FileError for
/// pixels that are missing or broken, and for more than `most_pixels`.
VipsPointer<VipsSource> checked_pnm(VipsSource* source, std::int64_t most_pixels);

/// Throws FileError for more than `most_pixels`.
void check_size(std::int64_t width, std::int64_t height, std::int64_t most_pixels);

}  // namespace cogent::cli
