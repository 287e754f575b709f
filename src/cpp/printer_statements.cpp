// Statements without regions: values made, stores, requirements, exits.
#include <utility>

#include "cpp/printer.h"

namespace cogent::cpp {

using ir::Do;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Statement;

Printer::Printer(const PrintSetting& setting, Plan& plan, Prelude& prelude, Lines& lines)
    : setting_(setting),
      program_(setting.program),
      plan_(plan),
      prelude_(prelude),
      lines_(lines),
      operations_(prelude),
      contents_(setting.program.variables.size()),
      visited_(setting.program.nodes.size()),
      made_at_(setting.program.nodes.size()) {}

void Printer::run() {
  declare_local_arrays();
  enter(0, 0);
  while (!open_.empty()) {
    const Id next = open_.back().next;
    if (next == none) {
      finish_region();
    } else {
      open_.back().next = program_.statements[next].next;
      statement(next);
    }
  }
}

void Printer::statement(Id id) {
  here_ = id;
  const Statement& statement = program_.statements[id];
  lines_.belong_to(statement.line);
  switch (statement.what) {
    case Do::Let:
      return let(id);
    case Do::Set:
      return set(id);
    case Do::Store:
      return store(id);
    case Do::Check:
      return check(id);
    case Do::For:
      return open_for(id);
    case Do::Loop:
      return open_loop(id);
    case Do::Block:
      return open_block(id);
    case Do::If:
      return open_if(id);
    case Do::Break:
    case Do::Continue:
      return leave(id);
    case Do::Return:
      return returns(id);
    case Do::Require:
      return require(id);
    case Do::Call:
      return print_call(id);
    case Do::Comment:
      return lines_.comment(program_.texts[statement.b]);
    case Do::Cases:
      return open_cases(id);
    case Do::States:
      return open_states(id);
    case Do::Go:
      return go(id);
  }
}

void Printer::comment_line(ir::Line line) {
  if (const std::string comment = setting_.line_comment(line); !comment.empty()) lines_.comment(comment);
}

/// What stands before the lines of a statement: the values that are declared here, and the line of the user's source.
void Printer::announce(Id id) {
  for (const Id node : plan_.declared_before(id)) {
    const Fragment value = expression(node, true);
    comment_line(program_.nodes[node].line);
    lines_.add(std::string("const ") + spelling(program_.nodes[node].type) + " " + plan_.name(node) + " = " +
               value.text + ";");
  }
  comment_line(program_.statements[id].line);
}

void Printer::let(Id id) {
  const Id node = program_.statements[id].a;
  if (program_.nodes[node].op == Op::Get && plan_.circuit_of(node) == nullptr) {
    const Id variable = program_.nodes[node].a;
    if (plan_.is_named(node) && !plan_.is_unused(node)) {
      announce(id);
      plan_.note_variable_read(variable);
      lines_.add(std::string("const ") + spelling(program_.nodes[node].type) + " " + plan_.name(node) + " = " +
                 plan_.variable(variable) + ";");
    }
    if (!plan_.is_dropped(variable)) contents_.also(variable, node);
    return;
  }
  const bool faults = may_fault(node);
  if (!plan_.is_named(node)) {
    if (!plan_.declared_before(id).empty()) announce(id);
    made_at_[node] = epoch_;
    if (!faults) return;
    if (open_fault_ != none) plan_.demand_name(open_fault_);
    open_fault_ = node;
    return;
  }
  if (plan_.is_unused(node) && !faults) {
    if (!plan_.declared_before(id).empty()) announce(id);
    return;
  }
  announce(id);
  const std::string value = expression(node, true).text;
  if (open_fault_ != none && faults) barrier();
  lines_.add(plan_.is_unused(node) ? value + ";"
                                   : std::string("const ") + spelling(program_.nodes[node].type) + " " +
                                         plan_.name(node) + " = " + value + ";");
}

/// What may fault and is not written yet must be written before this.
void Printer::barrier() {
  if (open_fault_ != none) plan_.demand_name(open_fault_);
  open_fault_ = none;
}

void Printer::store(Id id) {
  const Statement& statement = program_.statements[id];
  announce(id);
  const bool proven = is_proven(statement.a, statement.b, statement);
  const std::string target = element(statement.a, expression(statement.b), proven, id).text;
  lines_.add(assignment(target, program_.arrays[statement.a].type, expression(statement.c)) + ";");
  barrier();
  ++epoch_;
}

void Printer::require(Id id) {
  const Statement& statement = program_.statements[id];
  announce(id);
  std::string reason = "\"";
  for (const char c : program_.texts[statement.b]) {
    if (c == '"' || c == '\\') reason += '\\';
    reason += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  const std::string condition = expression(statement.a).text;
  lines_.add(prelude_.use(Helper::Require) + "(" + condition + "," + soft_space + reason + "\"," + soft_space +
             std::to_string(setting_.where(id)) + ");");
  barrier();
}

void Printer::returns(Id id) {
  const Id value = program_.statements[id].a;
  const bool is_last = setting_.structure.region_of(id) == 0 && program_.statements[id].next == none;
  announce(id);
  if (value != none) {
    lines_.add("return " + expression(value).text + ";");
  } else if (!is_last) {
    lines_.add("return;");
  }
  barrier();
}

void Printer::leave(Id id) {
  const Statement& statement = program_.statements[id];
  announce(id);
  const bool is_break = statement.what == Do::Break;
  if (setting_.structure.needs_goto(id))
    lines_.add("goto " + label(is_break ? "done" : "next", setting_.structure.leader(statement.a)) + ";");
  else
    lines_.add(is_break ? "break;" : "continue;");
  barrier();
}

}  // namespace cogent::cpp
