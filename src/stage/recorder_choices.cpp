// Cases and states of a recording.
#include <algorithm>

#include "ir/reachability.h"
#include "ir/walk.h"
#include "stage/mistakes.h"
#include "stage/nesting.h"
#include "stage/recorder.h"

namespace cogent::stage {

using detail::LoopKind;
using ir::Id;

// ---- cases

void Recorder::open_first_case(OpenLoop& loop) {
  require_shallow_nesting(*this);
  builder_.open_cases(loop.selector);
  loop.region = builder_.open_case(builder_.constant(loop.first_constant, program().nodes[loop.selector].type));
  loop.statement = program().regions[loop.region].owner;
}

bool Recorder::open_cases(Id selector, std::span<const std::int64_t> constants) {
  if (constants.empty()) {  // only a code.otherwise() can follow
    builder_.open_if(builder_.constant(0, ir::Type::Bool));
    builder_.close();
    return false;
  }
  OpenLoop loop{.kind = LoopKind::Cases, .selector = selector, .first_constant = constants[0]};
  open_first_case(loop);
  loops_.push_back(loop);
  return true;
}

void Recorder::next_case(std::int64_t constant) {
  OpenLoop& loop = loops_.back();
  builder_.close_case();
  loop.region = ir::none;
  loop.region = builder_.open_case(builder_.constant(constant, program().nodes[loop.selector].type));
}

// ---- states

void Recorder::open_states(int count, std::int64_t start) {
  OpenStates states{
      count, static_cast<int>(start), std::vector<Id>(static_cast<std::size_t>(std::max(count, 0)), ir::none), {}};
  require_shallow_nesting(*this);
  builder_.open_states();
  region_of(states, start);
  states_.push_back(std::move(states));
  loops_.push_back({.kind = LoopKind::States});
  open_next_state();
}

/// The region of a state; one that is reached for the first time will be recorded.
Id Recorder::region_of(OpenStates& states, std::int64_t state) {
  if (state < 0 || state >= states.count) fail(describe_missing_state(state, states.count));
  Id& region = states.regions[static_cast<std::size_t>(state)];
  if (region == ir::none) {
    region = builder_.new_state(static_cast<Id>(state));
    states.waiting.push_back(static_cast<int>(state));
  }
  return region;
}

/// The state that was reached last comes first: it is the one that the code before it most likely goes on with.
int Recorder::open_next_state() {
  OpenStates& states = states_.back();
  OpenLoop& loop = loops_.back();
  const int state = states.waiting.back();
  states.waiting.pop_back();
  const Id region = states.regions[static_cast<std::size_t>(state)];
  builder_.open_state(region);
  loop.region = region;
  loop.statement = program().regions[loop.region].owner;
  return state;
}

int Recorder::next_state() {
  builder_.close_state();
  OpenStates& states = states_.back();
  OpenLoop& loop = loops_.back();
  loop.region = ir::none;
  if (!states.waiting.empty()) return open_next_state();
  const Id first = loop.statement;
  check_ends(first);
  builder_.close_states();
  loop.statement = ir::none;
  if (!mode_.every_loop_twice || loop.is_second) {
    loops_.pop_back();
    states_.pop_back();
    return -1;
  }
  loop.is_second = true;
  std::ranges::fill(states.regions, ir::none);
  builder_.open_states();
  region_of(states, states.start);
  const int state = open_next_state();
  twins_.push_back({first, loop.statement});
  return state;
}

void Recorder::check_ends(Id id) {
  const ir::Program& recorded = program();
  const ir::Statement& statement = recorded.statements[id];
  ir::Reachability reachability(recorded);
  ir::for_each_region(recorded, statement, [&](Id state) {
    reachability.start();
    ir::walk(recorded, reachability, state);
    if (!reachability.reaches_end(state)) return;
    const Id last = recorded.regions[state].last;
    mistakes_.push_back({last == ir::none ? statement.line : recorded.statements[last].line,
                         describe_open_end(recorded.regions[state].choice)});
  });
}

// ---- leaving states

Recorder::OpenStates& Recorder::innermost_states(const char* what) {
  if (states_.empty()) fail(std::string(what) + " stands outside of code.states");
  return states_.back();
}

void Recorder::go(std::int64_t state) { builder_.go(region_of(innermost_states("code.go()"), state)); }

void Recorder::go(Id byte, std::span<const std::int64_t> targets) {
  OpenStates& states = innermost_states("code.go()");
  Id regions[ir::byte_values];
  for (std::size_t value = 0; value < ir::byte_values; ++value) regions[value] = region_of(states, targets[value]);
  builder_.go(byte, regions);
}

void Recorder::leave_states() {
  innermost_states("code.leave()");
  const auto is_states = [](const OpenLoop& loop) { return loop.kind == LoopKind::States; };
  builder_.leave(ir::Do::Break, std::find_if(loops_.rbegin(), loops_.rend(), is_states)->region);
}

}  // namespace cogent::stage
