// Kernels as text: in brackets, and in the forms of libvips, ImageMagick and ffmpeg.
#pragma once
#include <cogent/image/kernel.h>

#include <string>
#include <string_view>

#include "text/lexer.h"

namespace cogent::image::text {

constexpr int largest_kernel = 63;  ///< rows and columns

/// The kernel in brackets that comes next, with what stands behind it: "[1 2 1; 2 4 2] / 12 + 128". Throws TextError.
Kernel parse_bracketed(Lexer& in);
/// A kernel in any form, the whole text. Throws TextError with the place in this text.
Kernel parse_kernel_text(std::string_view text);
/// The kernel in brackets; parse_bracketed gives the same again.
std::string to_text(const Kernel& kernel);

}  // namespace cogent::image::text
