// Writes the guards of a loop, and its two versions.
#include "optimize/hoist_checks.h"

#include "optimize/hoistable_checks.h"

namespace cogent::optimize {

using analysis::LinearForm;
using analysis::Range;
using ir::none;
using ir::Op;
using ir::Type;

namespace {

constexpr std::int64_t farthest = HoistableChecks::farthest;
constexpr std::int64_t largest_product = farthest * HoistableChecks::largest_coefficient;

/// Builds the condition under which a loop needs no checks.
class GuardBuilder {
 public:
  explicit GuardBuilder(Transformation& transformation)
      : transformation_(transformation), builder_(transformation.builder()) {}

  void add(const HoistableChecks::Guard& guard) {
    Id left = guard.size_of == none ? none : builder_.size(guard.size_of), right = none;
    for (int i = 0; i < guard.form.count; ++i) {
      const analysis::Term& term = guard.form.terms[i];
      const Id atom = transformation_.map(term.atom);
      demand_moderate(atom, term.coefficient);
      const Id factor = integer(term.coefficient < 0 ? -term.coefficient : term.coefficient);
      const Id product = builder_.binary(Op::Multiply, builder_.convert(atom, Type::I64), factor);
      Id& side = term.coefficient < 0 ? right : left;
      side = sum(side, product);
    }
    const std::int64_t constant = guard.form.constant;
    Id& side = constant < 0 ? right : left;
    if (constant != 0) side = sum(side, integer(constant < 0 ? -constant : constant));
    demand(builder_.binary(Op::LessEqual, right == none ? integer(0) : right, left == none ? integer(0) : left));
  }
  /// None if there is no guard.
  Id condition() const { return condition_; }

 private:
  Id integer(std::int64_t value) { return builder_.constant(value, Type::I64); }
  Id sum(Id a, Id b) { return a == none ? b : builder_.binary(Op::Add, a, b); }
  void demand(Id holds) { condition_ = condition_ == none ? holds : builder_.binary(Op::And, condition_, holds); }

  // Sizes reach farther than `farthest`, but not far enough to matter if their coefficient is small.
  void demand_moderate(Id atom, std::int64_t coefficient) {
    const ir::Node node = builder_.program().nodes[atom];
    const Range range = transformation_.ranges()[atom];
    const analysis::Wide largest = largest_product / (coefficient < 0 ? -coefficient : coefficient);
    if (range.low >= -largest && range.high <= largest) return;
    const bool is_signed = ir::is_signed(node.type);
    const Id shifted = is_signed ? builder_.binary(Op::Add, atom, builder_.constant(farthest, node.type)) : atom;
    const Id most = builder_.constant(is_signed ? 2 * farthest : farthest, Type::U64);
    demand(builder_.binary(Op::LessEqual, builder_.convert(shifted, Type::U64), most));
  }

  Transformation& transformation_;
  ir::Builder& builder_;
  Id condition_ = none;
};

void mark(Transformation& transformation, Id loop, std::uint8_t flag) {
  std::vector<std::uint8_t>& flags = transformation.added_flags();
  flags.resize(transformation.source().statements.size());
  transformation.hoistable_checks()->for_each_access(
      loop, [&](const HoistableChecks::Access& access) { flags[access.statement] = flag; });
}

void copy_fast(Transformation& transformation, Id loop, std::size_t begun) {
  mark(transformation, loop, ir::proven_in_bounds);
  transformation.copy_version(loop, begun);
  mark(transformation, loop, 0);
}

void copy_as_it_was(Transformation& transformation, Id loop, std::size_t begun) {
  const HoistableChecks* checks = transformation.hoistable_checks();
  transformation.hoist(nullptr);
  transformation.copy_version(loop, begun);
  transformation.hoist(checks);
}

}  // namespace

bool hoist_checks(Transformation& transformation, Id id, bool&) {
  const HoistableChecks* checks = transformation.hoistable_checks();
  if (checks == nullptr || !checks->hoists_before(id)) return false;
  const ir::Statement loop = transformation.source().statements[id];
  const std::size_t begun = transformation.begin_versions(id);
  ir::Builder& builder = transformation.builder();
  builder.at(loop.line);
  GuardBuilder guards(transformation);
  checks->for_each_guard(id, [&](const HoistableChecks::Guard& guard) { guards.add(guard); });
  const Id condition = guards.condition();
  if (condition == none || builder.program().is_constant(condition)) {
    const bool holds = condition == none || builder.program().value(condition) != 0;
    holds ? copy_fast(transformation, id, begun) : copy_as_it_was(transformation, id, begun);
    return true;
  }
  builder.open_if(condition);
  copy_fast(transformation, id, begun);
  builder.close();
  builder.open_other();
  copy_as_it_was(transformation, id, begun);
  builder.close();
  return true;
}

}  // namespace cogent::optimize
