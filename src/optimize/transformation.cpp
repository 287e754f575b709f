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
  Rewriter::run(*scan.program, result);
}

void Transformation::observe(const ir::Program& program) {
  ranges_.start(program);
  forms_.start(program, ranges_);
}

const analysis::Ranges& Transformation::ranges() {
  ranges_.update();
  return ranges_;
}

analysis::LinearForms& Transformation::forms() {
  ranges_.update();
  return forms_;
}

bool Transformation::rewrite_for(Id statement, bool& falls_through) {
  for (const Hooks& hooks : *hooks_)
    if (hooks.on_for != nullptr && hooks.on_for(*this, statement, falls_through)) return true;
  return false;
}

bool Transformation::rewrite_if(Id statement, bool& falls_through) {
  for (const Hooks& hooks : *hooks_)
    if (hooks.on_if != nullptr && hooks.on_if(*this, statement, falls_through)) return true;
  return false;
}

bool Transformation::rewrite_go(Id statement, bool& falls_through) {
  for (const Hooks& hooks : *hooks_)
    if (hooks.on_go != nullptr && hooks.on_go(*this, statement, falls_through)) return true;
  return false;
}

Id Transformation::rewrite_division(ir::Op op, Id a, Id b) {
  for (const Hooks& hooks : *hooks_)
    if (hooks.on_division != nullptr)
      if (const Id result = hooks.on_division(*this, op, a, b); result != ir::none) return result;
  return ir::none;
}

}  // namespace cogent::optimize
