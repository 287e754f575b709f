// Linear scan: intervals in one pass over the instructions, registers in one pass over the intervals, and where there
// are calls another one for what must be saved around each.
#include "x86/linear_scan.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace cogent::x86 {
namespace {

constexpr std::uint32_t unset = ~std::uint32_t{0};
constexpr std::uint32_t no_call_arguments = 0xff00;  // vector registers that need no EVEX encoding
constexpr std::uint32_t light_constant = 3;          // accesses below which a float is not worth a register

bool is_constant(VirtualRegister v, const MachineProgram& program) { return program.pool_constants[v].offset >= 0; }

}  // namespace

inline void LinearScan::touch(VirtualRegister v, std::uint32_t position) {
  Interval& interval = intervals_[v];
  if (interval.start == unset) {
    interval.start = position;
    order_.push_back(v);
  }
  interval.end = position;
  interval.weight += access_weight_;
  if (interval.start < innermost_loop_) extend(interval);
}

// To the end of the outermost open loop that begins after it.
void LinearScan::extend(Interval& interval) {
  for (const std::uint32_t loop : open_loops_) {  // from the outermost
    if (loops_[loop].begin <= interval.start) continue;
    interval.loop = loop;
    return;
  }
}

void LinearScan::touch_call(const MachineProgram& program, const Instruction& call, std::uint32_t position) {
  calls_.push_back({position, weight_of_all_calls_, static_cast<std::uint32_t>(call.immediate)});
  weight_of_all_calls_ += access_weight_;
  std::size_t next[2] = {};
  for (const VirtualRegister v : program.arguments_of(call)) {
    touch(v, position);
    const bool is_vector = program.registers[v] == RegisterClass::Vector;
    const std::size_t number = next[is_vector]++;
    intervals_[v].hint = static_cast<std::int8_t>(is_vector ? static_cast<int>(number) : frame::call_arguments[number]);
  }
}

void LinearScan::touch_operands(const Instruction& instruction, std::uint32_t position) {
  const std::uint8_t roles = describe(instruction.opcode).roles;
  if ((roles & UseA) && instruction.a != none) touch(instruction.a, position);
  if ((roles & UseB) && instruction.b != none) touch(instruction.b, position);
  if ((roles & UseC) && instruction.c != none) touch(instruction.c, position);
  if ((roles & (UseD | DefineD)) == 0 || instruction.d == none) return;
  if (roles & UseD) touch(instruction.d, position);
  if (roles & DefineD) touch(instruction.d, position + 1);
}

// What touch wants to know of the open loops.
void LinearScan::note_open_loops() {
  innermost_loop_ = open_loops_.empty() ? 0 : loops_[open_loops_.back()].begin;
  access_weight_ = 1u << 3 * std::min<std::size_t>(open_loops_.size(), 4);
}

void LinearScan::build_intervals(const MachineProgram& program) {
  intervals_.assign(program.registers.size(), {unset, 0, unset, 0, -1});
  order_.clear();
  calls_.clear();
  weight_of_all_calls_ = 0;
  loops_.clear();
  open_loops_.clear();
  note_open_loops();
  std::uint32_t position = 0;
  for (const Instruction& instruction : program.instructions) {
    if (instruction.opcode == Opcode::LoopBegin) {
      open_loops_.push_back(static_cast<std::uint32_t>(loops_.size()));
      loops_.push_back({position, 0});
      note_open_loops();
    } else if (instruction.opcode == Opcode::LoopEnd) {
      loops_[open_loops_.back()].end = position;
      open_loops_.pop_back();
      note_open_loops();
    } else {
      if (instruction.opcode == Opcode::Call) touch_call(program, instruction, position);
      touch_operands(instruction, position);
    }
    position += 2;
  }
  for (const VirtualRegister v : order_)
    if (intervals_[v].loop != unset) intervals_[v].end = std::max(intervals_[v].end, loops_[intervals_[v].loop].end);
}

void LinearScan::expire(Bank& bank, std::uint32_t position) {
  if (position < bank.earliest_end) return;
  bank.earliest_end = unset;
  for (std::uint32_t live = bank.allowed & ~bank.free; live != 0; live &= live - 1) {
    const int machine_register = std::countr_zero(live);
    const std::uint32_t end = intervals_[bank.holder[machine_register]].end;
    if (end <= position)
      bank.free |= 1u << machine_register;
    else
      bank.earliest_end = std::min(bank.earliest_end, end);
  }
  bank.constants &= ~bank.free;
}

void LinearScan::take(Bank& bank, VirtualRegister v, int machine_register, const MachineProgram& program) {
  const std::uint32_t bit = 1u << machine_register;
  bank.free &= ~bit;
  bank.used |= bit;
  bank.constants = is_constant(v, program) ? bank.constants | bit : bank.constants & ~bit;
  bank.holder[machine_register] = v;
  bank.earliest_end = std::min(bank.earliest_end, intervals_[v].end);
  allocation_.machine_register[v] = static_cast<std::int8_t>(machine_register);
}

// ---- calls: of an instruction at `position` the uses are there, the definition is behind it

bool LinearScan::crosses_calls(const Interval& interval) const {
  const auto behind_start = [](std::uint32_t start, const Call& call) { return start < call.position; };
  const auto first = std::upper_bound(calls_.begin(), calls_.end(), interval.start, behind_start);
  return first != calls_.end() && first->position < interval.end;
}

std::uint32_t LinearScan::weight_of_calls(const Interval& interval) const {
  const auto weight_before = [&](std::uint32_t position) {
    const auto first = std::lower_bound(calls_.begin(), calls_.end(), position,
                                        [](const Call& call, std::uint32_t p) { return call.position < p; });
    return first == calls_.end() ? weight_of_all_calls_ : first->weight_before;
  };
  return weight_before(interval.end) - weight_before(interval.start + 1);
}

// Whether the register would be saved and restored more often than it is used. Constants of the pool need no saving:
// they are used from there, and so are single floats that are used once or twice, outside of loops.
bool LinearScan::wants_memory(VirtualRegister v, const MachineProgram& program) const {
  const Interval& interval = intervals_[v];
  if (is_scalar_ && is_constant(v, program) && interval.weight <= light_constant) return true;
  if (calls_.empty() || !crosses_calls(interval)) return false;
  const bool is_general = program.registers[v] == RegisterClass::General;
  if (is_general && (banks_[0].free & frame::callee_saved) != 0) return false;
  return is_constant(v, program) || 2 * weight_of_calls(interval) >= interval.weight;
}

void LinearScan::find_saves(const MachineProgram& program) {
  allocation_.saves.assign(program.calls.size(), {});
  allocation_.saved = {};
  if (calls_.empty()) return;
  const auto by_position = [](const Call& call, std::uint32_t position) { return call.position < position; };
  for (const VirtualRegister v : order_) {
    if (!allocation_.in_register(v)) continue;
    const bool is_general = program.registers[v] == RegisterClass::General;
    const std::uint32_t bit = 1u << allocation_.machine_register[v];
    if (is_general && (bit & frame::callee_saved) != 0) continue;
    const Interval& interval = intervals_[v];
    std::uint32_t RegisterFile::* const set = is_general ? &RegisterFile::general : &RegisterFile::vector;
    for (auto call = std::lower_bound(calls_.begin(), calls_.end(), interval.start + 1, by_position);
         call != calls_.end() && call->position < interval.end; ++call) {
      allocation_.saves[call->number].*set |= bit;
      allocation_.saved.*set |= bit;
    }
  }
  allocation_.general_save_slots = allocation_.general_slots;
  allocation_.vector_save_slots = allocation_.vector_slots;
  allocation_.general_slots += std::popcount(allocation_.saved.general);
  allocation_.vector_slots += std::popcount(allocation_.saved.vector);
}

// The machine register that saves a move, if it is free; else any, those first that the callee need not save. What
// lives across a call had better be where the callee keeps it.
int LinearScan::preferred(const Bank& bank, VirtualRegister v, const MachineProgram& program) const {
  const Interval& interval = intervals_[v];
  const bool crosses = !calls_.empty() && crosses_calls(interval);
  if (crosses) {
    const bool is_vector = program.registers[v] == RegisterClass::Vector;
    const std::uint32_t best = bank.free & (is_vector ? no_call_arguments : frame::callee_saved);
    if (best != 0) return std::countr_zero(best);
  }
  if (!crosses && interval.hint >= 0 && (bank.free >> interval.hint & 1)) return interval.hint;
  const Instruction& first = program.instructions[interval.start / 2];
  if (first.opcode == Opcode::Arguments && (bank.free >> frame::rdi & 1)) return frame::rdi;
  if (first.a != none && (describe(first.opcode).roles & UseA) && program.registers[first.a] == program.registers[v]) {
    const int source = allocation_.machine_register[first.a];
    if (source >= 0 && (bank.free >> source & 1)) return source;
  }
  if (has_trait(describe(first.opcode), Commutes) && !first.memory) {
    const int source = allocation_.machine_register[first.b];
    if (source >= 0 && (bank.free >> source & 1)) return source;
  }
  const bool is_general = program.registers[v] == RegisterClass::General;
  const std::uint32_t cheap = is_general ? bank.free & ~frame::callee_saved : bank.free;
  return std::countr_zero(cheap != 0 ? cheap : bank.free);
}

// Whether a has fewer accesses than b for its length.
bool LinearScan::better_in_memory(VirtualRegister a, VirtualRegister b) const {
  const Interval &x = intervals_[a], &y = intervals_[b];
  return std::uint64_t{x.weight} * (y.end - y.start + 1) < std::uint64_t{y.weight} * (x.end - x.start + 1);
}

void LinearScan::put_in_memory(VirtualRegister v, const MachineProgram& program) {
  allocation_.machine_register[v] = -1;
  if (is_constant(v, program)) return;
  const RegisterClass register_class = program.registers[v];
  ++(register_class == RegisterClass::General ? allocation_.spills.general : allocation_.spills.vector);
  Slots& slots = slots_[static_cast<int>(register_class)];
  const Interval& interval = intervals_[v];
  std::int32_t slot;
  if (!slots.heap.empty() && slots.heap.front().first <= interval.start) {
    std::pop_heap(slots.heap.begin(), slots.heap.end(), std::greater<>());
    slot = slots.heap.back().second;
    slots.heap.back().first = interval.end;
  } else {
    slot = slots.count++;
    slots.heap.emplace_back(interval.end, slot);
  }
  std::push_heap(slots.heap.begin(), slots.heap.end(), std::greater<>());
  allocation_.spill_slot[v] = slot;
}

void LinearScan::assign(VirtualRegister v, const MachineProgram& program) {
  const bool is_vector = program.registers[v] == RegisterClass::Vector;
  Bank& bank = banks_[is_vector];
  // General registers and floats expire eagerly, so that a source that ends here can be reused; vectors only when they
  // run out.
  if (!is_vector || is_scalar_ || bank.free == 0) expire(bank, intervals_[v].start);
  if (wants_memory(v, program)) return put_in_memory(v, program);
  if (bank.free != 0) return take(bank, v, preferred(bank, v, program), program);
  // A constant of the pool costs next to nothing in memory: it displaces no other value, and gives way to any other.
  if (is_constant(v, program)) return put_in_memory(v, program);
  VirtualRegister victim = bank.constants != 0 ? bank.holder[std::countr_zero(bank.constants)] : v;
  for (std::uint32_t live = bank.constants != 0 ? bank.constants : bank.allowed; live != 0; live &= live - 1) {
    const VirtualRegister holder = bank.holder[std::countr_zero(live)];
    if (better_in_memory(holder, victim)) victim = holder;
  }
  const int machine_register = allocation_.machine_register[victim];
  put_in_memory(victim, program);
  if (victim != v) take(bank, v, machine_register, program);
}

const Allocation& LinearScan::run(const MachineProgram& program, const RegisterFile& file) {
  is_scalar_ = program.is_scalar();
  build_intervals(program);
  allocation_.machine_register.assign(program.registers.size(), -1);
  allocation_.spill_slot.assign(program.registers.size(), -1);
  banks_[0].allowed = banks_[0].free = file.general;
  banks_[1].allowed = banks_[1].free = file.vector;
  for (Bank& bank : banks_) {
    bank.used = bank.constants = 0;
    bank.earliest_end = unset;
  }
  for (Slots& slots : slots_) {
    slots.heap.clear();
    slots.count = 0;
  }
  allocation_.spills = {};
  for (const VirtualRegister v : order_) assign(v, program);
  allocation_.used_general = banks_[0].used;
  allocation_.used_vector = banks_[1].used;
  allocation_.general_slots = slots_[0].count;
  allocation_.vector_slots = slots_[1].count;
  find_saves(program);
  return allocation_;
}

}  // namespace cogent::x86
