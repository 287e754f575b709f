// Walks over the program with the facts that hold at each place.
#include "optimize/prove_bounds.h"

#include <algorithm>

#include "ir/walk.h"
#include "optimize/scan.h"

namespace cogent::optimize {

using analysis::LinearForm;
using analysis::Range;
using ir::Do;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Statement;

namespace {

constexpr std::uint16_t nowhere = UINT16_MAX;

}  // namespace

struct BoundsProver::Walk {
  BoundsProver& prover;
  void enter(Id region) { prover.enter(region); }
  void leave(Id region) { prover.leave(region); }
  void statement(Id id) { prover.visit(id); }
};

std::optional<ProvableFault> BoundsProver::run(ir::Program& program, const analysis::Ranges& ranges,
                                               analysis::LinearForms& forms, Fuel& fuel) {
  program_ = &program;
  ranges_ = &ranges;
  forms_ = &forms;
  fuel_ = &fuel;
  facts_.start(program, forms);
  hoistable_.start(program, ranges, forms, facts_);
  scopes_.clear();
  checked_.clear();
  fault_.reset();
  accesses_ = proven_ = 0;
  size_nodes_.assign(program.arrays.size(), none);
  for (Id id = 0; id < program.nodes.size(); ++id)
    if (program.nodes[id].op == Op::Size && program.nodes[id].b == 0) size_nodes_[program.nodes[id].a] = id;
  find_leaves();
  ir::walk(program, Walk{*this});
  return fault_;
}

void BoundsProver::find_leaves() {
  struct Leaves {
    BoundsProver& prover;
    Id here = 0;
    void enter(Id region) { here = region; }
    void leave(Id region) { here = prover.program_->regions[region].parent; }
    void statement(Id id) {
      const auto& regions = prover.program_->regions;
      const Statement& statement = prover.program_->statements[id];
      const bool leaves = statement.what == Do::Break || statement.what == Do::Continue;
      const bool goes = statement.what == Do::Go;
      if (!leaves && !goes && statement.what != Do::Return) return;
      const Id target = goes && statement.a == none ? prover.program_->operands[statement.c] : statement.a;
      const std::uint16_t depth = leaves || goes ? regions[target].depth : 0;
      for (Id region = here; region != none && regions[region].depth >= depth; region = regions[region].parent)
        prover.leaves_to_[region] = std::min(prover.leaves_to_[region], depth);
    }
  };
  leaves_to_.assign(program_->regions.size(), nowhere);
  ir::walk(*program_, Leaves{*this});
}

void BoundsProver::enter(Id region) {
  here_ = region;
  if (region == 0) {
    scopes_.push_back({true, 0, 0});
    return;
  }
  const ir::Program& program = *program_;
  const Statement& owner = program.statements[program.regions[region].owner];
  bool certain = scopes_.back().certain && leaves_to_[region] > program.regions[region].depth;
  scopes_.push_back({false, facts_.count(), checked_.size()});
  switch (owner.what) {
    case Do::For:
      certain = certain && known_trips(program, owner.b, owner.c, owner.d) > 0;
      facts_.assume_index(owner);
      break;
    case Do::If:
      facts_.assume(owner.a, region == owner.body);
      certain = false;
      break;
    case Do::Cases:
      if (program.regions[region].choice != none) facts_.assume_equal(owner.a, program.regions[region].choice);
      certain = false;
      break;
    case Do::Loop:
    case Do::States:
      certain = false;
      break;
    default:
      break;
  }
  scopes_.back().certain = certain;
}

void BoundsProver::leave(Id region) {
  facts_.rewind(scopes_.back().facts);
  checked_.resize(scopes_.back().checked);
  scopes_.pop_back();
  if (region == 0) return;
  const ir::Program& program = *program_;
  here_ = program.regions[region].parent;
  const Do owner = program.statements[program.regions[region].owner].what;
  const bool may_not_end = owner == Do::Loop || owner == Do::States;
  if (may_not_end || leaves_to_[region] < program.regions[region].depth) scopes_.back().certain = false;
}

void BoundsProver::visit(Id id) {
  Statement& statement = program_->statements[id];
  const bool certain = scopes_.back().certain;
  switch (statement.what) {
    case Do::Let: {
      const Node& node = program_->nodes[statement.a];
      if (node.op == Op::Load) visit_access(id, access_to(node.a, node.b));
      if (certain && ir::is_division(node.op) && program_->is_constant(node.b, 0))
        report({.kind = ir::FaultKind::DivisionByZero, .line = statement.line});
      break;
    }
    case Do::Store:
      visit_access(id, access_to(statement.a, statement.b));
      break;
    case Do::Check:
      visit_access(id, access_of(statement));
      break;
    case Do::For:
      if (certain && program_->is_constant(statement.d, 0))
        report({.kind = ir::FaultKind::ZeroStep, .line = statement.line});
      break;
    case Do::Require:
      facts_.assume(statement.a, true);
      break;
    case Do::Cases:
      if (is_among_constants(statement)) mark_proven(statement);
      break;
    case Do::Break:
    case Do::Continue:
    case Do::Return:
    case Do::Go:
    case Do::Call:  // may end the run
      scopes_.back().certain = false;
      break;
    default:
      break;
  }
}

/// Whether the selector lies between the smallest and the largest constant.
bool BoundsProver::is_among_constants(const Statement& cases) const {
  const ir::Program& program = *program_;
  const ir::Type type = program.nodes[cases.a].type;
  const Range selector = (*ranges_)[cases.a];
  bool is_low_enough = false, is_high_enough = false;
  for (Id region = cases.body; region != none; region = program.regions[region].sibling) {
    const analysis::Wide constant = analysis::value_of(program.value(program.regions[region].choice), type);
    is_low_enough = is_low_enough || constant <= selector.low;
    is_high_enough = is_high_enough || constant >= selector.high;
  }
  return is_low_enough && is_high_enough;
}

BoundsProver::Access BoundsProver::access_to(Id array, Id index) const {
  const std::int64_t size = program_->arrays[array].size;
  return {array, index, size == ir::dynamic_size ? size_nodes_[program_->memory_of(array)] : none, size, 0};
}

BoundsProver::Access BoundsProver::access_of(const Statement& check) const {
  const int dimension = static_cast<int>(check.d);
  if (program_->is_constant(check.c)) return {check.a, check.b, none, program_->value(check.c), dimension};
  return {check.a, check.b, check.c, ir::dynamic_size, dimension};
}

void BoundsProver::mark_proven(Statement& statement) {
  fuel_->spend("prove_bounds", statement.line, [&] {
    statement.flags |= ir::proven_in_bounds;
    return true;
  });
}

// Those to a shaped array are proven by their checks, which count instead.
void BoundsProver::visit_access(Id id, const Access& access) {
  Statement& statement = program_->statements[id];
  if (statement.what != Do::Check && program_->arrays[access.array].is_shaped) return;
  ++accesses_;
  if (!(statement.flags & ir::proven_in_bounds)) {
    if (is_in_bounds(access) || was_checked(access))
      mark_proven(statement);
    else if (scopes_.back().certain)
      check_certain(statement, access);
  }
  if (statement.flags & ir::proven_in_bounds) ++proven_;
  if (!ir::needs_check(statement)) return;
  consider_hoisting(id, access);
  checked_.push_back(access);
}

// Whether one of the last accesses that lead here had the same index.
bool BoundsProver::was_checked(const Access& access) const {
  constexpr std::size_t most_looked_at = 8;
  const std::size_t count = std::min(checked_.size(), most_looked_at);
  return std::any_of(checked_.end() - static_cast<std::ptrdiff_t>(count), checked_.end(), [&](const Access& other) {
    return other.array == access.array && other.index == access.index && other.dimension == access.dimension;
  });
}

void BoundsProver::consider_hoisting(Id id, const Access& access) {
  HoistableChecks::Demand demand{.statement = id, .region = here_, .index = forms_->of(access.index)};
  if (access.size != ir::dynamic_size)
    demand.known_size = access.size;
  else if (access.extent != none)
    demand.size = access.extent;
  else
    demand.size_of = program_->memory_of(access.array);
  hoistable_.consider(demand);
}

bool BoundsProver::is_in_bounds(const Access& access) const {
  LinearForm last;  // size - 1
  if (access.size != ir::dynamic_size) {
    const Range within{0, analysis::Wide{access.size} - 1};
    Range bounds;
    if (forms_->bounds_of(access.index, bounds) && bounds.within(within)) return true;
    if ((*ranges_)[access.index].within(within)) return true;
    last.constant = access.size;
  } else if (access.extent != none) {
    last = forms_->of(access.extent);
  } else {
    return false;
  }
  last.constant -= 1;
  const LinearForm form = forms_->of(access.index);
  if (!form.is_moderate()) return false;  // its negation may wrap
  last.add(form, -1);
  return facts_.proves_nonnegative(form) && facts_.proves_nonnegative(last);
}

// All atoms are indexes of the certain loops around, so that each of their combinations occurs.
void BoundsProver::check_certain(const Statement& statement, const Access& access) {
  const LinearForm form = forms_->of(access.index);
  Range range;
  if (access.size == ir::dynamic_size || !forms_->exact_bounds(form, ir::Type::I64, range)) return;
  for (int i = 0; i < form.count; ++i)
    if (program_->nodes[form.terms[i].atom].op != Op::Index) return;
  if (range.low >= 0 && range.high < access.size) return;
  report({.kind = ir::FaultKind::Index,
          .line = statement.line,
          .array = access.array,
          .dimension = access.dimension,
          .size = access.size,
          .lowest = static_cast<std::int64_t>(range.low),
          .highest = static_cast<std::int64_t>(range.high)});
}

// Accesses of one line to one array, as an unrolled sum makes them, are one fault that reaches as far as any of them.
void BoundsProver::report(const ProvableFault& fault) {
  if (!fault_) fault_ = fault;
  if (fault.line != fault_->line || fault.array != fault_->array || fault.dimension != fault_->dimension) return;
  fault_->lowest = std::min(fault_->lowest, fault.lowest);
  fault_->highest = std::max(fault_->highest, fault.highest);
}

}  // namespace cogent::optimize
