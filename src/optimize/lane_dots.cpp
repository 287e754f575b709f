// Weighted sums of bytes that alternate in memory, such as a pixel's brightness: dot products with weights of a byte.
#include <algorithm>

#include "optimize/lane_types.h"
#include "optimize/narrow_lanes.h"

namespace cogent::optimize {

using ir::Node;
using ir::Op;

namespace {

constexpr std::int64_t least_weight = -128, most_weight = 127;

bool is_weight(std::int64_t weight) { return weight >= least_weight && weight <= most_weight; }

std::uint64_t slot(int number, std::int64_t weight, int position) {
  return static_cast<std::uint64_t>(static_cast<std::uint8_t>(weight)) << 8 * number |
         static_cast<std::uint64_t>(position) << (32 + 8 * number);
}

// One weight may be too large if one of four is 0: then its element comes twice, and the others are in pairs with it
// whose sums are small if they can be. 0: there is no such form.
std::uint64_t slots_of(const std::int64_t* weights) {
  const std::int64_t* const end = weights + 4;
  const auto too_large = std::count_if(weights, end, [](std::int64_t weight) { return !is_weight(weight); });
  const std::int64_t* const spare = std::find(weights, end, 0);
  std::uint64_t slots = 0;
  if (too_large == 0) {
    for (int i = 0; i < 4; ++i) slots |= slot(i, weights[i], weights[i] != 0 ? i : 0);
    return slots;
  }
  if (too_large > 1 || spare == end) return 0;
  const std::int64_t* const large = std::find_if(weights, end, [](std::int64_t weight) { return !is_weight(weight); });
  std::int64_t rest = *large;
  for (int i = 0, number = 0; i < 4; ++i) {
    const std::int64_t* const other = weights + i;
    if (other == large || other == spare) continue;
    const std::int64_t part = number == 0 ? std::clamp(128 - *other, least_weight, most_weight) : rest;
    const std::int64_t taken = number == 0 ? std::clamp(part, rest - most_weight, rest - least_weight) : rest;
    if (!is_weight(taken)) return 0;
    slots |= slot(number, *other, i) | slot(number + 1, taken, static_cast<int>(large - weights));
    rest -= taken;
    number += 2;
  }
  return slots;
}

}  // namespace

// A Load of a byte, the elements of whose iteration are neighbours.
bool LaneNarrowing::add_element(Id load, std::int64_t factor, Dot& dot) const {
  if (program_->nodes[load].op != Op::Load || program_->nodes[load].type != Type::U8 || !varies(load)) return false;
  const std::uint32_t number = values_[load - first_].access;
  if (number == unmade) return false;
  const ir::LaneAccess& access = loop_->accesses[number];
  if (access.stride < 3 || access.group == ir::LaneAccess::no_group) return false;
  if (dot.first != ir::none && loop_->accesses[values_[dot.first - first_].access].group != access.group) return false;
  dot.first = std::min(dot.first, load);
  dot.weights[access.position] += factor;
  return true;
}

// Modulo 2^32.
bool LaneNarrowing::add_to_dot(Id id, std::int64_t factor, Dot& dot) const {
  constexpr std::int64_t most_factor = 1 << 20;
  const Node& node = program_->nodes[id];
  if (++dot.nodes > Dot::most_nodes || factor > most_factor || factor < -most_factor) return false;
  if (!ir::is_integer(node.type) || ir::size_of(node.type) != 4) return add_element(id, factor, dot);
  const auto constant = [&](std::int64_t& value) {
    if (!program_->is_constant(node.b)) return false;
    value = program_->value(node.b);
    return value <= most_factor && value >= -most_factor;
  };
  std::int64_t value = 0;
  switch (node.op) {
    case Op::Constant:
      dot.constant += factor * static_cast<std::int32_t>(program_->value(id));
      return true;
    case Op::Add:
      return add_to_dot(node.a, factor, dot) && add_to_dot(node.b, factor, dot);
    case Op::Subtract:
      return add_to_dot(node.a, factor, dot) && add_to_dot(node.b, -factor, dot);
    case Op::Multiply:
      return constant(value) && add_to_dot(node.a, factor * value, dot);
    case Op::ShiftLeft:
      return constant(value) && value >= 0 && value <= 16 && add_to_dot(node.a, factor << value, dot);
    case Op::Convert:
      return add_element(node.a, factor, dot);
    default:
      return false;
  }
}

bool LaneNarrowing::find_dot(Id id, Dot& dot) const {
  const Op op = program_->nodes[id].op;
  if (loop_->groups.empty() || (op != Op::Add && op != Op::Subtract) || ir::size_of(program_->nodes[id].type) != 4)
    return false;
  if (!add_to_dot(id, 1, dot) || dot.first == ir::none) return false;
  if (std::count(dot.weights, dot.weights + Dot::most_elements, 0) > 2) return false;
  dot.low = slots_of(dot.weights);
  if (dot.low != 0) return true;
  std::int64_t high[Dot::most_elements], low[Dot::most_elements];
  for (int i = 0; i < Dot::most_elements; ++i) {
    low[i] = static_cast<std::int8_t>(dot.weights[i]);
    high[i] = (dot.weights[i] - low[i]) / 256;
  }
  dot.has_high = true;
  dot.low = slots_of(low);
  dot.high = slots_of(high);
  return dot.high != 0 && dot.low != 0;
}

bool LaneNarrowing::emit_dot(Id id) {
  Dot dot;
  if (!find_dot(id, dot)) return false;
  const Type type = type_of_size(4, (*ranges_)[id].low < 0);
  const std::uint32_t load = values_[dot.first - first_].step;
  const auto sum = [&](std::uint32_t begin, std::uint64_t slots) {
    return add({.kind = Step::Kind::Dot,
                .type = type,
                .bytes = 4,
                .a = load,
                .b = begin,
                .value = static_cast<std::int64_t>(slots)});
  };
  const auto number = [&](std::int64_t value) { return constant(type, 4, value); };
  std::uint32_t begin;
  if (dot.has_high) {
    const std::int64_t rest = dot.constant & 255;
    begin = compute(Op::ShiftLeft, type, sum(number((dot.constant - rest) / 256), dot.high), number(8));
    if (rest != 0) begin = compute(Op::Add, type, begin, number(rest));
  } else {
    begin = number(dot.constant);
  }
  value_of(id)->step = sum(begin, dot.low);
  value_of(id)->is_whole = true;
  return true;
}

}  // namespace cogent::optimize
