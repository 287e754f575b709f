// Forms that need fewer bytes than their parts: distances, bits in the middle, comparisons with what is not so narrow.
#include <algorithm>

#include "optimize/lane_types.h"
#include "optimize/narrow_lanes.h"

namespace cogent::optimize {

using analysis::range_of;
using ir::Node;
using ir::Op;

// ---- absolute values and distances

// x of max(x, 0 - x), as abs writes it; none: the node is another one.
Id LaneNarrowing::absolute_of(Id id) const {
  const Node& node = program_->nodes[id];
  if (node.op != Op::Maximum || !ir::is_integer(node.type)) return ir::none;
  const auto negates = [&](Id negated, Id x) {
    const Node& outer = program_->nodes[negated];
    return outer.op == Op::Subtract && outer.b == x && program_->is_constant(outer.a, 0);
  };
  return negates(node.b, node.a) ? node.a : negates(node.a, node.b) ? node.b : ir::none;
}

// In the type that holds x and its negation, where they wrap as the instruction does.
bool LaneNarrowing::emit_absolute(Id id) {
  const Id x = absolute_of(id);
  if (x == ir::none || !varies(x)) return false;
  const Node& node = program_->nodes[id];
  const Type type = type_holding(node.a, node.b);
  if (!ir::is_signed(type)) return false;
  value_of(id)->step = compute(Op::Absolute, type, use(x, type));
  return true;
}

// |p - q| of p and q that are narrower than their difference.
bool LaneNarrowing::is_distance(Id id, Id& p, Id& q) const {
  const Id difference = absolute_of(id);
  if (difference == ir::none) return false;
  const Node &node = program_->nodes[id], &inner = program_->nodes[difference];
  const Id negated = node.a == difference ? node.b : node.a;
  if (inner.op != Op::Subtract || ranges_->may_wrap(difference) || ranges_->may_wrap(negated)) return false;
  p = inner.a;
  q = inner.b;
  return ir::size_of(type_holding(p, q)) < ir::size_of(type_holding(difference, negated));
}

// As wide as p and q, without a sign.
bool LaneNarrowing::emit_distance(Id id) {
  Id p, q;
  if (!is_distance(id, p, q)) return false;
  const Type type = type_holding(p, q);
  const std::uint32_t a = use(p, type), b = use(q, type);
  const std::uint32_t high = compute(Op::Maximum, type, a, b), low = compute(Op::Minimum, type, a, b);
  value_of(id)->step = compute(Op::Subtract, type_of_size(size_in_lanes(type), false), high, low);
  return true;
}

// ---- shifts

// How many low bytes the operand of a shift to the right is needed in, if only low bytes of the result are looked at;
// 0: in all that hold its value.
std::uint8_t LaneNarrowing::low_bytes_shifted(Id id) const {
  const Node& node = program_->nodes[id];
  if (node.op != Op::ShiftRight || !program_->is_constant(node.b) || !varies(id)) return 0;
  const std::uint8_t looked_at = values_[id - first_].demand;
  const auto count = static_cast<int>(program_->value(node.b) & (ir::width_of(node.type) - 1));
  const int bits = count + 8 * looked_at;
  const std::uint8_t bytes = bits <= 16 ? 2 : 4;
  return bits <= 32 && bytes < ir::size_of(type_of_value(node.a)) ? bytes : 0;
}

// ---- limits

// Of a value that lies within it anyway.
bool LaneNarrowing::emit_needless_limit(Id id) {
  const Node& node = program_->nodes[id];
  const analysis::Range &value = (*ranges_)[node.a], &limit = (*ranges_)[node.b];
  const bool is_needless = node.op == Op::Minimum ? value.high <= limit.low : value.low >= limit.high;
  if (!is_needless || !varies(node.a)) return false;
  value_of(id)->step = value_of(node.a)->step;
  value_of(id)->is_whole = true;
  return true;
}

// x of min(max(x, lowest), highest) of a narrower type, of which one may be missing: then converting x, read with a
// sign, to the nearest of the type does the same. none: the node is another one.
Id LaneNarrowing::unclamped(Id id, Type type) const {
  if (!(*ranges_)[id].within(range_of(type))) return ir::none;
  Id wide = id;
  bool is_limited = false;
  for (;; wide = program_->nodes[wide].a) {
    const Node& node = program_->nodes[wide];
    const bool keeps =
        node.op == Op::Convert && ir::is_integer(program_->nodes[node.a].type) && !ranges_->may_wrap(wide);
    const bool limits = (node.op == Op::Minimum && program_->is_constant(node.b, ir::highest_of(type))) ||
                        (node.op == Op::Maximum && program_->is_constant(node.b, ir::lowest_of(type)));
    if ((!keeps && !limits) || !varies(node.a)) break;
    is_limited = is_limited || limits;
  }
  if (!is_limited || values_[wide - first_].step == unmade) return ir::none;
  const int bytes = step(values_[wide - first_].step).bytes;
  const bool fits = bytes <= 4 && (*ranges_)[wide].within(range_of(type_of_size(bytes, true)));
  return fits && bytes > ir::size_of(type) ? wide : ir::none;
}

// ---- comparisons

// A value of 1 or 2 bytes with what does not change in the loop: compared with the nearest number of its own type,
// which is wrong only beyond that type, and there for all lanes.
std::uint32_t LaneNarrowing::comparison_with_invariant(Id id) {
  const Node& node = program_->nodes[id];
  const bool is_left = varies(node.a);
  const Id varying = is_left ? node.a : node.b, invariant = is_left ? node.b : node.a;
  const Type compared = program_->nodes[varying].type;
  if (!varies(varying) || varies(invariant) || program_->is_constant(invariant) || !ir::is_integer(compared) ||
      compared == Type::U64)
    return unmade;
  const Type type = type_of_value(varying);
  const std::uint8_t bytes = size_in_lanes(type);
  if (bytes > 2 || bytes >= ir::size_of(type_of_value(invariant))) return unmade;
  const std::int64_t low = ir::lowest_of(type), above = ir::highest_of(type) + 1;
  const std::uint32_t nearest =
      find_or_add({.kind = Step::Kind::Invariant, .type = type, .bytes = bytes, .saturates = true, .node = invariant});
  const std::uint32_t a = use(varying, type);
  const std::uint32_t mask = compute(node.op, type, is_left ? a : nearest, is_left ? nearest : a);
  const auto join = [&](Op op, std::uint32_t to, std::uint32_t all) { return compute(op, Type::Bool, to, all); };
  switch (node.op) {
    case Op::Less:
      return join(Op::Or, mask,
                  is_left ? is_below(invariant, above, false, bytes) : is_below(invariant, low, true, bytes));
    case Op::LessEqual:
      return join(Op::And, mask,
                  is_left ? is_below(invariant, low, false, bytes) : is_below(invariant, above, true, bytes));
    case Op::Equal:
      return join(Op::And, join(Op::And, mask, is_below(invariant, low, false, bytes)),
                  is_below(invariant, above, true, bytes));
    default:
      return join(Op::Or, join(Op::Or, mask, is_below(invariant, low, true, bytes)),
                  is_below(invariant, above, false, bytes));
  }
}

// Whether it is below the limit, or is not, as a mask.
std::uint32_t LaneNarrowing::is_below(Id invariant, std::int64_t limit, bool expected, std::uint8_t bytes) {
  return find_or_add({.kind = Step::Kind::Invariant,
                      .op = expected ? Op::Less : Op::LessEqual,
                      .type = Type::Bool,
                      .bytes = bytes,
                      .saturates = true,
                      .node = invariant,
                      .value = limit});
}

}  // namespace cogent::optimize
