// Takes sums apart with an explicit stack, because the chains of an accumulation are long.
#include "analysis/linear_forms.h"

#include <algorithm>

namespace cogent::analysis {

using ir::Node;
using ir::none;
using ir::Op;

namespace {

std::int64_t wrapped_product(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
}

std::int64_t wrapped_sum(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

}  // namespace

void LinearForm::add(Id atom, std::int64_t coefficient) {
  int i = 0;
  while (i < count && terms[i].atom < atom) ++i;
  if (i < count && terms[i].atom == atom) {
    terms[i].coefficient = wrapped_sum(terms[i].coefficient, coefficient);
    if (terms[i].coefficient == 0) {
      std::copy(terms + i + 1, terms + count, terms + i);
      --count;
    }
    return;
  }
  if (coefficient == 0) return;
  if (count == capacity) {
    valid = false;
    return;
  }
  std::copy_backward(terms + i, terms + count, terms + count + 1);
  terms[i] = {atom, coefficient};
  ++count;
}

void LinearForm::add(const LinearForm& other, std::int64_t factor) {
  valid = valid && other.valid;
  constant = wrapped_sum(constant, wrapped_product(other.constant, factor));
  for (int i = 0; i < other.count; ++i) add(other.terms[i].atom, wrapped_product(other.terms[i].coefficient, factor));
}

std::int64_t LinearForm::coefficient_of(Id atom) const {
  for (int i = 0; i < count; ++i)
    if (terms[i].atom == atom) return terms[i].coefficient;
  return 0;
}

bool LinearForm::is_moderate() const {
  constexpr std::int64_t limit = std::int64_t{1} << 58;
  const auto moderate = [](std::int64_t value) { return -limit < value && value < limit; };
  return valid && moderate(constant) &&
         std::all_of(terms, terms + count, [&](const Term& term) { return moderate(term.coefficient); });
}

bool LinearForm::has_same_terms(const LinearForm& other) const {
  return count == other.count && std::equal(terms, terms + count, other.terms, [](const Term& a, const Term& b) {
           return a.atom == b.atom && a.coefficient == b.coefficient;
         });
}

void LinearForms::start(const ir::Program& program, const Ranges& ranges) {
  program_ = &program;
  ranges_ = &ranges;
  last_base_ = none;
}

template <class Sink>
bool LinearForms::walk(Id node, int width, std::size_t limit, std::int64_t& constant, Sink&& sink) {
  const ir::Program& program = *program_;
  pending_.clear();
  std::int64_t factor = 1;
  for (std::size_t steps = 0; steps < limit; ++steps) {
    const Node& x = program.nodes[node];
    const auto may_open = [&] { return x.type != ir::Type::Bool && keeps(node, width); };
    if (x.op == Op::Constant) {
      constant = wrapped_sum(constant, wrapped_product(factor, program.value(node)));
    } else if ((x.op == Op::Add || x.op == Op::Subtract) && may_open()) {
      pending_.push_back({x.b, x.op == Op::Add ? factor : wrapped_product(factor, -1)});
      node = x.a;
      continue;
    } else if (x.op == Op::Multiply && program.is_constant(x.b) && may_open()) {
      factor = wrapped_product(factor, program.value(x.b));
      node = x.a;
      continue;
    } else if (x.op == Op::ShiftLeft && program.is_constant(x.b) && may_open()) {
      const auto count = program.value(x.b) & (ir::width_of(x.type) - 1);
      factor = wrapped_product(factor, static_cast<std::int64_t>(std::uint64_t{1} << count));
      node = x.a;
      continue;
    } else if (x.op == Op::Convert && !ir::is_float(program.nodes[x.a].type) && may_open()) {
      node = x.a;
      continue;
    } else {
      sink(node, factor);
    }
    if (pending_.empty()) return true;
    node = pending_.back().atom;
    factor = pending_.back().coefficient;
    pending_.pop_back();
  }
  return false;
}

// Prepares the last base such that the node is it plus what is returned.
std::int64_t LinearForms::take_base(Id node) {
  const Node& x = program_->nodes[node];
  const bool has_offset = x.op == Op::Add && program_->is_constant(x.b) && keeps(node, 64);
  const Id base = has_offset ? x.a : node;
  if (base != last_base_) {
    last_base_ = base;
    last_form_ = {};
    const bool whole = walk(base, 64, 64, last_form_.constant,
                            [&](Id atom, std::int64_t coefficient) { last_form_.add(atom, coefficient); });
    last_form_.valid = last_form_.valid && whole;
    last_is_bounded_ = bounds(last_form_, last_bounds_);
  }
  return has_offset ? program_->value(x.b) : 0;
}

const LinearForm& LinearForms::base_of(Id node, std::int64_t& offset) {
  offset = take_base(node);
  return last_form_;
}

LinearForm LinearForms::of(Id node) {
  const std::int64_t offset = take_base(node);
  LinearForm form = last_form_;
  form.constant = wrapped_sum(form.constant, offset);
  return form;
}

bool LinearForms::bounds_of(Id node, Range& range) {
  const std::int64_t offset = take_base(node);
  range = {last_bounds_.low + offset, last_bounds_.high + offset};
  return last_is_bounded_ && range.within(range_of(ir::Type::I64));
}

bool LinearForms::bounds(const LinearForm& form, Range& range) const {
  if (!form.valid) return false;
  // 64-bit factors and 65-bit atoms: a product stays below 2^127, but nothing may be added to it then.
  constexpr Wide reach = Wide{1} << 120;
  range = {form.constant, form.constant};
  for (int i = 0; i < form.count; ++i) {
    const Range& atom = (*ranges_)[form.terms[i].atom];
    const Wide at_low = atom.low * form.terms[i].coefficient, at_high = atom.high * form.terms[i].coefficient;
    const auto [low, high] = std::minmax(at_low, at_high);
    if (low < -reach || high > reach) return false;
    range.low += low;
    range.high += high;
  }
  return true;
}

bool LinearForms::exact_bounds(const LinearForm& form, ir::Type type, Range& range) const {
  return bounds(form, range) && range.within(range_of(type));
}

bool LinearForms::weighted_sum(Id node, std::vector<Term>& terms, std::int64_t& constant, std::size_t limit) {
  terms.clear();
  constant = 0;
  return walk(node, ir::width_of(program_->nodes[node].type), limit, constant,
              [&](Id atom, std::int64_t coefficient) { terms.push_back({atom, coefficient}); });
}

}  // namespace cogent::analysis
