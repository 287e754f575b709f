// Divisions and remainders by constants. A quotient is one step, for which the machine multiplies; or a shift.
#include <algorithm>
#include <bit>

#include "optimize/lane_types.h"
#include "optimize/narrow_lanes.h"

namespace cogent::optimize {

using ir::Node;
using ir::Op;

// In at least 2 bytes, because no machine multiplies fewer, and at most 4.
bool LaneNarrowing::emit_division(Id id) {
  const Node& node = program_->nodes[id];
  if (!program_->is_constant(node.b)) return false;
  const std::int64_t divisor = program_->value(node.b);
  const bool is_negative = ir::is_signed(node.type) && divisor < 0;
  const std::uint64_t magnitude =
      is_negative ? 0 - static_cast<std::uint64_t>(divisor) : static_cast<std::uint64_t>(divisor);
  const Type whole = type_of_value(node.a);
  const Type type = type_of_size(std::max<int>(size_in_lanes(whole), 2), ir::is_signed(whole));
  const std::uint8_t bytes = size_in_lanes(type);
  if (bytes > 4 || magnitude < 2) return false;
  const analysis::Range& range = (*ranges_)[node.a];
  const auto highest = static_cast<std::uint64_t>(std::max(range.high, -range.low));
  const bool is_remainder = node.op == Op::Remainder;
  std::uint32_t& result = value_of(id)->step;
  if (magnitude > highest) {
    result = is_remainder ? use(node.a, type) : constant(type, bytes, 0);
    return true;
  }
  const auto number = [&](std::uint64_t value) {
    return constant(type_of_size(bytes, false), bytes, static_cast<std::int64_t>(value));
  };
  const std::uint32_t a = use(node.a, type);
  const bool is_simple = std::has_single_bit(magnitude) && !ir::is_signed(type);
  if (is_simple && is_remainder) {
    result = compute(Op::And, type, a, number(magnitude - 1));
    return true;
  }
  std::uint32_t quotient;
  if (is_simple) {
    quotient = compute(Op::ShiftRight, type, a, number(static_cast<std::uint64_t>(std::countr_zero(magnitude))));
  } else {
    quotient = compute(Op::Divide, type, a, number(magnitude));
    loop_->steps.back().value = static_cast<std::int64_t>(highest);
  }
  if (is_remainder)
    result = compute(Op::Subtract, type, a, compute(Op::Multiply, type, quotient, number(magnitude)));
  else
    result = is_negative ? compute(Op::Subtract, type_of_size(bytes, true), number(0), quotient) : quotient;
  return true;
}

}  // namespace cogent::optimize
