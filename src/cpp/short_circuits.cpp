// Recognises the statements by their exact shape, the inner ones first.
#include "cpp/short_circuits.h"

namespace cogent::cpp {

using ir::Do;
using ir::none;
using ir::Op;
using ir::Statement;

ShortCircuits::ShortCircuits(const ir::Program& program)
    : program_(program),
      of_statement_(program.statements.size(), none),
      of_value_(program.nodes.size(), none),
      of_body_(program.regions.size(), none),
      sets_(program.variables.size()),
      gets_(program.variables.size()) {
  count_uses();
  // A region that is moved into another keeps its number, so inner regions may have smaller ones: look until all are
  // found.
  for (std::size_t before = 1; before != all_.size();) {
    before = all_.size();
    for (Id region = 0; region < program.regions.size(); ++region)
      ir::for_each_statement(program, region, [&](Id id, const Statement& statement) {
        if (statement.what == Do::Set && of_statement_[id] == none) look_at(id);
      });
  }
}

void ShortCircuits::count_uses() {
  for (Id region = 0; region < program_.regions.size(); ++region)
    ir::for_each_statement(program_, region, [&](Id, const Statement& statement) {
      if (statement.what == Do::Set) ++sets_[statement.a];
      const bool is_get = statement.what == Do::Let && program_.nodes[statement.a].op == Op::Get;
      if (is_get) ++gets_[program_.nodes[statement.a].a];
    });
}

void ShortCircuits::look_at(Id set) {
  const Statement& initial = program_.statements[set];
  const Id variable = initial.a;
  const bool is_bool = program_.variables[variable].type == ir::Type::Bool && program_.is_constant(initial.b);
  if (!is_bool || sets_[variable] != 2 || gets_[variable] != 1 || initial.next == none) return;
  const Statement& branch = program_.statements[initial.next];
  if (branch.what != Do::If || branch.other != none || branch.next == none) return;
  const Statement& read = program_.statements[branch.next];
  const bool reads =
      read.what == Do::Let && program_.nodes[read.a].op == Op::Get && program_.nodes[read.a].a == variable;
  if (!reads || !is_plain_body(branch.body, variable)) return;
  const Id last = program_.regions[branch.body].last, number = static_cast<Id>(all_.size());
  all_.push_back({.value = read.a,
                  .condition = branch.a,
                  .right = program_.statements[last].b,
                  .body = branch.body,
                  .is_or = program_.value(initial.b) != 0});
  of_statement_[set] = of_statement_[initial.next] = of_statement_[last] = number;
  of_value_[read.a] = of_body_[branch.body] = number;
}

bool ShortCircuits::is_plain_body(Id region, Id variable) const {
  bool is_plain = true;
  ir::for_each_statement(program_, region, [&](Id id, const Statement& statement) {
    const bool is_last = id == program_.regions[region].last;
    const bool sets = statement.what == Do::Set && statement.a == variable;
    const bool is_allowed = statement.what == Do::Let || of_statement_[id] != none;
    is_plain = is_plain && (is_last ? sets : is_allowed);
  });
  return is_plain && program_.regions[region].first != none;
}

}  // namespace cogent::cpp
