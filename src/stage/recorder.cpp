// Loops, branches and ends of a recording.
#include "stage/recorder.h"

#include <cogent/error.h>

#include <new>

#include "stage/live_sessions.h"
#include "stage/mistakes.h"
#include "stage/nesting.h"

namespace cogent::stage {

using detail::LoopKind;
using ir::Id;

namespace {

/// Whether enters_loop() is asked of loops of this kind.
bool is_entered(LoopKind kind) {
  return kind == LoopKind::Range || kind == LoopKind::While || kind == LoopKind::Forever;
}

}  // namespace

Recorder::Recorder() = default;
Recorder::~Recorder() = default;

SourcePosition position_of(const ir::Program& program, ir::Line line) {
  if (line == 0) return {};
  const ir::Place& place = program.places[line - 1u];
  return {place.file, place.line};
}

void Recorder::start(ir::Program& program, std::string_view name, ir::Type result, const RecordingMode& mode) {
  builder_.start(program);
  builder_.forward_variables(mode.forwards_variables);
  program.name = name;
  program.result = result;
  mode_ = mode;
  loops_.clear();
  states_.clear();
  mistakes_.clear();
  twins_.clear();
  skipped_.clear();
  open_branches_.clear();
  last_branch_ = {};
  operations_ = 0;
  body_depth_ = deepest_body_ = 0;
  has_parallel_loops_ = lacks_memory_ = false;
  session_ = {next_session_number(), this, nullptr};
  previous_ = enter_session(session_);
}

void Recorder::stop() noexcept { leave_session(previous_); }

void Recorder::fail(const std::string& text) const {
  throw GenerationError(text, position_of(builder_.program(), builder_.line()));
}

void Recorder::raise_mistakes() const {
  if (lacks_memory_) throw std::bad_alloc();
  if (mistakes_.empty()) return;
  const Mistake& mistake = mistakes_.front();
  throw GenerationError(mistake.text, position_of(builder_.program(), mistake.line));
}

// ---- loops

Id Recorder::open_loop_body(OpenLoop& loop) {
  require_shallow_nesting(*this);
  Id index = ir::none;
  if (loop.kind == LoopKind::Range) {
    index = builder_.open_for(loop.first, loop.last, loop.step);
    if (loop.is_parallel) builder_.make_parallel();
    has_parallel_loops_ = has_parallel_loops_ || loop.is_parallel;
  } else {
    builder_.open_loop();
  }
  loop.region = builder_.here();
  loop.statement = program().regions[loop.region].owner;
  return index;
}

Id Recorder::open_range(Id first, Id last, Id step, bool is_parallel) {
  OpenLoop loop{.kind = LoopKind::Range, .is_parallel = is_parallel, .first = first, .last = last, .step = step};
  const Id index = open_loop_body(loop);
  loops_.push_back(loop);  // only now: opening may throw
  return index;
}

void Recorder::open_endless(LoopKind kind) {
  OpenLoop loop{.kind = kind};
  open_loop_body(loop);
  loops_.push_back(loop);
}

void Recorder::open_unrolled() {
  require_shallow_nesting(*this);
  OpenLoop loop{.kind = LoopKind::Unrolled, .region = builder_.open_block()};
  try {
    loop.iteration = builder_.open_block();
  } catch (...) {
    builder_.close();
    throw;
  }
  loops_.push_back(loop);
}

void Recorder::next_unrolled() {
  builder_.close();
  loops_.back().iteration = ir::none;
  loops_.back().iteration = builder_.open_block();
}

bool Recorder::close_loop(Id* index) {
  OpenLoop loop = loops_.back();
  loops_.pop_back();
  close_regions(loop);
  if (mode_.every_loop_twice && loop.kind != LoopKind::Unrolled && !loop.is_second) {
    const Id first = loop.statement;
    loop.is_second = true;
    if (loop.kind == LoopKind::Cases)
      open_first_case(loop);
    else
      *index = open_loop_body(loop);
    loops_.push_back(loop);
    twins_.push_back({first, loop.statement});
    return true;
  }
  if (is_entered(loop.kind)) --body_depth_;
  return false;
}

void Recorder::close_regions(const OpenLoop& loop) {
  if (loop.kind == LoopKind::Cases) {
    if (loop.region != ir::none) builder_.close_case();
    return builder_.close_cases();
  }
  if (loop.iteration != ir::none) builder_.close();
  if (loop.region != ir::none) builder_.close();
  if (loop.kind == LoopKind::States && loop.statement != ir::none) builder_.close_states();
}

void Recorder::abandon_loop(bool by_exception) noexcept {
  const LoopKind kind = loops_.back().kind;
  if (is_entered(kind)) --body_depth_;
  close_regions(loops_.back());
  loops_.pop_back();
  if (kind == LoopKind::States) states_.pop_back();
  if (by_exception || kind == LoopKind::Unrolled) return;
  try {
    mistake(
        "a C++ break or return left a loop of the generated function, so the rest of its body was never generated; "
        "write  "
        "if (code.breaks()) break;  or  code.returns(...)");
  } catch (const std::bad_alloc&) {
    lacks_memory_ = true;
  }
}

void Recorder::test_loop(Id condition) {
  builder_.open_if(builder_.negate(condition));
  builder_.leave(ir::Do::Break, loops_.back().region);
  builder_.close();
  builder_.forget_branch();
}

/// The innermost loop, or the innermost one with a name.
const Recorder::OpenLoop& Recorder::loop_named(const char* name, const char* what) const {
  if (loops_.empty()) fail(std::string(what) + " stands outside of code's loops");
  if (name == nullptr) return loops_.back();
  for (std::size_t i = loops_.size(); i-- > 0;)
    if (loops_[i].name != nullptr && std::string_view(loops_[i].name) == name) return loops_[i];
  fail(describe_missing_loop(name));
}

void Recorder::breaks(const char* name) { builder_.leave(ir::Do::Break, loop_named(name, "code.breaks()").region); }

void Recorder::continues(const char* name) {
  const OpenLoop& loop = loop_named(name, "code.continues()");
  switch (loop.kind) {
    case LoopKind::Unrolled:
      return builder_.leave(ir::Do::Break, loop.iteration);
    case LoopKind::Cases:
      return builder_.leave(ir::Do::Break, loop.region);
    case LoopKind::States:
      fail(continues_in_states);
    default:
      return builder_.leave(ir::Do::Continue, loop.region);
  }
}

// ---- branches

bool Recorder::is_run() {
  const bool is_skipped = body_depth_++ == mode_.skipped_depth;
  if (body_depth_ > deepest_body_) deepest_body_ = body_depth_;
  if (is_skipped) skipped_.push_back(builder_.here());
  return !is_skipped;
}

bool Recorder::enter_branch() {
  open_branches_.push_back(static_cast<Id>(builder_.program().nodes.size()));
  return is_run();
}

bool Recorder::open_when(Id condition) {
  require_shallow_nesting(*this);
  builder_.open_if(condition);
  return enter_branch();
}

const ir::Builder::Branch& Recorder::branch_to_continue(const char* what, bool may_have_condition) {
  const ir::Builder::Branch& branch = builder_.last_branch();
  const bool follows =
      branch.statement != ir::none && branch.closed.region == builder_.here() &&
      (may_have_condition ? builder_.only_computes_since(branch.closed) : !builder_.anything_since(branch.closed));
  if (!follows)
    fail(std::string(what) + " must directly follow the block of a code.when(...) or code.otherwise_when(...)");
  return branch;
}

bool Recorder::open_otherwise() {
  branch_to_continue("code.otherwise()", false);
  builder_.open_other();
  return enter_branch();
}

bool Recorder::open_otherwise_when(Id condition) {
  const ir::Builder::Branch& branch = branch_to_continue("code.otherwise_when(...)", true);
  require_shallow_nesting(*this, program().statements[branch.statement].body);
  builder_.open_other();
  builder_.open_if(condition);
  return enter_branch();
}

void Recorder::close_branch(bool is_chained) noexcept {
  --body_depth_;
  last_branch_ = {open_branches_.back(), operations_};
  open_branches_.pop_back();
  if (is_chained)
    builder_.close_chained_if();
  else
    builder_.close();
}

// ---- the end

void Recorder::returns(Id value) {
  const ir::Type result = program().result;
  if (value == ir::none && result != ir::Type::Void)
    fail("code.returns() without a value in a function that has a result");
  if (value != ir::none && result == ir::Type::Void) fail("code.returns(value) in a function without a result");
  builder_.returns(value == ir::none ? value : builder_.convert(value, result));
}

/// Whether the body gives a value that was made in the branch that was closed last, and did nothing behind it.
bool Recorder::left_a_branch_with(Id value) const {
  return last_branch_.first_node != ir::none && last_branch_.operations == operations_ &&
         value >= last_branch_.first_node;
}

void Recorder::finish(Id value) {
  if (value != ir::none && left_a_branch_with(value))
    mistake(
        "a C++ return in a block of code.when(...) ends the body while it is generated, so that what follows the block "
        "is never generated; write  code.returns(...)");
  else if (value != ir::none)
    returns(value);
  if (builder_.here() != 0)
    mistake("a branch or a loop of the generated function is still open at the end of the body");
}

}  // namespace cogent::stage
