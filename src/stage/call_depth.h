// How deep generated functions may call each other: a number that is set, and the stack of the thread.
#pragma once
#include <cogent/error.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace cogent::stage {

/// Calls that may still be made within the present one, in this thread.
std::int64_t calls_left();
/// Bytes of this thread's stack that calls may still use; a reserve is left for what they call.
std::size_t stack_left();

/// The words for a call too many.
std::string describe_depth();

/// A generation that began within others of this thread; too many of them are a GenerationError.
class GenerationLevel {
 public:
  GenerationLevel();
  ~GenerationLevel();
  GenerationLevel(const GenerationLevel&) = delete;
  GenerationLevel& operator=(const GenerationLevel&) = delete;
};

}  // namespace cogent::stage
