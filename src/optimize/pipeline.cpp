// Runs the passes: copies until no pass wants another, then proofs, then what the proofs made superfluous.
#include "optimize/pipeline.h"

#include <algorithm>

#include "optimize/convert_branches.h"
#include "optimize/hoist_checks.h"
#include "optimize/merge_states.h"
#include "optimize/note_accesses.h"
#include "optimize/note_choices.h"
#include "optimize/simplify_divisions.h"
#include "optimize/split_loops.h"
#include "optimize/unflatten_loops.h"
#include "optimize/unroll_loops.h"

namespace cogent::optimize {

namespace {

using Phase = Pass::Phase;

constexpr int most_rounds = 4;
constexpr std::uint16_t deepest_nesting = 250;  // the copy descends into regions by recursion, on small stacks too

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
    {"split_loops",
     Phase::Transform,
     "after rows and columns have become indexes: away from the borders their comparisons are gone",
     [](const Scan& scan, int) { return can_split_a_loop(scan); },
     {.on_for = split_loop}},
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
    {"merge_states",
     Phase::Transform,
     "in the same copy, so that variables forward from one state to the next",
     [](const Scan& scan, int) { return can_merge_a_state(scan); },
     {.on_go = merge_state}},
    {"forward_variables",
     Phase::Transform,
     "every copy forwards what loops do not write; one is made for it alone at most once",
     [](const Scan& scan, int round) { return round == 0 && scan.reads_variables; },
     {}},
    {"reuse_loads",
     Phase::Transform,
     "in every copy, since only unrolled pieces are long; one is made for it alone at most once",
     [](const Scan& scan, int round) { return round == 0 && scan.repeats_loads; },
     {.reuses_loads = true}},
    {"prove_bounds", Phase::Prove, "after the transformations, because it looks at the final indexes", nullptr, {}},
    {"hoist_checks",
     Phase::Hoist,
     "after the proofs: what they leave is checked before a loop where that can be",
     nullptr,
     {}},
    {"drop_unused_loads", Phase::Clean, "after the proofs: only a proven load may be dropped", nullptr, {}},
    {"vectorise_loops",
     Phase::Lanes,
     "last: it describes loops as they are, and only if they are lowered",
     nullptr,
     {}},
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
    hooks_.back().pass = pass.name;
    wanted = wanted || pass.has_candidate(scan_, round);
  }
  return wanted;
}

// Moves `current` on to a copy of it made under hooks_. False: it stays, because it is too deep or too long for one.
bool Pipeline::copy() {
  if (is_too_deep_) return false;
  ir::Program& next = programs_[current_ == &programs_[0] ? 1 : 0];
  try {
    transformation_.run(scan_, next, hooks_, collects_notes_ ? &notes_ : nullptr);
  } catch (const ir::ProgramTooLong&) {
    transformation_.observe(*current_);
    return false;
  }
  current_ = &next;
  return true;
}

void Pipeline::transform(const ir::Program& recorded, PassSet disabled) {
  current_ = &recorded;
  is_too_deep_ = std::any_of(recorded.regions.begin(), recorded.regions.end(),
                             [](const ir::Region& region) { return region.depth > deepest_nesting; });
  int round = 0;
  const auto copies = [&] { return transformation_.fuel().spend("forward_variables", 0, [&] { return copy(); }); };
  while (round < most_rounds && gather_hooks(*current_, disabled, round) && copies()) ++round;
  if (round == 0) {
    programs_[0] = recorded;
    current_ = &programs_[0];
    transformation_.observe(*current_);
  }
  if (!collects_notes_) return;
  scan_.run(*current_);
  note_loops_left_flat(scan_, notes_);
  note_branches_left(scan_, notes_);
}

void Pipeline::prove() {
  ir::Program& program = programs_[current_ == &programs_[0] ? 0 : 1];
  fault_ = prover_.run(program, transformation_.ranges(), transformation_.forms(), transformation_.fuel());
  accesses_ = prover_.accesses();
  proven_ = prover_.proven();
}

void Pipeline::hoist() {
  const HoistableChecks& checks = prover_.hoistable();
  scan_.run(*current_);
  hooks_.assign(1, {.on_for = hoist_checks, .pass = "hoist_checks"});
  transformation_.hoist(&checks);
  const bool is_copied = copy();
  transformation_.hoist(nullptr);
  if (!is_copied) return;
  for (const HoistableChecks::Access& access : checks.accesses()) hoisted_ += access.loop != ir::none;
}

void Pipeline::drop_unused_loads() {
  if (!transformation_.drops_a_load(*current_)) return;
  scan_.run(*current_);
  hooks_.clear();
  transformation_.fuel().spend("drop_unused_loads", 0, [&] { return copy(); });
}

const ir::Program& Pipeline::run(const ir::Program& recorded, const PipelineOptions& options) {
  static const PassSet prove_bounds = pass_named("prove_bounds"), hoist_checks = pass_named("hoist_checks"),
                       drop = pass_named("drop_unused_loads"), vectorise_loops = pass_named("vectorise_loops");
  notes_.clear();
  collects_notes_ = options.collect_notes;
  fault_.reset();
  vectorises_ = (options.disabled & vectorise_loops) == 0;
  lanes_are_found_ = false;
  accesses_ = proven_ = hoisted_ = checked_ = 0;
  transformation_.fuel().fill(options.fuel);
  transform(recorded, options.disabled);
  if ((options.disabled & prove_bounds) == 0) {
    prove();
    const ir::Program& proven = *current_;
    if ((options.disabled & hoist_checks) == 0 && prover_.hoistable().found()) hoist();
    checked_ = static_cast<std::uint32_t>(prover_.hoistable().accesses().size()) - hoisted_;
    if (collects_notes_) note_accesses(proven, prover_.hoistable(), hoisted_ != 0, notes_);
  }
  if ((options.disabled & drop) == 0) drop_unused_loads();
  if (collects_notes_) note_choices(*current_, notes_);
  return *current_;
}

std::span<const ir::LaneLoop> Pipeline::find_lanes() {
  if (!vectorises_) return {};
  if (lanes_are_found_) return lanes_.loops();
  lanes_are_found_ = true;
  transformation_.learn_contents();
  lanes_.run(*current_, transformation_.ranges(), transformation_.forms(), transformation_.fuel());
  if (collects_notes_)
    for (const LaneRecogniser::Refusal& refusal : lanes_.refusals())
      add_note(notes_, {refusal.line, std::string("the loop is not vectorised, because ") + refusal.why});
  return lanes_.loops();
}

}  // namespace cogent::optimize
