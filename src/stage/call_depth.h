// How deep generated functions may call each other: a number that is set, and the stack of the thread.
#pragma once
#include <cogent/error.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cogent::stage {

/// What ends calls within each other that are too many.
enum class DepthLimit : std::uint8_t { Calls, Stack };

/// How often a function may call itself from its present call, and what ends that.
struct CallRoom {
  std::int64_t calls = 0;  // negative: the stack has no room for the present call
  DepthLimit limit = DepthLimit::Calls;
};
/// Of calls that take so many bytes of this thread's stack each; a reserve of it is left for what they call.
CallRoom call_room(std::size_t bytes_per_call);

/// How deep this thread is in calls within each other.
std::int64_t present_depth();

/// The words for a call too many.
std::string describe_depth(DepthLimit reached);
/// Whether a message ends with such words.
bool is_about_depth(std::string_view message);

/// While it lives, the calls that a program has made of itself count among the calls within each other.
class OwnCalls {
 public:
  explicit OwnCalls(std::int64_t count);
  ~OwnCalls();
  OwnCalls(const OwnCalls&) = delete;
  OwnCalls& operator=(const OwnCalls&) = delete;

 private:
  std::int64_t count_;
};

/// A generation that began within others of this thread; too many of them are a GenerationError.
class GenerationLevel {
 public:
  GenerationLevel();
  ~GenerationLevel();
  GenerationLevel(const GenerationLevel&) = delete;
  GenerationLevel& operator=(const GenerationLevel&) = delete;
};

}  // namespace cogent::stage
