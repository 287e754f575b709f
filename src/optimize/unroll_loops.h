// Writes out loops that run a small, known number of times.
#pragma once
#include "optimize/transformation.h"

namespace cogent::optimize {

/// Requires a For whose bounds are constants (at the latest in the copy), that runs at most 32 times, and that contains
/// no Break, Continue, Return or Require and no loop but such loops. Its size is bounded: much for sums of loads (the
/// loops over a kernel, which thus become one straight sum), little where it stores. Ensures the bodies one after the
/// other, each with the index a constant; nothing at all where the loop does not run. Leaves alone all other loops.
bool can_unroll_a_loop(const Scan& scan);
bool unroll_loop(Transformation& transformation, Id statement, bool& falls_through);

}  // namespace cogent::optimize
