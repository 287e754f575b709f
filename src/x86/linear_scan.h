// Register allocation by linear scan over the flat machine program: one interval and one home, a register or a place in
// memory, for the whole life of each virtual register.
//
// The invariant that makes one interval enough. Positions are instruction numbers; uses happen at 2i, definitions at
// 2i + 1. An interval is the hull of all positions where its register is mentioned, extended to the end of the
// outermost loop that mentions the register and begins after the interval's start. Claim: wherever a register's value
// may still be used, the position lies in the interval. It holds for any jumps that obey the two rules of the machine
// program:
//   1. a jump backward goes to the head of a loop that contains the jump, or to an entry of such a loop: a label in it
//      where no register is live that is not mentioned before the loop (the states of a States are entries);
//   2. on every path from the entry to a use there is a definition.
// Because of 1, every position is reached from the entry, or from an entry of a loop around it, by some path that only
// goes forward, so by 2 a register that is live at a position has a mention before it: on that path or, if it is live
// at the loop's entry, before the loop. So lives never begin earlier than the hull. A life ends after the hull only by
// going round a loop: then the register is live at that loop's head or entry, so it is mentioned before the head (the
// same argument, or rule 1), and the use that it is live for is inside the loop, which rule the extension covers, or
// behind the loop, which the hull covers, or before the head, reached through a loop around this one, to which the same
// applies.
//
// Calls. An interval that reaches across a call may have a register that the callee changes: the encoder saves and
// restores it around the call. It gets one that the callee keeps if there is one; else it lives in memory if that takes
// fewer accesses than saving and restoring.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "x86/frame.h"
#include "x86/machine_program.h"

namespace cogent::x86 {

/// How many virtual registers of each class found no machine register; constants of the pool are not counted.
struct SpillCounts {
  std::uint32_t general = 0, vector = 0;
};

/// Where every virtual register lives.
struct Allocation {
  std::vector<std::int8_t> machine_register;  // per virtual register; -1: in memory
  std::vector<std::int32_t> spill_slot;  // when in memory; -1: unused, or a pool constant, which is used from there
  std::uint32_t used_general = 0;        // masks of machine registers that are written
  std::uint32_t used_vector = 0;
  std::int32_t general_slots = 0;
  std::int32_t vector_slots = 0;
  SpillCounts spills;
  std::vector<RegisterFile>
      saves;           // per call of the program, in its numbering: what lives across it and the callee may change
  RegisterFile saved;  // all of them: each has a slot of its own, from these numbers on, lowest first
  std::int32_t general_save_slots = 0;
  std::int32_t vector_save_slots = 0;

  bool in_register(VirtualRegister v) const { return machine_register[v] >= 0; }
};

class LinearScan {
 public:
  /// Allocates all registers of a program. The result is valid until the next call; memory is kept between calls.
  const Allocation& run(const MachineProgram& program, const RegisterFile& file);
  const Allocation& run(const MachineProgram& program) {
    return run(program, program.has_single_floats() ? frame::allocatable_to_scalars(program.level)
                                                    : frame::allocatable(program.level));
  }

 private:
  struct Interval {
    std::uint32_t start, end;
    std::uint32_t loop;    // the loop to whose end the interval is extended, or none
    std::uint32_t weight;  // estimated number of accesses
    std::int8_t hint;      // the machine register that a call wants it in, or -1
  };
  struct Call {
    std::uint32_t position;
    std::uint32_t weight_before;  // of the calls before it, in estimated numbers of executions
    std::uint32_t number;         // of MachineProgram::calls: returns that were sunk may have changed the order
  };
  struct Loop {
    std::uint32_t begin, end;
  };
  struct Slots {  // of one register class in memory, as a heap of (end of the last interval, slot)
    std::vector<std::pair<std::uint32_t, std::int32_t>> heap;
    std::int32_t count = 0;
  };
  struct Bank {  // the machine registers of one class
    std::uint32_t allowed = 0, free = 0, used = 0;
    std::uint32_t constants = 0;     // those that hold constants of the pool
    std::uint32_t earliest_end = 0;  // no interval in the bank ends before
    VirtualRegister holder[32];
  };

  void build_intervals(const MachineProgram& program);
  void note_open_loops();
  void touch(VirtualRegister v, std::uint32_t position);
  void extend(Interval& interval);
  void touch_operands(const Instruction& instruction, std::uint32_t position);
  void touch_call(const MachineProgram& program, const Instruction& call, std::uint32_t position);
  bool crosses_calls(const Interval& interval) const;
  std::uint32_t weight_of_calls(const Interval& interval) const;
  bool wants_memory(VirtualRegister v, const MachineProgram& program) const;
  void find_saves(const MachineProgram& program);
  void assign(VirtualRegister v, const MachineProgram& program);
  void expire(Bank& bank, std::uint32_t position);
  void take(Bank& bank, VirtualRegister v, int machine_register, const MachineProgram& program);
  int preferred(const Bank& bank, VirtualRegister v, const MachineProgram& program) const;
  bool better_in_memory(VirtualRegister a, VirtualRegister b) const;
  void put_in_memory(VirtualRegister v, const MachineProgram& program);

  Allocation allocation_;
  std::vector<Interval> intervals_;
  std::vector<VirtualRegister> order_;  // by start
  std::vector<Loop> loops_;
  std::vector<std::uint32_t> open_loops_;
  std::vector<Call> calls_;
  std::uint32_t innermost_loop_ = 0;  // where it begins; 0: no loop is open
  std::uint32_t access_weight_ = 1, weight_of_all_calls_ = 0;
  bool is_scalar_ = false;
  Bank banks_[2];
  Slots slots_[2];
};

}  // namespace cogent::x86
