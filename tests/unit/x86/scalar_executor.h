// Executes programs through the scalar lowering, as an executor of support/execution.h.
#pragma once

#include "support/execution.h"
#include "x86/cpu_features.h"
#include "x86/frame.h"

namespace cogent::x86 {

/// Compiles at each call and reports faults as the interpreter does. Fewer registers make it spill.
testing::Executor scalar_executor(CpuLevel level);
testing::Executor scalar_executor(CpuLevel level, RegisterFile file);

}  // namespace cogent::x86
