// Copies Cases and States. Of a Cases whose selector has become known one region stays; of a States, the states that
// the copy reaches, in the order in which it reaches them.
#include "ir/rewriter.h"

#include <algorithm>
#include <utility>

namespace cogent::ir {

// ---- Cases

bool Rewriter::copy_cases(const Statement& statement) {
  const Id selector = map(statement.a);
  const Program& copy = builder_.program();
  if (copy.is_constant(selector)) return copy_case_of(statement, copy.value(selector));
  builder_.at(statement.line);
  builder_.open_cases(selector);
  keep_flags(statement);
  const Type type = copy.nodes[selector].type;
  for (Id region = statement.body; region != none; region = source_->regions[region].sibling) {
    const Id opened = builder_.open_case(builder_.constant(source_->value(source_->regions[region].choice), type));
    map_leaves(region, opened, none);
    copy_region(region);
    builder_.close_case();
  }
  builder_.close_cases();
  if (statement.other == none || !has_effect(statement.other)) return true;
  builder_.open_other();
  map_leaves(statement.other, builder_.here(), none);
  copy_region(statement.other);
  builder_.close();
  return true;
}

/// Only the region that the value chooses.
bool Rewriter::copy_case_of(const Statement& statement, std::int64_t value) {
  Id chosen = statement.body;
  while (chosen != none && source_->value(source_->regions[chosen].choice) != value)
    chosen = source_->regions[chosen].sibling;
  if (chosen == none) chosen = statement.other;
  if (chosen == none) return true;
  builder_.at(statement.line);
  map_leaves(chosen, builder_.open_block(), none);
  copy_region(chosen);
  builder_.close();
  return true;
}

// ---- States

bool Rewriter::copy_states(const Statement& statement) {
  Id last = statement.body;
  for_each_region(*source_, statement, [&](Id region) {
    regions_[region].state = none;
    last = region;
  });
  builder_.at(statement.line);
  builder_.open_states();
  copy_target(statement.body);
  for (Id state = next_waiting(statement); state != none; state = next_waiting(statement)) {
    builder_.at(statement.line);
    builder_.open_state(regions_[state].state, written_in(statement.body, last));
    map_leaves(state, builder_.here(), none);
    regions_[statement.body].open_state = builder_.here();
    copy_region(state);
    builder_.close_state();
  }
  builder_.close_states();
  return true;
}

/// The state of a States that a Go named last and that is not copied yet; those of others keep waiting.
Id Rewriter::next_waiting(const Statement& states) {
  for (std::size_t i = waiting_states_.size(); i-- > 0;) {
    const Id state = waiting_states_[i];
    if (source_->statements[source_->regions[state].owner].body != states.body) continue;
    waiting_states_.erase(waiting_states_.begin() + static_cast<std::ptrdiff_t>(i));
    return state;
  }
  return none;
}

bool Rewriter::copy_state_here(Id state) {
  constexpr int deepest = 100;  // threads may have small stacks
  if (merged_depth_ == deepest) return false;
  const Id body = source_->statements[source_->regions[state].owner].body;
  map_leaves(state, regions_[body].open_state, none);
  ++merged_depth_;
  // The state's nodes may come before those of the state that goes to it, which a copy of one of its loops must not
  // forget: it forgets up to the highest node that is mapped from here on.
  const Id highest = std::exchange(highest_, 0);
  copy_region(state);
  highest_ = std::max(highest_, highest);
  --merged_depth_;
  return true;
}

/// The copy's region of a state, which is copied later.
Id Rewriter::copy_target(Id state) {
  Id& region = regions_[state].state;
  if (region == none) {
    region = builder_.new_state(source_->regions[state].choice);
    waiting_states_.push_back(state);
  }
  return region;
}

void Rewriter::copy_go(const Statement& statement) {
  if (statement.a != none) {
    const Id target = copy_target(statement.a);
    builder_.at(statement.line);
    return builder_.go(target);
  }
  const Id selector = map(statement.b);
  const Program& copy = builder_.program();
  const auto target_of = [&](std::size_t value) { return copy_target(source_->operands[statement.c + value]); };
  if (copy.is_constant(selector)) {
    const Id target = target_of(static_cast<std::size_t>(copy.value(selector)));
    builder_.at(statement.line);
    return builder_.go(target);
  }
  Id targets[byte_values];
  for (std::size_t value = 0; value < byte_values; ++value) targets[value] = target_of(value);
  builder_.at(statement.line);
  builder_.go(selector, targets);
}

}  // namespace cogent::ir
