// One walk over the program, then what follows from the Breaks and Continues that were met.
#include "cpp/structure.h"

#include <algorithm>
#include <unordered_map>

#include "ir/walk.h"

namespace cogent::cpp {

using ir::Do;
using ir::none;
using ir::Op;
using ir::Statement;

Structure::Structure(const ir::Program& program) : program_(program), regions_(program.regions.size()) {
  region_of_.assign(program.statements.size(), none);
  order_.assign(program.statements.size(), 0);
  overwritten_.assign(program.statements.size(), false);
  needs_goto_.assign(program.statements.size(), false);
  maker_.assign(program.nodes.size(), none);
  declaration_.assign(program.variables.size(), none);
  number_statements();
  for (const Id leave : leaves_) note_leave(leave);
  for (Id region = 0; region < program.regions.size(); ++region) {
    RegionFacts& facts = regions_[region];
    const Id owner = program.regions[region].owner;
    const bool is_block = owner != none && program.statements[owner].what == Do::Block;
    facts.is_do_block = is_block && !facts.is_crossed && !facts.crosses_loop;
    std::sort(facts.written.begin(), facts.written.end());
  }
  for (const Id leave : leaves_) decide_leave(leave);
}

void Structure::number_statements() {
  struct Visitor {
    Structure& self;
    std::uint32_t count = 0;
    std::vector<Id> regions = {};

    void enter(Id region) {
      regions.push_back(region);
      self.find_overwritten(region);
    }
    void leave(Id) { regions.pop_back(); }
    void statement(Id id) {
      self.region_of_[id] = regions.back();
      self.order_[id] = ++count;
      const Statement& statement = self.program_.statements[id];
      if (const Id made = ir::made_node(statement); made != none) self.maker_[made] = id;
      if (statement.what == Do::Break || statement.what == Do::Continue) self.leaves_.push_back(id);
      if (statement.what == Do::Set) self.note_set(id);
      if (statement.what == Do::Go) self.note_go(id);
      if (statement.what == Do::States) ++self.states_count_;
    }
  };
  ir::walk(program_, Visitor{*this});
}

void Structure::find_overwritten(Id region) {
  std::unordered_map<Id, Id> pending;  // per variable: the Set to a constant that nothing has read yet
  ir::for_each_statement(program_, region, [&](Id id, const Statement& statement) {
    if (statement.what == Do::Let) {
      const ir::Node& node = program_.nodes[statement.a];
      if (node.op == Op::Get) pending.erase(node.a);
    } else if (statement.what == Do::Set) {
      if (const auto found = pending.find(statement.a); found != pending.end()) overwritten_[found->second] = true;
      pending.erase(statement.a);
      if (program_.is_constant(statement.b)) pending.emplace(statement.a, id);
    } else if (statement.what != Do::Store && statement.what != Do::Comment) {
      pending.clear();
    }
  });
}

void Structure::note_set(Id statement) {
  const Id variable = program_.statements[statement].a;
  if (declaration_[variable] == none && !overwritten_[statement]) declaration_[variable] = statement;
  for (Id region = region_of_[statement]; region != none; region = program_.regions[region].parent) {
    std::vector<Id>& written = regions_[leader(region)].written;
    if (program_.regions[region].is_loop && (written.empty() || written.back() != variable))
      written.push_back(variable);
  }
}

bool Structure::writes(Id loop_region, Id variable) const {
  const std::span<const Id> written = written_in(loop_region);
  return std::binary_search(written.begin(), written.end(), variable);
}

Id Structure::leader(Id region) const {
  const Id owner = program_.regions[region].owner;
  const bool is_choice =
      owner != none && (program_.statements[owner].what == Do::Cases || program_.statements[owner].what == Do::States);
  return is_choice ? program_.statements[owner].body : region;
}

void Structure::note_go(Id id) {
  const Statement& go = program_.statements[id];
  if (falls_through(id)) return;
  if (go.a != none) {
    regions_[go.a].is_go_target = true;
    return;
  }
  for (Id i = 0; i < ir::byte_values; ++i) regions_[program_.operands[go.c + i]].is_go_target = true;
}

/// Whether a plain break or continue would mean something further inside: a loop, or for a break a switch.
bool Structure::crosses_loop(Id leave) const {
  const Statement& statement = program_.statements[leave];
  for (Id region = region_of_[leave]; region != statement.a; region = program_.regions[region].parent) {
    const bool is_switch = program_.statements[program_.regions[region].owner].what == Do::Cases;
    if (program_.regions[region].is_loop || (is_switch && statement.what == Do::Break)) return true;
  }
  return false;
}

void Structure::note_leave(Id leave) {
  const Id target = program_.statements[leave].a;
  for (Id region = region_of_[leave]; region != target; region = program_.regions[region].parent)
    regions_[region].is_crossed = true;
  if (crosses_loop(leave)) regions_[target].crosses_loop = true;
}

void Structure::decide_leave(Id leave) {
  const Statement& statement = program_.statements[leave];
  RegionFacts& target = regions_[leader(statement.a)];
  const Do owner = program_.statements[program_.regions[statement.a].owner].what;
  const bool is_plain = owner == Do::Block ? target.is_do_block : owner != Do::States && !crosses_loop(leave);
  if (is_plain) return;
  needs_goto_[leave] = true;
  (statement.what == Do::Break ? target.label_behind : target.label_at_end) = true;
}

bool Structure::contains(Id region, Id inner) const {
  while (program_.regions[inner].depth > program_.regions[region].depth) inner = program_.regions[inner].parent;
  return inner == region;
}

Id Structure::owner_in(Id statement, Id region) const {
  while (region_of_[statement] != region) statement = program_.regions[region_of_[statement]].owner;
  return statement;
}

Id Structure::join(Id a, Id b) const {
  if (a == b || b == none) return a;
  if (a == none) return b;
  Id x = region_of_[a], y = region_of_[b];
  while (x != y) {
    if (program_.regions[x].depth >= program_.regions[y].depth)
      x = program_.regions[x].parent;
    else
      y = program_.regions[y].parent;
  }
  a = owner_in(a, x);
  b = owner_in(b, x);
  return order_[a] <= order_[b] ? a : b;
}

}  // namespace cogent::cpp
