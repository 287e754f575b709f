// Adds what stays the same in a loop to the address of the array once, before the loop: an element of a row is then
// addressed by the row's address and the column.
//
// Requires a machine program that obeys its two rules (machine_program.h); ensures that it computes the same: where, in
// a loop, a sum of a value made before the loop and another one is only the index of memory operands, these have an
// address that includes the former, and the latter as their index.
#pragma once

#include <cstdint>
#include <vector>

#include "x86/machine_program.h"

namespace cogent::x86 {

class AddressHoisting {
 public:
  /// Linear; memory is kept between calls.
  void run(MachineProgram& program);

 private:
  using Position = std::uint32_t;
  struct Loop {
    Position begin, end;
    std::uint32_t bases = 0;                      // how many were added
    std::uint32_t first_base = 0, last_base = 0;  // 1 + their numbers in bases_
  };
  struct Value {  // per register
    std::uint32_t assignments = 0;
    Position assigned_at = 0;  // the last assignment, up to where the pass is
    std::uint32_t sum = 0;     // 1 + its number in sums_
  };
  struct Sum {
    Position at;
    std::uint32_t loop;
    VirtualRegister fixed, other;
    bool is_hoisted;  // as far as is known
    bool is_used;
  };
  struct Base {  // address + fixed * scale
    VirtualRegister address, fixed, result;
    std::uint8_t scale;
    std::uint32_t next = 0;  // of the loop: 1 + its number
  };

  void count_assignments();
  void find_sums();
  void consider(Position at, std::uint32_t loop);
  void check_uses();
  void check_use(const Instruction& instruction, VirtualRegister v, bool is_index);
  bool is_made_before(VirtualRegister v, std::uint32_t loop) const;
  Sum* hoisted_index(const Instruction& instruction);
  void find_bases();
  VirtualRegister find_base(const Sum& sum, const Instruction& access) const;
  void write_bases(std::uint32_t loop, const Instruction& begin);
  void rewrite();

  MachineProgram* program_ = nullptr;
  std::vector<Value> values_;
  std::vector<Position> made_at_;  // per register: its only assignment
  std::vector<Loop> loops_;
  std::vector<std::uint32_t> open_;
  std::vector<Sum> sums_;
  std::vector<Base> bases_;
  std::vector<Instruction> rewritten_;
};

}  // namespace cogent::x86
