// Each construct restores the list of defined registers when it ends, so that every use has a definition on every path.
#include "unit/x86/random_machine_program.h"

#include <bit>

namespace cogent::x86 {

VirtualRegister RandomMachineProgram::target() {
  if (below(2)) return variable();
  const VirtualRegister fresh = program_->new_general();
  return fresh;
}

Operand RandomMachineProgram::right(bool allow_immediate) {
  static constexpr std::int32_t interesting[] = {0,    1,    -1,  2,     127,        128,
                                                 -128, -129, 255, 65535, 2147483647, -2147483647 - 1};
  if (allow_immediate && below(3) == 0) return Operand::of_immediate(interesting[below(std::size(interesting))]);
  return Operand::of(any());
}

Condition RandomMachineProgram::condition() {
  static constexpr Condition all[] = {
      Condition::Below, Condition::AboveEqual, Condition::Equal,        Condition::NotEqual,  Condition::BelowEqual,
      Condition::Above, Condition::Less,       Condition::GreaterEqual, Condition::LessEqual, Condition::Greater};
  return all[below(std::size(all))];
}

void RandomMachineProgram::write(MachineProgram& program, CpuLevel level) {
  program_ = &program;
  program.clear(level);
  if (floats_) program.vector_size = MachineProgram::size_of_scalars;
  arguments_ = program.arguments();
  memory_ = program.load_argument(arguments_, 1);
  for (std::uint32_t slot = 2; slot < argument_count; ++slot)
    values_.push_back(program.load_argument(arguments_, slot));
  while (static_cast<int>(values_.size()) < variable_count_)
    values_.push_back(program.immediate(static_cast<std::int64_t>(random_())));
  variable_count_ = static_cast<int>(values_.size());
  fuel_ = program.immediate(300);
  if (floats_ || level != CpuLevel::Baseline) first_vectors();
  statements(0);
  finish();
}

void RandomMachineProgram::first_vectors() {
  for (int i = 0; i < vector_count_; ++i) {
    if (below(3) == 0) {
      vectors_.push_back(floats_ ? program_->scalar_constant(std::bit_cast<std::uint64_t>(below(9) - 4.0), 8)
                                 : program_->broadcast_constant(random_(), 4));
      continue;
    }
    vectors_.push_back(program_->new_vector());
    program_->vector_into(vectors_.back(), floats_ ? Opcode::Vcvtsi2sdFrom64 : Opcode::VmovdFromGeneral, 16, none,
                          any());
  }
}

void RandomMachineProgram::statements(int depth) {
  const std::size_t defined = values_.size(), defined_vectors = vectors_.size();
  for (int count = 1 + below(8); count > 0 && budget_ > 0; --count) statement(depth);
  values_.resize(defined);
  vectors_.resize(defined_vectors);
}

void RandomMachineProgram::statement(int depth) {
  --budget_;
  program_->line = static_cast<std::uint16_t>(below(1000));
  switch (depth < 5 ? below(14) : below(9)) {
    case 8:
      return constructs_.empty() || below(3) ? computation() : leave();
    case 9:
    case 10:
      return branch(depth);
    case 11:
    case 12:
      return loop(depth);
    case 13:
      return block(depth);
    default:
      return computation();
  }
}

void RandomMachineProgram::computation() {
  if (floats_ && below(8) == 0) return call();
  if (!vectors_.empty() && below(3) == 0) return floats_ ? floating() : vector();
  switch (below(8)) {
    case 0:
      return division();
    case 1:
    case 2:
      return comparison();
    case 3:
      return memory();
    case 4:
      return update();
    default:
      return binary();
  }
}

void RandomMachineProgram::binary() {
  static constexpr Opcode opcodes[] = {Opcode::Add,
                                       Opcode::Add,
                                       Opcode::Subtract,
                                       Opcode::Multiply,
                                       Opcode::And,
                                       Opcode::Or,
                                       Opcode::Xor,
                                       Opcode::ShiftLeft,
                                       Opcode::ShiftRight,
                                       Opcode::ShiftRightSigned,
                                       Opcode::MinSigned,
                                       Opcode::MaxSigned,
                                       Opcode::MinUnsigned,
                                       Opcode::MaxUnsigned,
                                       Opcode::MultiplyHighSigned,
                                       Opcode::MultiplyHighUnsigned,
                                       Opcode::Move,
                                       Opcode::Negate,
                                       Opcode::Not,
                                       Opcode::SignExtend,
                                       Opcode::ZeroExtend,
                                       Opcode::MoveImmediate,
                                       Opcode::Lea};
  const Opcode opcode = opcodes[below(std::size(opcodes))];
  const VirtualRegister a = any(), d = target();
  if (opcode == Opcode::MoveImmediate) {
    program_->immediate_into(d, below(2) ? static_cast<std::int64_t>(random_()) : below(1000) - 500);
  } else if (opcode == Opcode::Move || opcode == Opcode::Negate || opcode == Opcode::Not) {
    program_->unary_into(d, opcode, opcode == Opcode::Move ? 8 : size(), a);
  } else if (opcode == Opcode::SignExtend || opcode == Opcode::ZeroExtend) {
    program_->unary_into(d, opcode, static_cast<std::uint8_t>(1 << below(3)), a);
  } else if (opcode == Opcode::Lea) {
    program_->lea({any(), below(2) ? any() : none, below(100000) - 50000, static_cast<std::uint8_t>(1 << below(4))});
    values_.push_back(program_->instructions.back().d);
    return;
  } else {
    program_->binary_into(d, opcode, size(), a, right());
  }
  values_.push_back(d);
}

// Reads a variable, computes, assigns a variable: what selection writes for `v += x`.
void RandomMachineProgram::update() {
  const VirtualRegister read = variable(), assigned = below(3) ? read : variable();
  const VirtualRegister copy = program_->move(read);
  if (below(4) == 0) binary();
  const VirtualRegister result = program_->binary(below(2) ? Opcode::Subtract : Opcode::Add, size(), copy, right());
  if (below(4) == 0) binary();
  if (!constructs_.empty() && below(4) == 0) leave();
  program_->move_into(assigned, result);
  if (below(2)) values_.push_back(copy);
}

void RandomMachineProgram::division() {
  static constexpr Opcode opcodes[] = {Opcode::DivideSigned, Opcode::DivideUnsigned, Opcode::RemainderSigned,
                                       Opcode::RemainderUnsigned};
  const std::uint8_t bytes = size();
  // The divisor is odd, and the dividend not the lowest value.
  const VirtualRegister divisor = program_->binary(Opcode::Or, bytes, any(), Operand::of_immediate(1));
  const VirtualRegister dividend = program_->binary(Opcode::ShiftRight, bytes, any(), Operand::of_immediate(1));
  const VirtualRegister d = target();
  const bool by_immediate = below(3) == 0;
  program_->binary_into(d, opcodes[below(4)], bytes, dividend,
                        by_immediate ? Operand::of_immediate(1 + below(1000)) : Operand::of(divisor));
  values_.push_back(d);
}

void RandomMachineProgram::comparison() {
  switch (below(4)) {
    case 0:
      program_->move_if(variable(), any(), condition(), size(), any(), right());
      return;
    case 1:
      if (below(8) == 0) {
        const std::uint32_t site = program_->new_fault_site(ir::FaultKind::Index, 0);
        program_->fault_if(condition(), size(), any(), right(), site, below(4) ? any() : none);
      }
      return;
    case 2:
      if (below(30) == 0) program_->decline_if(condition(), size(), any(), right());
      return;
    default:
      values_.push_back(program_->set_if(condition(), size(), any(), right()));
  }
}

void RandomMachineProgram::memory() {
  const VirtualRegister index = program_->binary(Opcode::And, 8, any(), Operand::of_immediate(255));
  const std::uint8_t bytes = static_cast<std::uint8_t>(1 << below(4));
  const Address address{memory_, index, below(1024), static_cast<std::uint8_t>(1 << below(4))};
  const int kind = below(12);
  if (kind == 0)
    program_->prefetch(address, below(2) != 0);
  else if (kind == 10)
    program_->add_to_memory(bytes, address, below(2) ? Operand::of(any()) : Operand::of_immediate(below(256) - 128));
  else if (kind == 11)
    update_memory(bytes, address);
  else if (kind < 5)
    program_->store(bytes, address, any());
  else
    values_.push_back(program_->load(bytes, below(2) != 0, address));
}

// Reads, computes, writes back: what selection writes for `a[i] += x`; sometimes to another place, with something
// between.
void RandomMachineProgram::update_memory(std::uint8_t bytes, Address address) {
  VirtualRegister sum = program_->load(bytes, below(2) != 0, address);
  if (below(4) == 0) values_.push_back(sum);
  if (below(3) == 0) computation();
  sum = below(2) ? program_->binary(Opcode::Add, size(), sum, right())
                 : program_->binary(Opcode::Add, size(), any(), Operand::of(sum));
  if (bytes < 4 && below(2)) sum = program_->unary(below(2) ? Opcode::SignExtend : Opcode::ZeroExtend, bytes, sum);
  if (below(4) == 0) values_.push_back(sum);
  if (below(3) == 0) computation();
  if (below(4) == 0) address.displacement += below(3) - 1;
  program_->store(bytes, address, sum);
}

void RandomMachineProgram::vector() {
  const std::uint8_t bytes = program_->vector_size;
  VirtualRegister d = any_vector();
  if (program_->pool_constants[d].offset >= 0 || below(3) == 0) d = program_->new_vector();
  const bool is_new = d == program_->registers.size() - 1;
  switch (below(9)) {
    case 0:
      program_->vector_into(d, Opcode::VmovdFromGeneral, 16, none, any());
      break;
    case 1:
      values_.push_back(program_->vector_part(Opcode::VmovdToGeneral, 16, any_vector()));
      return;
    case 2:
      program_->vector_into(d, Opcode::VectorMove, bytes, none, any_vector());
      break;
    case 3:
      program_->vector_into(d, Opcode::Vpslld, bytes, none, any_vector(), static_cast<std::uint8_t>(below(32)));
      break;
    case 4:
      program_->vector_from_memory_into(d, Opcode::Vmovdqu, bytes, none, {memory_, none, below(1024), 1});
      break;
    case 5:
      program_->vector_store(Opcode::VmovdquStore, bytes, {memory_, none, below(1024), 1}, any_vector());
      return;
    case 6:
      if (program_->level == CpuLevel::Avx512 && !is_new) {
        program_->vector_into(d, Opcode::Vpdpbusd, bytes, any_vector(), any_vector());
        return;
      }
      program_->vector_zero_into(d, bytes);
      break;
    default:
      program_->vector_into(d,
                            below(2)   ? Opcode::Vpaddd
                            : below(2) ? Opcode::Vpxor
                                       : Opcode::Vpsubd,
                            bytes, any_vector(), any_vector());
  }
  vectors_.push_back(d);
}

void RandomMachineProgram::branch(int depth) {
  const Label otherwise = program_->new_label(), end = program_->new_label();
  // A register that both branches define is defined behind them.
  const VirtualRegister joined = program_->new_general();
  program_->jump_if(condition(), size(), any(), right(), otherwise);
  statements(depth + 1);
  program_->move_into(joined, any());
  program_->jump(end);
  program_->place(otherwise);
  if (below(2)) statements(depth + 1);
  program_->move_into(joined, any());
  program_->place(end);
  values_.push_back(joined);
}

void RandomMachineProgram::loop(int depth) {
  const Label end = program_->new_label(), next = program_->new_label();
  const Label head = program_->begin_loop();
  program_->binary_into(fuel_, Opcode::Subtract, 8, fuel_, Operand::of_immediate(1));
  program_->jump_if(Condition::LessEqual, 8, fuel_, Operand::of_immediate(0), end);
  const bool has_next = below(2) != 0;
  constructs_.push_back({end, has_next ? next : head});
  statements(depth + 1);
  constructs_.pop_back();
  if (has_next) program_->place(next);
  if (below(3))
    program_->jump_if(condition(), size(), any(), right(), head);
  else
    program_->jump(head);
  program_->end_loop();
  program_->place(end);
}

void RandomMachineProgram::block(int depth) {
  const Label end = program_->new_label();
  constructs_.push_back({end, none});
  statements(depth + 1);
  constructs_.pop_back();
  program_->place(end);
}

// Out of, or to the next iteration of, any enclosing construct; under a condition, so that what follows is reachable.
void RandomMachineProgram::leave() {
  if (below(8) == 0) return return_early();
  const Construct& construct = constructs_[static_cast<std::size_t>(below(static_cast<int>(constructs_.size())))];
  const bool continues = construct.next != none && below(2) != 0;
  program_->jump_if(condition(), size(), any(), right(), continues ? construct.next : construct.exit);
}

// A jump over a return: what selection writes for `if (found) return x`.
void RandomMachineProgram::return_early() {
  const Label otherwise = program_->new_label();
  program_->jump_if(condition(), size(), any(), right(), otherwise);
  for (int count = below(3); count > 0; --count) program_->store(8, {memory_, none, below(1024), 1}, any());
  program_->return_status(Status::Done);
  program_->place(otherwise);
}

// Everything that is still defined becomes visible.
void RandomMachineProgram::finish() {
  std::int64_t offset = 2048;
  for (const VirtualRegister v : values_) {
    if (offset > 3000) break;
    program_->store(8, {memory_, none, offset, 1}, v);
    offset += 8;
  }
  offset = 3072;
  for (const VirtualRegister v : vectors_) {
    if (offset + 64 > static_cast<std::int64_t>(memory_bytes)) break;
    program_->vector_store(floats_ ? Opcode::VmovsdStore : Opcode::VmovdquStore, program_->vector_size,
                           {memory_, none, offset, 1}, v);
    offset += 64;
  }
  program_->return_status(Status::Done);
}

}  // namespace cogent::x86
