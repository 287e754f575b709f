// Turns one loop over all elements, with uses of i / W and i % W, into loops over rows and columns.
#pragma once
#include "optimize/transformation.h"

namespace cogent::optimize {

/// Requires a For from A to B by 1, constants 0 <= A < B, whose index is divided by a constant W that divides A and B
/// and is less than B - A; of several the largest is taken (the others follow in the next copy, when they divide W).
/// Ensures For y in [A / W, B / W) { For x in [0, W) { body with i = y * W + x } }: the same iterations in the same
/// order, in which i / W and i % W, and i >> k and i & m, become y and x (simplify_divisions). A Break leaves both
/// loops, a Continue goes on with the inner one. Leaves alone all other loops.
bool can_unflatten_a_loop(const Scan& scan);
bool unflatten_loop(Transformation& transformation, Id statement, bool& falls_through);
/// Says of the loops in an optimised program why they have not been split.
void note_loops_left_flat(const Scan& scan, std::vector<Note>& notes);

}  // namespace cogent::optimize
