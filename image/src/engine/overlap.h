// Whether two pictures share memory.
#pragma once
#include <cogent/image/picture.h>

namespace cogent::image {

/// Whether a pixel of one may lie in a pixel of the other; strides as check_layout leaves them, none negative. Parts of
/// one larger picture, side by side or in turn row by row, share nothing.
bool overlap(const ConstPixels& a, const ConstPixels& b);

}  // namespace cogent::image
