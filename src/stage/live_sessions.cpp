// Numbers of the running sessions, and what to say of a value that belongs to none of them.
#include "stage/live_sessions.h"

#include <cogent/error.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "stage/plain_run.h"
#include "stage/recorder.h"

namespace cogent::stage {
namespace {

std::atomic<std::uint32_t> last_number{0};

// Enough for telling "another thread" from "over": a session that finds no free place is merely explained less well.
std::array<std::atomic<std::uint32_t>, 256> live_numbers;

std::atomic<std::uint32_t>& place_of(std::uint32_t number) { return live_numbers[number % live_numbers.size()]; }

bool is_live(std::uint32_t number) { return place_of(number).load(std::memory_order_relaxed) == number; }

bool is_in_this_thread(std::uint32_t number) {
  for (const detail::Session* session = detail::current_session; session != nullptr; session = session->outer)
    if (session->number == number) return true;
  return false;
}

}  // namespace

SourcePosition present_position() {
  const detail::Session* session = detail::current_session;
  if (session == nullptr) return {};
  if (session->records()) return position_of(session->recorder->program(), session->recorder->builder().line());
  return {session->plain->place().file_name(), session->plain->place().line()};
}

std::uint32_t next_session_number() { return last_number.fetch_add(1, std::memory_order_relaxed) + 1; }

detail::Session* enter_session(detail::Session& session) {
  place_of(session.number).store(session.number, std::memory_order_relaxed);
  session.outer = detail::current_session;
  detail::current_session = &session;
  return session.outer;
}

void leave_session(detail::Session* previous) noexcept {
  place_of(detail::current_session->number).store(0, std::memory_order_relaxed);
  detail::current_session = previous;
}

}  // namespace cogent::stage

namespace cogent::detail {

void throw_foreign(std::uint32_t number) {
  const char* text = "a staged value is used after its function was generated; it must not outlive the body";
  if (stage::is_in_this_thread(number))
    text =
        "a staged value of one function is used in another one that is being generated inside it; pass it as a Value "
        "argument of a call";
  else if (stage::is_live(number))
    text = "a staged value or code block is used in another thread than the one that generates its function";
  throw GenerationError(text, stage::present_position());
}

Session& require_session() {
  if (current_session == nullptr)
    throw GenerationError("staged values can only be used while a function is generated", {});
  return *current_session;
}

}  // namespace cogent::detail
