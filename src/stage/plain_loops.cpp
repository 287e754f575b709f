// Loops, cases and states of a plain run. What leaves a loop only says so: C++ then leaves loop by loop, and nothing
// may happen until it has left the one that was meant.
#include <utility>

#include "stage/mistakes.h"
#include "stage/plain_run.h"

namespace cogent::detail {

void PlainRun::close_loop() {
  const OpenLoop loop = loops_.back();
  loops_.pop_back();
  if (loop.kind == LoopKind::Cases) last_branch_ = ClosedBranch{loop.is_taken, faults_};
}

void PlainRun::abandon_loop(bool by_exception) {
  const std::size_t loop = loops_.size() - 1;
  close_loop();
  if (by_exception) return;
  const bool is_meant = leaving_ && leaving_->loop == loop;
  if (!leaving_)
    misuse_ =
        "a C++ break or return left a loop of the generated function; write  if (code.breaks()) break;  or  "
        "code.returns(...)";
  else if (is_meant && !leaving_->ends)
    misuse_ = "a C++ break left a loop that goes on with its next iteration, or with another state; write  continue;";
  if (is_meant) leaving_.reset();
}

bool PlainRun::goes_on() {
  if (!leaving_) {
    effect();
    return true;
  }
  if (leaving_->loop != loops_.size() - 1) return false;
  return !std::exchange(leaving_, std::nullopt)->ends;
}

std::size_t PlainRun::loop_named(const char* name, const char* what) const {
  if (loops_.empty()) fail(std::string(what) + " stands outside of code's loops");
  if (name == nullptr) return loops_.size() - 1;
  for (std::size_t i = loops_.size(); i-- > 0;)
    if (loops_[i].name != nullptr && std::string_view(loops_[i].name) == name) return i;
  fail(stage::describe_missing_loop(name));
}

void PlainRun::fail_after_leaving() const {
  if (leaving_->open_loops == loops_.size())
    fail(std::string("C++ goes on here in a loop that was to be left; write  ") + leaving_->statement);
  fail(
      "the loop that was left here is not the one that code.breaks, code.continues, code.go or code.leave meant, so "
      "this must not happen; write  if (code.left()) continue;  directly behind the loop");
}

void PlainRun::breaks(const char* name) {
  effect();
  leave(loop_named(name, "code.breaks()"), true, "if (code.breaks()) break;");
}

void PlainRun::continues(const char* name) {
  effect();
  const std::size_t loop = loop_named(name, "code.continues()");
  if (loops_[loop].kind == LoopKind::States) fail(stage::continues_in_states);
  leave(loop, false, "if (code.continues()) continue;");
}

// ---- cases and states

void PlainRun::open_cases(bool is_taken) {
  effect();
  loops_.push_back({.kind = LoopKind::Cases, .is_taken = is_taken});
}

void PlainRun::check_state(const OpenLoop& states, std::int64_t state) const {
  if (state < 0 || state >= states.count) fail(stage::describe_missing_state(state, states.count));
}

void PlainRun::open_states(int count, std::int64_t start) {
  effect();
  const OpenLoop states{.kind = LoopKind::States, .count = count, .state = static_cast<int>(start)};
  check_state(states, start);
  loops_.push_back(states);
}

int PlainRun::next_state() {
  const bool is_said = leaving_.has_value();
  if (!is_said) fail(stage::describe_open_end(loops_.back().state));
  if (!goes_on()) {
    close_loop();
    return -1;
  }
  return loops_.back().state;
}

std::size_t PlainRun::innermost_states(const char* what) const {
  for (std::size_t i = loops_.size(); i-- > 0;)
    if (loops_[i].kind == LoopKind::States) return i;
  fail(std::string(what) + " stands outside of code.states");
}

void PlainRun::go(std::int64_t state) {
  effect();
  const std::size_t loop = innermost_states("code.go()");
  check_state(loops_[loop], state);
  loops_[loop].state = static_cast<int>(state);
  leave(loop, false, "if (code.go(state)) continue;");
}

void PlainRun::leave_states() {
  effect();
  leave(innermost_states("code.leave()"), true, "if (code.leave()) break;");
}

}  // namespace cogent::detail
