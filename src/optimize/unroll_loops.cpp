// Weighs a loop's body, then copies it once for each iteration.
#include "optimize/unroll_loops.h"

#include <algorithm>

#include "ir/semantics.h"

namespace cogent::optimize {

using ir::Do;
using ir::Op;
using ir::Statement;

namespace {

constexpr std::uint64_t most_trips = 32;
constexpr std::uint64_t most_in_sums = 4096;  // statements, when only loads and variables are involved
constexpr std::uint64_t most_with_branches = 256;
constexpr std::uint64_t most_with_stores = 32;
constexpr std::uint64_t too_much = ~std::uint64_t{0} >> 32;

struct Weight {
  std::uint64_t statements = 0;
  bool branches = false, stores = false;
};

// Adds what a region would come to with its inner loops unrolled.
void weigh(const ir::Program& program, Id region, std::uint64_t times, Weight& weight) {
  for (Id id = program.regions[region].first; id != ir::none; id = program.statements[id].next) {
    const Statement& statement = program.statements[id];
    if (!program.is_dead(statement)) weight.statements += times;
    if (weight.statements > most_in_sums) return;
    switch (statement.what) {
      case Do::Let:
      case Do::Set:
      case Do::Check:
      case Do::Comment:
        break;
      case Do::For: {
        const std::uint64_t trips = known_trips(program, statement.b, statement.c, statement.d);
        if (trips == 0 || trips > most_trips) {
          weight.statements = too_much;
          return;
        }
        weigh(program, statement.body, times * trips, weight);
        break;
      }
      case Do::If:
        weight.branches = true;
        weigh(program, statement.body, times, weight);
        if (statement.other != ir::none) weigh(program, statement.other, times, weight);
        break;
      case Do::Store:
      case Do::Call:
        weight.stores = true;
        break;
      case Do::Loop:
      case Do::Block:
      case Do::Break:
      case Do::Continue:
      case Do::Return:
      case Do::Require:
      case Do::Cases:
      case Do::States:
      case Do::Go:
        weight.statements = too_much;
        return;
    }
  }
}

bool is_light(const ir::Program& program, Id body, std::uint64_t trips) {
  if (trips == 0) return true;
  Weight weight;
  weigh(program, body, trips, weight);
  if (weight.stores) return weight.statements <= most_with_stores;
  return weight.statements <= (weight.branches ? most_with_branches : most_in_sums);
}

bool has_constant_bounds(const ir::Program& program, Id first, Id last, Id step) {
  return program.is_constant(first) && program.is_constant(last) && program.is_constant(step) &&
         !program.is_constant(step, 0);
}

}  // namespace

bool can_unroll_a_loop(const Scan& scan) {
  const ir::Program& program = *scan.program;
  return std::any_of(scan.fors.begin(), scan.fors.end(), [&](Id id) {
    const Statement& loop = program.statements[id];
    if (!has_constant_bounds(program, loop.b, loop.c, loop.d)) return false;
    const std::uint64_t trips = scan.known_trips(loop);
    return trips <= most_trips && is_light(program, loop.body, trips);
  });
}

bool unroll_loop(Transformation& transformation, Id id, bool& falls_through) {
  const Statement& loop = transformation.source().statements[id];
  const Id first = transformation.map(loop.b), last = transformation.map(loop.c), step = transformation.map(loop.d);
  ir::Builder& builder = transformation.builder();
  const ir::Program& copy = builder.program();
  if (!has_constant_bounds(copy, first, last, step)) return false;
  const std::uint64_t trips = known_trips(copy, first, last, step);
  if (trips > most_trips || !is_light(transformation.source(), loop.body, trips)) return false;

  const ir::Type type = copy.nodes[first].type;
  std::int64_t value = copy.value(first);
  const std::int64_t stride = copy.value(step);
  falls_through = transformation.copy_iterations(loop.a, loop.body, trips, [&](std::uint64_t) {
    transformation.map_to(loop.a, builder.constant(value, type));
    value = ir::evaluate_binary(Op::Add, type, value, stride);
  });
  if (transformation.wants_notes())
    transformation.note(loop.line, "the loop was unrolled, " + std::to_string(trips) + " iterations");
  return true;
}

}  // namespace cogent::optimize
