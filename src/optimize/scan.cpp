// Collects loops, branches and the divisions of loop indexes.
#include "optimize/scan.h"

#include <algorithm>
#include <iterator>

#include "ir/index_division.h"
#include "ir/semantics.h"
#include "ir/walk.h"

namespace cogent::optimize {

using ir::Do;
using ir::Node;
using ir::Op;

void Scan::run(const ir::Program& scanned) {
  program = &scanned;
  fors.clear();
  ifs.clear();
  divisions.clear();
  borders.clear();
  reads_variables = false;
  bool has_states = false;
  for (Id id = 0; id < scanned.statements.size(); ++id) {
    if (scanned.statements[id].what == Do::For) fors.push_back(id);
    if (scanned.statements[id].what == Do::If) ifs.push_back(id);
    has_states = has_states || scanned.statements[id].what == Do::States;
  }
  gos_to.clear();
  if (has_states) count_gos();
  for (const ir::Variable& variable : scanned.variables) reads_variables |= variable.reads != 0;
  for (Id id = 0; id < scanned.nodes.size(); ++id) {
    const ir::IndexDivision division = ir::division_of_index(scanned, scanned.nodes[id]);
    if (division.index != ir::none) divisions.push_back({division.index, division.divisor});
    if (ir::is_comparison(scanned.nodes[id].op)) find_border(id);
  }
  find_repeated_loads();
}

// Those that have others between them with the same place in a small table are missed.
void Scan::find_repeated_loads() {
  constexpr Id places = 64;
  Id last[places];
  std::fill(std::begin(last), std::end(last), ir::none);
  repeats_loads = false;
  for (Id id = 0; id < program->nodes.size() && !repeats_loads; ++id) {
    const Node& node = program->nodes[id];
    if (node.op != Op::Load) continue;
    Id& other = last[(node.b + 7 * node.a) % places];
    repeats_loads = other != ir::none && program->nodes[other].a == node.a && program->nodes[other].b == node.b;
    other = id;
  }
}

void Scan::find_border(Id comparison) {
  const Node& node = program->nodes[comparison];
  if (!ir::is_signed(program->nodes[node.a].type)) return;
  if (program->is_constant(node.a) == program->is_constant(node.b)) return;
  const bool constant_is_left = program->is_constant(node.a);
  Id index = constant_is_left ? node.b : node.a;
  std::int64_t offset = 0;
  if (const Node sum = program->nodes[index]; sum.op == Op::Add && program->is_constant(sum.b)) {
    index = sum.a;
    offset = program->value(sum.b);
  }
  if (program->nodes[index].op == Op::Index)
    borders.push_back({comparison, index, offset, program->value(constant_is_left ? node.a : node.b)});
}

void Scan::count_gos() {
  struct Counter {
    Scan& scan;
    Id here = 0;
    void enter(Id region) { here = region; }
    void leave(Id region) { here = scan.program->regions[region].parent; }
    void statement(Id id) {
      const ir::Statement& statement = scan.program->statements[id];
      if (statement.what == Do::States) scan.gos_to[statement.body] = many_gos;
      if (statement.what == Do::Go) count(statement);
    }
    void count(const ir::Statement& go) {
      const auto add = [&](Id state, std::uint8_t gos) {
        scan.gos_to[state] = static_cast<std::uint8_t>(std::min(scan.gos_to[state] + gos, int{many_gos}));
      };
      if (go.a != ir::none) return add(go.a, crosses_loop(go.a) ? many_gos : one_go);
      for (Id value = 0; value < ir::byte_values; ++value) add(scan.program->operands[go.c + value], many_gos);
    }
    bool crosses_loop(Id state) const {
      const auto& regions = scan.program->regions;
      Id region = here;
      while (!regions[region].is_loop) region = regions[region].parent;
      return regions[region].owner != regions[state].owner;
    }
  };
  gos_to.assign(program->regions.size(), 0);
  ir::walk(*program, Counter{*this});
}

std::uint64_t Scan::known_trips(const ir::Statement& loop) const {
  return optimize::known_trips(*program, loop.b, loop.c, loop.d);
}

std::uint64_t known_trips(const ir::Program& program, Id first, Id last, Id step) {
  if (!program.is_constant(first) || !program.is_constant(last) || !program.is_constant(step)) return 0;
  if (program.is_constant(step, 0)) return 0;
  return ir::trip_count(program.nodes[first].type, program.value(first), program.value(last), program.value(step));
}

}  // namespace cogent::optimize
