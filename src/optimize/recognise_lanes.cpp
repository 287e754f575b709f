// From outside to inside: the loop, its statements, its accesses, how they depend on each other, and last the steps.
#include "optimize/recognise_lanes.h"

#include <algorithm>

namespace cogent::optimize {

using analysis::Dependence;
using analysis::LinearForm;
using ir::Do;
using ir::LaneLoop;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Statement;

namespace {

constexpr const char* carries = "a variable carries to the next iteration what is no sum, minimum or the like";
constexpr std::size_t most_steps = 400, most_accesses = 24, most_pairs = 24;

}  // namespace

void LaneRecogniser::run(const ir::Program& program, const analysis::Ranges& ranges, analysis::LinearForms& forms) {
  program_ = &program;
  forms_ = &forms;
  count_ = 0;
  refusals_.clear();
  narrowing_.start(program, ranges);
  for (Id id = 0; id < program.statements.size(); ++id) {
    const Statement& statement = program.statements[id];
    if (statement.what != Do::For || !is_innermost(statement)) continue;
    if (loops_.size() == count_) loops_.emplace_back();
    loops_[count_].clear();
    if (recognise(id, loops_[count_])) ++count_;
  }
}

bool LaneRecogniser::refuse(const char* why, ir::Line line) {
  refusals_.push_back({line, why});
  return false;
}

bool LaneRecogniser::is_innermost(const Statement& loop) const {
  bool repeats = false;
  ir::for_each_statement(*program_, loop.body,
                         [&](Id, const Statement& inner) { repeats = repeats || ir::repeats_regions(inner.what); });
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
  bool is_legal = true;
  ir::for_each_statement(*program_, statement.body,
                         [&](Id, const Statement& inner) { is_legal = is_legal && add_access(inner, loop); });
  if (!is_legal || !find_pairs(loop)) return false;
  if (!narrowing_.run(reductions_, loop)) return refuse(narrowing_.why_not(), narrowing_.line());
  if (loop.steps.size() > most_steps) return refuse("its body is too long", statement.line);
  return true;
}

// ---- statements

bool LaneRecogniser::check_statements(const Statement& loop) {
  bool stores = false;
  for (Id id = program_->regions[loop.body].first; id != none; id = program_->statements[id].next) {
    const Statement& statement = program_->statements[id];
    if (!check_statement(id)) return false;
    stores = stores || statement.what == Do::Store;
    if (statement.what == Do::Set && !program_->is_dead(statement)) last_node_ = std::max(last_node_, statement.b);
    if (statement.what == Do::Let) last_node_ = std::max(last_node_, statement.a);
    if (statement.what == Do::Store) last_node_ = std::max({last_node_, statement.b, statement.c});
  }
  return stores || !reductions_.empty() || refuse("it has no effect", loop.line);
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
      return refuse("a condition decides more than a value", statement.line);
    case Do::Call:
      return refuse("it calls a function", statement.line);
    default:
      return refuse("it can be left early", statement.line);
  }
  return !ir::needs_check(statement) || refuse("an index is checked each time", statement.line);
}

// ---- accesses

bool LaneRecogniser::add_access(const Statement& statement, LaneLoop& loop) {
  const bool is_store = statement.what == Do::Store;
  if (!is_store && (statement.what != Do::Let || program_->nodes[statement.a].op != Op::Load)) return true;
  const Id id = is_store ? statement.a : program_->nodes[statement.a].a;
  const Id index = is_store ? statement.b : program_->nodes[statement.a].b;
  const ir::Array& array = program_->arrays[id];
  if (array.step() != ir::size_of(array.type) || array.offset != 0)
    return refuse("an array is one of structs", statement.line);
  LinearForm form = forms_->of(index);
  if (!form.valid || form.coefficient_of(index_) != 1)
    return refuse("neighbouring iterations do not access neighbouring elements", statement.line);
  form.add(index_, -1);
  if (accesses_.size() == most_accesses) return refuse("it accesses memory in too many places", statement.line);
  ir::LaneAccess access{id, is_store, statement.line, form.constant};
  access.first_term = static_cast<std::uint32_t>(loop.terms.size());
  access.term_count = static_cast<std::uint32_t>(form.count);
  for (int i = 0; i < form.count; ++i) {
    if (narrowing_.varies(form.terms[i].atom))
      return refuse("neighbouring iterations do not access neighbouring elements", statement.line);
    loop.terms.push_back({form.terms[i].atom, form.terms[i].coefficient});
  }
  loop.accesses.push_back(access);
  accesses_.push_back({id, is_store, form});
  return true;
}

// Elements that are read twice meet others alike.
bool LaneRecogniser::is_known_pair(const LaneLoop& loop, std::uint32_t earlier, std::uint32_t later) const {
  const auto are_alike = [&](std::uint32_t a, std::uint32_t b) {
    const analysis::LinearAccess &x = accesses_[a], &y = accesses_[b];
    return x.array == y.array && x.index.constant == y.index.constant && x.index.has_same_terms(y.index);
  };
  return std::ranges::any_of(loop.pairs, [&](const ir::LanePair& pair) {
    return are_alike(pair.earlier, earlier) && are_alike(pair.later, later);
  });
}

bool LaneRecogniser::find_pairs(LaneLoop& loop) {
  for (std::uint32_t later = 0; later < accesses_.size(); ++later)
    for (std::uint32_t earlier = 0; earlier < later; ++earlier) {
      const Dependence dependence = find_dependence(*program_, accesses_[earlier], accesses_[later]);
      if (dependence.kind == Dependence::Kind::None) continue;
      if (dependence.kind == Dependence::Kind::Unknown) {
        if (!is_known_pair(loop, earlier, later)) loop.pairs.push_back({earlier, later});
        continue;
      }
      loop.is_repeatable = false;
      loop.most_lanes = std::min(loop.most_lanes, most_iterations_at_once(dependence));
    }
  const ir::Line line = program_->statements[loop.statement].line;
  if (loop.pairs.size() > most_pairs) return refuse("too many arrays may overlap", line);
  return loop.most_lanes >= 4 || refuse("an iteration needs what one shortly before it stored", line);
}

}  // namespace cogent::optimize
