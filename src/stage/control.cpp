// Control flow of the public headers, handed to the recording or the plain run that is going on.
#include <cogent/code_block.h>
#include <cogent/error.h>

#include <algorithm>

#include "ir/semantics.h"
#include "stage/plain_run.h"
#include "stage/recorder.h"

namespace cogent {

void GeneratedCodeBlock::throw_step(const char* text) {
  detail::Session& session = detail::require_session();
  if (session.records()) session.recorder->fail(text);
  session.plain->fail(text);
}

namespace detail {
namespace {

ir::Id id(const Word& word) { return static_cast<ir::Id>(word.bits); }

Word word(const Session& session, ir::Id id) { return {static_cast<std::int64_t>(id), session.number}; }

}  // namespace

// ---- loops

Word open_range(Session& session, ScalarType, Word first, Word last, Word step, bool is_parallel) {
  return word(session, session.recorder->open_range(id(first), id(last), id(step), is_parallel));
}

void open_endless(Session& session, LoopKind kind) { session.recorder->open_endless(kind); }

bool enters_loop(Session& session) { return session.recorder->enters_loop(); }

void open_unrolled(Session& session) { session.recorder->open_unrolled(); }

void next_unrolled(Session& session) { session.recorder->next_unrolled(); }

void open_plain_loop(Session& session, LoopKind kind) {
  session.plain->effect();
  session.plain->open_loop(kind);
}

void name_loop(Session& session, const char* name) {
  if (session.records())
    session.recorder->name_loop(name);
  else
    session.plain->name_loop(name);
}

bool plain_goes_on(Session& session) { return session.plain->goes_on(); }

bool close_loop(Session& session, Word* index) {
  if (!session.records()) {
    session.plain->close_loop();
    return false;
  }
  ir::Id again = ir::none;
  const bool twice = session.recorder->close_loop(&again);
  if (twice) *index = word(session, again);
  return twice;
}

void abandon_loop(Session& session, int exceptions_at_entry) noexcept {
  const bool by_exception = std::uncaught_exceptions() > exceptions_at_entry;
  if (session.records())
    session.recorder->abandon_loop(by_exception);
  else
    session.plain->abandon_loop(by_exception);
}

std::uint64_t plain_trip_count(Session& session, ScalarType type, std::int64_t first, std::int64_t last,
                               std::int64_t step) {
  session.plain->effect();
  if (step == 0) {
    session.plain->fault({.kind = ir::FaultKind::ZeroStep, .at = {}, .message = {}});
    session.plain->effect();
  }
  return ir::trip_count(static_cast<ir::Type>(type), first, last, step);
}

void throw_zero_step(Session& session) { throw_misuse(session, "the step of a loop is 0, so it would never end"); }

void record_loop_test(Session& session, Word condition) { session.recorder->test_loop(id(condition)); }

bool record_breaks(Session& session, const char* loop) {
  if (session.records())
    session.recorder->breaks(loop);
  else
    session.plain->breaks(loop);
  return !session.records();
}

bool record_continues(Session& session, const char* loop) {
  if (session.records())
    session.recorder->continues(loop);
  else
    session.plain->continues(loop);
  return !session.records();
}

bool was_left(Session& session) { return !session.records() && session.plain->is_leaving(); }

// ---- choices

void throw_misuse(Session& session, const char* text) {
  if (session.records()) session.recorder->fail(text);
  session.plain->fail(text);
}

void check_distinct(Session& session, std::span<const std::int64_t> constants) {
  std::vector<std::int64_t> sorted(constants.begin(), constants.end());
  std::ranges::sort(sorted);
  const auto twice = std::ranges::adjacent_find(sorted);
  if (twice == sorted.end()) return;
  throw_misuse(session, ("code.cases has the same value twice: " + std::to_string(*twice)).c_str());
}

bool open_cases(Session& session, Word selector, std::span<const std::int64_t> constants) {
  return session.recorder->open_cases(id(selector), constants);
}

void next_case(Session& session, std::int64_t constant) { session.recorder->next_case(constant); }

void open_plain_cases(Session& session, bool is_taken) { session.plain->open_cases(is_taken); }

void open_states(Session& session, int count, std::int64_t start) {
  if (session.records())
    session.recorder->open_states(count, start);
  else
    session.plain->open_states(count, start);
}

int next_state(Session& session) { return session.recorder->next_state(); }

int next_plain_state(Session& session) { return session.plain->next_state(); }

bool record_go(Session& session, std::int64_t state) {
  if (session.records())
    session.recorder->go(state);
  else
    session.plain->go(state);
  return !session.records();
}

bool record_go(Session& session, Word byte, std::span<const std::int64_t, 256> states) {
  session.recorder->go(id(byte), states);
  return false;
}

bool record_leave(Session& session) {
  if (session.records())
    session.recorder->leave_states();
  else
    session.plain->leave_states();
  return !session.records();
}

// ---- the end

void record_return(Session& session, Word value, ScalarType type) {
  const bool has_value = type != ScalarType::Void;
  if (session.struct_result != nullptr)
    fail(session, has_value ? "code.returns of a number in a function whose result is a struct"
                            : "code.returns() without a value in a function that has a result");
  if (session.records()) return session.recorder->returns(has_value ? id(value) : ir::none);
  session.plain->finish(value.bits, type);
  throw stage::PlainReturn{};
}

void record_struct_return(Session& session) {
  if (session.records()) return session.recorder->returns(ir::none);
  session.plain->finish(0, ScalarType::Void);
  throw stage::PlainReturn{};
}

void finish_body(Session& session, Word value, ScalarType type) {
  if (!session.records()) return session.plain->finish(value.bits, type);
  if (type != ScalarType::Void) session_of(value.session);
  session.recorder->finish(type == ScalarType::Void ? ir::none : id(value));
}

void record_require(Session& session, Word condition, std::string_view message) {
  if (session.records()) return session.recorder->builder().require(id(condition), std::string(message));
  session.plain->effect();
  if (condition.bits != 0) return;
  session.plain->fault({.kind = ir::FaultKind::Requirement, .at = {}, .message = std::string(message)});
  session.plain->effect();
}

void record_comment(Session& session, std::string_view text) {
  if (session.records()) session.recorder->builder().comment(std::string(text));
}

bool leave_unchecked(Session& session, bool unchecked) noexcept {
  return session.records() && session.recorder->builder().leave_unchecked(unchecked);
}

// ---- branches

bool open_when(Session& session, Word condition) {
  return session.records() ? session.recorder->open_when(id(condition)) : session.plain->open_when(condition.bits != 0);
}

bool open_otherwise(Session& session) {
  return session.records() ? session.recorder->open_otherwise() : session.plain->open_otherwise();
}

bool open_otherwise_when(Session& session, Word condition) {
  return session.records() ? session.recorder->open_otherwise_when(id(condition))
                           : session.plain->open_otherwise_when(condition.bits != 0);
}

void close_branch(Session& session, bool is_chained, bool was_taken) noexcept {
  if (session.records())
    session.recorder->close_branch(is_chained);
  else
    session.plain->close_branch(is_chained, was_taken);
}

}  // namespace detail
}  // namespace cogent
