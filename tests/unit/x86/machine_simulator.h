// Executes machine programs by their definition: over virtual registers, or over the homes that an allocation gives
// them. The two must agree, else the allocation lets two live values share a home.
#pragma once

#include <array>
#include <cstdint>

#include "x86/linear_scan.h"

namespace cogent::x86 {

struct SimulationResult {
  Status status = Status::Done;
  ErrorRecord error;
  std::uint64_t steps = 0;
};

/// Runs the program on real memory: the addresses in the arguments are dereferenced. Without an allocation every
/// virtual register is a home of its own. Vectors have `program.vector_size` bytes. Gives up (steps is the limit) after
/// a while.
SimulationResult simulate(const MachineProgram& program, std::uint64_t* arguments, const Allocation* allocation,
                          std::uint64_t step_limit = 1000000);

}  // namespace cogent::x86
