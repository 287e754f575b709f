// How the rows of a block's pictures are brought near before they are needed, and how many rows a block of pictures
// beyond the second-level cache has. There the processor's own prefetching is the fastest by far, and it follows one
// run of addresses in each picture, not several rows at once. Results of pictures that would hardly stay in the caches
// are written past them: then their lines need not be read before.
#pragma once

#include "x86/stencil_block.h"

namespace cogent::x86 {

/// Whether both pictures fit a second-level cache.
bool fits_cache(const ir::Stencil& stencil, const MachineTraits& traits);

/// For a plan whose form and rows are chosen: chooses `prefetch`, whether results are written past the caches, and
/// fewer rows where that is faster.
void choose_streams(const ir::Stencil& stencil, const MachineTraits& traits, StencilPlan& plan);

/// Prefetches row `row`'s share of what later blocks will read for the first time, and of where they will write.
void prefetch_later(StencilBlock& block, int row);

}  // namespace cogent::x86
