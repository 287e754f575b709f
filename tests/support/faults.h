// Faults of machine code and of compiled sources in the words of the interpreter.
#pragma once
#include "interpret/interpreter.h"

namespace cogent::testing {

/// What the interpreter says of a fault of a kind at a statement; `arguments` are the slots of the run.
interpret::Fault fault_at(const ir::Program& program, ir::Id statement, ir::FaultKind kind, std::int64_t index,
                          const std::uint64_t* arguments);

/// The only kind that a statement can have.
ir::FaultKind kind_of_fault(const ir::Program& program, const ir::Statement& statement);

}  // namespace cogent::testing
