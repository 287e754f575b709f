// Statements with regions: loops, branches, blocks, and the labels of far exits.
#include <utility>

#include "cpp/printer.h"

namespace cogent::cpp {

using ir::Do;
using ir::none;
using ir::Op;
using ir::Statement;
using ir::Type;

void Printer::enter(Id region, std::size_t mark, bool is_chained) {
  open_.push_back({region, program_.regions[region].first, mark, is_chained});
  ++epoch_;
}

void Printer::finish_region() {
  const Region region = open_.back();
  open_.pop_back();
  barrier();
  ++epoch_;
  const Id owner = program_.regions[region.region].owner;
  if (owner == none) return;
  const Do what = program_.statements[owner].what;
  if (what == Do::If) return finish_if(region);
  if (what == Do::Cases) return finish_case(region);
  if (what == Do::States) return finish_state(region);
  if (setting_.structure.has_label_at_end(region.region)) {
    lines_.close();
    lines_.add(label("next", region.region) + ":;");
  }
  lines_.close(setting_.structure.is_do_block(region.region) ? "} while (false);" : "}");
  if (setting_.structure.has_label_behind(region.region)) lines_.add(label("done", region.region) + ":;");
  contents_.forget_since(region.mark);
}

std::string Printer::label(const char* kind, Id region) const { return kind + ("_" + std::to_string(region)); }

// ---- branches

/// Nothing is written for a && b here; what b reads is written where the outcome is used.
void Printer::pass_short_circuit(Id id) {
  announce(id);
  ir::for_each_statement(program_, program_.statements[id].body, [&](Id inner, const Statement& statement) {
    const bool may_stop = statement.what == Do::Let && statement.a != none && may_fault(statement.a);
    if (may_stop) plan_.demand_name(statement.a);
    if (statement.what == Do::Let) let(inner);
    if (statement.what == Do::If) pass_short_circuit(inner);
  });
}

void Printer::open_if(Id id) {
  const Statement& statement = program_.statements[id];
  if (plan_.circuit_at(id) != nullptr) return pass_short_circuit(id);
  const bool has_body = program_.regions[statement.body].first != none;
  const bool has_other = statement.other != none && program_.regions[statement.other].first != none;
  if (!has_body && !has_other) return;
  const bool is_chained = open_.back().is_chained;
  if (!is_chained) announce(id);
  const std::string condition = (has_body ? expression(statement.a) : negated(statement.a)).text;
  const std::string header = "if (" + condition + ") {";
  barrier();
  if (is_chained)
    lines_.turn("} else " + header);
  else
    lines_.open(header);
  enter(has_body ? statement.body : statement.other, contents_.mark());
}

void Printer::finish_if(const Region& region) {
  const Statement& statement = program_.statements[program_.regions[region.region].owner];
  const bool is_body = region.region == statement.body;
  if (!is_body || statement.other == none || program_.regions[statement.other].first == none) {
    if (!region.is_chained) lines_.close();
    contents_.forget_since(region.mark);
    return;
  }
  contents_.rewind(region.mark);
  const bool is_chained = can_chain(statement.other);
  if (!is_chained) lines_.turn("} else {");
  enter(statement.other, region.mark, is_chained);
}

/// Nothing has to be written before the statement.
bool Printer::stands_alone(Id id) const {
  const Statement& statement = program_.statements[id];
  return plan_.declared_before(id).empty() && !(statement.what == Do::Let && plan_.is_named(statement.a));
}

/// The other branch is nothing but an If and what its condition reads: else if.
bool Printer::can_chain(Id region) const {
  for (Id id = program_.regions[region].first; id != none; id = program_.statements[id].next) {
    const Statement& statement = program_.statements[id];
    if (!stands_alone(id)) return false;
    if (statement.what == Do::Let || plan_.circuit_at(id) != nullptr) continue;
    if (statement.what != Do::If || statement.next != none) return false;
    return program_.regions[statement.body].first != none;
  }
  return false;
}

// ---- loops

/// A bound of a loop that is looked at in each of its rounds.
Fragment Printer::bound(Id node, Id loop_region) {
  repeated_in_ = loop_region;
  Fragment result = expression(node);
  repeated_in_ = none;
  return result;
}

void Printer::open_loop_body(const std::string& header, Id region) {
  barrier();
  lines_.open(header);
  if (setting_.structure.has_label_at_end(region)) lines_.open("{");
  const std::size_t mark = contents_.mark();
  for (const Id variable : setting_.structure.written_in(region)) contents_.set(variable, none);
  enter(region, mark);
}

void Printer::open_for(Id id) {
  const Statement& statement = program_.statements[id];
  announce(id);
  if ((statement.flags & ir::parallel) != 0) lines_.comment("the iterations are independent: they may run in parallel");
  const Type type = program_.nodes[statement.a].type;
  const analysis::Range all = analysis::range_of(type), last_range = setting_.ranges[statement.c];
  const analysis::Wide step = setting_.ranges[statement.d].low;
  const bool is_plain = program_.is_constant(statement.d) && step != 0 &&
                        (step > 0 ? last_range.high - 1 + step <= all.high : last_range.low + 1 + step >= all.low);
  if (!is_plain) return open_indexes(id);
  const Fragment index = named(plan_.name(statement.a), type, setting_.ranges[statement.a]);
  const std::string start = std::string(spelling(type)) + " " + index.text + " = " + expression(statement.b).text;
  Fragment last = bound(statement.c, statement.body);
  const Fragment goes_on = step > 0 ? operations_.binary(Op::Less, type, index, last, {{0, 1}, false})
                                    : operations_.greater(type, index, last);
  const Fragment next = literal(static_cast<std::int64_t>(step > 0 ? step : -step), type);
  const std::string advance = step == 1    ? "++" + index.text
                              : step == -1 ? "--" + index.text
                                           : index.text + (step > 0 ? " += " : " -= ") + next.text;
  open_loop_body("for (" + start + ";" + soft_space + goes_on.text + ";" + soft_space + advance + ") {",
                 statement.body);
}

/// A loop whose index might step over the end of its type, or whose step is not known.
void Printer::open_indexes(Id id) {
  const Statement& statement = program_.statements[id];
  const Type type = program_.nodes[statement.a].type;
  Fragment arguments[4] = {expression(statement.b), expression(statement.c), expression(statement.d),
                           literal(setting_.where(id), Type::I32)};
  const std::string name = prelude_.use(Helper::Indexes) + "<" + spelling(type) + ">";
  const Fragment indexes = call(name, arguments, 4, type, {});
  open_loop_body(std::string("for ([[maybe_unused]] const ") + spelling(type) + " " + plan_.name(statement.a) + " :" +
                     soft_space + indexes.text + ") {",
                 statement.body);
}

/// The If at the beginning of a loop's body that only leaves the loop; before it nothing has to be written.
std::optional<Id> Printer::leading_exit(Id region) const {
  for (Id id = program_.regions[region].first; id != none; id = program_.statements[id].next) {
    const Statement& statement = program_.statements[id];
    if (!stands_alone(id)) return std::nullopt;
    if (statement.what == Do::Let || plan_.circuit_at(id) != nullptr) continue;
    if (statement.what != Do::If || statement.other != none) return std::nullopt;
    const Id first = program_.regions[statement.body].first;
    if (first == none || program_.statements[first].what != Do::Break) return std::nullopt;
    const bool leaves_this = program_.statements[first].a == region;
    return leaves_this && stands_alone(first) ? std::optional(id) : std::nullopt;
  }
  return std::nullopt;
}

void Printer::open_loop(Id id) {
  const Statement& statement = program_.statements[id];
  announce(id);
  barrier();
  const std::optional<Id> exit = leading_exit(statement.body);
  if (!exit) return open_loop_body("while (true) {", statement.body);
  const std::size_t mark = contents_.mark();
  for (const Id variable : setting_.structure.written_in(statement.body)) contents_.set(variable, none);
  enter(statement.body, mark);
  for (Id at = program_.regions[statement.body].first; at != *exit; at = program_.statements[at].next)
    this->statement(at);
  here_ = *exit;
  const std::string condition = negated(program_.statements[*exit].a).text;
  barrier();
  ++epoch_;
  lines_.open("while (" + condition + ") {");
  if (setting_.structure.has_label_at_end(statement.body)) lines_.open("{");
  open_.back().next = program_.statements[*exit].next;
}

void Printer::open_block(Id id) {
  const Statement& statement = program_.statements[id];
  announce(id);
  barrier();
  lines_.open(setting_.structure.is_do_block(statement.body) ? "do {" : "{");
  enter(statement.body, contents_.mark());
}

}  // namespace cogent::cpp
