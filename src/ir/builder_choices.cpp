// Statements with several regions: Cases, whose regions begin with what is known before it, and States, whose regions
// begin knowing nothing of the variables that any of them changes.
#include "ir/builder.h"

namespace cogent::ir {

/// Makes `region` the next one of the choice that is open, and opens it.
void Builder::open_choice(Id region) {
  Program& p = *program_;
  if (p.regions[here_].depth == UINT16_MAX) throw ProgramTooLong("the blocks are nested too deeply");
  Choice& choice = choices_.back();
  Statement& owner = p.statements[choice.statement];
  (choice.last == none ? owner.body : p.regions[choice.last].sibling) = region;
  choice.last = region;
  Region& opened = p.regions[region];
  opened.parent = here_;
  opened.owner = choice.statement;
  opened.depth = static_cast<std::uint16_t>(p.regions[here_].depth + 1);
  opened.is_loop = owner.what == Do::States;
  scopes_.push_back({region, here_, none, epoch_, static_cast<std::uint32_t>(changes_.size())});
  here_ = region;
  begin_piece();
}

// ---- Cases

void Builder::open_cases(Id selector) {
  const Id statement = append({.what = Do::Cases, .line = line_, .a = selector});
  choices_.push_back({.statement = statement, .changes = static_cast<std::uint32_t>(changes_.size())});
}

Id Builder::open_case(Id constant) {
  const Id region = static_cast<Id>(program_->regions.size());
  program_->regions.push_back({.choice = constant});
  open_choice(region);
  return region;
}

void Builder::close_case() {
  const std::uint32_t changes = scopes_.back().changes;
  close();
  rewind_changes(changes);  // the next region begins as this one did
}

void Builder::close_cases() {
  const Choice choice = choices_.back();
  choices_.pop_back();
  forget_changes(choice.changes);
  last_branch_ = {choice.statement, now(), epoch_, choice.changes};
}

// ---- States

void Builder::open_states() {
  const Id statement = append({.what = Do::States, .line = line_});
  choices_.push_back({.statement = statement, .changes = static_cast<std::uint32_t>(changes_.size())});
}

Id Builder::new_state(Id number) {
  program_->regions.push_back({.choice = number});
  return static_cast<Id>(program_->regions.size() - 1);
}

void Builder::open_state(Id region) {
  open_choice(region);
  epoch_ = ++last_epoch_;
}

void Builder::open_state(Id region, std::span<const Id> written) {
  open_choice(region);
  for (const Id variable : written) know(variable, none);
}

void Builder::close_states() {
  choices_.pop_back();
  last_branch_ = {};
}

}  // namespace cogent::ir
