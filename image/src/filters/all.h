// All filters: each file here defines one of these functions, which gives the same Filter at every call.
#pragma once
#include <array>

#include "filter.h"

namespace cogent::image::filters {

/// Every filter of this folder, in any order: the table of filters is made of it.
inline constexpr std::array<const Filter& (*)(), 0> all = {};

}  // namespace cogent::image::filters
