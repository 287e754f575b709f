// Places pure nodes: one walk over the statements for the direct uses, one over the nodes from the youngest to the
// oldest, so that all uses of a node are known before it is placed and its operands come later.
#include "analysis/placement.h"

#include "ir/walk.h"

namespace cogent::analysis {

using ir::Do;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Statement;

namespace {

constexpr std::uint16_t most_tests = 2;  // of a comparison that is made anew for each of them

}  // namespace

void Placement::run(const ir::Program& program, bool fold_offsets) {
  program_ = &program;
  fold_offsets_ = fold_offsets;
  nodes_.assign(program.nodes.size(), {});
  position_.assign(program.nodes.size(), none);
  let_of_.assign(program.nodes.size(), none);
  statements_.assign(program.statements.size(), {});
  next_let_.assign(program.regions.size(), none);
  number_statements();
  find_early();
  for (Id statement : visited_) use_operands_of_statement(statement);
  for (Id node = static_cast<Id>(nodes_.size()); node-- > 0;) place(node);
  gather();
}

void Placement::number_statements() {
  const ir::Program& program = *program_;
  visited_.clear();
  Id region = 0, statement = program.regions[0].first;
  for (;;) {
    if (statement == none) {  // the end of a region: on with the owner's next one, or after the owner
      const Id owner = program.regions[region].owner;
      if (owner == none) return;
      const Id next = ir::next_region(program, region);
      region = next != none ? next : program.regions[region].parent;
      statement = next != none ? program.regions[region].first : program.statements[owner].next;
      continue;
    }
    const Statement& current = program.statements[statement];
    statements_[statement] = {region, static_cast<std::uint32_t>(visited_.size())};
    visited_.push_back(statement);
    if (current.what == Do::Let || (current.what == Do::Call && current.a != none)) {
      let_of_[current.a] = statement;
      nodes_[current.a].early = region;
    }
    if (current.what == Do::For) nodes_[current.a].early = current.body;
    if (current.body != none) region = current.body;
    statement = current.body != none ? program.regions[region].first : current.next;
  }
}

void Placement::find_early() {
  const ir::Program& program = *program_;
  for (Id id = 0; id < nodes_.size(); ++id) {
    const Node& node = program.nodes[id];
    if (ir::is_pinned(node)) continue;
    Id early = 0;
    for (int i = 0; i < ir::operand_count(node); ++i) early = deeper(early, nodes_[ir::operand(node, i)].early);
    nodes_[id].early = early;
  }
}

Id Placement::deeper(Id a, Id b) const {
  if (a == b) return a;
  if (a == none || b == none) return none;
  if (contains(a, b)) return b;
  return contains(b, a) ? a : none;
}

bool Placement::contains(Id outer, Id inner) const {
  const auto& regions = program_->regions;
  while (inner != none && regions[inner].depth > regions[outer].depth) inner = regions[inner].parent;
  return inner == outer;
}

Id Placement::common(Id a, Id b) const {
  const auto& regions = program_->regions;
  while (a != b) {
    Id& deep = regions[a].depth >= regions[b].depth ? a : b;
    deep = regions[deep].parent;
  }
  return a;
}

void Placement::use(Id node, Id region, Id statement) {
  NodePlace& place = nodes_[node];
  ++place.uses;
  place.home = place.home == none ? region : common(place.home, region);
  if (place.first_user == none || statements_[statement].number < statements_[place.first_user].number)
    place.first_user = statement;
}

void Placement::use_condition(Id node, Id region, Id statement) {
  use(node, region, statement);
  if (nodes_[node].tests <= most_tests) ++nodes_[node].tests;
}

Id Placement::index_needed(Id index, bool is_checked) const {
  const Node& node = program_->nodes[index];
  return fold_offsets_ && !is_checked && node.op == Op::Add && program_->is_constant(node.b) ? node.a : index;
}

void Placement::use_operands_of_statement(Id id) {
  const Statement& statement = program_->statements[id];
  const Id region = statements_[id].region;
  const bool is_checked = ir::needs_check(statement);
  switch (statement.what) {
    case Do::Let: {
      const Node& node = program_->nodes[statement.a];
      if (node.op == Op::Load) use(index_needed(node.b, is_checked), region, id);
      if (ir::is_division(node.op)) use_operands(statement.a, region, id);
      break;
    }
    case Do::Set:
      if (!program_->is_dead(statement)) use(statement.b, region, id);
      break;
    case Do::Store:
      use(index_needed(statement.b, is_checked), region, id);
      use(statement.c, region, id);
      break;
    case Do::For:
      for (Id bound : {statement.b, statement.c, statement.d}) use(bound, region, id);
      break;
    case Do::Check:
      if (!is_checked) break;
      use(statement.b, region, id);
      use(statement.c, region, id);
      break;
    case Do::If:
    case Do::Require:
      use_condition(statement.a, region, id);
      break;
    case Do::Return:
      if (statement.a != none) use(statement.a, region, id);
      break;
    case Do::Cases:
      use(statement.a, region, id);
      break;
    case Do::Go:
      if (statement.b != none) use(statement.b, region, id);
      break;
    case Do::Call:
      ir::for_each_used_node(*program_, statement, [&](Id node) { use(node, region, id); });
      break;
    case Do::Loop:
    case Do::Block:
    case Do::Break:
    case Do::Continue:
    case Do::Comment:
    case Do::States:
      break;
  }
}

void Placement::use_operands(Id id, Id region, Id statement) {
  const Node& node = program_->nodes[id];
  for (int i = 0; i < ir::operand_count(node); ++i) {
    const Id operand = ir::operand(node, i);
    if (node.op == Op::Select && i == 0)
      use_condition(operand, region, statement);
    else
      use(operand, region, statement);
  }
}

void Placement::place(Id id) {
  const Node& node = program_->nodes[id];
  NodePlace& place = nodes_[id];
  if (ir::is_pinned(node)) {
    if (let_of_[id] != none) next_let_[statements_[let_of_[id]].region] = let_of_[id];
    place.home = place.early;
    return;
  }
  if (place.uses == 0 || node.op == Op::Constant) {
    place.home = none;
    return;
  }
  if (ir::is_comparison(node.op) && place.uses == place.tests && place.tests <= most_tests) {
    place.fused = true;
    use_operands(id, place.home, place.first_user);
    place.home = none;
    return;
  }
  place.home = out_of_loops(place.home, place.early);
  Id position = ancestor_in(place.home, place.first_user);
  const Id let = next_let_[place.home];
  if (let != none && statements_[let].number < statements_[position].number) position = let;
  position_[id] = position;
  use_operands(id, place.home, position);
}

Id Placement::out_of_loops(Id region, Id early) const {
  const auto& regions = program_->regions;
  Id home = region;
  for (Id at = region; at != early && at != 0;) {
    const bool leaves_loop = regions[at].is_loop;
    at = regions[at].parent;
    if (leaves_loop) home = at;
  }
  return home;
}

Id Placement::ancestor_in(Id home, Id statement) const {
  for (Id region = statements_[statement].region; region != home; region = statements_[statement].region)
    statement = program_->regions[region].owner;
  return statement;
}

void Placement::gather() {
  begin_.assign(statements_.size() + 1, 0);
  for (Id position : position_)
    if (position != none) ++begin_[position + 1];
  for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
  order_.resize(begin_.back());
  for (Id id = 0; id < position_.size(); ++id)
    if (position_[id] != none) order_[begin_[position_[id]]++] = id;
  for (std::size_t i = begin_.size() - 1; i > 0; --i) begin_[i] = begin_[i - 1];  // each had moved on to its end
  begin_[0] = 0;
}

}  // namespace cogent::analysis
