// Loops of a program that may be parallel.
#pragma once
#include "ir/program.h"

namespace cogent::testing {

/// Makes all loops parallel whose iterations are proven independent. Whether there are any.
bool make_parallel(ir::Program& program);

/// Whether a loop of the program is parallel.
bool has_parallel_loops(const ir::Program& program);

}  // namespace cogent::testing
