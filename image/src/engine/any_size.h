// Code that serves pictures of many sizes: for small ones, whose code would take longer to generate than to run.
#pragma once
#include "engine/schedule.h"

namespace cogent::image {

namespace any_size {

/// Sides of the pictures that share code, and how many pixels they have at most.
inline constexpr std::int64_t least_width = 64, most_width = 1024, least_height = 33, most_height = 1 << 16,
                              most_pixels = 400'000;

}  // namespace any_size

/// Whether the pass of a graph can be generated once for all sizes: every stage computes each pixel alike, wherever it
/// lies, and one more way of reaching beyond a side is not needed for the shortest.
bool serves_any_size(const StageGraph& graph, const Schedule& schedule);
/// Whether a picture is small enough for code of all sizes to be the better choice.
bool is_of_any_size(const Format& format);

}  // namespace cogent::image
