// Values that another one has at a later iteration, as sums of neighbours at two places have, which a sum of more of
// them needs: the one is computed for the lanes behind the block as well, and the other moved out of its registers.
#include <algorithm>

#include "x86/lanes.h"

namespace cogent::x86 {

using ir::Op;
using Kind = ir::LaneStep::Kind;

namespace {

// What is looked at behind a block is loaded at once.
constexpr int most_bytes = 16;

// Hundredths of a cycle: an instruction that all units execute, one that half of them do, and a load that crosses a
// line of the cache, as most of neighbours do.
constexpr int simple = 50, moved = 100, loaded = 180;

bool takes_lanes_alone(Op op) {
  switch (op) {
    case Op::Add:
    case Op::Subtract:
    case Op::Multiply:
    case Op::And:
    case Op::Or:
    case Op::Xor:
    case Op::Minimum:
    case Op::Maximum:
      return true;
    default:
      return false;
  }
}

// Whether the bytes are taken from what lies 16 bytes further.
bool needs_next(int bytes) { return bytes % 4 != 0 || bytes == most_bytes; }

}  // namespace

// ---- which steps compute the same at other iterations

bool LaneBody::is_same_in_all(std::uint32_t number) const {
  return step(number).kind == Kind::Constant || step(number).kind == Kind::Invariant;
}

// Looks at all steps; returns whether some are alike at all.
bool LaneBody::find_shapes() {
  shapes_.assign(loop_->steps.size(), {});
  if (!has_avx512() || plan_.interleaves) return false;
  std::ranges::fill(last_shapes_, none);
  bool are_alike = false;
  for (std::uint32_t i = 0; i < loop_->steps.size(); ++i) {
    const Step& made = step(i);
    if (uses_[i] == 0 || made.bytes > 4 || made.is_mask() || plan_.lanes * made.bytes < most_bytes) continue;
    if (made.kind == Kind::Load && !alternates(made) && !is_conditional(made))
      shapes_[i] = {.load = i, .first_load = i, .cost = loaded};
    else if (made.kind != Kind::Compute || !takes_lanes_alone(made.op) || !find_operands_shape(i))
      continue;
    are_alike = find_alike(i) || are_alike;
  }
  return are_alike;
}

// An operation on what has a shape, of one array, and on what is the same in all lanes.
bool LaneBody::find_operands_shape(std::uint32_t number) {
  const Step& made = step(number);
  Shape shape{.cost = simple};
  for (const std::uint32_t operand : {made.a, made.b}) {
    if (is_same_in_all(operand)) continue;
    const Shape& part = shapes_[operand];
    if (part.load == none) return false;
    const auto array_of = [&](std::uint32_t load) { return loop_->accesses[step(load).access].array; };
    if (shape.load != none && array_of(part.load) != array_of(shape.load)) return false;
    if (shape.load == none) shape.offset = part.offset;
    shape.load = part.load;
    shape.first_load = std::min(shape.first_load, part.first_load);
    shape.cost += part.cost / uses_[operand];
  }
  shapes_[number] = shape;
  return shape.load != none;
}

// Puts a step behind those that it is like. Loads count their offset from the first of these.
bool LaneBody::find_alike(std::uint32_t number) {
  const Step& made = step(number);
  Shape& shape = shapes_[number];
  const auto like = [&](std::uint32_t operand) { return is_same_in_all(operand) ? operand : shapes_[operand].like; };
  const bool is_load = made.kind == Kind::Load;
  const std::uint32_t key = is_load ? loop_->accesses[made.access].array : like(made.a) * 31 + like(made.b);
  std::uint32_t& last = last_shapes_[(key * 7 + static_cast<std::uint32_t>(made.op)) % std::size(last_shapes_)];
  for (std::uint32_t other = last; other != none; other = shapes_[other].next) {
    if (!(is_load ? are_loads_alike(number, other) : are_operations_alike(number, other))) continue;
    shape.like = other;
    shape.earlier = shapes_[other].latest;
    shapes_[other].latest = number;
    return true;
  }
  shape.like = shape.latest = number;
  shape.next = last;
  last = number;
  return false;
}

bool LaneBody::are_loads_alike(std::uint32_t number, std::uint32_t first) {
  const ir::LaneAccess &access = loop_->accesses[step(number).access], &other = loop_->accesses[step(first).access];
  if (step(first).kind != Kind::Load || !loop_->differ_by_a_constant(access, other)) return false;
  const std::int64_t distance = access.constant - other.constant;
  if (distance < -most_bytes || distance > most_bytes) return false;  // its offset stays 0, for a class of its own
  shapes_[number].offset = static_cast<int>(distance);
  return true;
}

bool LaneBody::are_operations_alike(std::uint32_t number, std::uint32_t first) const {
  const Step &made = step(number), &known = step(first);
  if (known.kind != made.kind || known.op != made.op || known.type != made.type) return false;
  const int distance = shapes_[number].offset - shapes_[first].offset;
  const auto are_alike = [&](std::uint32_t x, std::uint32_t y) {
    if (is_same_in_all(x) || is_same_in_all(y)) return x == y;
    return shapes_[x].like == shapes_[y].like && shapes_[x].offset - shapes_[y].offset == distance;
  };
  return are_alike(made.a, known.a) && are_alike(made.b, known.b);
}

// ---- which of them are moved out of others

// What the block costs, by the uses without shifts.
void LaneBody::weigh_block() {
  cost_of_loads_ = cost_of_operations_ = 0;
  for (std::uint32_t i = 0; i < loop_->steps.size(); ++i) {
    const int registers = plan_.registers_of(step(i).bytes);
    if (step(i).kind == Kind::Load && uses_[i] != 0) cost_of_loads_ += loaded * registers;
    if (step(i).kind == Kind::Compute && uses_[i] != 0) cost_of_operations_ += simple * registers;
    if (step(i).kind == Kind::Convert && uses_[i] != 0) cost_of_operations_ += moved * registers;
  }
}

// Of the step that begins lowest; none: it is computed. Steps that use it have been looked at.
bool LaneBody::find_shift(std::uint32_t number) {
  const Shape& shape = shapes_[number];
  if (shape.load == none) return false;
  const int bytes = step(number).bytes;
  std::uint32_t base = none;
  for (std::uint32_t other = shape.earlier; other != none; other = shapes_[other].earlier) {
    const int lanes = shape.offset - shapes_[other].offset;
    if (lanes <= 0 || (lanes + beyond_[number]) * bytes > most_bytes) continue;
    if (base == none || shapes_[other].offset < shapes_[base].offset) base = other;
  }
  if (base == none || may_change(shape.load, shapes_[base].first_load, number)) return false;
  const int lanes = shape.offset - shapes_[base].offset;
  const bool takes_next = needs_next(lanes * bytes);
  if (!is_worth_a_shift(number, takes_next && !shapes_[base].has_next ? 2 * moved : moved)) return false;
  shapes_[base].has_next = shapes_[base].has_next || takes_next;
  shifts_[number] = {base, lanes};
  beyond_[base] = std::max(beyond_[base], lanes + beyond_[number]);
  use(base, number);
  return true;
}

// Of a load, if there is more to load than to compute, and something else than words is made of it.
bool LaneBody::is_worth_a_shift(std::uint32_t number, int cost) {
  const int registers = plan_.registers_of(step(number).bytes);
  const int saved = shapes_[number].cost;
  if (step(number).kind == Kind::Load) {
    if (widened_[number] || cost_of_loads_ - saved * registers < cost_of_operations_ + cost * registers) return false;
  } else if (4 * saved < 5 * cost) {
    return false;
  }
  cost_of_loads_ -= saved * registers;
  cost_of_operations_ += cost * registers;
  return true;
}

// ---- the code

// The lanes behind the block, which end with the last that is looked at.
void LaneBody::load_beyond(std::uint32_t number) {
  const Step& made = step(number);
  const int used = beyond_[number] * made.bytes, end = plan_.lanes * made.bytes + used;
  VirtualRegister all = machine_->vector_load(Opcode::Vmovdqu, most_bytes, address_of(made, end - most_bytes));
  if (used < most_bytes)
    all = machine_->vector_unary(Opcode::Vpsrldq, most_bytes, all, static_cast<std::uint8_t>(most_bytes - used));
  all_registers(number).back() = all;
}

void LaneBody::shift_lanes(std::uint32_t number) {
  const auto [base, lanes] = shifts_[number];
  const int bytes = lanes * step(number).bytes;
  const Registers results = all_registers(number), sources = all_registers(base);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::uint8_t size = size_of_register(number, i);
    results[i] = shifted(size, sources[i], sources[std::min(i + 1, sources.size() - 1)], bytes);
  }
}

// Bytes of two registers from one of the first on.
VirtualRegister LaneBody::shifted(std::uint8_t size, VirtualRegister low, VirtualRegister high, int bytes) {
  if (size > most_bytes && !needs_next(bytes))
    return machine_->vector(Opcode::Valignd, size, high, low, static_cast<std::uint8_t>(bytes / 4));
  const VirtualRegister next = size > most_bytes ? next_pieces(size, low, high) : high;
  if (bytes == most_bytes) return next;
  return machine_->vector(Opcode::Vpalignr, size, next, low, static_cast<std::uint8_t>(bytes));
}

// 16 bytes further.
VirtualRegister LaneBody::next_pieces(std::uint8_t size, VirtualRegister low, VirtualRegister high) {
  for (const auto& [of, next] : known_next_)
    if (of == low) return next;
  const VirtualRegister next = machine_->vector(Opcode::Valignd, size, high, low, most_bytes / 4);
  known_next_.emplace_back(low, next);
  return next;
}

}  // namespace cogent::x86
