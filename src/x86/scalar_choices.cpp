// Cases and States: branching on a value, and jumps from state to state.
#include <algorithm>

#include "analysis/dispatch.h"
#include "x86/scalar.h"

namespace cogent::x86 {

using analysis::Dispatch;
using analysis::TargetRange;
using analysis::Wide;
using ir::Statement;

namespace {

constexpr std::size_t most_in_sequence = 3;  // comparisons

}  // namespace

// ---- statements

void ScalarLowering::open_cases(Id id) {
  const Statement& statement = program_->statements[id];
  const Label done = machine_->new_label();
  ir::for_each_region(*program_, statement, [&](Id region) {
    exits_[region] = done;
    entries_[region] = machine_->new_label();
  });
  branch(analysis::dispatch_of_cases(*program_, statement), statement.a, done);
  open_choice(id, statement.body);
}

void ScalarLowering::open_states(Id id) {
  const Statement& statement = program_->statements[id];
  const Label done = machine_->new_label();
  ir::for_each_region(*program_, statement, [&](Id region) {
    exits_[region] = done;
    entries_[region] = machine_->new_label();
  });
  machine_->begin_loop();
  open_choice(id, statement.body);
}

void ScalarLowering::open_choice(Id owner, Id region) {
  place_behind_jump(entries_[region]);
  open(owner, region);
}

/// Goes on with the next region of a Cases or States, or behind it.
void ScalarLowering::close_choice(const Scope& scope) {
  const bool is_states = program_->regions[scope.region].is_loop;
  const Id next = ir::next_region(*program_, scope.region);
  if (next != none) {
    const Opcode last = machine_->instructions.back().opcode;
    const bool has_ended = last == Opcode::Jump || last == Opcode::JumpTable || last == Opcode::Return;
    if (!has_ended) machine_->jump(exits_[scope.region]);
    return open_choice(scope.owner, next);
  }
  const Label exit = exits_[scope.region];
  if (is_states) {
    drop_jump_to(exit);
    machine_->end_loop();
  }
  place_behind_jump(exit);
}

void ScalarLowering::go(const Statement& statement) {
  if (statement.a != ir::none) return machine_->jump(entries_[statement.a]);
  branch(analysis::dispatch_of_go(*program_, statement), statement.b, none);
}

/// A jump to what is placed next is none.
void ScalarLowering::drop_jump_to(Label label) {
  const Instruction& last = machine_->instructions.back();
  if (last.opcode == Opcode::Jump && last.d == label) machine_->instructions.pop_back();
}

void ScalarLowering::place_behind_jump(Label label) {
  drop_jump_to(label);
  machine_->place(label);
}

// ---- branching on a value

void ScalarLowering::branch(const Dispatch& dispatch, Id selector, Label otherwise) {
  selector_ = value(selector);
  selector_type_ = type(selector);
  otherwise_ = otherwise;
  switch (dispatch.kind) {
    case Dispatch::Kind::Comparisons:
      return branch_by_comparing(dispatch.unusual(), dispatch.ranges.front().first, dispatch.ranges.back().last,
                                 target(dispatch.usual));
    case Dispatch::Kind::BitTable:
      return branch_by_bits(dispatch);
    case Dispatch::Kind::JumpTable:
      return branch_by_table(dispatch);
  }
}

Operand ScalarLowering::selector_operand(Wide value) {
  const auto bits = static_cast<std::int64_t>(value);
  if (operation_size(selector_type_) == 4 || bits == static_cast<std::int32_t>(bits))
    return Operand::of_immediate(static_cast<std::int32_t>(bits));
  return Operand::of(machine_->immediate(bits));
}

void ScalarLowering::jump_if_selector(Condition condition, Wide value, Label label) {
  const Operand bound = selector_operand(value);
  machine_->jump_if(condition, operation_size(selector_type_), selector_, bound, label);
}

/// For a selector that lies between low and high. A tree: the lower half of the ranges stands behind the upper one.
void ScalarLowering::branch_by_comparing(std::span<const TargetRange> ranges, Wide low, Wide high, Label usual) {
  if (ranges.size() > most_in_sequence) {
    const std::size_t middle = ranges.size() / 2;
    const Wide first = ranges[middle].first;
    const Label lower = machine_->new_label();
    jump_if_selector(is_below(), first, lower);
    branch_by_comparing(ranges.subspan(middle), first, high, usual);
    machine_->place(lower);
    return branch_by_comparing(ranges.first(middle), low, first - 1, usual);
  }
  for (const TargetRange& range : ranges) {
    if (range.first == low && range.last == high) return machine_->jump(target(range.target));
    branch_if_within(range, low, high);
    if (range.first == low) low = range.last + 1;
  }
  machine_->jump(usual);
}

void ScalarLowering::branch_if_within(const TargetRange& range, Wide low, Wide high) {
  const Label label = target(range.target);
  if (range.first == range.last) return jump_if_selector(Condition::Equal, range.first, label);
  if (range.last == high) return jump_if_selector(negate(is_below()), range.first, label);
  if (range.first == low) return jump_if_selector(is_below(), range.last + 1, label);
  const std::uint8_t size = operation_size(selector_type_);
  const VirtualRegister distance = distance_from(range.first);
  const auto length = static_cast<std::int64_t>(range.last - range.first);
  const bool is_short = size == 4 || length == static_cast<std::int32_t>(length);
  const Operand bound =
      is_short ? Operand::of_immediate(static_cast<std::int32_t>(length)) : Operand::of(machine_->immediate(length));
  machine_->jump_if(Condition::BelowEqual, size, distance, bound, label);
}

/// The selector minus a constant: the number of a table's slot.
VirtualRegister ScalarLowering::distance_from(Wide first) {
  if (first == 0) return selector_;
  return machine_->binary(Opcode::Subtract, operation_size(selector_type_), selector_, selector_operand(first));
}

/// The slot of the selector in a table; what lies outside goes to the usual target.
ScalarLowering::Slot ScalarLowering::slot_of_selector(const Dispatch& dispatch) {
  const std::uint8_t size = operation_size(selector_type_);
  const VirtualRegister slot = distance_from(dispatch.table_first);
  if (dispatch.may_be_outside) {
    const auto last = static_cast<std::int32_t>(dispatch.table_last - dispatch.table_first);
    machine_->jump_if(Condition::Above, size, slot, Operand::of_immediate(last), target(dispatch.usual));
  }
  return {slot, size};
}

void ScalarLowering::branch_by_table(const Dispatch& dispatch) {
  const Slot slot = slot_of_selector(dispatch);
  table_.clear();
  for (const TargetRange& range : dispatch.ranges)
    for (Wide value = std::max(range.first, dispatch.table_first); value <= std::min(range.last, dispatch.table_last);
         ++value)
      table_.push_back(target(range.target));
  machine_->jump_through_table(slot.index, slot.size, table_);
}

/// A byte for each value tells whether it leads to the target that is not the usual one. A bit for each would take 1.2
/// to 1.5 times as long.
void ScalarLowering::branch_by_bits(const Dispatch& dispatch) {
  const Slot slot = slot_of_selector(dispatch);
  std::uint8_t bits[ir::byte_values] = {};
  std::size_t count = 0;
  Label unusual = none;
  for (const TargetRange& range : dispatch.ranges) {
    if (range.target != dispatch.usual) unusual = target(range.target);
    for (Wide value = std::max(range.first, dispatch.table_first); value <= std::min(range.last, dispatch.table_last);
         ++value)
      bits[count++] = range.target != dispatch.usual;
  }
  machine_->jump_if_in_table(slot.index, slot.size, {bits, count}, unusual);
  machine_->jump(target(dispatch.usual));
}

}  // namespace cogent::x86
