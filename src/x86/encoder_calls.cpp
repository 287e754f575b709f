// Calls of C functions, and what they need from the frame: registers saved around them, local memory, what the caller
// passed. A call: save, move the arguments (in parallel, since their homes may be each other's targets), call, take the
// result, restore.
#include "x86/encoder_emitter.h"

namespace cogent::x86 {
namespace {

// Moves of one class from register to register, all at once: move(target, source) is called in an order in which no
// source is overwritten before it is read. A cycle is opened through the scratch register.
class ParallelMove {
 public:
  void add(int target, int source) {
    if (target != source) moves_[count_++] = {target, source};
  }
  template <class Move>
  void run(int scratch, Move&& move) {
    while (count_ != 0) {
      std::size_t ready = 0;
      while (ready < count_ && is_source(moves_[ready].target)) ++ready;
      if (ready == count_) {  // only cycles are left
        move(scratch, moves_[0].source);
        replace_source(moves_[0].source, scratch);
        continue;
      }
      move(moves_[ready].target, moves_[ready].source);
      moves_[ready] = moves_[--count_];
    }
  }

 private:
  struct One {
    int target, source;
  };
  bool is_source(int machine_register) const {
    for (std::size_t i = 0; i < count_; ++i)
      if (moves_[i].source == machine_register) return true;
    return false;
  }
  void replace_source(int from, int to) {
    for (std::size_t i = 0; i < count_; ++i)
      if (moves_[i].source == from) moves_[i].source = to;
  }

  One moves_[most_vector_arguments];
  std::size_t count_ = 0;
};

}  // namespace

void Emitter::call(const Instruction& instruction) {
  const std::size_t number_of_call = static_cast<std::size_t>(instruction.immediate);
  RegisterFile saves = allocation_->saves[number_of_call];
  save_registers(saves);
  move_arguments_of(instruction);
  const CallSite& site = program_->calls[number_of_call];
  if (site.address == own_entry) {
    db(0xe8);
    dd(0);
    patch(position() - 4, 0);
  } else {
    calls_.push_back({position(), site.name});
    db(0x48);  // mov rax, imm64, whatever the address
    db(0xb8);
    dq(site.address);
    CodeGenerator::call(rax);
  }
  if (instruction.d != none) {
    take_result(instruction.d);
    if (in_register(instruction.d))
      (is_vector(instruction.d) ? saves.vector : saves.general) &= ~(1u << number(instruction.d));
  }
  restore_registers(saves);
}

// ---- saving

Xbyak::Address Emitter::save_slot(int machine_register) const {
  const std::uint32_t lower = allocation_->saved.general & ((1u << machine_register) - 1);
  const int slot_number = allocation_->general_save_slots + std::popcount(lower);
  return qword[rbp + (saved_registers_bottom_ - 8 * (slot_number + 1))];
}

std::int32_t Emitter::vector_save_offset(int machine_register) const {
  const std::uint32_t lower = allocation_->saved.vector & ((1u << machine_register) - 1);
  return (allocation_->vector_save_slots + std::popcount(lower)) * program_->vector_size;
}

void Emitter::save_registers(const RegisterFile& registers) {
  for (std::uint32_t rest = registers.general; rest != 0; rest &= rest - 1)
    mov(save_slot(std::countr_zero(rest)), Reg64(std::countr_zero(rest)));
  for (std::uint32_t rest = registers.vector; rest != 0; rest &= rest - 1)
    store_vector(std::countr_zero(rest), vector_save_offset(std::countr_zero(rest)));
}

void Emitter::restore_registers(const RegisterFile& registers) {
  for (std::uint32_t rest = registers.general; rest != 0; rest &= rest - 1)
    mov(Reg64(std::countr_zero(rest)), save_slot(std::countr_zero(rest)));
  for (std::uint32_t rest = registers.vector; rest != 0; rest &= rest - 1)
    load_vector(std::countr_zero(rest), vector_save_offset(std::countr_zero(rest)));
}

// ---- arguments and result

// First what is in registers, then what is in memory, whose targets hold no arguments any more.
void Emitter::move_arguments_of(const Instruction& instruction) {
  ParallelMove general, vector;
  int next[2] = {};
  for (const VirtualRegister v : program_->arguments_of(instruction)) {
    const int ordinal = next[is_vector(v)]++;
    if (in_register(v))
      (is_vector(v) ? vector : general).add(is_vector(v) ? ordinal : frame::call_arguments[ordinal], number(v));
  }
  general.run(frame::rax, [&](int d, int a) { write_move(d, a); });
  vector.run(scratch(0), [&](int d, int a) { copy_float(d, a); });
  next[0] = next[1] = 0;
  for (const VirtualRegister v : program_->arguments_of(instruction)) {
    const int ordinal = next[is_vector(v)]++;
    if (in_register(v)) continue;
    if (is_vector(v))
      put_in(ordinal, v);
    else
      mov(Reg64(frame::call_arguments[ordinal]), slot(v, 64));
  }
}

void Emitter::take_result(VirtualRegister d) {
  if (!is_vector(d)) return in_register(d) ? write_move(number(d), frame::rax) : mov(slot(d, 64), rax);
  if (in_register(d)) return copy_float(number(d), 0);
  store_slot(0, d);
}

// ---- the frame

void Emitter::local_address(VirtualRegister v, std::int64_t offset) {
  const Reg64 d = define(v, rax);
  lea(d, ptr[rsp + (locals_ + static_cast<int>(offset))]);
  finish(v, d);
}

void Emitter::load_from_frame(const Instruction& instruction) {
  const Reg64 d = define(instruction.d, rax);
  if (instruction.opcode == Opcode::LoadContext)
    mov(d, qword[rsp + (locals_ + program_->context_slot)]);
  else if (instruction.opcode == Opcode::LoadCallsLeft)
    mov(d, qword[rsp + (locals_ + program_->calls_left_slot)]);
  else
    mov(d, qword[rbp + frame::error_record]);
  finish(instruction.d, d);
}

}  // namespace cogent::x86
