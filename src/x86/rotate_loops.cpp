// One pass that finds the loops, and another one that writes them, if there are any.
#include "x86/rotate_loops.h"

namespace cogent::x86 {
namespace {

constexpr std::size_t most_instructions = 12;  // of a test, which is written twice

bool is_straight(Opcode opcode) {
  return opcode == Opcode::FaultIf || (opcode > Opcode::ReturnIfFailed && opcode != Opcode::Call);
}

bool jumps(Opcode opcode) {
  return opcode == Opcode::Jump || opcode == Opcode::JumpIf || opcode == Opcode::JumpIfInTable;
}

}  // namespace

void LoopRotation::run(MachineProgram& program) {
  program_ = &program;
  loops_.clear();
  find_loops();
  if (!loops_.empty()) write();
}

void LoopRotation::find_loops() {
  const std::vector<Instruction>& instructions = program_->instructions;
  label_places_.assign(program_->label_count, 0);
  for (std::size_t i = 0; i < instructions.size(); ++i)
    if (instructions[i].opcode == Opcode::Label) label_places_[instructions[i].d] = i;
  open_.clear();
  for (std::size_t i = 0; i < instructions.size(); ++i) {
    if (instructions[i].opcode == Opcode::LoopBegin) open_.push_back(i);
    if (instructions[i].opcode != Opcode::LoopEnd) continue;
    consider(open_.back(), i);
    open_.pop_back();
  }
}

void LoopRotation::consider(std::size_t begin, std::size_t end) {
  const std::vector<Instruction>& instructions = program_->instructions;
  const Instruction& last = instructions[end - 1];
  if (last.opcode != Opcode::Jump || last.d != instructions[begin].d) return;
  std::size_t test = begin + 1;
  while (is_straight(instructions[test].opcode) && test <= begin + most_instructions) ++test;
  if (instructions[test].opcode == Opcode::JumpIf && label_places_[instructions[test].d] > end)
    loops_.push_back({begin, test, end});
}

void LoopRotation::write() {
  std::vector<Instruction>& instructions = program_->instructions;
  loop_at_.assign(instructions.size(), 0);
  targets_.resize(program_->label_count);
  for (Label label = 0; label < targets_.size(); ++label) targets_[label] = label;
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    loop_at_[loops_[i].begin] = loop_at_[loops_[i].end - 1] = i + 1;
    targets_[instructions[loops_[i].begin].d] = program_->new_label();
  }
  rotated_.clear();
  for (std::size_t i = 0; i < instructions.size(); ++i) {
    const Instruction& instruction = instructions[i];
    if (loop_at_[i] == 0) {
      rotated_.push_back(instruction);
      if (jumps(instruction.opcode)) rotated_.back().d = targets_[instruction.d];
      continue;
    }
    const Loop& loop = loops_[loop_at_[i] - 1];
    write_test(loop, i != loop.begin);
    if (i == loop.begin) i = loop.test;
  }
  for (TableSlot& slot : program_->table_slots) slot.label = targets_[slot.label];
  instructions.swap(rotated_);
}

// Before the loop, with its beginning, or at its end.
void LoopRotation::write_test(const Loop& loop, bool is_end) {
  const std::vector<Instruction>& instructions = program_->instructions;
  const Instruction &begin = instructions[loop.begin], &test = instructions[loop.test];
  const auto append = [&](Instruction instruction, Label label) {
    instruction.line = test.line;
    instruction.d = label;
    rotated_.push_back(instruction);
  };
  if (is_end) append({Opcode::Label}, targets_[begin.d]);
  for (std::size_t i = loop.begin + 1; i < loop.test; ++i) rotated_.push_back(instructions[i]);
  if (!is_end) {
    append(test, targets_[test.d]);
    rotated_.push_back(begin);
    return;
  }
  append(test, begin.d);
  rotated_.back().condition = negate(test.condition);
  const Instruction& next = instructions[loop.end + 1];
  if (next.opcode != Opcode::Label || next.d != test.d) append({Opcode::Jump}, targets_[test.d]);
}

}  // namespace cogent::x86
