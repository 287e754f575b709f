// A pinned value is known in the rest of its region and in all that this contains. Of all pinned values that a pure
// node needs, the one in the deepest region and the one made last speak for all others.
#include "ir/dominance.h"

#include <algorithm>

#include "ir/walk.h"

namespace cogent::ir {
namespace {

struct Span {  // the time during which the walk is inside a region
  std::uint32_t begin = 0, end = 0;
};

struct Need {
  Id deepest = none;             // the region that a user must lie in; none: no region will do
  std::uint32_t not_before = 0;  // the time at which all that is needed has been made
};

struct Facts {
  std::vector<Span> spans;   // per region
  std::vector<Need> needs;   // per node
  std::vector<Id> declared;  // per variable: the region of its first Set

  bool contains(Id outer, Id inner) const {
    return spans[outer].begin <= spans[inner].begin && spans[inner].end <= spans[outer].end;
  }
  bool is_known(Id node, Id region, std::uint32_t time) const {
    const Need& need = needs[node];
    return need.deepest != none && need.not_before <= time && contains(need.deepest, region);
  }
};

/// Where a walk is; both walks keep the same time.
struct Clock {
  const Program& program;
  Facts& facts;
  std::uint32_t time = 0;
  Id here = 0;

  void enter(Id region) {
    here = region;
    facts.spans[region].begin = ++time;
  }
  void leave(Id region) {
    facts.spans[region].end = ++time;
    here = program.regions[region].parent;
  }
};

/// The first walk: where and when pinned values are made.
struct Making : Clock {
  void statement(Id id) {
    const Statement& statement = program.statements[id];
    ++time;
    const bool makes = statement.what == Do::Let || (statement.what == Do::Call && statement.a != none);
    if (makes) facts.needs[statement.a] = {here, time};
    if (statement.what == Do::For) facts.needs[statement.a] = {statement.body, time};
    if (statement.what == Do::Set && facts.declared[statement.a] == none) facts.declared[statement.a] = here;
  }
};

void find_need(const Program& program, Facts& facts, Id id) {
  const Node& node = program.nodes[id];
  Need need{0, 0};
  for (int i = 0; i < operand_count(node); ++i) {
    const Need& other = facts.needs[operand(node, i)];
    need.not_before = std::max(need.not_before, other.not_before);
    if (need.deepest == none || other.deepest == none) {
      need.deepest = none;
    } else if (facts.contains(need.deepest, other.deepest)) {
      need.deepest = other.deepest;
    } else if (!facts.contains(other.deepest, need.deepest)) {
      need.deepest = none;
    }
  }
  facts.needs[id] = need;
}

/// The second walk: the first use of a value that is not known there.
struct Using : Clock {
  Id use = none, used = none, used_variable = none;

  void statement(Id id) {
    ++time;
    if (use != none) return;
    if (const Id variable = variable_of(program.statements[id]); variable != none) check_variable(id, variable);
    for_each_used_node(program, program.statements[id], [&](Id node) {
      if (use != none || facts.is_known(node, here, time)) return;
      use = id;
      used = culprit(node);
    });
  }

  /// The variable that a statement reads or writes.
  Id variable_of(const Statement& statement) const {
    if (statement.what == Do::Set) return statement.a;
    const bool reads = statement.what == Do::Let && program.nodes[statement.a].op == Op::Get;
    return reads ? program.nodes[statement.a].a : none;
  }
  void check_variable(Id id, Id variable) {
    const Id declared = facts.declared[variable];
    if (declared != none && facts.contains(declared, here)) return;
    use = id;
    used_variable = variable;
  }

  /// A pinned node, among those that `node` needs, that is not known here.
  Id culprit(Id node) const {
    std::vector<bool> seen(program.nodes.size());
    std::vector<Id> pending{node};
    for (;;) {
      const Id id = pending.back();
      pending.pop_back();
      if (seen[id] || facts.is_known(id, here, time)) continue;
      seen[id] = true;
      const Node& at = program.nodes[id];
      if (is_pinned(at)) return id;
      for (int i = 0; i < operand_count(at); ++i) pending.push_back(operand(at, i));
    }
  }
};

DominanceError explain(const Program& program, const Facts& facts, const Using& found) {
  const bool is_variable = found.used == none;
  const Id region = is_variable ? facts.declared[found.used_variable] : facts.needs[found.used].deepest;
  DominanceError error{program.statements[found.use].line, 0, found.used, region, Do::Block};
  if (region == none) return error;
  error.made = is_variable ? program.variables[found.used_variable].line : program.nodes[found.used].line;
  if (const Id owner = program.regions[region].owner; owner != none) error.made_kind = program.statements[owner].what;
  return error;
}

}  // namespace

std::optional<DominanceError> find_dominance_error(const Program& program) {
  thread_local Facts facts;
  facts.spans.assign(program.regions.size(), {});
  facts.needs.assign(program.nodes.size(), {});
  facts.declared.assign(program.variables.size(), none);
  walk(program, Making{{program, facts}});
  for (Id id = 0; id < program.nodes.size(); ++id)
    if (!is_pinned(program.nodes[id])) find_need(program, facts, id);
  Using uses{{program, facts}};
  walk(program, uses);
  if (uses.use == none) return std::nullopt;
  return explain(program, facts, uses);
}

}  // namespace cogent::ir
