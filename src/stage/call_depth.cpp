// Counts calls per thread and asks the system once per thread where its stack ends.
#include "stage/call_depth.h"

#include <cogent/detail/call.h>
#include <cogent/output.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>

#include "stage/live_sessions.h"

namespace cogent {
namespace stage {
namespace {

constexpr std::int64_t usual_limit = 10'000;
constexpr std::int64_t deepest_generation = 300;
constexpr std::size_t stack_reserve = 256 * 1024;
constexpr std::size_t stack_if_unknown = 512 * 1024;

std::atomic<std::int64_t> limit{usual_limit};
constinit thread_local std::int64_t depth = 0;
constinit thread_local std::int64_t generations = 0;

std::uintptr_t find_stack_end() {
  pthread_attr_t attributes;
  void* lowest = nullptr;
  std::size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  if (pthread_attr_getstack(&attributes, &lowest, &size) != 0) lowest = nullptr;
  pthread_attr_destroy(&attributes);
  return reinterpret_cast<std::uintptr_t>(lowest);
}

}  // namespace

std::int64_t calls_left() { return std::max<std::int64_t>(0, limit.load(std::memory_order_relaxed) - depth); }

std::size_t stack_left() {
  thread_local const std::uintptr_t end = find_stack_end();
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  if (end == 0 || here < end) return stack_if_unknown;  // another stack than the thread's own: a coroutine's, perhaps
  const std::size_t left = here - end;
  return left > stack_reserve ? left - stack_reserve : 0;
}

std::string describe_depth() {
  return "more than " + std::to_string(limit.load(std::memory_order_relaxed)) +
         " calls of generated functions within each other, or more than the stack has room for; see "
         "cogent::set_recursion_limit";
}

GenerationLevel::GenerationLevel() {
  // Of the outermost, the end of the stack is not asked: in a process's first call that takes longer than all else.
  if (generations > 0 && (generations >= deepest_generation || stack_left() == 0))
    throw GenerationError(
        "more than " + std::to_string(deepest_generation) +
            " functions are generated within each other: does a body call itself with ever other plain "
            "arguments?",
        present_position());
  ++generations;
}

GenerationLevel::~GenerationLevel() { --generations; }

}  // namespace stage

std::int64_t set_recursion_limit(std::int64_t depth) {
  return stage::limit.exchange(std::max<std::int64_t>(1, depth), std::memory_order_relaxed);
}

namespace detail {

CallLevel::CallLevel(const SourcePosition& at) {
  if (stage::calls_left() == 0 || stage::stack_left() == 0) throw RunTimeError(stage::describe_depth(), at);
  ++stage::depth;
}

CallLevel::~CallLevel() { --stage::depth; }

}  // namespace detail
}  // namespace cogent
