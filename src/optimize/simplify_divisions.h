// Divides sums by constants term by term where ranges allow it: (y * W + x) / W is y and (y * W + x) % W is x.
#pragma once
#include "optimize/transformation.h"

namespace cogent::optimize {

/// Requires an integer division of the copy's node a, proven not to be negative, by the positive constant b. With a
/// written as W * q + r (linear forms), where r is proven not to be negative:
/// Ensures q and r themselves if r is also below W; else q + r / W and r % W, if there is a q.
/// Leaves alone (none) everything else.
Id simplify_division(Transformation& transformation, ir::Op op, Id a, Id b);
/// Whether an index that is always below W is divided by W. (Other divisions are simplified when something else makes
/// a copy necessary.)
bool can_simplify_a_division(const Scan& scan);

}  // namespace cogent::optimize
