// Turns `for i in [0, N)` with uses of i / W and i % W into two nested loops.
#pragma once
#include "optimize/transformation.h"

namespace cogent::optimize {

/// Requires a For from 0 to a constant N by 1 whose index is divided by a constant W, with W < N dividing N; of several
/// the largest is taken (the others follow in the next copy, when they divide W).
/// Ensures For y in [0, N / W) { For x in [0, W) { body with i = y * W + x } }: the same iterations in the same order,
/// in which i / W and i % W become y and x (simplify_divisions). A Break leaves both loops, a Continue the inner one's
/// iteration.
/// Leaves alone all other loops, among them those with N not a multiple of W.
bool can_unflatten_a_loop(const Scan& scan);
bool unflatten_loop(Transformation& transformation, Id statement, bool& falls_through);

}  // namespace cogent::optimize
