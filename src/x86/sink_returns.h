// Moves what leaves the function out of the loops that it stands in: a search ends once, but goes on many times, and
// should then fall through to its next round instead of jumping over the end.
//
// Requires a machine program that obeys its two rules (machine_program.h); ensures that it computes the same: where, in
// a loop, a few straight instructions and a Return stand between a JumpIf and its label, they stand behind everything
// else, and the JumpIf, negated, goes there.
#pragma once

#include <cstdint>
#include <vector>

#include "x86/machine_program.h"

namespace cogent::x86 {

class ReturnSinking {
 public:
  /// Linear; memory is kept between calls.
  void run(MachineProgram& program);

 private:
  std::size_t end_of_return(const MachineProgram& program, std::size_t jump) const;

  std::vector<Instruction> sunk_;
};

}  // namespace cogent::x86
