// Random programs of one or two loops over arrays: what the vectoriser takes, and nearly so.
#pragma once
#include <cstdint>

#include "ir/program.h"

namespace cogent::testing {

/// All types and mixes of widths, lengths from 0 to 200, offsets and strides of the accesses, sizes that are
/// known or not, several stores, tables of bytes.
ir::Program random_lane_loop(std::uint64_t seed);

}  // namespace cogent::testing
