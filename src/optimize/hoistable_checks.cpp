// An index is bounded from the inside to the outside: what changes in the loop is replaced by a bound that a loop, a
// condition or a range gives for it, until only what is known before the loop is left. All inequalities are between
// exact integers, so an index that is congruent to a form within the array lies there itself.
#include "optimize/hoistable_checks.h"

#include <algorithm>

namespace cogent::optimize {

using analysis::LinearForm;
using analysis::Range;
using analysis::Term;
using analysis::Wide;
using ir::Node;
using ir::none;
using ir::Op;

namespace {

constexpr int most_steps = 10;             // from an index to what is known before the loop
constexpr int most_tries = 100;            // of an access
constexpr std::size_t most_guards = 48;    // of a loop: windows of 15 rows and more, each row with two
constexpr std::uint32_t most_in_vain = 8;  // accesses that are tried for a loop that has as many
constexpr Wide widest = Wide{1} << 32;     // ranges that are wider give bounds that would never hold

bool is_moderate(const LinearForm& form) {
  const auto below = [](std::int64_t value, std::int64_t limit) { return -limit < value && value < limit; };
  if (!form.valid || !below(form.constant, HoistableChecks::largest_constant)) return false;
  return std::all_of(form.terms, form.terms + form.count,
                     [&](const Term& term) { return below(term.coefficient, HoistableChecks::largest_coefficient); });
}

}  // namespace

void HoistableChecks::start(const ir::Program& program, const analysis::Ranges& ranges,
                            const analysis::LinearForms& forms, const analysis::Facts& facts) {
  program_ = &program;
  ranges_ = &ranges;
  forms_ = &forms;
  facts_ = &facts;
  found_ = false;
  accesses_.clear();
  guards_.clear();
  depths_.clear();
  loops_.clear();
}

template <class Item>
void HoistableChecks::append(List& list, std::vector<Item>& items, std::size_t number) {
  const auto added = static_cast<std::uint32_t>(number);
  (list.first == none ? list.first : items[list.last].next) = added;
  list.last = added;
  ++list.count;
}

void HoistableChecks::find_depths() {
  const ir::Program& program = *program_;
  depths_.assign(program.nodes.size(), 0);
  loops_.assign(program.statements.size(), {});
  std::vector<std::uint16_t> made(program.nodes.size(), 0);
  for (Id region = 0; region < program.regions.size(); ++region)
    ir::for_each_statement(program, region, [&](Id, const ir::Statement& statement) {
      const bool makes = statement.what == ir::Do::Let || (statement.what == ir::Do::Call && statement.a != none);
      if (makes) made[statement.a] = program.regions[region].depth;
      if (statement.what == ir::Do::For) made[statement.a] = program.regions[statement.body].depth;
    });
  for (Id id = 0; id < program.nodes.size(); ++id) {
    const Node& node = program.nodes[id];
    depths_[id] = made[id];
    for (int i = 0; i < ir::operand_count(node); ++i)
      depths_[id] = std::max(depths_[id], depths_[ir::operand(node, i)]);
  }
}

bool HoistableChecks::fail(Obstacle obstacle) {
  obstacle_ = obstacle;
  return false;
}

// ---- one access

void HoistableChecks::consider(const Demand& demand) {
  if (depths_.empty()) find_depths();
  accesses_.push_back({demand.statement, none, Obstacle::NoLoop});
  around_.clear();
  for (Id region = demand.region; region != 0; region = program_->regions[region].parent) {
    const Id owner = program_->regions[region].owner;
    if (program_->statements[owner].what == ir::Do::For) around_.push_back(owner);
  }
  tries_left_ = most_tries;
  for (std::size_t i = around_.size(); i-- > 0;) {
    if (hoist(demand, around_[i])) {
      accesses_.back() = {demand.statement, around_[i], Obstacle::None};
      append(loops_[around_[i]].accesses, accesses_, accesses_.size() - 1);
      found_ = true;
      return;
    }
    accesses_.back().obstacle = obstacle_;
  }
}

bool HoistableChecks::hoist(const Demand& demand, Id loop) {
  obstacle_ = Obstacle::TooComplicated;
  if (!demand.index.valid || loops_[loop].in_vain == most_in_vain) return false;
  loop_depth_ = program_->regions[program_->statements[loop].body].depth;
  pending_.clear();
  Goal last{{}, demand.size == none ? demand.size_of : none};  // size - 1 - index
  last.form.constant = demand.known_size - 1;
  if (demand.size != none) last.form.add(demand.size, 1);
  last.form.add(demand.index, -1);
  if (!reduce({demand.index, none}, most_steps) || !reduce(last, most_steps)) return false;
  return keep_guards(loop);
}

HoistableChecks::Guard* HoistableChecks::guard_like(Id loop, const Goal& goal) {
  for (std::uint32_t i = loops_[loop].guards.first; i != none; i = guards_[i].next)
    if (guards_[i].size_of == goal.size_of && guards_[i].form.has_same_terms(goal.form)) return &guards_[i];
  return nullptr;
}

bool HoistableChecks::keep_guards(Id loop) {
  List& list = loops_[loop].guards;
  const auto added = static_cast<std::size_t>(
      std::ranges::count_if(pending_, [&](const Goal& goal) { return guard_like(loop, goal) == nullptr; }));
  if (list.count + added > most_guards) {
    ++loops_[loop].in_vain;
    return fail(Obstacle::TooComplicated);
  }
  for (const Goal& goal : pending_) {
    if (Guard* same = guard_like(loop, goal)) {
      same->form.constant = std::min(same->form.constant, goal.form.constant);
      continue;
    }
    guards_.push_back({loop, goal.form, goal.size_of});
    append(list, guards_, guards_.size() - 1);
  }
  return true;
}

// ---- inequalities

bool HoistableChecks::is_nonnegative(const LinearForm& form) const {
  Range range;
  return forms_->bounds(form, range) && range.low >= 0;
}

// The term whose atom is made deepest within the loop; null if all are made before it.
const Term* HoistableChecks::innermost_term(const LinearForm& form) const {
  const Term* innermost = nullptr;
  for (int i = 0; i < form.count; ++i) {
    const Term& term = form.terms[i];
    if (depths_[term.atom] < loop_depth_) continue;
    if (innermost == nullptr || depths_[term.atom] >= depths_[innermost->atom]) innermost = &term;
  }
  return innermost;
}

bool HoistableChecks::reduce(const Goal& goal, int steps_left) {
  if (!is_moderate(goal.form) || steps_left == 0 || --tries_left_ < 0) return fail(Obstacle::TooComplicated);
  if (is_nonnegative(goal.form) || facts_->proves_nonnegative(goal.form)) return true;
  const Term* term = innermost_term(goal.form);
  if (term == nullptr) {
    if (goal.form.count == 0 && goal.size_of == none) return fail(Obstacle::TooFar);  // negative, always
    const bool follows = std::any_of(pending_.begin(), pending_.end(), [&](const Goal& other) {
      return other.size_of == goal.size_of && other.form.has_same_terms(goal.form) &&
             other.form.constant <= goal.form.constant;
    });
    if (!follows) pending_.push_back(goal);
    return true;
  }
  const std::size_t guards = pending_.size();
  for (const auto way :
       {&HoistableChecks::reduce_by_facts, &HoistableChecks::reduce_by_operands, &HoistableChecks::reduce_by_range}) {
    if ((this->*way)(goal, *term, steps_left - 1)) return true;
    pending_.resize(guards);
  }
  return false;
}

// A fact f >= 0 in which the atom has a coefficient of the same sign: goal >= goal - factor * f.
bool HoistableChecks::reduce_by_facts(const Goal& goal, const Term& term, int steps_left) {
  const std::span<const LinearForm> facts = facts_->all();
  const std::size_t guards = pending_.size();
  for (std::size_t i = facts.size(); i-- > 0;) {
    const std::int64_t coefficient = facts[i].coefficient_of(term.atom);
    if (coefficient == 0 || !is_moderate(facts[i]) || (coefficient > 0) != (term.coefficient > 0) ||
        term.coefficient % coefficient != 0)
      continue;
    Goal rest = goal;
    rest.form.add(facts[i], -(term.coefficient / coefficient));
    if (reduce(rest, steps_left)) return true;
    pending_.resize(guards);
  }
  return fail(Obstacle::Value);
}

bool HoistableChecks::reduce_by_range(const Goal& goal, const Term& term, int steps_left) {
  const Range& range = (*ranges_)[term.atom];
  const Wide bound = term.coefficient > 0 ? range.low : range.high;
  if (bound <= -(widest >> 1) || bound >= (widest >> 2)) return fail(Obstacle::Value);
  Goal rest = goal;
  rest.form.constant += term.coefficient * static_cast<std::int64_t>(bound);
  rest.form.add(term.atom, -term.coefficient);
  return reduce(rest, steps_left);
}

// The atom is a sum that may wrap: it equals the sum of its operands where that lies within its type.
bool HoistableChecks::reduce_by_operands(const Goal& goal, const Term& term, int steps_left) {
  LinearForm sum;
  if (!exact_operands(term.atom, sum)) return fail(Obstacle::Value);
  const Range limits = analysis::range_of(program_->nodes[term.atom].type);
  Goal at_least{sum}, at_most;
  at_least.form.constant -= static_cast<std::int64_t>(limits.low);
  at_most.form.constant = static_cast<std::int64_t>(limits.high);
  at_most.form.add(sum, -1);
  Goal rest = goal;
  rest.form.add(sum, term.coefficient);
  rest.form.add(term.atom, -term.coefficient);
  return reduce(at_least, steps_left) && reduce(at_most, steps_left) && reduce(rest, steps_left);
}

bool HoistableChecks::exact_operands(Id id, LinearForm& form) const {
  const Node& node = program_->nodes[id];
  if (!ir::is_integer(node.type) || ir::size_of(node.type) > 4) return false;
  const auto is_constant = [&](Id operand) { return program_->is_constant(operand); };
  const auto add = [&](Id operand, std::int64_t factor) {
    if (is_constant(operand))
      form.constant += program_->value(operand) * factor;
    else
      form.add(operand, factor);
  };
  switch (node.op) {
    case Op::Add:
    case Op::Subtract:
      add(node.a, 1);
      add(node.b, node.op == Op::Add ? 1 : -1);
      return true;
    case Op::Multiply:
      if (!is_constant(node.b)) return false;
      add(node.a, program_->value(node.b));
      return true;
    case Op::ShiftLeft:
      if (!is_constant(node.b)) return false;
      add(node.a, std::int64_t{1} << (program_->value(node.b) & (ir::width_of(node.type) - 1)));
      return true;
    case Op::Convert:
      if (!ir::is_integer(program_->nodes[node.a].type)) return false;
      add(node.a, 1);
      return true;
    default:
      return false;
  }
}

}  // namespace cogent::optimize
