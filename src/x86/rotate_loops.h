// Puts the test of a loop that is left by its first instructions at its end, where it jumps back itself: one jump less
// in each round.
//
// Requires a machine program that obeys its two rules (machine_program.h); ensures that it computes the same: where a
// loop begins with a few straight instructions and a JumpIf behind it, and ends with a Jump to its head, these
// instructions stand before the loop and, with the condition negated, in place of that Jump; who jumped to the head
// comes there.
#pragma once

#include <cstdint>
#include <vector>

#include "x86/machine_program.h"

namespace cogent::x86 {

class LoopRotation {
 public:
  /// Linear; memory is kept between calls.
  void run(MachineProgram& program);

 private:
  struct Loop {
    std::size_t begin, test, end;  // positions: LoopBegin, the JumpIf, LoopEnd
  };

  void find_loops();
  void consider(std::size_t begin, std::size_t end);
  void write();
  void write_test(const Loop& loop, bool is_end);

  MachineProgram* program_ = nullptr;
  std::vector<std::size_t> label_places_;
  std::vector<std::size_t> open_;     // where loops begin
  std::vector<Loop> loops_;           // to be rotated
  std::vector<Label> targets_;        // per label: where those who jump to it go instead
  std::vector<std::size_t> loop_at_;  // per position of a LoopBegin or of the last Jump: 1 + its number in loops_
  std::vector<Instruction> rotated_;
};

}  // namespace cogent::x86
