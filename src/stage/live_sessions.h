// The sessions that are running now in any thread, so that a value that is used in the wrong place can be explained.
#pragma once
#include <cogent/detail/session.h>
#include <cogent/error.h>

namespace cogent::stage {

/// A number that no session of this process has had.
std::uint32_t next_session_number();

/// Where the current session of this thread stands; unknown where there is none.
SourcePosition present_position();

/// Makes a session the current one of this thread; returns the one before it, for leave_session.
detail::Session* enter_session(detail::Session& session);
void leave_session(detail::Session* previous) noexcept;

}  // namespace cogent::stage
