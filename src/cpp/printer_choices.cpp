// Cases as a switch; states as labelled blocks with jumps between them.
#include <algorithm>

#include "cpp/printer.h"

namespace cogent::cpp {

using ir::Do;
using ir::none;
using ir::Op;
using ir::Statement;
using ir::Type;

namespace {

constexpr int most_comparisons = 4;  // of a byte, before a switch reads better

/// Whether control cannot go on behind the last statement of the region.
bool ends_in_jump(const ir::Program& program, Id region) {
  const Id last = program.regions[region].last;
  if (last == none) return false;
  const Do what = program.statements[last].what;
  return what == Do::Break || what == Do::Continue || what == Do::Return || what == Do::Go;
}

/// The state that most bytes lead to.
Id most_frequent(const Id* states) {
  Id best = states[0];
  std::ptrdiff_t most = 0;
  for (const Id* state = states; state != states + ir::byte_values; ++state) {
    const std::ptrdiff_t count = std::count(state, states + ir::byte_values, *state);
    if (count <= most) continue;
    most = count;
    best = *state;
  }
  return best;
}

}  // namespace

// ---- cases

void Printer::open_cases(Id id) {
  const Statement& statement = program_.statements[id];
  announce(id);
  const Type type = program_.nodes[statement.a].type;
  Fragment selector = expression(statement.a);
  // Compilers warn of labels that the type of the condition, before its promotion, does not hold.
  if (type == Type::Bool)
    selector = cast(selector, Type::I32);
  else if (selector.type != type)
    selector = cast(selector, type);
  barrier();
  lines_.open("switch (" + selector.text + ") {");
  open_case(statement.body, contents_.mark());
}

void Printer::open_case(Id region, std::size_t mark) {
  const Id constant = program_.regions[region].choice;
  if (constant == none) {
    lines_.open("default: {");
  } else {
    const Type type = program_.nodes[constant].type;
    lines_.open("case " + literal(program_.value(constant), type == Type::Bool ? Type::I32 : type).text + ": {");
  }
  enter(region, mark);
}

void Printer::finish_case(const Region& region) {
  if (!ends_in_jump(program_, region.region)) lines_.add("break;");
  lines_.close();
  const Id next = ir::next_region(program_, region.region);
  if (next == none) {
    // Compilers warn where no label fits a condition that is constant.
    const ir::Region& last = program_.regions[region.region];
    if (last.choice != none && program_.is_constant(program_.statements[last.owner].a)) lines_.add("default: break;");
    return finish_choice(region);
  }
  contents_.rewind(region.mark);
  open_case(next, region.mark);
}

void Printer::finish_choice(const Region& region) {
  lines_.close();
  const Id leader = setting_.structure.leader(region.region);
  if (setting_.structure.has_label_behind(leader)) lines_.add(label("done", leader) + ":;");
  contents_.forget_since(region.mark);
}

// ---- states

std::string Printer::state_label(Id region) const {
  std::string text = "state_" + std::to_string(program_.regions[region].choice);
  if (setting_.structure.has_many_states()) text += "_" + std::to_string(setting_.structure.leader(region));
  return text;
}

void Printer::open_states(Id id) {
  announce(id);
  barrier();
  lines_.open("{");
  open_state(program_.statements[id].body, contents_.mark());
}

void Printer::open_state(Id region, std::size_t mark) {
  lines_.open(setting_.structure.is_go_target(region) ? state_label(region) + ": {" : "{");
  for (const Id variable : setting_.structure.written_in(region)) contents_.set(variable, none);
  enter(region, mark);
}

void Printer::finish_state(const Region& region) {
  lines_.close();
  const Id next = ir::next_region(program_, region.region);
  if (next == none) return finish_choice(region);
  open_state(next, region.mark);
}

// ---- jumps between states

void Printer::go(Id id) {
  const Statement& statement = program_.statements[id];
  announce(id);
  if (setting_.structure.falls_through(id)) {
    barrier();
    return;
  }
  if (statement.a != none) {
    lines_.add("goto " + state_label(statement.a) + ";");
  } else {
    const Id* states = &program_.operands[statement.c];
    int comparisons = 0;
    for (Id value = 1; value < ir::byte_values; ++value) comparisons += states[value] != states[value - 1];
    comparisons <= most_comparisons ? go_by_comparing(id) : go_by_switch(id);
  }
  barrier();
}

void Printer::go_by_comparing(Id id) {
  const Statement& statement = program_.statements[id];
  const Id* states = &program_.operands[statement.c];
  for (Id value = 1; value < ir::byte_values; ++value) {
    if (states[value] == states[value - 1]) continue;
    const Fragment is_below =
        operations_.binary(Op::Less, Type::U8, expression(statement.b), literal(value, Type::U8), {{0, 1}, false});
    lines_.add("if (" + is_below.text + ") goto " + state_label(states[value - 1]) + ";");
  }
  lines_.add("goto " + state_label(states[ir::byte_values - 1]) + ";");
}

void Printer::go_by_switch(Id id) {
  const Statement& statement = program_.statements[id];
  const Id* states = &program_.operands[statement.c];
  const Id usual = most_frequent(states);
  Fragment selector = expression(statement.b);
  if (selector.type != Type::U8) selector = cast(selector, Type::U8);
  lines_.open("switch (" + selector.text + ") {");
  for (Id value = 0; value < ir::byte_values; ++value) {
    const bool is_first = std::find(states, states + value, states[value]) == states + value;
    if (!is_first || states[value] == usual) continue;
    std::string labels;
    for (Id other = value; other < ir::byte_values; ++other)
      if (states[other] == states[value]) labels += "case " + std::to_string(other) + ":" + soft_space;
    lines_.add(labels + "goto " + state_label(states[value]) + ";");
  }
  lines_.add("default: goto " + state_label(usual) + ";");
  lines_.close();
}

}  // namespace cogent::cpp
