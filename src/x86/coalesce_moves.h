// Removes moves to and from variables that selection writes because it does not look ahead: reading a variable copies
// it, and assigning one copies the computed value, so `sum += x` is read, add, assign; behind this pass it is one add.
//
// Requires a machine program that obeys its two rules (machine_program.h); ensures that it computes the same.
//   1. The copy d of v (Move d, v; d assigned only there) becomes v itself, if v is not assigned while d lives, where
//      lives are the intervals of linear_scan.h.
//   2. A value s whose whole life is a few instructions of straight-line code with Move v, s is computed in v, if
//      nothing before the Move mentions v (the instruction that begins the life may read v) and nothing behind it
//      assigns v or s. Constants of the pool stay.
#pragma once

#include <cstdint>
#include <vector>

#include "x86/machine_program.h"

namespace cogent::x86 {

class MoveCoalescing {
 public:
  /// Linear; memory is kept between calls.
  void run(MachineProgram& program);

 private:
  static constexpr std::uint32_t unset = ~std::uint32_t{0};
  struct Life {
    std::uint32_t first = unset, last = 0;  // positions as in linear_scan.h
    std::uint32_t assignments = 0;
    std::uint32_t first_assignment = unset, last_assignment = unset;  // the chain of a register's assignments
    std::uint32_t asked = 0, next_assignment = unset;  // the first behind the position that was asked for last
    std::uint32_t loop = unset;                        // to whose end `last` extends
    bool is_merged = false;                            // with a copy by rule 1
  };
  struct Assignment {
    std::uint32_t position, next;
  };
  struct Loop {
    std::uint32_t begin, end;
  };

  void find_lives();
  void mention(VirtualRegister v, std::uint32_t position);
  void assign(VirtualRegister v, std::uint32_t position);
  void merge_copies();
  bool is_assigned_within(VirtualRegister v, std::uint32_t begin, std::uint32_t end);
  void compute_in_place();
  bool can_compute_in_place(std::size_t move) const;
  bool is_kept_behind(std::size_t move, VirtualRegister s, VirtualRegister v) const;
  bool mentions(const Instruction& instruction, VirtualRegister v) const;
  bool assigns(const Instruction& instruction, VirtualRegister v) const;
  void rename();
  VirtualRegister name(VirtualRegister v) const { return v == none ? none : names_[v]; }

  MachineProgram* program_ = nullptr;
  std::vector<Life> lives_;
  std::vector<Assignment> assignments_;
  std::vector<Loop> loops_;
  std::vector<std::uint32_t> open_loops_;
  std::vector<VirtualRegister> names_;  // what each register is called behind the pass
};

}  // namespace cogent::x86
