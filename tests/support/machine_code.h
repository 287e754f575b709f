// Compiles programs to machine code, as executors of support/execution.h and as text.
#pragma once
#include <string>
#include <vector>

#include "support/execution.h"
#include "x86/cpu_features.h"

namespace cogent::testing {

/// The levels that this machine can run, the lowest first.
std::vector<x86::CpuLevel> cpu_levels();

/// Compiles at each call, by the scalar lowering, and reports faults as the interpreter does.
Executor machine_code(x86::CpuLevel level);

/// Optimises and takes the best lowering, as a call of a user's function does; where the code declines its arguments,
/// scalar code runs.
Executor best_machine_code(x86::CpuLevel level);

/// What best_machine_code does with a program: how the stencil is computed, or why there is none.
std::string describe_lowering(const ir::Program& program, x86::CpuLevel level);

/// The assembly of a program by the scalar lowering, with `line N` comments. Needs no machine of that level.
std::string assembly_of(const ir::Program& program, x86::CpuLevel level);

}  // namespace cogent::testing
