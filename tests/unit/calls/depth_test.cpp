// How deep calls go: the limit that is set, stacks of all sizes, large frames, and scratch memory of functions that
// call.
#include <gtest/gtest.h>

#include <cogent/cogent.h>

#include <pthread.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <functional>
#include <string>
#include <vector>

#include "unit/calls/levels.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using testing::at_every_level;

constexpr std::size_t kilobyte = 1024;

/// Runs something in a thread with such a stack.
void with_stack(std::size_t bytes, std::function<void()> run) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  ASSERT_EQ(0, pthread_attr_setstacksize(&attributes, bytes));
  const auto start = [](void* data) -> void* {
    (*static_cast<std::function<void()>*>(data))();
    return nullptr;
  };
  pthread_t thread;
  ASSERT_EQ(0, pthread_create(&thread, &attributes, start, &run));
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

template <class Call>
void expect_full_stack(Call&& call) {
  try {
    call();
    ADD_FAILURE() << "no error";
  } catch (const RunTimeError& error) {
    EXPECT_NE(std::string::npos, std::string(error.what()).find("more of the thread's stack than it has room for"))
        << error.what();
  }
}

struct SetRecursionLimit {
  explicit SetRecursionLimit(std::int64_t limit) : before(set_recursion_limit(limit)) {}
  ~SetRecursionLimit() { set_recursion_limit(before); }
  std::int64_t before;
};

// ---- the limit

int ticks = 0;
void tick() { ++ticks; }

extern GeneratedFunction<void(Value<int>)> other_of_two;
GeneratedFunction<void(Value<int>)> one_of_two("one", [](Code code, Value<int> k) {
  code.call(&tick);
  if (auto _ = code.when(k > 0)) {
    if (auto _ = code.when(k % 9 != 0)) code.recurse(k - 1);
    if (auto _ = code.otherwise()) code.call(other_of_two, k - 1);
  }
});
GeneratedFunction<void(Value<int>)> other_of_two("other", [](Code code, Value<int> k) {
  if (auto _ = code.when(k > 0)) code.call(one_of_two, k - 1);
});

TEST(Depth, OfFunctionsThatCallThemselvesAndEachOtherIsTheSameInAllWaysOfRunning) {
  const SetRecursionLimit limit(20);
  const auto ticks_of = [](auto&& run) {
    ticks = 0;
    try {
      run();
      ADD_FAILURE() << "no error";
    } catch (const RunTimeError& error) {
      EXPECT_NE(std::string::npos, std::string(error.what()).find("more than 20 calls")) << error.what();
    }
    return ticks;
  };
  const int plain = ticks_of([] { one_of_two.run_plain(100); });
  EXPECT_EQ(18, plain);  // 21 activations, 3 of them of the other function
  at_every_level([&] { EXPECT_EQ(plain, ticks_of([] { one_of_two(100); })); });
  EXPECT_THROW(one_of_two.run_checked(100), RunTimeError);
  EXPECT_NO_THROW(one_of_two.run_checked(18));
}

// ---- stacks

GeneratedFunction<Value<int>(Value<int>)> plus_one("plus_one", [](Code, Value<int> x) -> Value<int> { return x + 1; });
GeneratedFunction calls_plus_one("calls_plus_one", [](Code code, Value<int> x) -> Value<int> {
  auto y = code.call(plus_one, x);
  return y;
});

TEST(Depth, SmallStacksHaveRoomForCalls) {
  calls_plus_one(1);
  for (const std::size_t kilobytes : {64, 128, 256, 512})
    with_stack(kilobytes * kilobyte, [] { EXPECT_EQ(3, calls_plus_one(2)); });
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define COGENT_LARGE_STACK_FRAMES
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define COGENT_LARGE_STACK_FRAMES
#endif

#ifndef COGENT_LARGE_STACK_FRAMES
TEST(Depth, SmallStacksHaveRoomToGenerateLongChainsOfStates) {
  with_stack(256 * kilobyte, [] {
    GeneratedFunction chain("chain", [](Code code, In<std::uint8_t> text, int count) -> Value<int> {
      auto at = code.variable(std::int64_t{0});
      auto sum = code.variable(0);
      for (int state : code.states(count, 0)) {
        if (auto _ = code.when(at >= text.size()))
          if (code.leave()) break;
        sum = sum + text[at];
        at += 1;
        if (state + 1 < count ? code.go(state + 1) : code.leave()) continue;
      }
      return sum;
    });
    EXPECT_EQ(1800, chain(std::vector<std::uint8_t>(1000, 3), 600));
  });
}
#endif

// A function that calls itself has its scratch memory in its frame.
GeneratedFunction with_large_frame("with_large_frame", [](Code code, Value<int> n) -> Value<int> {
  auto memory = code.scratch<std::uint8_t>(200'000, 0);
  memory[n & 1023] = 1;
  auto below = code.variable(0);
  if (auto _ = code.when(n != 0)) {
    auto result = code.recurse<int>(n - 1);
    below = result;
  }
  return below + memory[n & 1023];
});

TEST(Depth, ALargeFrameNeedsRoomInTheStack) {
  EXPECT_EQ(4, with_large_frame(3));
  with_stack(128 * kilobyte, [] { expect_full_stack([] { with_large_frame(0); }); });
  with_stack(3000 * kilobyte, [] {
    EXPECT_EQ(4, with_large_frame(3));
    expect_full_stack([] { with_large_frame(-1); });
  });
}

void use_stack() {
  volatile char buffer[24 * kilobyte];
  for (std::size_t i = 0; i < sizeof(buffer); i += 512) buffer[i] = 1;
}

extern GeneratedFunction<void(Value<int>)> back_to_large_frame;
GeneratedFunction<void(Value<int>)> large_frame_that_calls("large_frame_that_calls", [](Code code, Value<int> k) {
  auto memory = code.scratch<std::uint8_t>(200'000, 0);
  memory[k & 1023] = 1;
  code.call(&use_stack);
  if (auto _ = code.when(k < 0)) code.recurse(k + 1);
  code.call(back_to_large_frame, k + memory[5]);
});
GeneratedFunction<void(Value<int>)> back_to_large_frame("back_to_large_frame", [](Code code, Value<int> k) {
  code.call(&use_stack);
  code.call(large_frame_that_calls, k + 1);
});

TEST(Depth, LargeFramesThatCallEachOtherEndBeforeTheStackDoes) {
  for (std::size_t kilobytes = 3000; kilobytes < 3300; kilobytes += 50)
    with_stack(kilobytes * kilobyte, [] { expect_full_stack([] { large_frame_that_calls(0); }); });
}

// ---- a stack that is not the thread's own

GeneratedFunction count_down("count_down", [](Code code, Value<int> k) -> Value<int> {
  auto count = code.variable(0);
  if (auto _ = code.when(k > 0)) {
    auto rest = code.recurse<int>(k - 1);
    count = rest + 1;
  }
  return count;
});

ucontext_t outside, coroutine;

void run_coroutine() {
  EXPECT_EQ(100, count_down(100));
  expect_full_stack([] { count_down(9000); });
  swapcontext(&coroutine, &outside);
}

/// Memory above an address.
char* map_above(const char* address, std::size_t bytes) {
  constexpr std::uintptr_t stride = 0x10000000;
  for (std::uintptr_t at = reinterpret_cast<std::uintptr_t>(address) / stride * stride + stride;; at += stride) {
    void* const memory = mmap(reinterpret_cast<void*>(at), bytes, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (memory != MAP_FAILED) return static_cast<char*>(memory);
  }
}

TEST(Depth, TheStackOfACoroutineAboveTheThreadsOwnIsNotTakenForIt) {
  constexpr std::size_t size = 512 * kilobyte;
  with_stack(1024 * kilobyte, [] {
    const char here = 0;
    char* const stack = map_above(&here, size);
    getcontext(&coroutine);
    coroutine.uc_stack.ss_sp = stack;
    coroutine.uc_stack.ss_size = size;
    coroutine.uc_link = &outside;
    makecontext(&coroutine, run_coroutine, 0);
    swapcontext(&outside, &coroutine);
    munmap(stack, size);
  });
}

// ---- scratch memory of functions that call

extern GeneratedFunction<Value<int>(Value<int>)> keeps_much;
GeneratedFunction<Value<int>(Value<int>)> passes_on("passes_on", [](Code code, Value<int> n) -> Value<int> {
  auto result = code.call(keeps_much, n);
  return result;
});
GeneratedFunction<Value<int>(Value<int>)> keeps_much("keeps_much", [](Code code, Value<int> n) -> Value<int> {
  auto numbers = code.scratch<int>(100'000, 0);
  for (auto i : code.range(100'000)) numbers[i] = i + n;
  auto below = code.variable(0);
  if (auto _ = code.when(n > 0)) {
    auto result = code.call(passes_on, n - 1);
    below = result;
  }
  return below * 10 + numbers[99'999] - 99'999;
});

TEST(ScratchOfCallers, IsLargeAndOfEachActivation) {
  at_every_level([] { EXPECT_EQ(123, keeps_much(3)); });
  EXPECT_EQ(123, keeps_much.run_plain(3));
  EXPECT_EQ(std::string::npos, keeps_much.get_assembly(3).find("interpreted"));
  EXPECT_EQ(std::string::npos, keeps_much.explain(3).text.find("interpreted"));
}

GeneratedFunction keeps_too_much("keeps_too_much", [](Code code, Value<int> n) -> Value<int> {
  auto numbers = code.scratch<int>(100'000, 0);
  numbers[99'999] = n;
  auto below = code.variable(0);
  if (auto _ = code.when(n > 0)) {
    auto result = code.recurse<int>(n - 1);
    below = result;
  }
  return below * 10 + numbers[99'999];
});

TEST(ScratchOfCallers, IsInterpretedWhereTheFramesOfRecursionWouldBeTooLarge) {
  EXPECT_EQ(123, keeps_too_much(3));
  EXPECT_NE(std::string::npos,
            keeps_too_much.get_assembly(3).find("; interpreted, because the generated function needs"));
  const auto explanation = keeps_too_much.explain(3);
  EXPECT_NE(std::string::npos,
            explanation.text.find("keeps_too_much: interpreted, because the generated function needs"));
  EXPECT_NE(std::string::npos, explanation.json.find("\"lowering\":\"interpreted\""));
}

}  // namespace
}  // namespace cogent
