// Runs a program on inputs that are written as text.
#pragma once
#include <string>

#include "ir/program.h"

namespace cogent::programs {

/// Options: inputs (support/text_inputs.h), then perhaps `, without PASS ...`. Every witness must leave the same
/// behind: "done" or the fault, the result, and the arrays that may be written.
std::string text_after_run(const ir::Program& program, const std::string& options);

/// The operations that the run executed and that are undefined in C++.
std::string text_of_undefined(const ir::Program& program, const std::string& options);

}  // namespace cogent::programs
