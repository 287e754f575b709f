// Lets a run that crashes or never ends be reported like any other mismatch.
#pragma once
#include "support/execution.h"

namespace cogent::fuzz {

/// Throws std::runtime_error where the execution raises SIGSEGV, SIGBUS, SIGFPE or SIGILL, or takes many seconds. What
/// it executes must own nothing at that moment, which is so of generated code.
testing::Executor survivable(const testing::Executor& execute);

}  // namespace cogent::fuzz
