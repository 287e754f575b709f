// Inputs and what a run leaves behind, as text.
#pragma once
#include <string>

#include "support/execution.h"

namespace cogent::testing {

/// Reads `a0 = 1 2 3*7, a1 = a0 + 2, p2 = -5`. A static array that is not given is all 0, a dynamic one empty; an array
/// given as another plus a number of elements shares its memory, and so do those that are given by the byte of the
/// memory where they begin, `a1 at 24 = 7 8`. Arrays of dynamic size and several dimensions begin with their extents,
/// `[2 3]`, or with extents and strides. Floats are numbers by their bits. Throws std::runtime_error.
Inputs read_inputs(const ir::Program& program, const std::string& text);
/// What read_inputs() reads.
std::string print_inputs(const ir::Program& program, const Inputs& inputs);

/// "done" or the fault, the result, and the arrays that may be written.
std::string print_aftermath(const ir::Program& program, const Inputs& inputs, const Aftermath& aftermath);

}  // namespace cogent::testing
