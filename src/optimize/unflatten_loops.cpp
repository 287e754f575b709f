// Finds the row length and opens two loops for one.
#include "optimize/unflatten_loops.h"

#include <algorithm>

namespace cogent::optimize {

using ir::Statement;

namespace {

// The largest constant that the index is divided by and that splits `count` iterations evenly; 1 if there is none.
std::int64_t row_length(const Scan& scan, Id index, std::int64_t count) {
  std::int64_t longest = 1;
  for (const Scan::Division& division : scan.divisions)
    if (division.index == index && division.divisor > 1 && division.divisor < count && count % division.divisor == 0)
      longest = std::max(longest, division.divisor);
  return longest;
}

bool counts_from_zero(const ir::Program& program, Id first, Id last, Id step) {
  return program.is_constant(first, 0) && program.is_constant(step, 1) && program.is_constant(last) &&
         program.value(last) > 0;
}

}  // namespace

bool can_unflatten_a_loop(const Scan& scan) {
  if (scan.divisions.empty()) return false;
  const ir::Program& program = *scan.program;
  return std::any_of(scan.fors.begin(), scan.fors.end(), [&](Id id) {
    const Statement& loop = program.statements[id];
    return counts_from_zero(program, loop.b, loop.c, loop.d) && row_length(scan, loop.a, program.value(loop.c)) > 1;
  });
}

bool unflatten_loop(Transformation& transformation, Id id, bool&) {
  const Statement& loop = transformation.source().statements[id];
  const Id first = transformation.map(loop.b), last = transformation.map(loop.c), step = transformation.map(loop.d);
  ir::Builder& builder = transformation.builder();
  if (!counts_from_zero(builder.program(), first, last, step)) return false;
  const std::int64_t count = builder.program().value(last), length = row_length(transformation.scan(), loop.a, count);
  if (length == 1) return false;

  builder.at(loop.line);
  const ir::Type type = builder.program().nodes[first].type;
  const Id columns = builder.constant(length, type), rows = builder.constant(count / length, type);
  const Id y = builder.open_for(first, rows, step, transformation.written_in(loop.body));
  const Id outer = builder.here();
  const Id x = builder.open_for(first, columns, step, transformation.written_in(loop.body));
  transformation.map_leaves(loop.body, outer, builder.here());
  transformation.map_to(loop.a, builder.binary(ir::Op::Add, builder.binary(ir::Op::Multiply, y, columns), x));
  transformation.copy_region(loop.body);
  builder.close();
  builder.close();
  if (transformation.wants_notes())
    transformation.note(
        loop.line, "the loop was split into " + std::to_string(count / length) + " rows of " + std::to_string(length));
  return true;
}

}  // namespace cogent::optimize
