// Functions for programs to call, with any signature. They are known by their names, so that a program that was read
// from a text can call them too.
#pragma once
#include "ir/program.h"

namespace cogent::testing {

/// "mix" makes its result of its arguments and of elements of its sized arrays, and writes into those that it may
/// write; "mix_or_end" ends the run now and then. What is unspecified of a NaN makes no difference.
ir::Callee make_callee(const char* name, ir::Type result, std::vector<ir::CalleeArgument> arguments);

/// Gives the callees that go by these names, and that nothing else is known of, their functions.
void bind_callees(ir::Program& program);

}  // namespace cogent::testing
