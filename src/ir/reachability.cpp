// Follows control through one walk.
#include "ir/reachability.h"

namespace cogent::ir {

Reachability::Reachability(const Program& program) : program_(program), facts_(program.regions.size()) {}

void Reachability::enter(Id region) {
  facts_[region].open = true;
  facts_[region].entered = reached_;
}

void Reachability::leave(Id region) {
  RegionFacts& facts = facts_[region];
  facts.open = false;
  facts.ends = reached_;
  const Id owner = program_.regions[region].owner;
  if (owner == none) return;
  const bool another_follows = next_region(program_, region) != none;
  reached_ = facts.entered && (another_follows || goes_on_after(program_.statements[owner]));
}

bool Reachability::goes_on_after(const Statement& owner) const {
  bool any_ends = false, any_left = false;
  for_each_region(program_, owner, [&](Id region) {
    any_ends = any_ends || facts_[region].ends;
    any_left = any_left || facts_[region].left;
  });
  switch (owner.what) {
    case Do::Loop:
    case Do::States:
      return any_left;
    case Do::Block:
      return any_left || any_ends;
    case Do::If:
    case Do::Cases:
      return owner.other == none || any_left || any_ends;
    default:
      return true;
  }
}

void Reachability::statement(Id id) {
  const Statement& statement = program_.statements[id];
  switch (statement.what) {
    case Do::Break:
      if (reached_ && statement.a < facts_.size()) facts_[statement.a].left = true;
      reached_ = false;
      return;
    case Do::Continue:
    case Do::Return:
    case Do::Go:
      reached_ = false;
      return;
    default:
      return;
  }
}

}  // namespace cogent::ir
