// Finds the sums, looks at all their uses and at what addresses they need, then rewrites the program if any sum is
// left.
#include "x86/hoist_addresses.h"

namespace cogent::x86 {
namespace {

constexpr std::uint32_t most_bases = 4;  // of a loop: each needs a register
constexpr std::uint32_t no_loop = ~std::uint32_t{0};

bool has_address(const Instruction& instruction) {
  const Descriptor& descriptor = describe(instruction.opcode);
  return instruction.memory || has_trait(descriptor, GeneralMemory) || has_trait(descriptor, VectorMemory);
}

}  // namespace

void AddressHoisting::run(MachineProgram& program) {
  program_ = &program;
  sums_.clear();
  bases_.clear();
  count_assignments();
  find_sums();
  if (sums_.empty()) return;
  check_uses();
  find_bases();
  if (!bases_.empty()) rewrite();
}

void AddressHoisting::count_assignments() {
  values_.assign(program_->registers.size(), {});
  made_at_.assign(program_->registers.size(), 0);
  for (Position i = 0; i < program_->instructions.size(); ++i) {
    const Instruction& instruction = program_->instructions[i];
    if (!(describe(instruction.opcode).roles & DefineD) || instruction.d == none) continue;
    ++values_[instruction.d].assignments;
    made_at_[instruction.d] = i;
  }
}

void AddressHoisting::find_sums() {
  loops_.clear();
  open_.clear();
  for (Position i = 0; i < program_->instructions.size(); ++i) {
    const Instruction& instruction = program_->instructions[i];
    if (instruction.opcode == Opcode::LoopBegin) {
      open_.push_back(static_cast<std::uint32_t>(loops_.size()));
      loops_.push_back({i, 0});
    } else if (instruction.opcode == Opcode::LoopEnd) {
      loops_[open_.back()].end = i;
      open_.pop_back();
    } else if (instruction.opcode == Opcode::Add && instruction.size == 8 && instruction.b != none && !open_.empty()) {
      consider(i, open_.back());
    }
  }
}

bool AddressHoisting::is_made_before(VirtualRegister v, std::uint32_t loop) const {
  return values_[v].assignments == 1 && made_at_[v] < loops_[loop].begin;
}

void AddressHoisting::consider(Position at, std::uint32_t loop) {
  const Instruction& sum = program_->instructions[at];
  if (values_[sum.d].assignments != 1 || sum.a == sum.b) return;
  const bool a_is_fixed = is_made_before(sum.a, loop);
  if (!a_is_fixed && !is_made_before(sum.b, loop)) return;
  sums_.push_back({at, loop, a_is_fixed ? sum.a : sum.b, a_is_fixed ? sum.b : sum.a, true, false});
  values_[sum.d].sum = static_cast<std::uint32_t>(sums_.size());
}

// In each sum's uses, which must be in the same loop, the other value must be what it was in the sum.
void AddressHoisting::check_uses() {
  std::uint32_t loops = 0;
  open_.assign(1, no_loop);
  for (Position i = 0; i < program_->instructions.size(); ++i) {
    const Instruction& instruction = program_->instructions[i];
    if (instruction.opcode == Opcode::LoopBegin) open_.push_back(loops++);
    if (instruction.opcode == Opcode::LoopEnd) open_.pop_back();
    const std::uint8_t roles = describe(instruction.opcode).roles;
    if (instruction.opcode == Opcode::Call)
      for (const VirtualRegister v : program_->arguments_of(instruction)) check_use(instruction, v, false);
    if (roles & UseA) check_use(instruction, instruction.a, false);
    if (roles & UseB) check_use(instruction, instruction.b, false);
    if (roles & UseC) check_use(instruction, instruction.c, has_address(instruction));
    if (roles & UseD) check_use(instruction, instruction.d, false);
    if ((roles & DefineD) && instruction.d != none) values_[instruction.d].assigned_at = i;
  }
}

void AddressHoisting::check_use(const Instruction& instruction, VirtualRegister v, bool is_index) {
  if (v == none || values_[v].sum == 0) return;
  Sum& sum = sums_[values_[v].sum - 1];
  if (!is_index || open_.back() != sum.loop || values_[sum.other].assigned_at > sum.at ||
      !is_made_before(instruction.b, sum.loop))
    sum.is_hoisted = false;
}

AddressHoisting::Sum* AddressHoisting::hoisted_index(const Instruction& instruction) {
  if (instruction.c == none || values_[instruction.c].sum == 0 || !has_address(instruction)) return nullptr;
  Sum& sum = sums_[values_[instruction.c].sum - 1];
  return sum.is_hoisted ? &sum : nullptr;
}

// A sum is left alone if its loop has many bases already when it is used first.
void AddressHoisting::find_bases() {
  for (const Instruction& instruction : program_->instructions) {
    Sum* const sum = hoisted_index(instruction);
    if (sum == nullptr) continue;
    if (!sum->is_used && loops_[sum->loop].bases >= most_bases) {
      sum->is_hoisted = false;
      continue;
    }
    sum->is_used = true;
    if (find_base(*sum, instruction) != none) continue;
    bases_.push_back({instruction.b, sum->fixed, program_->new_general(), instruction.scale});
    Loop& loop = loops_[sum->loop];
    ++loop.bases;
    const auto number = static_cast<std::uint32_t>(bases_.size());
    (loop.first_base == 0 ? loop.first_base : bases_[loop.last_base - 1].next) = number;
    loop.last_base = number;
  }
}

VirtualRegister AddressHoisting::find_base(const Sum& sum, const Instruction& access) const {
  for (std::uint32_t number = loops_[sum.loop].first_base; number != 0; number = bases_[number - 1].next) {
    const Base& known = bases_[number - 1];
    if (known.address == access.b && known.fixed == sum.fixed && known.scale == access.scale) return known.result;
  }
  return none;
}

void AddressHoisting::write_bases(std::uint32_t loop, const Instruction& begin) {
  for (std::uint32_t number = loops_[loop].first_base; number != 0; number = bases_[number - 1].next) {
    const Base& base = bases_[number - 1];
    Instruction& lea = rewritten_.emplace_back(Instruction{Opcode::Lea});
    lea.line = begin.line;
    lea.d = base.result;
    lea.b = base.address;
    lea.c = base.fixed;
    lea.scale = base.scale & 15;
  }
}

void AddressHoisting::rewrite() {
  std::vector<Instruction>& instructions = program_->instructions;
  rewritten_.clear();
  std::uint32_t loops = 0;
  for (Instruction instruction : instructions) {
    if (instruction.opcode == Opcode::LoopBegin) write_bases(loops++, instruction);
    const bool is_sum = instruction.opcode == Opcode::Add && values_[instruction.d].sum != 0;
    if (is_sum && sums_[values_[instruction.d].sum - 1].is_hoisted) continue;
    if (const Sum* sum = hoisted_index(instruction)) {
      instruction.b = find_base(*sum, instruction);
      instruction.c = sum->other;
    }
    rewritten_.push_back(instruction);
  }
  instructions.swap(rewritten_);
}

}  // namespace cogent::x86
