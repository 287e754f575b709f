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

/// The assembly of a program, with `line N` comments. Needs no machine of that level.
std::string assembly_of(const ir::Program& program, x86::CpuLevel level);

}  // namespace cogent::testing
