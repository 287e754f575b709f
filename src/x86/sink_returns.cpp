// One pass that closes the gaps as it goes and keeps what is moved for the end.
#include "x86/sink_returns.h"

#include <algorithm>

namespace cogent::x86 {
namespace {

constexpr std::size_t most_instructions = 8;  // between a jump and the return

}  // namespace

// The position behind the Return that the jump skips; 0 if it skips anything else.
std::size_t ReturnSinking::end_of_return(const MachineProgram& program, std::size_t jump) const {
  const std::vector<Instruction>& instructions = program.instructions;
  std::size_t at = jump + 1;
  while (at < instructions.size() && instructions[at].opcode > Opcode::ReturnIfFailed && at <= jump + most_instructions)
    ++at;
  if (at >= instructions.size() || instructions[at].opcode != Opcode::Return) return 0;
  const std::size_t end = ++at;
  for (; at < instructions.size() && instructions[at].opcode == Opcode::Label; ++at)
    if (instructions[at].d == instructions[jump].d) return end;
  return 0;
}

void ReturnSinking::run(MachineProgram& program) {
  std::vector<Instruction>& instructions = program.instructions;
  const auto first_return = std::ranges::find(instructions, Opcode::Return, &Instruction::opcode);
  if (instructions.end() - first_return <= 1) return;  // nothing can skip a Return at the end
  sunk_.clear();
  int depth = 0;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < instructions.size();) {
    Instruction instruction = instructions[i];
    depth += (instruction.opcode == Opcode::LoopBegin) - (instruction.opcode == Opcode::LoopEnd);
    std::size_t next = i + 1;
    if (depth > 0 && instruction.opcode == Opcode::JumpIf)
      if (const std::size_t end = end_of_return(program, i); end != 0) {
        instruction.condition = negate(instruction.condition);
        instruction.d = program.new_label();
        sunk_.push_back({Opcode::Label});
        sunk_.back().d = instruction.d;
        sunk_.back().line = instruction.line;
        sunk_.insert(sunk_.end(), instructions.begin() + static_cast<std::ptrdiff_t>(next),
                     instructions.begin() + static_cast<std::ptrdiff_t>(end));
        next = end;
      }
    instructions[kept++] = instruction;
    i = next;
  }
  instructions.resize(kept, Instruction{Opcode::Label});
  instructions.insert(instructions.end(), sunk_.begin(), sunk_.end());
}

}  // namespace cogent::x86
