// Decides between the rounds of printing, and hands out names for each round.
#include "cpp/plan.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cogent::cpp {

using ir::Node;
using ir::none;
using ir::Op;

Plan::Plan(const ir::Program& program, const Structure& structure, const Wishes& wishes)
    : program_(program),
      structure_(structure),
      wishes_(wishes),
      circuits_(program),
      is_broken_(circuits_.size()),
      nodes_(program.nodes.size()),
      variables_(program.variables.size()) {
  name_from_wishes();
}

bool Plan::is_pure(Id node) const { return !ir::is_pinned(program_.nodes[node]); }

bool Plan::is_atom(Id node) const {
  const Op op = program_.nodes[node].op;
  return op == Op::Constant || op == Op::Parameter || op == Op::Size || op == Op::Index || nodes_[node].is_named;
}

bool Plan::is_cheap(Id id) const {
  const Node& node = program_.nodes[id];
  switch (node.op) {
    case Op::Convert:
    case Op::Add:
    case Op::Subtract:
    case Op::Multiply:
    case Op::And:
    case Op::ShiftLeft:
    case Op::Less:
    case Op::LessEqual:
    case Op::Equal:
    case Op::NotEqual:
      for (int i = 0; i < ir::operand_count(node); ++i)
        if (!is_atom(ir::operand(node, i))) return false;
      return true;
    default:
      return false;
  }
}

void Plan::name_from_wishes() {
  for (Id id = 0; id < nodes_.size(); ++id) {
    const Op op = program_.nodes[id].op;
    const bool can_be_declared = op != Op::Constant && op != Op::Parameter && op != Op::Size && op != Op::Index;
    nodes_[id] = {};
    nodes_[id].is_named = can_be_declared && id < wishes_.nodes.size() && !wishes_.nodes[id].empty();
  }
}

// ---- rounds

void Plan::begin_round() {
  changed_ = false;
  for (NodePlan& node : nodes_) node.is_printed = false;
  for (VariablePlan& variable : variables_) variable.is_read = false;
  parameter_used_.assign(program_.parameters.size(), false);
  size_used_.assign(program_.arrays.size() * most_sizes, false);
  used_callees_.assign(program_.callees.size(), {});
  gather_declared();
  give_names();
}

void Plan::note_use(Id node, Id statement) {
  NodePlan& plan = nodes_[node];
  const Id anchor = structure_.join(plan.anchor, statement);
  if (anchor == plan.anchor) return;
  plan.anchor = anchor;
  if (plan.is_named && is_pure(node)) changed_ = true;
}

void Plan::demand_name(Id node) {
  changed_ = changed_ || !nodes_[node].is_named;
  nodes_[node].is_named = true;
  if (const Id maker = structure_.maker(node); maker != none) demand_lines_in(structure_.region_of(maker));
}

void Plan::demand_lines_in(Id region) {
  for (; region != none; region = program_.regions[region].parent) {
    const Id circuit = circuits_.of_body(region);
    if (circuit == none || is_broken_[circuit]) continue;
    is_broken_[circuit] = changed_ = true;
  }
}

bool Plan::end_round() {
  if (keep_what_is_needed() || changed_) return false;
  return !drop_unread_variables() && !silence_unused_values();
}

bool Plan::keep_what_is_needed() {
  bool any = false, is_back = false;
  for (NodePlan& node : nodes_) {
    if (!node.is_printed || !node.is_unused) continue;
    node.is_unused = false;
    node.must_stay = any = true;
  }
  for (VariablePlan& variable : variables_) {
    if (!variable.is_read || !variable.is_dropped) continue;
    variable.is_dropped = false;
    variable.must_stay = any = true;
    is_back = true;
  }
  if (is_back) name_from_wishes();
  return any;
}

bool Plan::drop_unread_variables() {
  bool any = false;
  for (VariablePlan& variable : variables_) {
    if (variable.is_read || variable.is_dropped || variable.must_stay) continue;
    variable.is_dropped = any = true;
  }
  if (any) name_from_wishes();  // what only they needed is decided anew
  return any;
}

bool Plan::silence_unused_values() {
  bool any = false;
  for (NodePlan& node : nodes_) {
    if (!node.is_named || node.is_printed || node.is_unused || node.must_stay) continue;
    node.is_unused = any = true;
  }
  return any;
}

// ---- declarations

void Plan::gather_declared() {
  declared_.clear();
  for (Id id = 0; id < nodes_.size(); ++id)
    if (nodes_[id].is_named && !nodes_[id].is_unused && nodes_[id].anchor != none && is_pure(id))
      declared_.push_back(id);
  for (const Id node : declared_) demand_lines_in(structure_.region_of(nodes_[node].anchor));
  std::sort(declared_.begin(), declared_.end(), [&](Id a, Id b) {
    return std::pair(structure_.order(nodes_[a].anchor), a) < std::pair(structure_.order(nodes_[b].anchor), b);
  });
}

std::span<const Id> Plan::declared_before(Id statement) const {
  const std::uint32_t order = structure_.order(statement);
  const auto order_of = [&](Id node) { return structure_.order(nodes_[node].anchor); };
  const auto first = std::lower_bound(declared_.begin(), declared_.end(), order,
                                      [&](Id node, std::uint32_t value) { return order_of(node) < value; });
  auto last = first;
  while (last != declared_.end() && order_of(*last) == order) ++last;
  return {first, last};
}

// ---- names

const std::string& Plan::use_callee(Id callee) {
  const Id first = wishes_.callees[callee].same_as;
  return used_callees_[first] = callees_[first];
}

// The function's own name is taken first, if it calls anything: callees that are called like it get another one.
void Plan::name_callees(Scopes& scopes) {
  callees_.assign(program_.callees.size(), {});
  std::string own;
  for (Id id = 0; id < callees_.size(); ++id) {
    const ir::CalleeKind kind = program_.callees[id].kind;
    if (kind == ir::CalleeKind::Print || wishes_.callees[id].same_as != id) continue;
    if (own.empty()) own = scopes.unique(wishes_.own, 0);
    callees_[id] = kind == ir::CalleeKind::Recurse ? own : scopes.unique(wishes_.callees[id].name, 0);
  }
}

void Plan::name_parameters(Scopes& scopes) {
  parameters_.assign(program_.parameters.size(), {});
  sizes_.assign(program_.arrays.size(), {});
  arrays_.assign(program_.arrays.size(), {});
  for (Id id = 0; id < parameters_.size(); ++id) {
    const ir::Parameter& parameter = program_.parameters[id];
    std::string wish = id < wishes_.parameters.size() ? make_identifier(wishes_.parameters[id]) : "";
    if (wish.empty()) wish = parameter.is_array ? "a" + std::to_string(parameter.array) : "x" + std::to_string(id);
    parameters_[id] = scopes.unique(wish, 0);
    if (!parameter.is_array) continue;
    arrays_[parameter.array] = parameters_[id];
    name_sizes(scopes, parameter.array);
  }
}

void Plan::name_sizes(Scopes& scopes, Id id) {
  const ir::Array& array = program_.arrays[id];
  if (array.rank == 1) {
    sizes_[id] = {scopes.unique(arrays_[id] + "_size", 0)};
    return;
  }
  for (const char* kind : {"_extent", "_stride"})
    for (int i = 0; i < array.rank; ++i) sizes_[id].push_back(scopes.unique(arrays_[id] + kind + std::to_string(i), 0));
}

void Plan::name_local_arrays(Scopes& scopes) {
  for (Id id = 0; id < arrays_.size(); ++id) {
    const ir::Array& array = program_.arrays[id];
    if (array.storage == ir::Storage::Argument || array.memory != none) continue;
    std::string wish = id < wishes_.arrays.size() ? make_identifier(wishes_.arrays[id]) : "";
    if (wish.empty()) wish = (array.storage == ir::Storage::Table ? "table" : "scratch") + std::to_string(id);
    arrays_[id] = scopes.unique(wish, 0);
  }
}

std::string Plan::invented_name(Id id, int& temporaries) const {
  const Node& node = program_.nodes[id];
  if (node.op != Op::Index) return "t" + std::to_string(temporaries++);
  std::size_t depth = 0;
  for (Id region = program_.regions[node.a].parent; region != none; region = program_.regions[region].parent)
    if (program_.regions[region].is_loop) ++depth;
  return depth < 3 ? std::string(1, "ijk"[depth]) : "i" + std::to_string(depth);
}

void Plan::give_names() {
  struct Thing {
    std::uint32_t order;
    bool is_variable;
    Id id, scope;
    bool operator<(const Thing& other) const {
      return std::tie(order, is_variable, id) < std::tie(other.order, other.is_variable, other.id);
    }
  };
  std::vector<Thing> things;
  for (Id id = 0; id < nodes_.size(); ++id) {
    const Id maker = structure_.maker(id);
    if (program_.nodes[id].op == Op::Index && maker != none) {
      things.push_back({structure_.order(maker), false, id, program_.nodes[id].a});
    } else if (nodes_[id].is_named && !nodes_[id].is_unused) {
      const Id place = is_pure(id) ? nodes_[id].anchor : maker;
      if (place != none) things.push_back({structure_.order(place), false, id, structure_.region_of(place)});
    }
  }
  for (Id id = 0; id < variables_.size(); ++id)
    if (const Id place = structure_.declaration(id); place != none && !variables_[id].is_dropped)
      things.push_back({structure_.order(place), true, id, structure_.region_of(place)});
  std::sort(things.begin(), things.end());

  Scopes scopes(structure_);
  name_callees(scopes);
  name_parameters(scopes);
  name_local_arrays(scopes);
  int temporaries = 0;
  for (const Thing& thing : things) {
    const std::vector<std::string>& wishes = thing.is_variable ? wishes_.variables : wishes_.nodes;
    std::string wish = thing.id < wishes.size() ? make_identifier(wishes[thing.id]) : "";
    if (wish.empty()) wish = thing.is_variable ? "v" + std::to_string(thing.id) : invented_name(thing.id, temporaries);
    (thing.is_variable ? variables_[thing.id].name : nodes_[thing.id].name) = scopes.unique(wish, thing.scope);
  }
}

}  // namespace cogent::cpp
