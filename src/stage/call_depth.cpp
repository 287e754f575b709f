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
constexpr std::size_t largest_reserve = 256 * 1024;
constexpr std::size_t stack_if_unknown = 128 * 1024;

std::atomic<std::int64_t> limit{usual_limit};
constinit thread_local std::int64_t depth = 0;
constinit thread_local std::int64_t generations = 0;

/// A thread's own stack; empty if it is not known.
struct Stack {
  std::uintptr_t lowest = 0;
  std::size_t size = 0;

  bool contains(std::uintptr_t address) const { return address - lowest < size; }
  /// What is kept for C++ functions that are called. Small stacks are to do with less.
  std::size_t reserve() const { return std::min(largest_reserve, size / 4); }
};

Stack find_stack() {
  pthread_attr_t attributes;
  void* lowest = nullptr;
  std::size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return {};
  if (pthread_attr_getstack(&attributes, &lowest, &size) != 0) size = 0;
  pthread_attr_destroy(&attributes);
  return {reinterpret_cast<std::uintptr_t>(lowest), size};
}

// Another stack than the thread's own, a coroutine's perhaps: its end is not known, but how much of it the calls that
// are going on have taken.
std::size_t left_of_unknown_stack(std::uintptr_t here) {
  constinit static thread_local std::uintptr_t begin = 0;
  if (depth == 0 || here > begin) begin = here;
  const std::size_t used = begin - here;
  return used < stack_if_unknown ? stack_if_unknown - used : 0;
}

std::size_t stack_left() {
  thread_local const Stack own = find_stack();
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  if (!own.contains(here)) return left_of_unknown_stack(here);
  const std::size_t left = here - own.lowest;
  return left > own.reserve() ? left - own.reserve() : 0;
}

std::int64_t calls_left() { return std::max<std::int64_t>(0, limit.load(std::memory_order_relaxed) - depth); }

}  // namespace

CallRoom call_room(std::size_t bytes_per_call) {
  const std::int64_t by_number = calls_left();
  const std::int64_t by_stack = static_cast<std::int64_t>(stack_left() / std::max<std::size_t>(bytes_per_call, 1)) - 1;
  return by_stack < by_number ? CallRoom{by_stack, DepthLimit::Stack} : CallRoom{by_number, DepthLimit::Calls};
}

std::string describe_depth(DepthLimit reached) {
  if (reached == DepthLimit::Stack)
    return "calls of generated functions within each other take more of the thread's stack than it has room for";
  return "more than " + std::to_string(limit.load(std::memory_order_relaxed)) +
         " calls of generated functions within each other; see cogent::set_recursion_limit";
}

bool is_about_depth(std::string_view message) {
  return message.ends_with(describe_depth(DepthLimit::Calls)) || message.ends_with(describe_depth(DepthLimit::Stack));
}

std::int64_t present_depth() { return depth; }

OwnCalls::OwnCalls(std::int64_t count) : count_(count) { depth += count_; }
OwnCalls::~OwnCalls() { depth -= count_; }

GenerationLevel::GenerationLevel() {
  // Of the outermost, the end of the stack is not asked: in a process's first call that takes longer than all else.
  if (generations >= deepest_generation)
    throw GenerationError(
        "more than " + std::to_string(deepest_generation) +
            " functions are generated within each other: does a body call itself with ever other plain "
            "arguments?",
        present_position());
  if (generations > 0 && stack_left() == 0)
    throw GenerationError(
        "functions that are generated within each other take more of the thread's stack than it has "
        "room for: does a body call itself with ever other plain arguments?",
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
  if (const stage::CallRoom room = stage::call_room(1); room.calls <= 0)
    throw RunTimeError(stage::describe_depth(room.limit), at);
  ++stage::depth;
}

CallLevel::~CallLevel() { --stage::depth; }

}  // namespace detail
}  // namespace cogent
