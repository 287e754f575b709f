// The nearest integer of an integer's square root, by way of floats in the program: in words, whatever computes it.
#include <algorithm>
#include <bit>

#include "ir/semantics.h"
#include "optimize/lane_types.h"
#include "optimize/narrow_lanes.h"

namespace cogent::optimize {

using ir::Node;
using ir::Op;
using ir::Type;

namespace {

// Adding and taking away this leaves a float up to 2^22 without bits behind the point.
constexpr float rounding = 12582912.0F;
constexpr std::int64_t highest_word = UINT16_MAX, highest_root = 256, most_exact = 1 << 24;

}  // namespace

// The root of an integer k * k + k is less than k + 1/2 by more than floats err up to 2^16, that of the next one more:
// so halves never occur, and how they are rounded does not matter. Larger numbers may be taken for 2^16 - 1, whose
// root is 256, if the result is at most 255.
bool LaneNarrowing::find_root(Id id, Root& root) const {
  const Node* node = &program_->nodes[id];
  if (node->op != Op::Convert || !ir::is_integer(node->type) || !varies(id)) return false;
  const auto number = [&](Id constant) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(program_->value(constant)));
  };
  bool is_rounded = false;
  float highest = highest_word;
  for (;;) {
    node = &program_->nodes[node->a];
    if (node->type != Type::F32) return false;
    const bool has_constant = ir::is_binary(node->op) && program_->is_constant(node->b);
    if (node->op == Op::SquareRoot) break;
    if (node->op == Op::Round) {
      is_rounded = true;
    } else if (node->op == Op::Subtract && has_constant && number(node->b) == rounding) {
      node = &program_->nodes[node->a];
      if (node->op != Op::Add || !program_->is_constant(node->b) || number(node->b) != rounding) return false;
      is_rounded = true;
    } else if (node->op == Op::Minimum && has_constant && number(node->b) >= 0) {
      highest = std::min(highest, number(node->b));
    } else if (node->op != Op::Maximum || !has_constant || !(number(node->b) <= 0)) {
      return false;
    }
  }
  const Node& of = program_->nodes[node->a];
  if (!is_rounded || of.op != Op::Convert || !ir::is_integer(program_->nodes[of.a].type) || !varies(of.a)) return false;
  root = {of.a, static_cast<std::int64_t>(highest)};
  const analysis::Range& range = (*ranges_)[of.a];
  if (static_cast<float>(root.highest) != highest || range.low < 0) return false;
  return range.high <= (highest <= 255 ? most_exact : highest_word) &&
         std::min(root.highest, highest_root) <= ir::highest_of(program_->nodes[id].type);
}

bool LaneNarrowing::emit_root(Id id) {
  Root root;
  if (!find_root(id, root)) return false;
  const bool fits = (*ranges_)[root.of].high <= highest_word;
  const std::uint32_t words = fits ? use(root.of, Type::U16) : convert(value_of(root.of)->step, Type::U16, 2, true);
  std::uint32_t result = compute(Op::SquareRoot, Type::U16, words);
  if (root.highest <= 255) result = convert(result, Type::U8, 1, true);
  const Type type = step(result).type;
  if (root.highest < (type == Type::U8 ? 255 : highest_root))
    result = compute(Op::Minimum, type, result, constant(type, size_in_lanes(type), root.highest));
  value_of(id)->step = result;
  value_of(id)->is_whole = true;
  return true;
}

}  // namespace cogent::optimize
