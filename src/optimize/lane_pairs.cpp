// Sums of products of words in 4 bytes: two products at once, as machines multiply pairs of words.
#include <algorithm>

#include "optimize/lane_types.h"
#include "optimize/narrow_lanes.h"

namespace cogent::optimize {

using ir::Node;
using ir::none;
using ir::Op;
using ir::Type;

// An integer that varies and has a value of 16 bits with a sign.
bool LaneNarrowing::is_word(Id id) const {
  return varies(id) && ir::is_integer(program_->nodes[id].type) && !is_boolean(id) &&
         (*ranges_)[id].within(analysis::range_of(Type::I16));
}

bool LaneNarrowing::add_term(const PairDot::Term& term, PairDot& dot) const {
  if (dot.count == PairDot::most_terms) return false;
  dot.terms[dot.count++] = term;
  return true;
}

// Modulo 2^32.
bool LaneNarrowing::add_to_pair_dot(Id id, std::int64_t factor, PairDot& dot) const {
  const Node& node = program_->nodes[id];
  if (++dot.nodes > PairDot::most_nodes || factor > INT16_MAX || factor < INT16_MIN) return false;
  if (is_word(id)) return add_term({id, none, factor}, dot);
  if (!ir::is_integer(node.type) || ir::size_of(node.type) != 4) return false;
  std::int64_t value = 0;
  const auto has_constant = [&] {
    if (!program_->is_constant(node.b)) return false;
    value = program_->value(node.b);
    return value <= INT16_MAX && value >= INT16_MIN;
  };
  switch (node.op) {
    case Op::Constant:
      dot.constant += factor * static_cast<std::int32_t>(program_->value(id));
      return true;
    case Op::Add:
      return add_to_pair_dot(node.a, factor, dot) && add_to_pair_dot(node.b, factor, dot);
    case Op::Subtract:
      return add_to_pair_dot(node.a, factor, dot) && add_to_pair_dot(node.b, -factor, dot);
    case Op::Multiply:
      if (has_constant()) return add_to_pair_dot(node.a, factor * value, dot);
      return factor == 1 && is_word(node.a) && is_word(node.b) && add_term({node.a, node.b, 1}, dot);
    case Op::ShiftLeft:
      return has_constant() && value >= 0 && value < 16 && add_to_pair_dot(node.a, factor << value, dot);
    default:
      return false;
  }
}

bool LaneNarrowing::find_pair_dot(Id id, PairDot& dot) {
  const Node& node = program_->nodes[id];
  if ((node.op != Op::Add && node.op != Op::Subtract) || !ir::is_integer(node.type) || ir::size_of(node.type) != 4 ||
      bytes_of(id) != 4)
    return false;
  if (!add_to_pair_dot(id, 1, dot) || dot.count < 2) return false;
  return std::any_of(dot.terms, dot.terms + dot.count, [](const PairDot::Term& term) {
    return term.other != none || term.weight > 1 || term.weight < -1;
  });
}

// One word alone is beside 0.
std::uint32_t LaneNarrowing::pair(Id a, Id b) {
  const std::uint32_t low = use(a, Type::I16), high = b == none ? constant(Type::I16, 2, 0) : use(b, Type::I16);
  return add({.kind = Step::Kind::Pair, .type = Type::I32, .bytes = 4, .a = low, .b = high});
}

bool LaneNarrowing::emit_pair_dot(Id id) {
  PairDot dot;
  if (!find_pair_dot(id, dot)) return false;
  const auto products = [](const PairDot::Term& term) { return term.other != none; };
  PairDot::Term *const begin = dot.terms, *const end = begin + dot.count;
  PairDot::Term* const weighted = std::partition(begin, end, products);
  const Type type = type_of_size(4, (*ranges_)[id].low < 0);
  std::uint32_t sum = constant(type, 4, dot.constant);
  for (PairDot::Term* term = begin; term != end;) {
    const bool is_product = term < weighted, has_next = term + 1 != (is_product ? weighted : end);
    const PairDot::Term next = has_next ? term[1] : PairDot::Term{none, none, 0};
    const std::uint32_t words = pair(term->word, next.word);
    const bool are_squares = is_product && term->word == term->other && next.word == next.other;
    const std::int64_t weights = static_cast<std::uint16_t>(term->weight) | next.weight << 16;
    const std::uint32_t factors = are_squares  ? words
                                  : is_product ? pair(term->other, next.other)
                                               : constant(Type::I32, 4, weights);
    sum = add({.kind = Step::Kind::PairDot, .type = type, .bytes = 4, .a = words, .b = factors, .c = sum});
    term += has_next ? 2 : 1;
  }
  value_of(id)->step = sum;
  value_of(id)->is_whole = true;
  return true;
}

}  // namespace cogent::optimize
