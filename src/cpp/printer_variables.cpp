// Sets of variables: declarations and assignments.
#include <utility>

#include "cpp/printer.h"

namespace cogent::cpp {

using ir::Node;
using ir::none;
using ir::Op;
using ir::Statement;

void Printer::set(Id id) {
  const Statement& statement = program_.statements[id];
  const Id variable = statement.a, value = statement.b;
  if (plan_.is_dropped(variable) || setting_.structure.is_overwritten(id) || plan_.circuit_at(id) != nullptr) return;
  const bool is_first = setting_.structure.declaration(variable) == id;
  if (!is_first && contents_.holds(variable, value)) return;
  announce(id);
  assigned_ = variable;
  const std::string& name = plan_.variable(variable);
  const ir::Type type = program_.variables[variable].type;
  if (is_first) {
    lines_.add(std::string(spelling(type)) + " " + name + " = " + expression(value).text + ";");
  } else {
    const std::string short_step = step(variable, value);
    lines_.add((short_step.empty() ? assignment(name, type, expression(value)) : short_step) + ";");
  }
  assigned_ = none;
  contents_.set(variable, program_.is_constant(value) ? none : value);
}

/// The builder joins two additions of constants: the new value is x + (c + d) while the variable holds x + d. That is
/// `variable += c`, modulo the type's width too.
std::string Printer::step(Id variable, Id value) {
  const Id latest = contents_.latest(variable);
  const Node& node = program_.nodes[value];
  if (latest == none || node.op != Op::Add || !program_.is_constant(node.b) || plan_.is_named(value)) return {};
  const Node& before = program_.nodes[latest];
  if (before.op != Op::Add || before.a != node.a || !program_.is_constant(before.b)) return {};
  const analysis::Wide change = setting_.ranges[node.b].low - setting_.ranges[before.b].low;
  const std::int64_t distance = static_cast<std::int64_t>(change < 0 ? -change : change);
  if (distance > INT32_MAX) return {};
  const bool wraps = setting_.ranges.may_wrap(value) || setting_.ranges.may_wrap(latest);
  const Fragment target = named(plan_.variable(variable), node.type, analysis::range_of(node.type));
  const Op op = change < 0 ? Op::Subtract : Op::Add;
  return assignment(
      target.text, node.type,
      operations_.binary(op, node.type, target, literal(distance, node.type), {setting_.ranges[value], wraps}));
}

}  // namespace cogent::cpp
