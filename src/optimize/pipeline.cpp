// Runs the passes: copies until no pass wants another, then proofs, then what the proofs made superfluous.
#include "optimize/pipeline.h"

#include <algorithm>

#include "optimize/convert_branches.h"
#include "optimize/simplify_divisions.h"
#include "optimize/unflatten_loops.h"
#include "optimize/unroll_loops.h"

namespace cogent::optimize {

namespace {

using Phase = Pass::Phase;

constexpr int most_rounds = 4;
constexpr std::uint16_t deepest_nesting = 1000;  // the copy descends into regions by recursion

const Pass table[] = {
    {"unroll_loops",
     Phase::Transform,
     "first of the loops' passes: a loop over a small kernel shall not be split but vanish",
     [](const Scan& scan, int) { return can_unroll_a_loop(scan); },
     {.on_for = unroll_loop}},
    {"unflatten_loops",
     Phase::Transform,
     "rows and columns as loop indexes are what the proofs and the stencils live on",
     [](const Scan& scan, int) { return can_unflatten_a_loop(scan); },
     {.on_for = unflatten_loop}},
    {"simplify_divisions",
     Phase::Transform,
     "in the same copy, since it is unflattening that makes rows and columns known",
     [](const Scan& scan, int) { return can_simplify_a_division(scan); },
     {.on_division = simplify_division}},
    {"convert_branches",
     Phase::Transform,
     "in the same copy, so that an unrolled body becomes one straight piece",
     [](const Scan& scan, int) { return can_convert_a_branch(scan); },
     {.on_if = convert_branch}},
    {"forward_variables",
     Phase::Transform,
     "every copy forwards what loops do not write; one is made for it alone at most once",
     [](const Scan& scan, int round) { return round == 0 && scan.reads_variables; },
     {}},
    {"prove_bounds", Phase::Prove, "after the transformations, because it looks at the final indexes", nullptr, {}},
    {"drop_unused_loads", Phase::Clean, "after the proofs: only a proven load may be dropped", nullptr, {}},
};

}  // namespace

std::span<const Pass> passes() { return table; }

PassSet pass_named(std::string_view name) {
  for (std::size_t i = 0; i < std::size(table); ++i)
    if (name == table[i].name) return PassSet{1} << i;
  return 0;
}

bool Pipeline::gather_hooks(const ir::Program& program, PassSet disabled, int round) {
  scan_.run(program);
  hooks_.clear();
  bool wanted = false;
  for (std::size_t i = 0; i < std::size(table); ++i) {
    const Pass& pass = table[i];
    if (pass.phase != Phase::Transform || (disabled >> i & 1) != 0) continue;
    hooks_.push_back(pass.hooks);
    wanted = wanted || pass.has_candidate(scan_, round);
  }
  return wanted;
}

const ir::Program* Pipeline::transform(const ir::Program& recorded, PassSet disabled, std::vector<Note>* notes) {
  const ir::Program* current = &recorded;
  for (const ir::Region& region : recorded.regions)
    if (region.depth > deepest_nesting) return current;
  for (int round = 0; round < most_rounds && gather_hooks(*current, disabled, round); ++round) {
    ir::Program& next = spare(current);
    transformation_.run(scan_, next, hooks_, notes);
    current = &next;
  }
  return current;
}

const ir::Program& Pipeline::run(const ir::Program& recorded, const PipelineOptions& options) {
  notes_.clear();
  std::vector<Note>* notes = options.collect_notes ? &notes_ : nullptr;
  const ir::Program* current = &recorded;
  try {
    current = transform(recorded, options.disabled, notes);
  } catch (const ir::ProgramTooLong&) {  // on the edge of what can be recorded: left as it is
  }
  if (current == &recorded) {
    programs_[0] = recorded;
    current = &programs_[0];
    transformation_.observe(*current);
  }
  if (options.collect_notes) {
    scan_.run(*current);
    note_loops_left_flat(scan_, notes_);
  }
  static const PassSet prove = pass_named("prove_bounds"), drop = pass_named("drop_unused_loads");
  fault_.reset();
  accesses_ = proven_ = 0;
  if ((options.disabled & prove) == 0) {
    ir::Program& program = programs_[current == &programs_[0] ? 0 : 1];
    fault_ = prover_.run(program, transformation_.ranges(), transformation_.forms());
    accesses_ = prover_.accesses();
    proven_ = prover_.proven();
    if (options.collect_notes) note_bounds(program);
  }
  if ((options.disabled & drop) == 0 && transformation_.drops_a_load(*current)) {
    ir::Program& next = spare(current);
    scan_.run(*current);
    hooks_.clear();
    transformation_.run(scan_, next, hooks_, notes);
    current = &next;
  }
  return *current;
}

void Pipeline::note_bounds(const ir::Program& program) {
  if (accesses_ == 0) return;
  if (proven_ == accesses_) {
    add_note(notes_, {0, "all " + std::to_string(accesses_) + " accesses are proven in bounds"});
    return;
  }
  for (const ir::Statement& statement : program.statements) {
    if ((statement.flags & ir::proven_in_bounds) != 0) continue;
    const bool is_load = statement.what == ir::Do::Let && program.nodes[statement.a].op == ir::Op::Load;
    if (is_load) add_note(notes_, {statement.line, "a read is checked at run time: its index may be out of bounds"});
    if (statement.what == ir::Do::Store)
      add_note(notes_, {statement.line, "a write is checked at run time: its index may be out of bounds"});
  }
}

}  // namespace cogent::optimize
