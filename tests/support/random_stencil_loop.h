// Random programs that compute weighted sums of neighbouring elements, mostly such that a stencil is recognised.
#pragma once
#include <cstdint>

#include "ir/program.h"

namespace cogent::testing {

/// Of bytes mostly, to every type that a stencil may give; pictures of one to four interleaved channels, in several
/// wordings. The same seed gives the same program.
ir::Program random_stencil_loop(std::uint64_t seed);

}  // namespace cogent::testing
