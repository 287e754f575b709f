// What stops a running program: one list for the interpreter, machine code and plain runs.
#pragma once

#include <cstdint>

namespace cogent::ir {

/// None: nothing has. Depth: the calls have reached the depth that the environment allows.
enum class FaultKind : std::uint8_t { None, Index, DivisionByZero, ZeroStep, Requirement, Depth };

}  // namespace cogent::ir
