// Makes one instruction of a few that selection writes apart: of reading an element, adding to it and writing it back,
// because what the last round wrote reaches the next round late when both have the same element (the bins of a
// histogram); and of an And whose result is only compared with 0.
//
// Requires a machine program that obeys its two rules (machine_program.h); ensures that it computes the same.
//   1. A Load, an Add of it, the extension of a narrow sum and a Store to the same address become AddToMemory where the
//      Store was, if the loaded value and the sum have no other use and, between Load and Store, control does not
//      branch or join, nothing else is written and no register of the address or the addend is assigned.
//   2. An And and the comparison of its result with 0 become a comparison that tests bits, where it was, if the result
//      has no other use and, between them, control does not branch or join and no operand of the And is assigned.
//   3. A Store of bytes that were extended stores what was extended, if the extension has no other use and, between
//      them, control does not branch or join and the extended register is not assigned.
#pragma once

#include <cstdint>
#include <vector>

#include "x86/machine_program.h"

namespace cogent::x86 {

class InstructionFusion {
 public:
  /// Linear; memory is kept between calls.
  void run(MachineProgram& program);

 private:
  struct Value {
    std::uint8_t uses = 0, assignments = 0;  // 2: two or more
    std::uint32_t assigned_at = 0;           // the position behind the last assignment so far
  };

  void count();
  bool fuse(std::uint32_t store);
  bool fuse_test(std::uint32_t test);
  bool store_unextended(std::uint32_t store);
  bool fuse_load(VirtualRegister loaded, VirtualRegister addend, std::uint32_t add, std::uint32_t store);
  bool is_private(VirtualRegister v) const { return values_[v].uses == 1 && values_[v].assignments == 1; }
  std::uint32_t maker(VirtualRegister v) const;
  bool is_kept_since(VirtualRegister v, std::uint32_t position) const;
  void drop(std::uint32_t position) { program_->instructions[position].opcode = Opcode::Count; }

  MachineProgram* program_ = nullptr;
  std::vector<Value> values_;      // per register
  std::uint32_t piece_begin_ = 0;  // of the straight-line piece, the position behind its first instruction
  std::uint32_t last_write_ = 0;   // the position behind the last write of memory
};

}  // namespace cogent::x86
