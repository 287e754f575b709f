// Turns short branches that only choose values into selections.
#pragma once
#include "optimize/transformation.h"

namespace cogent::optimize {

/// Requires an If whose branches do no more than read and set variables, also in Ifs within them, with few and short
/// computations: no access to memory, nothing that may fault.
/// Ensures that both branches' values are computed and each variable that is set becomes the selected one; a selection
/// that is a minimum, a maximum or a clamp becomes that.
/// Leaves alone all other Ifs.
bool can_convert_a_branch(const Scan& scan);
bool convert_branch(Transformation& transformation, Id statement, bool& falls_through);
/// Says of the branches in an optimised program why they are still branches.
void note_branches_left(const Scan& scan, std::vector<Note>& notes);

}  // namespace cogent::optimize
