// One pass that counts uses, one that looks back from each Store, and a third, when something was fused, that closes
// gaps.
#include "x86/fuse_instructions.h"

#include <algorithm>
#include <vector>

namespace cogent::x86 {
namespace {

constexpr std::uint32_t nowhere = ~std::uint32_t{0};

bool ends_piece(Opcode opcode) { return opcode <= Opcode::Return; }

bool writes_memory(const Instruction& instruction) {
  return instruction.opcode == Opcode::Store || instruction.opcode == Opcode::Call ||
         has_trait(describe(instruction.opcode), StoreForm);
}

template <class Action>
void for_each_use(const Instruction& instruction, Action action) {
  const std::uint8_t roles = describe(instruction.opcode).roles;
  if (roles & UseA) action(instruction.a);
  if (roles & UseB) action(instruction.b);
  if (roles & UseC) action(instruction.c);
  if (roles & UseD) action(instruction.d);
}

bool compares_with_zero(const Instruction& instruction) {
  const Opcode opcode = instruction.opcode;
  if (opcode != Opcode::JumpIf && opcode != Opcode::MoveIf && opcode != Opcode::SetIf && opcode != Opcode::FaultIf)
    return false;
  const bool is_equality = instruction.condition == Condition::Equal || instruction.condition == Condition::NotEqual;
  return is_equality && instruction.b == none && instruction.immediate == 0;
}

void count_up(std::uint8_t& count) { count = static_cast<std::uint8_t>(count == 0 ? 1 : 2); }

}  // namespace

void InstructionFusion::run(MachineProgram& program) {
  program_ = &program;
  count();
  piece_begin_ = last_write_ = 0;
  bool fused = false;
  std::vector<Instruction>& instructions = program.instructions;
  for (std::uint32_t i = 0; i < instructions.size(); ++i) {
    if (instructions[i].opcode == Opcode::Store) fused = fuse(i) || store_unextended(i) || fused;
    if (compares_with_zero(instructions[i])) fused = fuse_test(i) || fused;
    const Instruction& instruction = instructions[i];
    if (ends_piece(instruction.opcode)) piece_begin_ = i + 1;
    if (writes_memory(instruction)) last_write_ = i + 1;
    if ((describe(instruction.opcode).roles & DefineD) && instruction.d != none)
      values_[instruction.d].assigned_at = i + 1;
  }
  if (fused) std::erase_if(instructions, [](const Instruction& each) { return each.opcode == Opcode::Count; });
}

void InstructionFusion::count() {
  values_.assign(program_->registers.size(), {});
  for (const Instruction& instruction : program_->instructions) {
    for_each_use(instruction, [&](VirtualRegister v) {
      if (v != none) count_up(values_[v].uses);
    });
    if ((describe(instruction.opcode).roles & DefineD) && instruction.d != none)
      count_up(values_[instruction.d].assignments);
  }
  for (const VirtualRegister argument : program_->call_arguments) values_[argument].uses = 2;
}

// Where a private value of this piece is made.
std::uint32_t InstructionFusion::maker(VirtualRegister v) const {
  if (v == none || !is_private(v) || values_[v].assigned_at <= piece_begin_) return nowhere;
  return values_[v].assigned_at - 1;
}

bool InstructionFusion::is_kept_since(VirtualRegister v, std::uint32_t position) const {
  return v == none || values_[v].assigned_at <= position;
}

bool InstructionFusion::fuse(std::uint32_t store) {
  const Instruction& target = program_->instructions[store];
  std::uint32_t add = maker(target.a), extension = nowhere;
  if (add == nowhere) return false;
  const Instruction* made = &program_->instructions[add];
  if ((made->opcode == Opcode::SignExtend || made->opcode == Opcode::ZeroExtend) && made->size == target.size) {
    extension = add;
    add = maker(made->a);
    if (add == nowhere) return false;
    made = &program_->instructions[add];
  }
  if (made->opcode != Opcode::Add || made->size < std::min<int>(target.size, 4)) return false;
  if (target.size == 8 && made->size != 8) return false;
  const bool fused =
      fuse_load(made->a, made->b, add, store) || (made->b != none && fuse_load(made->b, made->a, add, store));
  if (fused && extension != nowhere) drop(extension);
  return fused;
}

bool InstructionFusion::fuse_load(VirtualRegister loaded, VirtualRegister addend, std::uint32_t add,
                                  std::uint32_t store) {
  const std::uint32_t load = maker(loaded);
  if (load == nowhere || load < last_write_) return false;
  Instruction& target = program_->instructions[store];
  const Instruction &read = program_->instructions[load], &sum = program_->instructions[add];
  const bool is_load = read.opcode == Opcode::Load || read.opcode == Opcode::LoadSigned;
  if (!is_load || read.size != target.size || read.b != target.b || read.c != target.c || read.scale != target.scale ||
      read.immediate != target.immediate)
    return false;
  if (!is_kept_since(target.b, load) || !is_kept_since(target.c, load) || !is_kept_since(addend, add)) return false;
  if (addend == none && sum.immediate != static_cast<std::int8_t>(sum.immediate)) return false;
  target.opcode = Opcode::AddToMemory;
  target.a = addend;
  target.control = static_cast<std::uint8_t>(addend == none ? sum.immediate : 0);
  drop(load);
  drop(add);
  return true;
}

// An extension, then a store of no more bytes than were extended.
bool InstructionFusion::store_unextended(std::uint32_t store) {
  Instruction& target = program_->instructions[store];
  const std::uint32_t made = maker(target.a);
  if (made == nowhere) return false;
  const Instruction& extension = program_->instructions[made];
  const bool extends = extension.opcode == Opcode::SignExtend || extension.opcode == Opcode::ZeroExtend;
  if (!extends || extension.size < target.size || !is_kept_since(extension.a, made)) return false;
  target.a = extension.a;
  drop(made);
  return true;
}

// And, then a comparison of the result with 0.
bool InstructionFusion::fuse_test(std::uint32_t test) {
  Instruction& target = program_->instructions[test];
  const std::uint32_t made = maker(target.a);
  if (made == nowhere) return false;
  const Instruction& bits = program_->instructions[made];
  if (bits.opcode != Opcode::And || bits.size != target.size || target.tests) return false;
  if (!is_kept_since(bits.a, made) || !is_kept_since(bits.b, made)) return false;
  target.a = bits.a;
  target.b = bits.b;
  target.immediate = bits.immediate;
  target.tests = 1;
  drop(made);
  return true;
}

}  // namespace cogent::x86
