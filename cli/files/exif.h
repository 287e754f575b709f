// Blocks of EXIF, as cameras put them into pictures.
#pragma once
#include <span>

namespace cogent::cli {

/// Forgets the block's second directory, which is that of a thumbnail. What is no such block stays as it is.
void drop_thumbnail(std::span<unsigned char> exif);

}  // namespace cogent::cli
