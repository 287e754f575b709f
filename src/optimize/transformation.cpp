// Calls the passes' hooks in the order of the table.
#include "optimize/transformation.h"

#include <algorithm>

namespace cogent::optimize {

void add_note(std::vector<Note>& notes, const Note& note) {
  const bool known = std::any_of(notes.begin(), notes.end(),
                                 [&](const Note& other) { return other.line == note.line && other.text == note.text; });
  if (!known) notes.push_back(note);
}

void Transformation::run(const Scan& scan, ir::Program& result, const std::vector<Hooks>& hooks,
                         std::vector<Note>* notes) {
  scan_ = &scan;
  hooks_ = &hooks;
  notes_ = notes;
  observe(result);
  const bool reuses_loads =
      std::any_of(hooks.begin(), hooks.end(), [](const Hooks& each) { return each.reuses_loads; });
  Rewriter::run(*scan.program, result, reuses_loads);
}

void Transformation::observe(const ir::Program& program) {
  ranges_.start(program);
  forms_.start(program, ranges_);
}

void Transformation::learn_contents() {
  ranges_.update();
  ranges_.learn_contents();
}

const analysis::Ranges& Transformation::ranges() {
  ranges_.update();
  return ranges_;
}

analysis::LinearForms& Transformation::forms() {
  ranges_.update();
  return forms_;
}

// Offers a statement to the hooks of one kind, until one has dealt with it.
bool Transformation::offer(Hook Hooks::* kind, Id statement, bool& falls_through) {
  for (const Hooks& hooks : *hooks_) {
    const Hook hook = hooks.*kind;
    if (hook == nullptr) continue;
    const ir::Line line = source().statements[statement].line;
    if (fuel_.spend(hooks.pass, line, [&] { return hook(*this, statement, falls_through); })) return true;
  }
  return false;
}

bool Transformation::rewrite_for(Id statement, bool& falls_through) {
  return offer(&Hooks::on_for, statement, falls_through);
}

bool Transformation::rewrite_if(Id statement, bool& falls_through) {
  return offer(&Hooks::on_if, statement, falls_through);
}

bool Transformation::rewrite_go(Id statement, bool& falls_through) {
  return offer(&Hooks::on_go, statement, falls_through);
}

Id Transformation::rewrite_division(ir::Op op, Id a, Id b) {
  Id result = ir::none;
  const auto divide = [&](const Hooks& hooks) {
    result = hooks.on_division(*this, op, a, b);
    return result != ir::none;
  };
  for (const Hooks& hooks : *hooks_)
    if (hooks.on_division != nullptr && fuel_.spend(hooks.pass, builder().line(), [&] { return divide(hooks); })) break;
  return result;
}

}  // namespace cogent::optimize
