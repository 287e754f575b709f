// The steps of each operation. What a value holds is known by its range; how many bytes of it matter, by the demands.
#include <algorithm>
#include <bit>
#include <cmath>

#include "ir/semantics.h"
#include "optimize/lane_types.h"
#include "optimize/narrow_lanes.h"

namespace cogent::optimize {

using ir::Node;
using ir::Op;

namespace {

// No machine multiplies or shifts bytes, or is slower for not doing so.
constexpr std::uint8_t least_bytes_of_products = 2;

}  // namespace

// ---- making steps

std::uint32_t LaneNarrowing::add(Step step) {
  step.line = at_;
  loop_->steps.push_back(step);
  return static_cast<std::uint32_t>(loop_->steps.size() - 1);
}

std::uint32_t LaneNarrowing::compute(Op op, Type type, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  return add({.kind = Step::Kind::Compute,
              .op = op,
              .type = type,
              .bytes = type == Type::Bool ? step(a).bytes : size_in_lanes(type),
              .a = a,
              .b = b,
              .c = c});
}

// By way of 4 bytes where 8 become less.
std::uint32_t LaneNarrowing::convert(std::uint32_t a, Type type, std::uint8_t bytes, bool saturates) {
  const bool is_float = ir::is_float(step(a).type) && !step(a).is_mask();
  if (!is_float && step(a).bytes == 8 && bytes < 4)
    a = convert(a, type == Type::Bool ? type : type_of_size(4, ir::is_signed(type)), 4, saturates);
  return add({.kind = Step::Kind::Convert, .type = type, .bytes = bytes, .saturates = saturates, .a = a});
}

std::uint32_t LaneNarrowing::find_or_add(const Step& leaf) {
  for (const std::uint32_t number : leaves_) {
    const Step& other = step(number);
    if (other.kind == leaf.kind && other.op == leaf.op && other.type == leaf.type && other.bytes == leaf.bytes &&
        other.saturates == leaf.saturates && other.node == leaf.node && other.value == leaf.value)
      return number;
  }
  leaves_.push_back(add(leaf));
  return leaves_.back();
}

std::uint32_t LaneNarrowing::constant(Type type, std::uint8_t bytes, std::int64_t value) {
  return find_or_add({.kind = Step::Kind::Constant, .type = type, .bytes = bytes, .value = ir::canonical(value, type)});
}

std::uint32_t LaneNarrowing::leaf(Id node, Type type) {
  if (program_->is_constant(node)) return constant(type, size_in_lanes(type), program_->value(node));
  return find_or_add({.kind = Step::Kind::Invariant, .type = type, .bytes = size_in_lanes(type), .node = node});
}

// ---- operands

// The value of a number, or as many of its low bytes as the type has.
std::uint32_t LaneNarrowing::use(Id node, Type type) {
  if (!varies(node)) return leaf(node, type);
  Value& value = *value_of(node);
  const std::uint8_t bytes = size_in_lanes(type);
  if (step(value.step).bytes == bytes) return value.step;
  if (value.converted != unmade && step(value.converted).bytes == bytes) return value.converted;
  if (const Id wide = unclamped(node, type); wide != ir::none)
    return value.converted = convert(value_of(wide)->step, type, bytes, true);
  const Step& made = step(value.step);
  const bool is_whole = value.is_whole || value.demand >= made.bytes;  // else its upper bytes may be anything
  const bool fits = is_whole && bytes < made.bytes && (*ranges_)[node].within(analysis::range_of(type));
  value.converted = convert(value.step, type, bytes, fits);
  if (fits) loop_->steps[value.converted].value = 1;
  return value.converted;
}

std::uint32_t LaneNarrowing::mask_of(Id node) { return varies(node) ? value_of(node)->step : comparison(node); }

std::uint32_t LaneNarrowing::use_mask(Id node, std::uint8_t bytes) {
  if (program_->is_constant(node)) return constant(Type::Bool, bytes, program_->value(node));
  // A comparison that is only a condition has no value before the loop, but its operands have.
  if (!varies(node) && !ir::is_comparison(program_->nodes[node].op))
    return find_or_add({.kind = Step::Kind::Invariant, .type = Type::Bool, .bytes = bytes, .node = node});
  const std::uint32_t mask = mask_of(node);
  return step(mask).bytes == bytes ? mask : convert(mask, Type::Bool, bytes, step(mask).bytes > bytes);
}

// 0 or 1 of a Bool.
std::uint32_t LaneNarrowing::bits_of_mask(Id node, Type type) {
  const std::uint32_t mask = use_mask(node, size_in_lanes(type));
  return compute(Op::And, type, mask, constant(type, size_in_lanes(type), 1));
}

// The type to compute an integer in, of at least so many bytes.
ir::Type LaneNarrowing::computed_type(Id node, std::uint8_t least_bytes) {
  const std::uint8_t bytes = std::max(bytes_of(node), least_bytes);
  return type_of_size(bytes, (*ranges_)[node].low < 0);
}

// ---- nodes

namespace {

/// Why an operation that no emit_... takes is refused.
const char* lacks_form(const Node& node) {
  switch (node.op) {
    case Op::Divide:
      return "this division has no form in lanes";
    case Op::Remainder:
      return "this remainder has no form in lanes";
    case Op::ShiftLeft:
    case Op::ShiftRight:
      return "this shift has no form in lanes: of 64 bits to the right, or of a small type by a count that varies";
    case Op::Convert:
      return "this conversion has no form in lanes";
    case Op::Mathematics:
      return "a function of libm has no form in lanes";
    case Op::PopulationCount:
    case Op::CountLeadingZeros:
    case Op::CountTrailingZeros:
      return "a count of bits of this type has no form in lanes";
    case Op::ByteSwap:
      return "byte_swap has no form in lanes";
    case Op::RotateLeft:
      return "a rotation has no form in lanes";
    default:
      return "an operation on these types has no form in lanes";
  }
}

}  // namespace

bool LaneNarrowing::emit(Id id) {
  const Type type = program_->nodes[id].type;
  const bool done = type == Type::Bool ? emit_mask(id) : ir::is_float(type) ? emit_float(id) : emit_integer(id);
  return done || refuse(lacks_form(program_->nodes[id]), id);
}

bool LaneNarrowing::emit_integer(Id id) {
  const Node& node = program_->nodes[id];
  Value& value = *value_of(id);
  Type type;
  switch (node.op) {
    case Op::Add:
    case Op::Subtract:
      if (emit_dot(id) || emit_pair_dot(id)) return true;
      type = computed_type(id, 1);
      break;
    case Op::And:
      type = computed_type(id, bytes_kept(id));
      break;
    case Op::Or:
    case Op::Xor:
      type = computed_type(id, 1);
      break;
    case Op::Multiply:
      if (program_->is_constant(node.b, 2)) {  // x + x, which is quicker
        const std::uint32_t x = use(node.a, type = computed_type(id, 1));
        value.step = wrapped(id, compute(Op::Add, type, x, x));
        return true;
      }
      type = computed_type(id, least_bytes_of_products);
      break;
    case Op::Minimum:
    case Op::Maximum:
      if (emit_distance(id) || emit_absolute(id) || emit_needless_limit(id)) return true;
      type = type_holding(node.a, node.b);
      break;
    case Op::ShiftLeft:
    case Op::ShiftRight:
      return emit_shift(id);
    case Op::Divide:
    case Op::Remainder:
      return emit_division(id);
    case Op::Select:
      return emit_select(id, computed_type(id, 1));
    case Op::Convert:
      return emit_convert(id);
    case Op::PopulationCount: {  // in any type that holds the value, if that has no sign
      const Type held = type_of_value(node.a), counted = ir::is_signed(held) ? node.type : held;
      value.step = compute(Op::PopulationCount, type_of_size(size_in_lanes(counted), false), use(node.a, counted));
      return true;
    }
    case Op::Bits:
      value.step = compute(Op::Bits, node.type, use(node.a, program_->nodes[node.a].type));
      return true;
    default:
      return false;
  }
  const std::uint32_t a = use(node.a, type);
  value.step = wrapped(id, compute(node.op, type, a, use(node.b, type)));
  return true;
}

// What keeps some bits of a number stays as wide as it is, if it is looked at so: it fits fewer bytes, but would have
// to be made narrower and wider again.
std::uint8_t LaneNarrowing::bytes_kept(Id id) {
  const Node& node = program_->nodes[id];
  const Value* operand = value_of(node.a);
  const std::uint8_t demand = value_of(id)->demand;
  if (operand == nullptr || !program_->is_constant(node.b) || demand == whole_value) return 1;
  return std::min(demand, step(operand->step).bytes);
}

// What was computed in more bytes than the type has, cut off where that matters.
std::uint32_t LaneNarrowing::wrapped(Id id, std::uint32_t computed) {
  const Type type = program_->nodes[id].type;
  if (step(computed).bytes <= size_in_lanes(type) || !ranges_->may_wrap(id)) return computed;
  return convert(computed, type, size_in_lanes(type), false);
}

bool LaneNarrowing::emit_shift(Id id) {
  const Node& node = program_->nodes[id];
  const int width = ir::width_of(node.type);
  const bool left = node.op == Op::ShiftLeft, by_constant = program_->is_constant(node.b);
  Type type = node.type;
  if (by_constant && left) type = computed_type(id, least_bytes_of_products);
  if (by_constant && !left) {
    const Type whole = type_of_value(node.a);
    const std::uint8_t low = low_bytes_shifted(id);
    type = low != 0 ? type_of_size(low, false)
                    : type_of_size(std::max(size_in_lanes(whole), least_bytes_of_products), ir::is_signed(whole));
    if (const Value* shifted = value_of(node.a); shifted != nullptr && step(shifted->step).kind == Step::Kind::Dot)
      type = step(shifted->step).type;
    value_of(id)->is_whole = size_in_lanes(type) >= ir::size_of(whole);
  }
  if (!left && type == Type::I64) return false;
  if (!by_constant && ir::size_of(type) < 4) return false;
  const std::uint8_t bytes = size_in_lanes(type);
  const std::uint32_t a = use(node.a, type);
  std::uint32_t count;
  if (by_constant)
    count = constant(type_of_size(bytes, false), bytes, program_->value(node.b) & (width - 1));
  else
    count = compute(Op::And, type, use(node.b, type), constant(type, bytes, width - 1));
  value_of(id)->step = wrapped(id, compute(node.op, type, a, count));
  return true;
}

bool LaneNarrowing::emit_select(Id id, Type type) {
  const Node& node = program_->nodes[id];
  const std::uint8_t bytes = size_in_lanes(type);
  const std::uint32_t mask = use_mask(node.a, bytes), b = use(node.b, type);
  value_of(id)->step = compute(Op::Select, type, mask, b, use(node.c, type));
  return true;
}

bool LaneNarrowing::emit_convert(Id id) {
  const Node& node = program_->nodes[id];
  Value& value = *value_of(id);
  const Type from = program_->nodes[node.a].type;
  if (ir::is_float(from)) {
    if (emit_root(id)) return true;
    value.step = float_to_integer(id);
    return value.step != unmade;
  }
  if (from == Type::Bool) {
    value.step = bits_of_mask(node.a, type_of_size(step(mask_of(node.a)).bytes, false));
    return true;
  }
  if (!ranges_->may_wrap(id)) {
    value.step = value_of(node.a)->step;
    value.is_whole = value_of(node.a)->is_whole;
    return true;
  }
  const std::uint8_t size = size_in_lanes(node.type), bytes = std::min(value.demand, size);
  const Type type = bytes == size ? node.type : type_of_size(bytes, false);
  value.step = use(node.a, type);
  if (step(value.step).type != type) value.step = convert(value.step, type, bytes, false);
  return true;
}

// ---- floats

bool LaneNarrowing::is_bounded_above(Id id, double bound) const {
  for (;;) {
    const Node& node = program_->nodes[id];
    if ((node.op != Op::Minimum && node.op != Op::Maximum) || !program_->is_constant(node.b)) return false;
    const double limit = std::bit_cast<double>(ir::evaluate_convert(program_->value(node.b), node.type, Type::F64));
    if (!(limit <= bound)) return false;
    if (node.op == Op::Minimum) return true;
    id = node.a;
  }
}

// By way of I32, to whose low end goes what does not fit if it cannot be too large: for types without a sign that is
// below 0 as well.
std::uint32_t LaneNarrowing::float_to_integer(Id id) {
  const Node& node = program_->nodes[id];
  const Type from = program_->nodes[node.a].type, to = node.type;
  if (to == Type::U32 || ir::size_of(to) == 8) return unmade;
  std::uint32_t x = use(node.a, from);
  const bool is_simple = !ir::is_signed(to);
  const auto highest = static_cast<double>(ir::highest_of(to));
  if (is_simple && !is_bounded_above(node.a, highest)) {
    const std::int64_t limit = ir::evaluate_convert(std::bit_cast<std::int64_t>(highest), Type::F64, from);
    x = compute(Op::Minimum, from, x, constant(from, size_in_lanes(from), limit));
  }
  const std::uint32_t whole = convert(x, Type::I32, 4, is_simple);
  return to == Type::I32 ? whole : convert(whole, to, size_in_lanes(to), true);
}

bool LaneNarrowing::emit_float(Id id) {
  const Node& node = program_->nodes[id];
  Value& value = *value_of(id);
  switch (node.op) {
    case Op::Select:
      return emit_select(id, node.type);
    case Op::Bits: {
      const Type bits = program_->nodes[node.a].type;
      value.step = compute(Op::Bits, node.type, use(node.a, bits));
      return true;
    }
    case Op::Convert: {
      const Type from = program_->nodes[node.a].type;
      std::uint32_t a;
      if (ir::is_float(from))
        a = use(node.a, from);
      else if (from == Type::Bool)
        a = bits_of_mask(node.a, Type::I32);
      else if ((*ranges_)[node.a].within(analysis::range_of(Type::I32)))
        a = use(node.a, Type::I32);
      else
        return false;
      value.step = from == node.type ? a : convert(a, node.type, size_in_lanes(node.type), false);
      return true;
    }
    case Op::Remainder:
    case Op::Mathematics:
      return false;
    default:
      break;
  }
  std::uint32_t operands[3] = {};
  for (int i = 0; i < ir::operand_count(node); ++i) operands[i] = use(ir::operand(node, i), node.type);
  value.step = compute(node.op, node.type, operands[0], operands[1], operands[2]);
  return true;
}

// ---- masks

std::uint32_t LaneNarrowing::comparison(Id id) {
  const Node& node = program_->nodes[id];
  const Type compared = program_->nodes[node.a].type;
  if (const std::uint32_t narrow = comparison_with_invariant(id); narrow != unmade) return narrow;
  const Type type = ir::is_float(compared) ? compared : type_holding(node.a, node.b);
  const std::uint32_t a = use(node.a, type);
  return compute(node.op, type, a, use(node.b, type));
}

bool LaneNarrowing::emit_mask(Id id) {
  const Node& node = program_->nodes[id];
  Value& value = *value_of(id);
  if (ir::is_comparison(node.op) && !is_boolean(node.a)) {
    value.step = comparison(id);
    return true;
  }
  if (node.op == Op::Convert) {
    const Type from = program_->nodes[node.a].type;
    const Type type = ir::is_float(from) ? from : type_of_value(node.a);
    value.step = is_boolean(node.a)
                     ? mask_of(node.a)
                     : compute(Op::NotEqual, type, use(node.a, type), constant(type, size_in_lanes(type), 0));
    return true;
  }
  const bool is_logic =
      node.op == Op::And || node.op == Op::Or || node.op == Op::Xor || node.op == Op::Equal || node.op == Op::NotEqual;
  if (!is_logic) return false;
  const Op op = ir::is_comparison(node.op) ? Op::Xor : node.op;
  const std::uint8_t bytes = std::max(varies(node.a) ? step(mask_of(node.a)).bytes : std::uint8_t{1},
                                      varies(node.b) ? step(mask_of(node.b)).bytes : std::uint8_t{1});
  const std::uint32_t a = use_mask(node.a, bytes);
  value.step = compute(op, Type::Bool, a, use_mask(node.b, bytes));
  if (node.op == Op::Equal) value.step = compute(Op::Xor, Type::Bool, value.step, constant(Type::Bool, bytes, 1));
  return true;
}

}  // namespace cogent::optimize
