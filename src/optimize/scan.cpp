// Collects loops, branches and the divisions of loop indexes.
#include "optimize/scan.h"

#include "ir/semantics.h"

namespace cogent::optimize {

using ir::Do;
using ir::Node;
using ir::Op;

void Scan::run(const ir::Program& scanned) {
  program = &scanned;
  fors.clear();
  ifs.clear();
  divisions.clear();
  reads_variables = false;
  for (Id id = 0; id < scanned.statements.size(); ++id) {
    if (scanned.statements[id].what == Do::For) fors.push_back(id);
    if (scanned.statements[id].what == Do::If) ifs.push_back(id);
  }
  for (const ir::Variable& variable : scanned.variables) reads_variables |= variable.reads != 0;
  for (const Node& node : scanned.nodes) {
    if (!ir::is_division(node.op) || ir::is_float(node.type) || !scanned.is_constant(node.b)) continue;
    Id dividend = node.a;
    while (scanned.nodes[dividend].op == Op::Convert) dividend = scanned.nodes[dividend].a;
    if (scanned.nodes[dividend].op == Op::Index) divisions.push_back({dividend, scanned.value(node.b)});
  }
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
