// Lives in one pass, rule 1 on all copies, rule 2 on all assignments, then one pass that renames and drops moves.
#include "x86/coalesce_moves.h"

#include <algorithm>

namespace cogent::x86 {
namespace {

constexpr std::size_t longest_window = 12;  // instructions that rule 2 looks back

bool is_control_flow(Opcode opcode) { return opcode <= Opcode::Return; }

}  // namespace

void MoveCoalescing::run(MachineProgram& program) {
  program_ = &program;
  names_.resize(program.registers.size());
  for (VirtualRegister v = 0; v < names_.size(); ++v) names_[v] = v;
  find_lives();
  merge_copies();
  compute_in_place();
  rename();
}

// ---- lives

void MoveCoalescing::mention(VirtualRegister v, std::uint32_t position) {
  if (v == none) return;
  Life& life = lives_[v];
  if (life.first == unset) life.first = position;
  life.last = position;
  if (open_loops_.empty() || loops_[open_loops_.back()].begin <= life.first) return;
  for (const std::uint32_t loop : open_loops_) {  // the outermost that begins within the life
    if (loops_[loop].begin <= life.first) continue;
    life.loop = loop;
    return;
  }
}

void MoveCoalescing::assign(VirtualRegister v, std::uint32_t position) {
  if (v == none) return;
  mention(v, position);
  Life& life = lives_[v];
  ++life.assignments;
  const auto number = static_cast<std::uint32_t>(assignments_.size());
  assignments_.push_back({position, unset});
  if (life.first_assignment == unset)
    life.first_assignment = life.next_assignment = number;
  else
    assignments_[life.last_assignment].next = number;
  life.last_assignment = number;
}

void MoveCoalescing::find_lives() {
  lives_.assign(program_->registers.size(), {});
  assignments_.clear();
  loops_.clear();
  open_loops_.clear();
  std::uint32_t position = 0;
  for (const Instruction& instruction : program_->instructions) {
    if (instruction.opcode == Opcode::LoopBegin) {
      open_loops_.push_back(static_cast<std::uint32_t>(loops_.size()));
      loops_.push_back({position, 0});
    } else if (instruction.opcode == Opcode::LoopEnd) {
      loops_[open_loops_.back()].end = position;
      open_loops_.pop_back();
    }
    const std::uint8_t roles = describe(instruction.opcode).roles;
    if (instruction.opcode == Opcode::Call)
      for (const VirtualRegister v : program_->arguments_of(instruction)) mention(v, position);
    if (roles & UseA) mention(instruction.a, position);
    if (roles & UseB) mention(instruction.b, position);
    if (roles & UseC) mention(instruction.c, position);
    if (roles & UseD) mention(instruction.d, position);
    if (roles & DefineD) assign(instruction.d, position + 1);
    position += 2;
  }
  for (Life& life : lives_)
    if (life.loop != unset) life.last = std::max(life.last, loops_[life.loop].end);
}

// ---- rule 1

// Copies of one register begin one behind the other, so that each looks on where the one before it stopped. (If one
// does not, the search begins anew.)
bool MoveCoalescing::is_assigned_within(VirtualRegister v, std::uint32_t begin, std::uint32_t end) {
  Life& life = lives_[v];
  std::uint32_t& next = life.next_assignment;
  if (begin < life.asked) next = life.first_assignment;
  life.asked = begin;
  while (next != unset && assignments_[next].position <= begin) next = assignments_[next].next;
  return next != unset && assignments_[next].position < end;
}

void MoveCoalescing::merge_copies() {
  for (const Instruction& instruction : program_->instructions) {
    if (instruction.opcode != Opcode::Move) continue;
    const VirtualRegister d = instruction.d, v = instruction.a;
    Life& life = lives_[d];
    // A source that was renamed itself keeps its own life, which says nothing of its new name's.
    if (life.assignments != 1 || names_[v] != v || life.is_merged || d == v) continue;
    if (is_assigned_within(v, life.first, life.last)) continue;
    names_[d] = v;
    life.is_merged = lives_[v].is_merged = true;
  }
}

// ---- rule 2

bool MoveCoalescing::mentions(const Instruction& instruction, VirtualRegister v) const {
  if (instruction.opcode == Opcode::Call)
    for (const VirtualRegister argument : program_->arguments_of(instruction))
      if (name(argument) == v) return true;
  const std::uint8_t roles = describe(instruction.opcode).roles;
  return ((roles & UseA) && name(instruction.a) == v) || ((roles & UseB) && name(instruction.b) == v) ||
         ((roles & UseC) && name(instruction.c) == v) || ((roles & (UseD | DefineD)) && name(instruction.d) == v);
}

bool MoveCoalescing::assigns(const Instruction& instruction, VirtualRegister v) const {
  return (describe(instruction.opcode).roles & DefineD) && name(instruction.d) == v;
}

// Whether neither is assigned while s lives on behind Move v, s.
bool MoveCoalescing::is_kept_behind(std::size_t move, VirtualRegister s, VirtualRegister v) const {
  const std::size_t last = lives_[s].last / 2;
  if (last - move > longest_window) return false;
  for (std::size_t i = move + 1; i <= last; ++i) {
    const Instruction& instruction = program_->instructions[i];
    if (is_control_flow(instruction.opcode) || assigns(instruction, v) || assigns(instruction, s)) return false;
  }
  return true;
}

bool MoveCoalescing::can_compute_in_place(std::size_t move) const {
  const VirtualRegister v = name(program_->instructions[move].d), s = program_->instructions[move].a;
  const Life& life = lives_[s];
  if (names_[s] != s || life.is_merged || s == v || !is_kept_behind(move, s, v)) return false;
  if (program_->pool_constants[s].offset >= 0) return false;  // what a constant is, its register says
  const std::size_t first = life.first / 2;
  if (life.first != 2 * first + 1 || move - first > longest_window) return false;  // begins with an assignment
  for (std::size_t i = first; i < move; ++i) {
    const Instruction& instruction = program_->instructions[i];
    if (is_control_flow(instruction.opcode)) return false;
    if (i == first ? assigns(instruction, v) : mentions(instruction, v)) return false;
  }
  return true;
}

void MoveCoalescing::compute_in_place() {
  for (std::size_t i = 0; i < program_->instructions.size(); ++i) {
    const Instruction& instruction = program_->instructions[i];
    if (instruction.opcode != Opcode::Move || !can_compute_in_place(i)) continue;
    const VirtualRegister v = name(instruction.d);
    names_[instruction.a] = v;
    lives_[v].is_merged = true;  // it begins earlier now than its life says
  }
}

// ---- both

void MoveCoalescing::rename() {
  for (VirtualRegister& argument : program_->call_arguments) argument = name(argument);
  std::vector<Instruction>& instructions = program_->instructions;
  std::size_t kept = 0;
  for (Instruction& instruction : instructions) {
    const std::uint8_t roles = describe(instruction.opcode).roles;
    if (roles & UseA) instruction.a = name(instruction.a);
    if (roles & UseB) instruction.b = name(instruction.b);
    if (roles & UseC) instruction.c = name(instruction.c);
    if (roles & (UseD | DefineD)) instruction.d = name(instruction.d);
    if (instruction.opcode == Opcode::Move && instruction.d == instruction.a) continue;
    Instruction& place = instructions[kept++];
    if (&place != &instruction) place = instruction;
  }
  instructions.erase(instructions.begin() + static_cast<std::ptrdiff_t>(kept), instructions.end());
}

}  // namespace cogent::x86
