// Walks two recordings in step, pairing what they number differently.
#include "stage/compare_recordings.h"

#include <algorithm>
#include <unordered_map>

namespace cogent::stage {

using ir::Do;
using ir::Id;
using ir::Node;
using ir::none;
using ir::Statement;
using Kind = RecordingDifference::Kind;

RecordingComparison::RecordingComparison(const ir::Program& first, const ir::Program& second,
                                         std::span<const Id> skipped)
    : first_(first),
      second_(second),
      skipped_(skipped),
      nodes_(first.nodes.size(), none),
      variables_(first.variables.size(), none),
      regions_(first.regions.size(), none),
      arrays_(first.arrays.size(), none) {}

bool RecordingComparison::differ(Kind kind, ir::Line line) {
  difference_ = {kind, line};
  return false;
}

// ---- values

bool RecordingComparison::same_head(const Node& first, const Node& second) const {
  if (first.op != second.op || first.type != second.type) return false;
  if (first.op == ir::Op::Mathematics) return first.c == second.c;
  if (first.op > ir::Op::Size) return true;
  return first.a == second.a && first.b == second.b;  // a constant, a parameter, a size
}

// Pure nodes are the same when their operands are; pinned ones when their statements were found to be.
bool RecordingComparison::same_node(Id first, Id second) {
  if (first == none || second == none) return first == second;
  work_.assign(1, {first, second});
  while (!work_.empty()) {
    const auto [a, b] = work_.back();
    work_.pop_back();
    // One recording may be the second's own outer part: a node that both share is its own counterpart.
    if (nodes_[a] == b) continue;
    const Node& x = first_.nodes[a];
    const Node& y = second_.nodes[b];
    if (ir::is_pinned(x)) {
      const bool shared = &first_ == &second_ && a == b;
      if (!shared) return false;
      continue;
    }
    if (!same_head(x, y)) return false;
    nodes_[a] = b;
    for (int i = 0; i < ir::operand_count(x); ++i) work_.emplace_back(ir::operand(x, i), ir::operand(y, i));
  }
  return true;
}

bool RecordingComparison::same_made(Id first, Id second) {
  const Node& x = first_.nodes[first];
  const Node& y = second_.nodes[second];
  if (x.op != y.op || x.type != y.type) return false;
  bool same = true;
  if (x.op == ir::Op::Get) same = same_variable(x.a, y.a);
  if (x.op == ir::Op::Load) same = same_array(x.a, y.a) && same_node(x.b, y.b);
  if (ir::is_division(x.op)) same = same_node(x.a, y.a) && same_node(x.b, y.b);
  nodes_[first] = second;
  return same;
}

// A variable declared inside the compared parts gets its counterpart at its first mention.
bool RecordingComparison::same_variable(Id first, Id second) {
  if (variables_[first] == none && first_.variables[first].type == second_.variables[second].type)
    variables_[first] = second;
  return variables_[first] == second;
}

/// Recordings number their places as they come to them, and one may have skipped some.
bool RecordingComparison::same_place(ir::Line first, ir::Line second) const {
  if (first == 0 || second == 0) return first == second;
  const ir::Place &x = first_.places[first - 1u], &y = second_.places[second - 1u];
  return x.line == y.line && x.column == y.column && std::string_view(x.file) == y.file;
}

// A scratch array that is made inside the compared parts gets its counterpart at its first mention.
bool RecordingComparison::same_array(Id first, Id second) {
  if (arrays_[first] != none) return arrays_[first] == second;
  const ir::Array &x = first_.arrays[first], &y = second_.arrays[second];
  bool same = x.type == y.type && x.storage == y.storage && x.size == y.size && x.offset == y.offset &&
              x.step() == y.step() && (x.memory == none) == (y.memory == none);
  if (same && x.memory != none) same = same_array(x.memory, y.memory);
  if (same && x.storage == ir::Storage::Scratch) same = same_place(x.line, y.line);
  if (same && x.is_argument()) same = first == second;
  if (same && x.storage == ir::Storage::Table)
    same = std::memcmp(first_.table_bytes.data() + x.first_byte, second_.table_bytes.data() + y.first_byte,
                       static_cast<std::size_t>(x.size * x.step())) == 0;
  if (same) arrays_[first] = second;
  return same;
}

bool RecordingComparison::same_text(Id first, Id second) const { return first_.texts[first] == second_.texts[second]; }

// ---- statements

bool RecordingComparison::same_operands(const Statement& first, const Statement& second) {
  switch (first.what) {
    case Do::Let:
      return same_made(first.a, second.a);
    case Do::Set:
      return same_node(first.b, second.b) && same_variable(first.a, second.a);
    case Do::Store:
      return same_array(first.a, second.a) && same_node(first.b, second.b) && same_node(first.c, second.c);
    case Do::Check:
      return same_array(first.a, second.a) && first.d == second.d && same_node(first.b, second.b) &&
             same_node(first.c, second.c);
    case Do::For:
      nodes_[first.a] = second.a;
      return first.flags == second.flags && same_node(first.b, second.b) && same_node(first.c, second.c) &&
             same_node(first.d, second.d);
    case Do::If:
    case Do::Return:
      return same_node(first.a, second.a);
    case Do::Break:
    case Do::Continue:
      return regions_[first.a] == second.a || first.a == second.a;
    case Do::Require:
      return same_node(first.a, second.a) && same_text(first.b, second.b);
    case Do::Comment:
      return same_text(first.b, second.b);
    case Do::Cases:
      return same_node(first.a, second.a);
    case Do::Go:
      return same_go(first, second);
    case Do::Call:
      return same_call(first, second);
    default:
      return true;
  }
}

bool RecordingComparison::same_go(const Statement& first, const Statement& second) {
  if (first.a != none || second.a != none) return first.a != none && same_state(first.a, second.a);
  if (!same_node(first.b, second.b)) return false;
  for (Id value = 0; value < ir::byte_values; ++value)
    if (!same_state(first_.operands[first.c + value], second_.operands[second.c + value])) return false;
  return true;
}

bool RecordingComparison::same_call(const Statement& first, const Statement& second) {
  const ir::Callee &x = first_.callees[first.b], &y = second_.callees[second.b];
  if (x.kind != y.kind || x.name != y.name || x.identity != y.identity || first.d != second.d) return false;
  for (std::size_t i = 0; i < first.d; ++i) {
    const Id a = first_.arguments(first)[i], b = second_.arguments(second)[i];
    const bool is_array = x.arguments[i].is_array;
    if (is_array != y.arguments[i].is_array || !(is_array ? same_array(a, b) : same_node(a, b))) return false;
  }
  if ((first.a == none) != (second.a == none)) return false;
  if (first.a != none) nodes_[first.a] = second.a;
  return true;
}

bool RecordingComparison::same_state(Id first, Id second) const {
  return second != none && (regions_[first] == second || first == second);
}

/// The second recording's counterpart of a region that is not skipped.
bool RecordingComparison::same_branch(Id first, Id second, ir::Line line) {
  if (second != none && std::ranges::find(skipped_, second) != skipped_.end()) {
    const Id inside = second_.regions[second].first;
    return inside == none || differ(Kind::NotSkipped, second_.statements[inside].line);
  }
  if ((first == none) != (second == none)) return differ(Kind::Changed, line);
  return first == none || same_region(first, second);
}

bool RecordingComparison::same_cases(const Statement& first, const Statement& second) {
  Id a = first.body, b = second.body;
  for (; a != none && b != none; a = first_.regions[a].sibling, b = second_.regions[b].sibling)
    if (!same_node(first_.regions[a].choice, second_.regions[b].choice) || !same_branch(a, b, second.line))
      return false;
  if (a != b) return differ(Kind::Changed, second.line);
  const bool are_twins = &first_ == &second_;  // an otherwise follows only the second of them
  return are_twins && first.other == none ? true : same_branch(first.other, second.other, second.line);
}

/// States are paired by their numbers: one that only a skipped branch leads to is missing in the second recording.
bool RecordingComparison::same_states(const Statement& first, const Statement& second) {
  std::unordered_map<Id, Id> by_number;
  for (Id a = first.body; a != none; a = first_.regions[a].sibling) by_number[first_.regions[a].choice] = a;
  for (Id b = second.body; b != none; b = second_.regions[b].sibling) {
    const auto found = by_number.find(second_.regions[b].choice);
    if (found == by_number.end()) return differ(Kind::Changed, second.line);
    regions_[found->second] = b;
  }
  for (Id b = second.body; b != none; b = second_.regions[b].sibling)
    if (!same_branch(by_number[second_.regions[b].choice], b, second.line)) return false;
  return true;
}

bool RecordingComparison::same_branches(const Statement& first, const Statement& second) {
  if (first.what == Do::Cases) return same_cases(first, second);
  if (first.what == Do::States) return same_states(first, second);
  return same_branch(first.body, second.body, second.line) && same_branch(first.other, second.other, second.line);
}

bool RecordingComparison::same_statement(Id first, Id second) {
  const Statement& x = first_.statements[first];
  const Statement& y = second_.statements[second];
  if (x.what != y.what || x.flags != y.flags || !same_operands(x, y)) return differ_at(first, second);
  return same_branches(x, y);
}

/// Whether they may come from one statement of the body, up to its values. What the end of a body reads and gives has
/// no place of its own.
bool RecordingComparison::has_same_head(Id first, Id second) const {
  const Statement& x = first_.statements[first];
  const Statement& y = second_.statements[second];
  return x.what == y.what && (x.what == Do::Return || x.what == Do::Let || same_place(x.line, y.line));
}

/// Finds out whether the second recording has but more statements before it goes on like the first.
bool RecordingComparison::differ_at(Id first, Id second) {
  const Statement& y = second_.statements[second];
  if (has_same_head(first, second)) return differ(y.what == Do::Return ? Kind::Result : Kind::Changed, y.line);
  for (Id later = next_compared(y.next); later != none; later = next_compared(second_.statements[later].next))
    if (has_same_head(first, later)) return differ(Kind::OnlySecond, y.line);
  return differ(Kind::Changed, y.line);
}

void RecordingComparison::leave_out(Id statement) {
  left_out_.resize(second_.statements.size());
  left_out_[statement] = true;
}

/// `second`, or the first statement behind it that is not left out.
Id RecordingComparison::next_compared(Id second) const {
  while (second != none && second < left_out_.size() && left_out_[second]) second = second_.statements[second].next;
  return second;
}

bool RecordingComparison::same_region(Id first, Id second) {
  regions_[first] = second;
  Id a = first_.regions[first].first, b = next_compared(second_.regions[second].first);
  for (; a != none && b != none; a = first_.statements[a].next, b = next_compared(second_.statements[b].next))
    if (!same_statement(a, b)) return false;
  if (a != none) return differ(Kind::OnlyFirst, first_.statements[a].line);
  if (b != none) return differ(Kind::OnlySecond, second_.statements[b].line);
  return true;
}

}  // namespace cogent::stage
