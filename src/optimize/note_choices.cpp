// Takes the decisions of analysis/dispatch.h, as the lowering does.
#include "optimize/note_choices.h"

#include "analysis/dispatch.h"

namespace cogent::optimize {

using ir::Do;

void note_choices(const ir::Program& program, std::vector<Note>& notes) {
  for (Id region = 0; region < program.regions.size(); ++region) {
    if (region != 0 && program.regions[region].owner == ir::none) continue;
    ir::for_each_statement(program, region, [&](Id, const ir::Statement& statement) {
      if (statement.what == Do::Cases)
        add_note(notes, {statement.line, "cases: " + describe(analysis::dispatch_of_cases(program, statement))});
      if (statement.what == Do::Go && statement.a == ir::none)
        add_note(notes, {statement.line, "go: " + describe(analysis::dispatch_of_go(program, statement))});
    });
  }
}

}  // namespace cogent::optimize
