// Says of each access to an array whether it is proven, checked once before a loop, checked each time, or not at all.
#pragma once
#include <vector>

#include "optimize/hoistable_checks.h"
#include "optimize/transformation.h"

namespace cogent::optimize {

/// One note for all accesses of a line to an array that are alike. `program` is the one of which the checks tell;
/// `is_hoisted`: those that can be hoisted have been.
void note_accesses(const ir::Program& program, const HoistableChecks& checks, bool is_hoisted,
                   std::vector<Note>& notes);

}  // namespace cogent::optimize
