// Checks accesses once before a loop instead of in each of its iterations.
#pragma once
#include "optimize/transformation.h"

namespace cogent::optimize {

/// Requires a For before which checks can be done (the transformation's HoistableChecks).
/// Ensures If (guards) { the loop, its hoisted accesses proven } else { the loop as it was }: the guards compute
/// without effects, and where they do not hold, a fault happens where it stands, after the effects before it. In the
/// version of the first branch inner loops may have guards of their own. Leaves alone all other loops.
bool hoist_checks(Transformation& transformation, Id statement, bool& falls_through);

}  // namespace cogent::optimize
