// From outside to inside: the loop, its statements, then what they access (lane_accesses.cpp), and last the steps.
#include "optimize/recognise_lanes.h"

#include <algorithm>

#include "optimize/lane_types.h"

namespace cogent::optimize {

using ir::Do;
using ir::LaneLoop;
using ir::none;
using ir::Op;
using ir::Statement;

namespace {

constexpr const char* carries = "a variable carries to the next iteration what is no sum, minimum or the like";
constexpr std::size_t most_steps = 640;

}  // namespace

void LaneRecogniser::run(const ir::Program& program, const analysis::Ranges& ranges, analysis::LinearForms& forms,
                         Fuel& fuel) {
  program_ = &program;
  ranges_ = &ranges;
  forms_ = &forms;
  count_ = 0;
  refusals_.clear();
  narrowing_.start(program, ranges);
  for (Id id = 0; id < program.statements.size(); ++id) {
    const Statement& statement = program.statements[id];
    if (statement.what != Do::For || !is_innermost(statement)) continue;
    if (loops_.size() == count_) loops_.emplace_back();
    loops_[count_].clear();
    if (fuel.spend("vectorise_loops", statement.line, [&] { return recognise(id, loops_[count_]); })) ++count_;
  }
}

bool LaneRecogniser::refuse(const char* why, ir::Line line) {
  refusals_.push_back({line, why});
  return false;
}

bool LaneRecogniser::is_innermost(const Statement& loop) const {
  bool repeats = false;
  for_each_in_lanes(*program_, loop.body,
                    [&](Id, const Statement& inner, int) { repeats = repeats || ir::repeats_regions(inner.what); });
  return !repeats;
}

bool LaneRecogniser::recognise(Id id, LaneLoop& loop) {
  const Statement& statement = program_->statements[id];
  loop.statement = id;
  index_ = statement.a;
  last_node_ = statement.a;
  accesses_.clear();
  if (!program_->is_constant(statement.d, 1)) return refuse("it does not count upward by 1", statement.line);
  reductions_.start(*program_);
  if (!check_statements(statement)) return false;
  narrowing_.find_varying(id, last_node_);
  if (!reductions_.find_terms(statement.a, narrowing_.carried())) return refuse(carries, statement.line);
  if (reductions_.empty() && recognise_permutation(statement, loop)) return true;
  bool is_legal = true;
  for_each_in_lanes(*program_, statement.body, [&](Id, const Statement& inner, int conditions) {
    is_legal = is_legal && add_access(inner, conditions != 0, loop);
  });
  if (!is_legal || !check_groups(loop) || !find_pairs(loop)) return false;
  count_rounds(statement, loop);
  if (!narrowing_.run(reductions_, loop)) return refuse(narrowing_.why_not(), narrowing_.line());
  if (loop.steps.size() > most_steps) return refuse("its body is too long", statement.line);
  return true;
}

// Of a loop whose iterations the run counts: if it never has so few that a vector is cut short, its lanes are no more
// than the fewest fill.
void LaneRecogniser::count_rounds(const Statement& statement, LaneLoop& loop) const {
  constexpr std::int64_t longest_vector = 64;
  if (program_->is_constant(statement.b) && program_->is_constant(statement.c)) return;
  const analysis::Wide fewest = (*ranges_)[statement.c].low - (*ranges_)[statement.b].high;
  loop.fewest_rounds = static_cast<std::int64_t>(std::clamp<analysis::Wide>(fewest, 0, INT32_MAX));
  if (loop.fewest_rounds >= longest_vector) loop.most_lanes = std::min(loop.most_lanes, loop.fewest_rounds);
}

// ---- statements

bool LaneRecogniser::check_statements(const Statement& loop) {
  bool stores = false, is_legal = true;
  for_each_in_lanes(*program_, loop.body, [&](Id id, const Statement& statement, int conditions) {
    is_legal = is_legal && check_statement(id) && (conditions == 0 || check_conditional(statement, conditions));
    stores = stores || statement.what == Do::Store;
    if (statement.what == Do::Set && !program_->is_dead(statement)) last_node_ = std::max(last_node_, statement.b);
    if (statement.what == Do::Let || statement.what == Do::If) last_node_ = std::max(last_node_, statement.a);
    if (statement.what == Do::Store) last_node_ = std::max({last_node_, statement.b, statement.c});
  });
  return is_legal && (stores || !reductions_.empty() || refuse("it has no effect", loop.line));
}

bool LaneRecogniser::check_statement(Id id) {
  const Statement& statement = program_->statements[id];
  switch (statement.what) {
    case Do::Comment:
      return true;
    case Do::Set:
      return program_->is_dead(statement) || reductions_.add_write(id) || refuse(carries, statement.line);
    case Do::Let: {
      const Op op = program_->nodes[statement.a].op;
      if (op == Op::Get) return reductions_.add_read(statement.a) || refuse(carries, statement.line);
      if (op != Op::Load) return refuse("it divides by what may be 0", statement.line);
      break;
    }
    case Do::Store:
    case Do::Check:
      break;
    case Do::If:
      return true;
    case Do::Call:
      return refuse("it calls a function", statement.line);
    default:
      return refuse("it can be left early", statement.line);
  }
  return !ir::needs_check(statement) || refuse("an index is checked each time", statement.line);
}

// In a branch.
bool LaneRecogniser::check_conditional(const Statement& statement, int conditions) {
  if (statement.what == Do::If && conditions == most_conditions)
    return refuse("conditions are nested too deeply", statement.line);
  const bool is_get = statement.what == Do::Let && program_->nodes[statement.a].op == Op::Get;
  return (!is_get && (statement.what != Do::Set || program_->is_dead(statement))) ||
         refuse("a condition decides about a variable and about elements of arrays", statement.line);
}

}  // namespace cogent::optimize
