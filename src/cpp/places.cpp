// From each access down to the products. A sum with a constant is left out: its other terms may lie beyond the array.
#include "cpp/places.h"

#include "ir/walk.h"

namespace cogent::cpp {

using ir::Do;
using ir::Id;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Statement;

namespace {

/// How often each node that the program needs is used, and how often in a place.
struct Uses {
  const ir::Program& program;
  std::vector<std::uint32_t> all, in_places;

  explicit Uses(const ir::Program& of) : program(of), all(of.nodes.size()), in_places(of.nodes.size()) {}

  void enter(Id) {}
  void leave(Id) {}
  void statement(Id id) {
    const Statement& statement = program.statements[id];
    ir::for_each_used_node(program, statement, [&](Id node) { ++all[node]; });
    if (statement.what == Do::Store && program.arrays[statement.a].is_shaped) ++in_places[statement.b];
    if (statement.what != Do::Let) return;
    const Node& load = program.nodes[statement.a];
    if (load.op == Op::Load && program.arrays[load.a].is_shaped) ++in_places[load.b];
  }
};

}  // namespace

Places::Places(const ir::Program& program) : parts_(program.nodes.size()) {
  Uses uses(program);
  ir::walk(program, uses);
  for (Id id = static_cast<Id>(program.nodes.size()); id-- > 0;) {
    const Node& node = program.nodes[id];
    if (uses.all[id] == 0 || ir::is_pinned(node)) continue;
    const bool is_sum = node.op == Op::Add && !program.is_constant(node.b);
    parts_[id] = uses.in_places[id] == uses.all[id] && (is_sum || node.op == Op::Multiply);
    for (int i = 0; i < ir::operand_count(node); ++i) {
      ++uses.all[ir::operand(node, i)];
      if (parts_[id] && is_sum) ++uses.in_places[ir::operand(node, i)];
    }
  }
}

}  // namespace cogent::cpp
