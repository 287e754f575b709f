// Splits loops where comparisons of their indexes with constants change: at the borders of a picture.
#pragma once

#include "optimize/transformation.h"

namespace cogent::optimize {

/// Whether the program holds a loop for split_loop().
bool can_split_a_loop(const Scan& scan);

/// Requires a For. Where its bounds are known, its step is 1, nothing in it leaves it and a few comparisons of its
/// index, plus a constant, with constants come out differently in different rounds, makes one loop for each part in
/// which all of them come out the same, and what they give a constant there. A part of one round is no loop. Leaves
/// alone what would become too long, and the order of everything.
bool split_loop(Transformation& transformation, Id statement, bool& falls_through);

}  // namespace cogent::optimize
