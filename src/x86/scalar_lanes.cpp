// Vectors before a counted loop. As long as a whole block of iterations is left, a vector loop does them; what remains
// is done by one more block that ends with the last iteration and does some again, where that changes nothing, else by
// smaller blocks and the loop itself, element by element. That one also serves when arrays overlap so that blocks would
// not do the same; it is left out where blocks always do all.
#include <algorithm>
#include <bit>

#include "ir/semantics.h"
#include "x86/scalar.h"

namespace cogent::x86 {

using ir::LaneStep;
using ir::Statement;
using ir::Type;

namespace {

std::int64_t bytes_of(std::int64_t elements, std::int64_t step) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(elements) * static_cast<std::uint64_t>(step));
}

bool is_reduction(const LaneStep& step) { return step.kind == LaneStep::Kind::Reduce; }

}  // namespace

void ScalarLowering::find_lane_plans(std::span<const ir::LaneLoop> lanes) {
  lanes_ = lanes;
  lane_body_.start_program(*machine_, constants_);
  lane_plans_.clear();
  bool has_lanes = false;
  for (const ir::LaneLoop& loop : lanes) {
    lane_plans_.push_back(plan_lanes(loop, *machine_, known_trips(program_->statements[loop.statement])));
    has_lanes = has_lanes || lane_plans_.back().lanes != 0;
  }
  if (has_lanes)
    machine_->has_lanes = true;
  else
    machine_->vector_size = MachineProgram::size_of_scalars;
}

// 0: not known.
std::uint64_t ScalarLowering::known_trips(const Statement& loop) const {
  if (!program_->is_constant(loop.b) || !program_->is_constant(loop.c) || is_done_in_parts(loop)) return 0;
  return ir::trip_count(type(loop.a), program_->value(loop.b), program_->value(loop.c), 1);
}

// Nothing, or the vectors; then what follows is the loop, which begins with `index`, the first iteration not done yet.
// True: nothing follows, for the vectors do every iteration of every run.
bool ScalarLowering::write_lanes(Id id, VirtualRegister index, Operand limit, Label done) {
  const auto found = std::ranges::lower_bound(lanes_, id, {}, &ir::LaneLoop::statement);
  if (found == lanes_.end() || found->statement != id) return false;
  lane_plan_ = lane_plans_[static_cast<std::size_t>(found - lanes_.begin())];
  if (lane_plan_.lanes == 0) return false;
  lane_loop_ = &*found;
  for (const LaneStep& step : lane_loop_->steps)
    if (is_reduction(step) && variables_[step.node] == none) return false;  // never had a value
  const Statement& loop = program_->statements[id];
  const auto lanes = static_cast<std::int32_t>(lane_plan_.lanes);
  const Label scalar = machine_->new_label(), leave = machine_->new_label();
  const Operand rounds = count_rounds(loop, index, limit);
  const bool is_enough = rounds.reg == none || (lane_loop_->fewest_rounds >= lanes && !is_done_in_parts(loop));
  if (!is_enough) machine_->jump_if(Condition::Below, 8, rounds.reg, Operand::of_immediate(lanes), scalar);
  find_lane_operands(loop, index);
  const VirtualRegister is_apart = look_for_overlap(rounds, scalar);
  lane_body_.start(*lane_loop_, lane_plan_);
  lane_body_.write_invariants(lane_surroundings_);
  Operand last = Operand::of_immediate(rounds.immediate - lanes);
  if (rounds.reg != none) last = Operand::of(operate(Opcode::Subtract, 8, rounds.reg, lanes));
  const VirtualRegister iteration = lane_surroundings_.iteration = machine_->immediate(0);
  const Label head = machine_->begin_loop();
  lane_body_.write_block(lane_surroundings_);
  at_line(loop.line);
  machine_->binary_into(iteration, Opcode::Add, 8, iteration, Operand::of_immediate(lanes));
  machine_->jump_if(Condition::LessEqual, 8, iteration, last, head);
  const bool has_rest = rounds.reg != none || rounds.immediate % lanes != 0;
  const bool repeats = has_rest && lane_loop_->is_repeatable, has_sums = lane_body_.has_sums();
  if (repeats && !has_sums) repeat_block(iteration, rounds, last, is_apart, head, leave);
  machine_->end_loop();
  if (repeats && has_sums) finish_sums(iteration, rounds, last, is_apart, leave);
  machine_->place(leave);
  if (has_rest && !repeats) write_smaller_blocks(iteration, rounds);
  update_variables();
  if (is_enough && lane_loop_->pairs.empty() && (repeats || !has_rest)) {
    machine_->place(done);
    return true;
  }
  const std::uint8_t size = operation_size(type(loop.a));
  machine_->binary_into(index, Opcode::Add, size, index, Operand::of(iteration));
  machine_->jump_if(Condition::Equal, size, index, limit, done);
  machine_->place(scalar);
  return false;
}

// Of what is left where no block may be repeated: one, if it is known how much that is.
void ScalarLowering::write_smaller_blocks(VirtualRegister iteration, Operand rounds) {
  constexpr std::int32_t part = 4;
  const bool is_known = rounds.reg == none;
  const std::int32_t most = is_known ? rounds.immediate % lane_plan_.lanes : lane_plan_.lanes / part;
  const bool gathers = std::ranges::any_of(lane_loop_->steps, is_reduction);
  const LanePlan smaller = plan_lanes(*lane_loop_, *machine_, static_cast<std::uint64_t>(most));
  if (gathers || smaller.lanes == 0 || smaller.lanes == lane_plan_.lanes) return;
  const Label leave = machine_->new_label();
  VirtualRegister last = none;
  if (!is_known) {
    last = operate(Opcode::Subtract, 8, rounds.reg, smaller.lanes);
    machine_->jump_if(Condition::Greater, 8, iteration, Operand::of(last), leave);
  }
  lane_body_.start(*lane_loop_, smaller);
  lane_body_.write_invariants(lane_surroundings_);
  const Label head = is_known ? Label{} : machine_->begin_loop();
  lane_body_.write_block(lane_surroundings_);
  machine_->binary_into(iteration, Opcode::Add, 8, iteration, Operand::of_immediate(smaller.lanes));
  if (!is_known) {
    machine_->jump_if(Condition::LessEqual, 8, iteration, Operand::of(last), head);
    machine_->end_loop();
  }
  machine_->place(leave);
}

// Moves back, so that the block ends with the last iteration; not a second time.
void ScalarLowering::repeat_block(VirtualRegister iteration, Operand rounds, Operand last, VirtualRegister is_apart,
                                  Label head, Label leave) {
  machine_->jump_if(Condition::GreaterEqual, 8, iteration, rounds, leave);
  if (is_apart != none) machine_->jump_if(Condition::Equal, 4, is_apart, Operand::of_immediate(0), leave);
  if (last.reg == none)
    machine_->immediate_into(iteration, last.immediate);
  else
    machine_->move_into(iteration, last.reg);
  machine_->jump(head);
}

// Another block, which ends with the last iteration and adds up only what has not been yet.
void ScalarLowering::finish_sums(VirtualRegister iteration, Operand rounds, Operand last, VirtualRegister is_apart,
                                 Label leave) {
  const bool is_known = rounds.reg == none;
  if (!is_known) machine_->jump_if(Condition::GreaterEqual, 8, iteration, rounds, leave);
  if (is_apart != none) machine_->jump_if(Condition::Equal, 4, is_apart, Operand::of_immediate(0), leave);
  const auto move_to = [&](Operand place) {
    if (place.reg == none)
      machine_->immediate_into(iteration, place.immediate);
    else
      machine_->move_into(iteration, place.reg);
  };
  VirtualRegister first_lane = none;
  if (is_known) {
    const std::int32_t rest = rounds.immediate % lane_plan_.lanes, lanes = lanes_for_sums(rest);
    last = Operand::of_immediate(rounds.immediate - lanes);
    if (lanes != rest) first_lane = machine_->immediate(lanes - rest);
    lane_body_.set_lanes(lanes);
  } else {
    first_lane = operate(Opcode::Subtract, 8, iteration, last);
  }
  move_to(last);
  lane_body_.write_block(lane_surroundings_, first_lane);
  lane_body_.set_lanes(lane_plan_.lanes);
  move_to(rounds);
}

// The fewest that a block with so many iterations to do may have.
std::int32_t ScalarLowering::lanes_for_sums(std::int32_t iterations) const {
  for (auto lanes = static_cast<std::int32_t>(std::bit_ceil(static_cast<std::uint32_t>(iterations)));
       lanes < lane_plan_.lanes; lanes *= 2)
    if (lane_body_.may_have(lanes) &&
        plan_lanes(*lane_loop_, *machine_, static_cast<std::uint64_t>(lanes)).lanes == lanes)
      return lanes;
  return lane_plan_.lanes;
}

// What the blocks have gathered.
void ScalarLowering::update_variables() {
  for (std::uint32_t i = 0; i < lane_loop_->steps.size(); ++i) {
    const LaneStep& step = lane_loop_->steps[i];
    if (!is_reduction(step)) continue;
    const Type kept = program_->variables[step.node].type;
    const VirtualRegister variable = variables_[step.node], gathered = lane_body_.finish_reduction(i);
    const ir::Op op = step.op == ir::Op::Multiply ? ir::Op::Add : step.op;
    const Opcode opcode = opcode_of(op, ir::is_signed(kept));
    machine_->binary_into(variable, opcode, operation_size(kept), variable, Operand::of(gathered));
    if (op == ir::Op::Add || kept == Type::Bool) machine_->move_into(variable, canonical(kept, variable));
  }
}

// How often the loop runs; at least once.
Operand ScalarLowering::count_rounds(const Statement& loop, VirtualRegister index, Operand limit) {
  const std::uint64_t trips = known_trips(loop);
  if (trips != 0 && trips <= INT32_MAX) return Operand::of_immediate(static_cast<std::int32_t>(trips));
  const std::uint8_t size = operation_size(type(loop.a));
  const VirtualRegister end = limit.reg != none ? limit.reg : machine_->immediate(limit.immediate);
  const VirtualRegister rounds = operate(Opcode::Subtract, size, end, index);
  return Operand::of(size == 8 ? rounds : machine_->unary(Opcode::ZeroExtend, 4, rounds));
}

void ScalarLowering::find_lane_operands(const Statement& loop, VirtualRegister index) {
  lane_surroundings_.invariants.assign(lane_loop_->steps.size(), none);
  lane_surroundings_.accesses.clear();
  lane_bases_.clear();
  lane_surroundings_.first_index = index;
  for (std::size_t i = 0; i < lane_loop_->steps.size(); ++i) {
    const LaneStep& step = lane_loop_->steps[i];
    if (step.kind != LaneStep::Kind::Invariant) continue;
    if (step.saturates) {
      lane_surroundings_.invariants[i] = narrowed_invariant(step);
      continue;
    }
    const bool is_wide = step.bytes == 8 && ir::is_integer(step.type);
    lane_surroundings_.invariants[i] = is_wide ? value_in_64_bits(step.node) : registers_[step.node];
  }
  for (const ir::LaneAccess& access : lane_loop_->accesses) {
    lane_bases_.push_back(lane_base(access, loop));
    lane_surroundings_.accesses.push_back(lane_address(access, loop));
  }
}

VirtualRegister ScalarLowering::narrowed_invariant(const LaneStep& step) {
  const VirtualRegister value = value_in_64_bits(step.node);
  if (step.type == Type::Bool) {
    const Condition condition = step.op == ir::Op::Less ? Condition::Less : Condition::GreaterEqual;
    return machine_->set_if(condition, 8, value, Operand::of_immediate(static_cast<std::int32_t>(step.value)));
  }
  const VirtualRegister least = machine_->immediate(ir::lowest_of(step.type));
  const VirtualRegister most = machine_->immediate(ir::highest_of(step.type));
  return operate(Opcode::MinSigned, 8, operate(Opcode::MaxSigned, 8, value, least), most);
}

// Of the first iteration, without what is constant. Accesses that differ only in that share it.
VirtualRegister ScalarLowering::lane_base(const ir::LaneAccess& access, const Statement& loop) {
  for (std::size_t i = 0; i < lane_bases_.size(); ++i)
    if (lane_loop_->differ_by_a_constant(lane_loop_->accesses[i], access)) return lane_bases_[i];
  const std::int64_t step = program_->arrays[access.array].step();
  VirtualRegister base = bases_[access.array];
  const auto add = [&](ir::Id atom, std::int64_t factor) {
    const VirtualRegister product = multiply_by_constant(Type::I64, value_in_64_bits(atom), factor);
    base = operate(Opcode::Add, 8, base, product);
  };
  for (std::uint32_t i = 0; i < access.term_count; ++i) {
    const ir::LaneTerm& term = lane_loop_->terms[access.first_term + i];
    add(term.atom, bytes_of(term.coefficient, step));
  }
  if (access.stride == 0) return base;
  if (is_done_in_parts(loop)) {
    const VirtualRegister first = to_64_bits(type(loop.a), lane_surroundings_.first_index);
    base = operate(Opcode::Add, 8, base, multiply_by_constant(Type::I64, first, step * access.stride));
  } else if (!program_->is_constant(loop.b)) {
    add(loop.b, step * access.stride);
  }
  return base;
}

// Of the first iteration.
Address ScalarLowering::lane_address(const ir::LaneAccess& access, const Statement& loop) {
  const std::int64_t step = program_->arrays[access.array].step();
  VirtualRegister base = lane_bases_.back();
  std::int64_t displacement = bytes_of(access.constant, step);
  const bool begins_at_constant = program_->is_constant(loop.b) && !is_done_in_parts(loop);
  if (begins_at_constant) displacement += bytes_of(program_->value(loop.b), step * access.stride);
  constexpr std::int64_t reach = INT32_MAX / 2;  // the block adds its own
  if (displacement < -reach || displacement > reach) {
    base = operate(Opcode::Add, 8, base, machine_->immediate(displacement));
    displacement = 0;
  }
  return {base, none, displacement, 1};
}

// ---- overlap

// Goes to `scalar` where a block would not do what its iterations do. Returns whether nothing meets at all, 0 or 1;
// none: that is known.
VirtualRegister ScalarLowering::look_for_overlap(Operand rounds, Label scalar) {
  if (lane_loop_->pairs.empty()) return none;
  gather_pairs(rounds.reg == none ? rounds.immediate : lane_plan_.lanes);
  const VirtualRegister is_apart = machine_->immediate(1);
  for (const LanePairs& pairs : lane_pairs_) look_at_pairs(pairs, rounds, is_apart, scalar);
  return is_apart;
}

// Pairs are looked at together if nothing that is apart from each fits in between.
void ScalarLowering::gather_pairs(std::int64_t fewest_rounds) {
  constexpr std::int64_t most_spread = INT32_MAX / 2;
  lane_pairs_.clear();
  for (const ir::LanePair& pair : lane_loop_->pairs) {
    const auto step_of = [&](std::uint32_t number) {
      const ir::LaneAccess& access = lane_loop_->accesses[number];
      return static_cast<std::int32_t>(program_->arrays[access.array].step()) * access.stride;
    };
    const Address &earlier = lane_surroundings_.accesses[pair.earlier],
                  &later = lane_surroundings_.accesses[pair.later];
    const std::int64_t constant = later.displacement - earlier.displacement;
    const auto table_of = [&](std::uint32_t number) { return std::int32_t{lane_loop_->accesses[number].table}; };
    const LanePairs alone{earlier.base,
                          later.base,
                          step_of(pair.earlier),
                          step_of(pair.later),
                          table_of(pair.earlier),
                          table_of(pair.later),
                          pair.must_be_apart,
                          constant,
                          constant};
    const std::int64_t gap = fewest_rounds * (alone.earlier_step + alone.later_step) - 1;
    const auto joins = [&](const LanePairs& known) {
      const auto [least, most] = std::minmax({known.least, known.most, constant});
      return known.is_like(alone) && most - least <= most_spread && known.least - gap <= constant &&
             constant <= known.most + gap;
    };
    const auto known = std::ranges::find_if(lane_pairs_, joins);
    if (known == lane_pairs_.end()) {
      lane_pairs_.push_back(alone);
    } else {
      known->least = std::min(known->least, constant);
      known->most = std::max(known->most, constant);
    }
  }
}

// With e bytes accessed from E on and l bytes from L on, they overlap if -l < L - E < e. Of several pairs the largest
// L - E is looked at, and e is larger by as much as the others' are smaller.
void ScalarLowering::look_at_pairs(const LanePairs& pairs, Operand rounds, VirtualRegister is_apart, Label scalar) {
  const auto spread = static_cast<std::int32_t>(pairs.most - pairs.least);
  const VirtualRegister begin = machine_->lea({pairs.later, none, pairs.most, 1});
  const VirtualRegister distance = operate(Opcode::Subtract, 8, begin, pairs.earlier);
  const auto bytes = [&](std::int32_t step, std::int32_t more) {
    if (rounds.reg == none || step == 0) return machine_->immediate(std::int64_t{rounds.immediate} * step + more - 1);
    return operate(Opcode::Add, 8, multiply_by_constant(Type::I64, rounds.reg, step), more - 1);
  };
  const Label apart = machine_->new_label();
  const VirtualRegister shifted = operate(Opcode::Add, 8, distance, bytes(pairs.later_step, pairs.later_table));
  const VirtualRegister limit =
      bytes(pairs.earlier_step + pairs.later_step, pairs.earlier_table + pairs.later_table + spread);
  machine_->jump_if(Condition::AboveEqual, 8, shifted, Operand::of(limit), apart);
  machine_->immediate_into(is_apart, 0);
  if (pairs.earlier_step != pairs.later_step || pairs.must_be_apart) {
    machine_->jump(scalar);
  } else {
    const VirtualRegister behind = operate(Opcode::Subtract, 8, distance, 1);
    const std::int32_t block = lane_plan_.lanes * pairs.later_step;
    machine_->jump_if(Condition::Below, 8, behind, Operand::of_immediate(block - 1 + spread), scalar);
  }
  machine_->place(apart);
}

}  // namespace cogent::x86
