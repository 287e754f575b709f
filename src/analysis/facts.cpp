// Derives facts from conditions, and inequalities from facts by subtracting them.
#include "analysis/facts.h"

namespace cogent::analysis {

using ir::Node;
using ir::Op;

namespace {

constexpr std::size_t most_facts = 64;
constexpr int most_pairs = 200;  // of facts that are tried for one inequality, from the innermost on

bool share_an_atom(const LinearForm& a, const LinearForm& b) {
  for (int i = 0; i < a.count; ++i)
    if (b.coefficient_of(a.terms[i].atom) != 0) return true;
  return false;
}

}  // namespace

void Facts::start(const ir::Program& program, LinearForms& forms) {
  program_ = &program;
  forms_ = &forms;
  facts_.clear();
}

// A form that equals the node as an integer, if need be the node itself as an atom.
LinearForm Facts::exact_form(Id node) {
  Range range;
  LinearForm form = forms_->of(node);
  if (forms_->exact_bounds(form, program_->nodes[node].type, range)) return form;
  form = {};
  form.add(node, 1);
  return form;
}

void Facts::assume_difference(const LinearForm& a, const LinearForm& b, std::int64_t gap) {
  if (facts_.size() == most_facts || !a.is_moderate() || !b.is_moderate()) return;
  LinearForm fact = a;
  fact.add(b, -1);
  fact.constant -= gap;
  if (fact.valid && fact.count > 0) facts_.push_back(fact);
}

void Facts::assume_comparison(Op op, Id a, Id b, bool holds) {
  if (!ir::is_integer(program_->nodes[a].type)) return;
  const LinearForm left = exact_form(a), right = exact_form(b);
  switch (op) {
    case Op::Less:
      return holds ? assume_difference(right, left, 1) : assume_difference(left, right, 0);
    case Op::LessEqual:
      return holds ? assume_difference(right, left, 0) : assume_difference(left, right, 1);
    case Op::Equal:
    case Op::NotEqual:
      if (holds != (op == Op::Equal)) return;
      assume_difference(right, left, 0);
      return assume_difference(left, right, 0);
    default:
      return;
  }
}

void Facts::assume(Id condition, bool holds) {
  Id pending[8];
  int count = 1;
  for (pending[0] = condition; count > 0;) {
    const Id id = pending[--count];
    const Node& node = program_->nodes[id];
    if (node.type != ir::Type::Bool) continue;
    if (node.op == (holds ? Op::And : Op::Or) && count + 2 <= 8) {
      pending[count++] = node.a;
      pending[count++] = node.b;
    } else if (ir::is_comparison(node.op)) {
      assume_comparison(node.op, node.a, node.b, holds);
    }
  }
}

void Facts::assume_equal(Id a, Id b) { assume_comparison(Op::Equal, a, b, true); }

void Facts::assume_index(const ir::Statement& loop) {
  const ir::Program& program = *program_;
  if (!program.is_constant(loop.d) || program.is_constant(loop.d, 0)) return;
  const bool down = ir::is_signed(program.nodes[loop.d].type) && program.value(loop.d) < 0;
  LinearForm index;
  index.add(loop.a, 1);
  if (!program.is_constant(loop.b)) {
    const LinearForm first = exact_form(loop.b);
    down ? assume_difference(first, index, 0) : assume_difference(index, first, 0);
  }
  if (!program.is_constant(loop.c)) {
    const LinearForm last = exact_form(loop.c);
    down ? assume_difference(index, last, 1) : assume_difference(last, index, 1);
  }
}

bool Facts::at_least_zero(const LinearForm& form) const {
  Range range;
  return forms_->bounds(form, range) && range.low >= 0;
}

bool Facts::proves_nonnegative(const LinearForm& form) const {
  if (at_least_zero(form)) return true;
  if (!form.is_moderate()) return false;
  int pairs_left = most_pairs;
  for (std::size_t i = facts_.size(); i-- > 0;) {
    if (!share_an_atom(form, facts_[i])) continue;
    LinearForm rest = form;
    rest.add(facts_[i], -1);
    if (at_least_zero(rest)) return true;
    for (std::size_t k = i; k-- > 0 && --pairs_left >= 0;) {
      if (!share_an_atom(rest, facts_[k])) continue;
      LinearForm last = rest;
      last.add(facts_[k], -1);
      if (at_least_zero(last)) return true;
    }
  }
  return false;
}

}  // namespace cogent::analysis
