// All filters: each file here defines one of these functions, which gives the same Filter at every call.
#pragma once
#include <array>

#include "filter.h"

namespace cogent::image::filters {

const Filter& abs_sum();
const Filter& gray();
const Filter& hypot();
const Filter& sobel();
const Filter& threshold();

/// Every filter of this folder, in any order: the table of filters is made of it.
inline constexpr auto all = std::to_array<const Filter& (*)()>({&abs_sum, &gray, &hypot, &sobel, &threshold});

}  // namespace cogent::image::filters
