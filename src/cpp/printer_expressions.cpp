// Expressions: which values are written by name and which are written out, without recursion.
#include <stdexcept>
#include <utility>

#include "cpp/printer.h"
#include "ir/semantics.h"

namespace cogent::cpp {

using ir::Do;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Type;

namespace {

// Beyond these a part of an expression gets a name: compilers have limits too.
constexpr std::uint32_t most_operators = 1000, deepest_nesting = 40;

/// Whether C++ evaluates the second operand (of a Select, the second and third) only sometimes.
bool skips_operands(const Node& node) {
  return node.op == Op::Select || (node.type == Type::Bool && (node.op == Op::And || node.op == Op::Or));
}

}  // namespace

// ---- what is written by name

std::optional<Fragment> Printer::leaf(Id id) {
  const Node& node = program_.nodes[id];
  switch (node.op) {
    case Op::Constant:
      if (is_spelled_by_bits(program_.value(id), node.type)) prelude_.use_header("bit");
      return literal(program_.value(id), node.type);
    case Op::Parameter:
      plan_.note_parameter_used(node.a);
      return named(plan_.parameter(node.a), node.type, setting_.ranges[id]);
    case Op::Size:
      plan_.note_size_used(node.a, node.b);
      return named(plan_.size_of(node.a, node.b), node.type, setting_.ranges[id]);
    case Op::Index:
      return named(plan_.name(id), node.type, setting_.ranges[id]);
    default:
      return std::nullopt;
  }
}

Fragment Printer::by_name(Id node) {
  plan_.note_name_printed(node);
  return named(plan_.name(node), program_.nodes[node].type, setting_.ranges[node]);
}

std::optional<Fragment> Printer::variable_holding(Id node) {
  const Id variable = contents_.holder(node);
  if (variable == none) return std::nullopt;
  if (repeated_in_ != none && setting_.structure.writes(repeated_in_, variable)) return std::nullopt;
  if (variable != assigned_) plan_.note_variable_read(variable);
  return named(plan_.variable(variable), program_.nodes[node].type, setting_.ranges[node]);
}

std::optional<Fragment> Printer::settled(Id id, bool is_conditional) {
  if (auto text = leaf(id)) return text;
  const bool is_pinned = ir::is_pinned(program_.nodes[id]);
  const bool is_read = program_.nodes[id].op == Op::Get && plan_.circuit_of(id) == nullptr;
  if (!is_pinned && plan_.is_named(id)) {
    plan_.note_use(id, here_);
    return by_name(id);
  }
  if (plan_.is_named(id) && !is_read) return by_name(id);
  if (auto text = variable_holding(id)) return text;
  if (is_pinned) return settled_pinned(id, is_conditional);
  if (is_inline(id)) return std::nullopt;
  return by_name(id);
}

// A pure value is written out once, or wherever it is used if it is short.
bool Printer::is_inline(Id id) {
  plan_.note_use(id, here_);
  if (plan_.is_cheap(id)) return true;
  if (!visited_[id]) {
    visited_[id] = true;
    return true;
  }
  const Node& node = program_.nodes[id];
  const bool only_widens = node.op == Op::Convert && !setting_.ranges.may_wrap(id);
  plan_.demand_name(only_widens && ir::is_pinned(program_.nodes[node.a]) ? node.a : id);
  return false;
}

// A pinned value may be written out at its only use, as long as nothing has happened since that it could notice or, if
// it may fault, that could notice it.
std::optional<Fragment> Printer::settled_pinned(Id id, bool is_conditional) {
  const bool is_get = program_.nodes[id].op == Op::Get && plan_.circuit_of(id) == nullptr;
  const bool faults = may_fault(id);
  const bool is_good = !is_get && !plan_.is_named(id) && !visited_[id] && made_at_[id] == epoch_ &&
                       repeated_in_ == none && (!faults || (open_fault_ == id && !is_conditional));
  if (!is_good) {
    plan_.demand_name(id);
    return by_name(id);
  }
  visited_[id] = true;
  if (faults) open_fault_ = none;
  return std::nullopt;
}

bool Printer::may_fault(Id id) const {
  const Node& node = program_.nodes[id];
  if (node.op == Op::Load) return !is_proven(node.a, node.b, program_.statements[setting_.structure.maker(id)]);
  return ir::is_division(node.op) && node.c != 0 && setting_.ranges[node.b].contains(0);
}

// ---- how the others are written

/// The operand is part of a form that reaches through it: it is written here and nowhere else.
bool Printer::absorb(Id node) {
  const bool is_free =
      !ir::is_pinned(program_.nodes[node]) && !leaf(node) && !plan_.is_named(node) && contents_.holder(node) == none;
  return is_free && is_inline(node);
}

Printer::Form Printer::form_of(Id id) {
  const Node& node = program_.nodes[id];
  switch (node.op) {
    case Op::Get: {
      const ShortCircuit& circuit = *plan_.circuit_of(id);
      return {Shape::ShortCircuit,
              circuit.is_or ? Op::Or : Op::And,
              2,
              {circuit.condition, circuit.right, none},
              circuit.is_or};
    }
    case Op::Load:
      return {Shape::Load, node.op, 1, {node.b, none, none}};
    case Op::Select:
      return {Shape::Select, node.op, 3, {node.a, node.b, node.c}};
    case Op::Convert:
    case Op::Bits:
      return {Shape::Convert, node.op, 1, {node.a, none, none}};
    case Op::FusedMultiplyAdd:
    case Op::Mathematics:
      return {Shape::Function, node.op, ir::operand_count(node), {node.a, node.b, node.c}};
    case Op::Add:
      return form_of_add(id);
    case Op::Subtract:
      return form_of_subtract(id);
    case Op::Minimum:
      return form_of_minimum(id);
    default:
      break;
  }
  if (ir::is_unary(node.op)) return {Shape::Function, node.op, 1, {node.a, none, none}};
  const bool is_bool = program_.nodes[node.a].type == Type::Bool;
  if (node.op == Op::Xor && program_.is_constant(node.b, ir::canonical(-1, node.type)))
    return {is_bool ? Shape::Not : Shape::Complement, node.op, 1, {node.a, none, none}};
  const bool is_checked = ir::is_division(node.op) && may_fault(id);
  return {is_checked ? Shape::Division : Shape::Binary, node.op, 2, {node.a, node.b, none}};
}

/// How the opposite of a condition that is not written by name is written; none: as the condition behind a `!`.
std::optional<Printer::Form> Printer::form_of_negation(Id id) {
  const Node& node = program_.nodes[id];
  if (!ir::is_comparison(node.op)) return std::nullopt;
  const bool is_order = node.op == Op::Less || node.op == Op::LessEqual;
  if ((is_order && ir::is_float(program_.nodes[node.a].type)) || !absorb(id)) return std::nullopt;
  switch (node.op) {
    case Op::Less:
      return Form{Shape::Binary, Op::LessEqual, 2, {node.b, node.a, none}};
    case Op::LessEqual:
      return Form{Shape::Binary, Op::Less, 2, {node.b, node.a, none}};
    case Op::Equal:
      return Form{Shape::Binary, Op::NotEqual, 2, {node.a, node.b, none}};
    default:
      return Form{Shape::Binary, Op::Equal, 2, {node.a, node.b, none}};
  }
}

Printer::Form Printer::form_of_subtract(Id id) {
  const Node& node = program_.nodes[id];
  if (program_.is_constant(node.a, 0) && !ir::is_float(node.type))
    return {Shape::Negative, node.op, 1, {node.b, none, none}};
  return {Shape::Binary, node.op, 2, {node.a, node.b, none}};
}

// a + b * -3 is written a - b * 3.
Printer::Form Printer::form_of_add(Id id) {
  const Node& node = program_.nodes[id];
  const Form plain = {Shape::Binary, node.op, 2, {node.a, node.b, none}};
  const Node& product = program_.nodes[node.b];
  if (product.op != Op::Multiply || !ir::is_signed(node.type) || !program_.is_constant(product.b)) return plain;
  const std::int64_t factor = program_.value(product.b);
  const bool can_flip = factor < 0 && factor != ir::lowest_of(node.type) && !setting_.ranges.may_wrap(node.b) &&
                        !setting_.ranges.may_wrap(id) &&
                        setting_.ranges[node.b].low > analysis::range_of(node.type).low;
  if (!can_flip || !absorb(node.b)) return plain;
  return {Shape::MinusProduct, node.op, 2, {node.a, product.a, node.b}};
}

// min(max(x, low), high) with constants is a clamp.
Printer::Form Printer::form_of_minimum(Id id) {
  const Node& node = program_.nodes[id];
  const Form plain = {Shape::Binary, node.op, 2, {node.a, node.b, none}};
  const Node& larger = program_.nodes[node.a];
  if (larger.op != Op::Maximum || !program_.is_constant(node.b) || !program_.is_constant(larger.b)) return plain;
  const std::int64_t low = program_.value(larger.b), high = program_.value(node.b);
  if (ir::evaluate_binary(Op::LessEqual, node.type, low, high) == 0 || !absorb(node.a)) return plain;
  return {Shape::Clamp, node.op, 3, {larger.a, larger.b, node.b}};
}

Fragment Printer::convert(const Node& node, Fragment value, const Outcome& result) {
  const Type from = program_.nodes[node.a].type;
  return node.op == Op::Bits ? operations_.bits_of(node.type, std::move(value), from, result)
                             : operations_.convert(node.type, std::move(value), from, result);
}

Fragment Printer::function(const Node& node, Fragment* operands, const Outcome& result) {
  if (node.op == Op::FusedMultiplyAdd) return operations_.fused_multiply_add(node.type, operands);
  if (node.op == Op::Mathematics) return operations_.mathematics(node.c, node.type, operands);
  return operations_.unary(node.op, node.type, std::move(operands[0]), result);
}

Fragment Printer::combine(Id id, const Form& form, Fragment* operands) {
  const Node& node = program_.nodes[id];
  const Type type = ir::is_binary(node.op) ? program_.nodes[node.a].type : node.type;
  const Outcome result = outcome(id);
  Fragment &a = operands[0], &b = operands[1];
  switch (form.shape) {
    case Shape::ShortCircuit:
      return operations_.binary(form.op, Type::Bool, std::move(a), std::move(b), result);
    case Shape::Binary:
      if (form.op == Op::Add && b.is_literal && b.range.low < 0 && b.range.low > INT32_MIN)
        return operations_.binary(Op::Subtract, type, std::move(a),
                                  literal(static_cast<std::int64_t>(-b.range.low), type), result);
      return operations_.binary(form.op, type, std::move(a), std::move(b), result);
    case Shape::Negative:
      return operations_.negative(type, std::move(a), result);
    case Shape::Complement:
      return operations_.complement(type, std::move(a), result);
    case Shape::Not:
      return operations_.logical_not(std::move(a));
    case Shape::Clamp:
      return operations_.clamp(type, std::move(a), std::move(b), std::move(operands[2]), result);
    case Shape::Select:
      return operations_.select(type, std::move(a), std::move(b), std::move(operands[2]), result);
    case Shape::Convert:
      return convert(node, std::move(a), result);
    case Shape::Function:
      return function(node, operands, result);
    case Shape::Load: {
      const Id maker = setting_.structure.maker(id);
      return element(node.a, std::move(a), is_proven(node.a, node.b, program_.statements[maker]), maker);
    }
    case Shape::Division:
      return operations_.checked_division(node.op, type, std::move(a), std::move(b),
                                          setting_.where(setting_.structure.maker(id)), result);
    case Shape::MinusProduct: {
      const Id product = form.children[2];
      const analysis::Range range = setting_.ranges[product];
      Fragment subtracted = operations_.binary(Op::Multiply, type, std::move(b),
                                               literal(-program_.value(program_.nodes[product].b), type),
                                               {{-range.high, -range.low}, false});
      return operations_.binary(Op::Subtract, type, std::move(a), std::move(subtracted), result);
    }
  }
  throw std::logic_error("a node without a form");
}

Fragment Printer::expression(Id root, bool whole, bool negates) {
  std::vector<Step> steps = {{root, negates, false, false, false, {}}};
  std::vector<Fragment> values;
  while (!steps.empty()) {
    Step step = steps.back();
    steps.pop_back();
    if (step.is_combining) {
      Fragment* operands = values.data() + values.size() - static_cast<std::size_t>(step.form.count);
      keep_small(step.form, operands);
      Fragment result = combine(step.node, step.form, operands);
      values.resize(values.size() - static_cast<std::size_t>(step.form.count));
      values.push_back(std::move(result));
    } else if (auto text = step_by_name(step, whole && step.node == root)) {
      values.push_back(std::move(*text));
    } else {
      expand(step, step.node == root, steps);
    }
  }
  return std::move(values.back());
}

/// What is too long or too deep for one expression gets a name.
void Printer::keep_small(const Form& form, Fragment* operands) {
  for (int i = 0; i < form.count; ++i) {
    if (operands[i].operators <= most_operators && operands[i].nesting <= deepest_nesting) continue;
    plan_.demand_name(form.children[i]);
    operands[i] = by_name(form.children[i]);
  }
}

std::optional<Fragment> Printer::step_by_name(const Step& step, bool is_whole) {
  if (is_whole || step.is_negated) return std::nullopt;
  const bool is_target = step.is_first && assigned_ != none && contents_.holds(assigned_, step.node);
  return is_target ? variable_holding(step.node) : settled(step.node, step.is_conditional);
}

/// Puts off the step until its operands are written.
void Printer::expand(Step step, bool is_root, std::vector<Step>& steps) {
  if (step.is_negated) {
    const auto opposite = form_of_negation(step.node);
    step.form = opposite ? *opposite : Form{Shape::Not, Op::Xor, 1, {step.node, none, none}};
  } else {
    step.form = form_of(step.node);
  }
  const bool skips = skips_operands(program_.nodes[step.node]) || step.form.shape == Shape::ShortCircuit;
  step.is_combining = true;
  steps.push_back(step);
  for (int i = step.form.count; i-- > 0;)
    steps.push_back({step.form.children[i],
                     i == 0 && step.form.negates_first,
                     step.is_conditional || (i > 0 && skips),
                     false,
                     is_root && i == 0,
                     {}});
}

}  // namespace cogent::cpp
