// Random structured machine programs: loops in loops, ifs, blocks, breaks and continues of any enclosing construct,
// early returns, faults, registers that are assigned many times.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "x86/machine_program.h"

namespace cogent::x86 {

class RandomMachineProgram {
 public:
  /// Slot 1 of the arguments is the address of `memory_bytes` of memory; slots 2 to 5 are numbers.
  static constexpr std::size_t memory_bytes = 4096;
  static constexpr std::size_t argument_count = 6;

  /// With `floats` vector registers hold single doubles, and functions are called.
  RandomMachineProgram(std::uint64_t seed, int variables, int vectors, int statements, bool floats = false)
      : random_(seed), variable_count_(variables), vector_count_(vectors), budget_(statements), floats_(floats) {}

  void write(MachineProgram& program, CpuLevel level);

 private:
  struct Construct {
    Label exit;
    Label next;  // where `continue` goes; none: cannot
  };

  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
  VirtualRegister any() { return values_[static_cast<std::size_t>(below(static_cast<int>(values_.size())))]; }
  VirtualRegister any_vector() { return vectors_[static_cast<std::size_t>(below(static_cast<int>(vectors_.size())))]; }
  VirtualRegister variable() { return values_[static_cast<std::size_t>(below(variable_count_))]; }
  VirtualRegister target();
  Operand right(bool allow_immediate = true);
  std::uint8_t size() { return below(2) ? 8 : 4; }
  Condition condition();

  void statements(int depth);
  void statement(int depth);
  void computation();
  void binary();
  void update();
  void division();
  void comparison();
  void memory();
  void update_memory(std::uint8_t bytes, Address address);
  void vector();
  void first_vectors();
  void floating();
  void floating_operation(VirtualRegister d);
  void floating_comparison();
  void call();
  void branch(int depth);
  void loop(int depth);
  void block(int depth);
  void leave();
  void return_early();
  void finish();

  std::mt19937_64 random_;
  int variable_count_, vector_count_, budget_;
  bool floats_;
  MachineProgram* program_ = nullptr;
  VirtualRegister arguments_ = none, fuel_ = none, memory_ = none;
  std::vector<VirtualRegister> values_, vectors_;  // defined on every path to here
  std::vector<Construct> constructs_;
};

}  // namespace cogent::x86
