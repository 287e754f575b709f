// Sixteen threads call the same and different functions, generating, evicting, failing: every result is right, each
// specialisation is generated once while it is kept, and an error reaches only the thread whose call it is.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "jit/code_budget.h"
#include "jit/reclaim.h"
#include "support/random.h"
#include "unit/faults/code_limit.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;

constexpr int thread_count = 16;
constexpr int variants = 24;  // of each function, by a static argument

std::atomic<int> bodies_run{0};

// Each makes one number of its arguments, in other ways: scalar, by vectors, a stencil, with calls and checks.

GeneratedFunction hash("hash", [](Code code, In<std::uint32_t> in, int variant) -> Value<std::uint32_t> {
  ++bodies_run;
  auto sum = code.variable(static_cast<std::uint32_t>(variant));
  for (auto i : code.range(in.size())) sum = sum * 31u + in[i];
  return sum;
});

GeneratedFunction scale("scale", [](Code code, In<std::uint32_t> in, Out<std::uint32_t> out, int variant) {
  ++bodies_run;
  for (auto i : code.range(out.size())) out[i] = in[i] * static_cast<std::uint32_t>(2 * variant + 1) ^ 0x55u;
});

GeneratedFunction blur("blur", [](Code code, In<std::uint8_t> in, Out<std::uint8_t> out, int variant) {
  ++bodies_run;
  for (auto i : code.range(out.size())) {
    auto sum = code.variable(0);
    for (int k = 0; k < 3; ++k) sum += in[i + k] * (k + variant);
    out[i] = clamp(sum >> 5, 0, 255);
  }
});

int plus_one(int x) {
  if (x < 0) throw std::domain_error(std::to_string(x));
  return x + 1;
}

GeneratedFunction walk("walk", [](Code code, In<std::int32_t> next, Value<int> at, int variant) -> Value<int> {
  ++bodies_run;
  auto where = code.variable(at);
  for ([[maybe_unused]] auto step : code.range(variant)) {
    auto found = code.call(plus_one, next[where]);
    where = found - 1;
  }
  return where;
});

struct Data {
  Data() : numbers(100), bytes(200), ring(64) {
    testing::Random random(5);
    for (std::uint32_t& number : numbers) number = static_cast<std::uint32_t>(random.bits());
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.bits());
    for (std::size_t i = 0; i < ring.size(); ++i) ring[i] = static_cast<int>((i * 5 + 3) % ring.size());
  }
  std::vector<std::uint32_t> numbers;
  std::vector<std::uint8_t> bytes;
  std::vector<std::int32_t> ring;
};
const Data& data() {
  static const Data all;
  return all;
}

template <class T>
std::uint64_t checksum(const std::vector<T>& values) {
  std::uint64_t sum = 1;
  for (const T value : values) sum = sum * 1099511628211u + static_cast<std::uint64_t>(value);
  return sum;
}

constexpr int functions = 4;

/// One call, as machine code or plain; a number made of what it did.
std::uint64_t call(int function, int variant, bool is_plain) {
  const auto run = [&](const auto& generated, auto&&... arguments) {
    return is_plain ? generated.run_plain(arguments...) : generated(arguments...);
  };
  std::vector<std::uint32_t> numbers(data().numbers.size());
  std::vector<std::uint8_t> bytes(data().bytes.size() - 2);
  switch (function) {
    case 0:
      return run(hash, data().numbers, variant);
    case 1:
      run(scale, data().numbers, numbers, variant);
      return checksum(numbers);
    case 2:
      run(blur, data().bytes, bytes, variant);
      return checksum(bytes);
    default:
      return static_cast<std::uint64_t>(run(walk, data().ring, variant % 64, variant));
  }
}

/// What the plain bodies give.
std::vector<std::uint64_t> expected_results() {
  std::vector<std::uint64_t> results;
  for (int function = 0; function < functions; ++function)
    for (int variant = 0; variant < variants; ++variant) results.push_back(call(function, variant, true));
  return results;
}

bool is_right(const std::vector<std::uint64_t>& expected, int function, int variant) {
  return call(function, variant, false) == expected[static_cast<std::size_t>(function * variants + variant)];
}

void in_threads(const std::function<void(int number)>& body) {
  std::barrier together(thread_count);
  std::vector<std::thread> threads;
  for (int number = 0; number < thread_count; ++number)
    threads.emplace_back([&, number] {
      together.arrive_and_wait();
      body(number);
    });
  for (std::thread& thread : threads) thread.join();
}

TEST(Threads, GenerateEachSpecialisationOnce) {
  const std::vector<std::uint64_t> expected = expected_results();
  std::atomic<int> wrong{0};
  bodies_run = 0;
  in_threads([&](int number) {
    for (int i = 0; i < functions * variants; ++i) {  // half of them in the same order, so that they meet
      const int at = number % 2 == 0 ? i : (i * 7 + number) % (functions * variants);
      wrong += !is_right(expected, at / variants, at % variants);
    }
  });
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(bodies_run, functions * variants);
}

TEST(Threads, GenerateAndEvictAtOnce) {
  const std::vector<std::uint64_t> expected = expected_results();
  const testing::CodeLimit limit(12'000);
  std::atomic<int> wrong{0};
  bodies_run = 0;
  in_threads([&](int number) {
    testing::Random random(static_cast<std::uint64_t>(number));
    for (int i = 0; i < 120; ++i)
      wrong += !is_right(expected, static_cast<int>(random.between(0, functions - 1)),
                         static_cast<int>(random.between(0, variants - 1)));
  });
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(bodies_run, functions * variants) << "nothing was evicted";
  EXPECT_LE(jit::CodeBudget::process().used(), jit::CodeBudget::process().limit());
}

// Three kinds of error, in one thread of four; the others' calls of the very same code go on.
TEST(Threads, AnErrorReachesOnlyTheThreadWhoseCallItIs) {
  const std::vector<std::uint64_t> expected = expected_results();
  const std::vector<std::int32_t> leading_out = {1, 2, 77, 0}, leading_below = {1, -5};
  std::atomic<int> wrong{0}, faults{0}, exceptions{0}, unexpected{0};
  in_threads([&](int number) {
    const bool errs = number % 4 == 0;
    for (int i = 0; i < 60; ++i) try {
        wrong += !is_right(expected, i % functions, i % variants);
        if (errs && i % 3 == 0) walk(leading_out, 0, 5 + i % 2);
        if (errs && i % 3 == 1) walk(leading_below, 0, 5);
      } catch (const RunTimeError& error) {
        faults += errs && i % 3 == 0 && error.index() == 77;
        unexpected += !errs;
      } catch (const std::domain_error& error) {
        exceptions += errs && i % 3 == 1 && error.what() == std::string("-5");
        unexpected += !errs;
      }
  });
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(unexpected, 0);
  EXPECT_EQ(faults, thread_count / 4 * 20);
  EXPECT_EQ(exceptions, thread_count / 4 * 20);
}

constinit thread_local bool fails_to_generate = false;

// Those who wait for a generation that fails are not told its error: one of them tries next.
TEST(Threads, AFailedGenerationConcernsOnlyItsThread) {
  const GeneratedFunction fragile("fragile", [](Code, Value<int> x, int variant) -> Value<int> {
    std::this_thread::yield();
    if (fails_to_generate) throw std::out_of_range("this thread's own");
    return x + variant;
  });
  std::atomic<int> wrong{0}, thrown{0};
  in_threads([&](int number) {
    fails_to_generate = number % 3 == 0;
    for (int variant = 0; variant < 60; ++variant) try {
        wrong += fragile(number, variant) != number + variant;
      } catch (const std::out_of_range&) {
        ++thrown;
        wrong += !fails_to_generate;
      }
  });
  EXPECT_EQ(wrong, 0);
  fails_to_generate = false;
  for (int variant = 0; variant < 60; ++variant) EXPECT_EQ(fragile(1, variant), 1 + variant);
}

TEST(Threads, FunctionsComeAndGo) {
  std::atomic<int> wrong{0};
  in_threads([&](int number) {
    for (int round = 0; round < 12; ++round) {
      const GeneratedFunction own("own", [](Code code, In<int> in, int factor) -> Value<int> {
        auto sum = code.variable(0);
        for (auto i : code.range(in.size())) sum += in[i] * factor;
        return sum;
      });
      const std::vector<int> in(static_cast<std::size_t>(number + 1), round);
      const auto handle = own.specialize(in, 3);
      wrong += own(in, 3) != (number + 1) * round * 3;
      wrong += handle(in, 3) != (number + 1) * round * 3;
    }
  });
  EXPECT_EQ(wrong, 0);
  jit::Reclaimer::collect();
  EXPECT_EQ(jit::Reclaimer::pending(), 0u);
}

}  // namespace
}  // namespace cogent
