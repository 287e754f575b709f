// Uses are counted from the statements down to the operands, so that what nobody uses is not written.
#include "ir/text_layout.h"

#include <algorithm>

#include "ir/walk.h"

namespace cogent::ir {
namespace {

bool is_leaf(const Node& node) { return node.op <= Op::Size || is_pinned(node); }

/// The region that has the label that a statement names; none if it names none.
Id labelled_target(const Program& program, const Statement& statement) {
  if (statement.what == Do::Break || statement.what == Do::Continue) return labelled_region(program, statement.a);
  if (statement.what != Do::Go) return none;
  return labelled_region(program, statement.a != none ? statement.a : program.operands[statement.c]);
}

}  // namespace

TextLayout::TextLayout(const Program& program)
    : program_(program),
      times_(program.statements.size()),
      regions_(program.statements.size(), none),
      is_target_(program.regions.size()),
      values_(program.nodes.size()) {
  walk(program, *this);
  for (Id id = static_cast<Id>(values_.size()); id-- > 0;)
    if (values_[id].uses > 0 && !is_leaf(program.nodes[id])) use_operands(id);
  for (Id id = 0; id < values_.size(); ++id)
    if (values_[id].uses > 0 && !is_leaf(program.nodes[id])) decide(id);
  std::sort(names_.begin(), names_.end());
}

void TextLayout::statement(Id id) {
  times_[id] = ++time_;
  regions_[id] = here_;
  const Statement& statement = program_.statements[id];
  if (const Id target = labelled_target(program_, statement); target != none) is_target_[target] = true;
  for_each_used_node(program_, statement, [&](Id node) { use(node, here_, id); });
}

void TextLayout::use(Id node, Id region, Id statement) {
  Value& value = values_[node];
  if (++value.uses == 1) {
    value.home = region;
    value.first = statement;
    return;
  }
  if (times_[statement] < times_[value.first]) value.first = statement;
  value.home = common(value.home, region);
}

void TextLayout::use_operands(Id id) {
  Value& value = values_[id];
  value.first = ancestor_in(value.home, value.first);
  const Node& node = program_.nodes[id];
  for (int i = 0; i < operand_count(node); ++i) use(operand(node, i), value.home, value.first);
}

void TextLayout::decide(Id id) {
  Value& value = values_[id];
  const Node& node = program_.nodes[id];
  value.depth = 1;
  for (int i = 0; i < operand_count(node); ++i) {
    const Value& other = values_[operand(node, i)];
    if (!other.is_named) value.depth = std::max<std::uint8_t>(value.depth, static_cast<std::uint8_t>(other.depth + 1));
  }
  value.is_named = value.uses > 1 || value.depth == deepest_expression;
  if (value.is_named) names_.push_back({times_[value.first], id});
}

Id TextLayout::common(Id a, Id b) const {
  while (a != b) {
    Id& deeper = program_.regions[a].depth >= program_.regions[b].depth ? a : b;
    deeper = program_.regions[deeper].parent;
  }
  return a;
}

Id TextLayout::ancestor_in(Id region, Id statement) const {
  while (regions_[statement] != region) statement = program_.regions[regions_[statement]].owner;
  return statement;
}

const std::vector<Id>& TextLayout::named_before(Id statement) {
  current_.clear();
  for (; next_name_ < names_.size() && names_[next_name_].time == times_[statement]; ++next_name_)
    current_.push_back(names_[next_name_].node);
  return current_;
}

}  // namespace cogent::ir
