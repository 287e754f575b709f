// Joins states: one that a single place goes to is executed in that place.
#pragma once
#include "optimize/transformation.h"

namespace cogent::optimize {

bool can_merge_a_state(const Scan& scan);

/// Requires a Go of the source. Ensures that, if it is the only one to its state and no loop lies between, the state's
/// statements stand in its place, so that what is known of variables there reaches them. Leaves alone the first state
/// of a States. A hook of Transformation.
bool merge_state(Transformation& transformation, Id statement, bool& falls_through);

}  // namespace cogent::optimize
