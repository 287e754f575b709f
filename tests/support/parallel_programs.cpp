// Tries each loop: what the recording refuses stays serial.
#include "support/parallel_programs.h"

#include <algorithm>

#include "analysis/independence.h"
#include "ir/parallel_loops.h"

namespace cogent::testing {

bool make_parallel(ir::Program& program) {
  bool found = false;
  for (ir::Statement& statement : program.statements) {
    if (statement.what != ir::Do::For || program.regions[statement.body].owner == ir::none) continue;
    const std::uint8_t before = statement.flags;
    statement.flags |= ir::parallel;
    if (ir::find_parallel_misuse(program) || analysis::find_conflict(program))
      statement.flags = before;
    else
      found = true;
  }
  return found;
}

bool has_parallel_loops(const ir::Program& program) {
  return std::ranges::any_of(program.statements, [](const ir::Statement& statement) {
    return statement.what == ir::Do::For && (statement.flags & ir::parallel) != 0;
  });
}

}  // namespace cogent::testing
