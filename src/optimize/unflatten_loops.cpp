// Finds the row length and opens two loops for one.
#include "optimize/unflatten_loops.h"

#include <algorithm>

namespace cogent::optimize {

using ir::Statement;

namespace {

struct Bounds {
  std::int64_t first = 0, last = 0;  // last <= first: not for this pass
  std::int64_t count() const { return last - first; }
};

Bounds bounds_of(const ir::Program& program, Id first, Id last, Id step) {
  if (!program.is_constant(first) || !program.is_constant(last) || !program.is_constant(step, 1)) return {};
  const Bounds bounds{program.value(first), program.value(last)};
  return bounds.first < 0 || bounds.last < bounds.first ? Bounds{} : bounds;
}

// The largest constant that the index is divided by and that splits the iterations into whole rows; 1 if there is none.
std::int64_t row_length(const Scan& scan, Id index, const Bounds& bounds) {
  std::int64_t longest = 1;
  for (const Scan::Division& division : scan.divisions) {
    const std::int64_t length = division.divisor;
    if (division.index == index && length > longest && length < bounds.count() && bounds.first % length == 0 &&
        bounds.last % length == 0)
      longest = length;
  }
  return longest;
}

}  // namespace

bool can_unflatten_a_loop(const Scan& scan) {
  if (scan.divisions.empty()) return false;
  const ir::Program& program = *scan.program;
  return std::any_of(scan.fors.begin(), scan.fors.end(), [&](Id id) {
    const Statement& loop = program.statements[id];
    return row_length(scan, loop.a, bounds_of(program, loop.b, loop.c, loop.d)) > 1;
  });
}

bool unflatten_loop(Transformation& transformation, Id id, bool&) {
  const Statement& loop = transformation.source().statements[id];
  const Id first = transformation.map(loop.b), last = transformation.map(loop.c), step = transformation.map(loop.d);
  ir::Builder& builder = transformation.builder();
  const Bounds bounds = bounds_of(builder.program(), first, last, step);
  const std::int64_t length = row_length(transformation.scan(), loop.a, bounds);
  if (length == 1) return false;

  builder.at(loop.line);
  const ir::Type type = builder.program().nodes[first].type;
  const auto constant = [&](std::int64_t value) { return builder.constant(value, type); };
  const auto written = [&] { return transformation.written_in(loop.body); };
  const Id y = builder.open_for(constant(bounds.first / length), constant(bounds.last / length), step, written());
  const Id outer = builder.here();
  transformation.keep_flags(loop);
  const Id x = builder.open_for(constant(0), constant(length), step, written());
  transformation.map_leaves(loop.body, outer, builder.here());
  const Id row = builder.binary(ir::Op::Multiply, y, constant(length));
  transformation.map_to(loop.a, builder.binary(ir::Op::Add, row, x));
  transformation.copy_region(loop.body);
  builder.close();
  builder.close();
  if (transformation.wants_notes())
    transformation.note(loop.line, "the loop was split into " + std::to_string(bounds.count() / length) + " rows of " +
                                       std::to_string(length));
  return true;
}

namespace {

std::string why_left_flat(const ir::Program& program, const Statement& loop, std::int64_t length) {
  if (!program.is_constant(loop.d, 1)) return "its step is not 1";
  if (!program.is_constant(loop.b) || !program.is_constant(loop.c)) return "its bounds are known only when it runs";
  const Bounds bounds = bounds_of(program, loop.b, loop.c, loop.d);
  if (bounds.count() <= length) return "";  // there is nothing to split
  return "its " + std::to_string(bounds.count()) + " iterations from " + std::to_string(bounds.first) +
         " are not whole rows";
}

}  // namespace

void note_loops_left_flat(const Scan& scan, std::vector<Note>& notes) {
  const ir::Program& program = *scan.program;
  for (const Id id : scan.fors) {
    const Statement& loop = program.statements[id];
    for (const Scan::Division& division : scan.divisions) {
      if (division.index != loop.a || division.divisor <= 1) continue;
      const std::string why = why_left_flat(program, loop, division.divisor);
      if (!why.empty())
        add_note(notes, {loop.line, "the loop was not split into rows of " + std::to_string(division.divisor) +
                                        ", because " + why});
    }
  }
}

}  // namespace cogent::optimize
