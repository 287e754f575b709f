// Parallel loops give the same bits as serial ones, with 1, 2 and 4 threads, at each level; and their errors are those
// of the first iteration that fails.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "support/thread_executor.h"
#include "x86/cpu_features.h"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;
using testing::ThreadExecutor;

/// Calls run(parts) with 1, 2 and 4 threads at each level. `parts` counts those that more than one thread ran.
template <class Run>
void with_threads(Run&& run) {
  for (const x86::CpuLevel level : {x86::CpuLevel::Baseline, x86::CpuLevel::Avx2, x86::CpuLevel::Avx512}) {
    if (level > x86::detected_cpu_level()) continue;
    const x86::ScopedCpuLevel scope(level);
    for (const int threads : {1, 2, 4}) {
      SCOPED_TRACE(std::string(x86::name(level)) + ", " + std::to_string(threads) + " threads");
      const auto executor = std::make_shared<ThreadExecutor>(threads);
      {
        const ExecutorScope on(executor);
        run();
      }
      EXPECT_EQ(threads > 1, executor->parts() > 1);
    }
  }
}

std::vector<int> numbers(int64_t count, int first = 0) {
  std::vector<int> result(static_cast<std::size_t>(count));
  std::iota(result.begin(), result.end(), first);
  return result;
}

constexpr int64_t many = 400'000;

TEST(Parallel, FloatsAreTheSameBits) {
  const GeneratedFunction f("f", [](Code code, In<float> x, Out<float> y, Value<float> a) {
    for (auto i : code.range(x.size()).parallel()) {
      auto sum = code.variable(x[i]);
      for ([[maybe_unused]] auto _ : code.range(20)) sum = sum * a + sqrt(abs(sum));
      y[i] = sum;
    }
  });
  std::vector<float> x(50'001), y(x.size()), expected(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = static_cast<float>(i) * 0.37f;
    float sum = x[i];
    for (int k = 0; k < 20; ++k) {
      // A statement of its own: clang may contract within one, at compile time as well.
      const float scaled = sum * 0.9f;
      sum = scaled + std::sqrt(std::abs(sum));
    }
    expected[i] = sum;
  }
  with_threads([&] {
    std::ranges::fill(y, 0.0f);
    f(x, y, 0.9f);
    EXPECT_EQ(y, expected);
  });
}

TEST(Parallel, RowsWithAnInnerLoopOfVectors) {
  const GeneratedFunction f("f", [](Code code, In<int, 2> in, Out<int, 2> out, Value<int> shift) {
    for (auto y : code.range(out.extent(0)).parallel())
      for (auto x : code.range(out.extent(1))) out(y, x) = (in(y, x) + in(y, x + 1)) >> shift;
  });
  const std::vector<int> in = numbers(1000 * 701);
  std::vector<int> out(1000 * 700);
  with_threads([&] {
    std::ranges::fill(out, 0);
    f(View<const int, 2>(in.data(), {1000, 701}), View<int, 2>(out.data(), {1000, 700}), 1);
    for (std::size_t i = 0; i < out.size(); ++i) ASSERT_EQ(out[i], static_cast<int>(i / 700 * 701 + i % 700)) << i;
  });
}

TEST(Parallel, VectorsOfTheLoopItself) {
  const GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out, Value<int> count, int unrolled) {
    for (auto i : code.range(count).parallel()) {
      auto value = code.variable(in[i] + i);
      for (int k = 0; k < unrolled; ++k) value = (value ^ k) * 3 + (value >> 7);
      out[i] = value;
    }
  });
  const std::vector<int> in = numbers(2 * many + 3, -1000);
  std::vector<int> expected(in.size()), out(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    auto value = static_cast<unsigned>(in[i]) + static_cast<unsigned>(i);
    for (unsigned k = 0; k < 60; ++k) value = (value ^ k) * 3 + static_cast<unsigned>(static_cast<int>(value) >> 7);
    expected[i] = static_cast<int>(value);
  }
  with_threads([&] {
    std::ranges::fill(out, 0);
    f(in, out, static_cast<int>(in.size()), 60);
    EXPECT_EQ(out, expected);
  });
}

TEST(Parallel, DownwardBySteps) {
  const GeneratedFunction f("f", [](Code code, InOut<int> data, int first, Value<int> last) {
    for (auto i : code.range(first, last, -3).parallel())
      for ([[maybe_unused]] auto _ : code.range(30)) data[i] = data[i] * 3 + i;
  });
  std::vector<int> data, expected = numbers(many);
  for (int i = static_cast<int>(many) - 2; i > 4; i -= 3)
    for (int k = 0; k < 30; ++k)
      expected[static_cast<std::size_t>(i)] =
          static_cast<int>(static_cast<unsigned>(expected[static_cast<std::size_t>(i)]) * 3 + static_cast<unsigned>(i));
  with_threads([&] {
    data = numbers(many);
    f(data, static_cast<int>(many) - 2, 4);
    EXPECT_EQ(data, expected);
  });
}

TEST(Parallel, FewOrNoIterations) {
  const GeneratedFunction f("f", [](Code code, Out<int> out, Value<int64_t> count) {
    for (auto i : code.range(count).parallel()) out[i] = 7;
  });
  std::vector<int> out(3);
  f(out, -5);
  f(out, 0);
  EXPECT_EQ(out, (std::vector<int>{0, 0, 0}));
  f(out, 1);
  EXPECT_EQ(out, (std::vector<int>{7, 0, 0}));
}

// Small scratch lies in the frame, large in memory of the run.
TEST(Parallel, ScratchAndTables) {
  const GeneratedFunction f("f", [](Code code, Out<int> out, int size) {
    auto shared = code.scratch(16, 3);
    shared[5] = 100;
    auto table = code.table({1, 2, 3});
    for (auto i : code.range(out.size()).parallel()) {
      auto own = code.scratch(size, 1);
      own[i % size] = cast<int>(i);
      auto sum = code.variable(0);
      for (auto k : code.range(size)) sum += own[k];
      out[i] = sum + shared[i % 16] + table[i % 3];
    }
  });
  for (const int size : {50, 6000}) {
    std::vector<int> out(static_cast<std::size_t>(4'000'000 / size)), expected(out.size());
    for (int i = 0; i < std::ssize(out); ++i)
      expected[static_cast<std::size_t>(i)] = size - 1 + i + (i % 16 == 5 ? 100 : 3) + 1 + i % 3;
    with_threads([&] {
      std::ranges::fill(out, 0);
      f(out, size);
      EXPECT_EQ(out, expected);
    });
  }
}

TEST(Parallel, SeveralLoopsAndLoopsWithinLoops) {
  const GeneratedFunction f("f", [](Code code, InOut<int> a, InOut<int> b, Value<int> times) {
    auto total = code.variable(0);
    for (auto t : code.range(times)) {
      auto bonus = code.variable(t * 2);
      for (auto y : code.range(1000).parallel())
        for (auto x : code.range(400).parallel()) a[y * 400 + x] = a[y * 400 + x] * 3 + b[y * 400 + x] + bonus;
      for (auto i : code.range(a.size()).parallel()) b[i] = a[i] / 3 % 1000;
      total += bonus;
    }
    return total;
  });
  std::vector<unsigned> a(many), b(many);
  for (unsigned t = 0; t < 4; ++t) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = a[i] * 3 + b[i] + t * 2;
    for (std::size_t i = 0; i < a.size(); ++i) b[i] = static_cast<unsigned>(static_cast<int>(a[i]) / 3 % 1000);
  }
  with_threads([&] {
    std::vector<int> x(many), y(many);
    EXPECT_EQ(12, f(x, y, 4));
    EXPECT_TRUE(std::equal(x.begin(), x.end(), a.begin(), [](int p, unsigned q) { return p == static_cast<int>(q); }));
    EXPECT_TRUE(std::equal(y.begin(), y.end(), b.begin(), [](int p, unsigned q) { return p == static_cast<int>(q); }));
  });
}

int triple(int x) { return x * 3; }

TEST(Parallel, Calls) {
  static const GeneratedFunction inner("inner", [](Code code, In<int> in, Value<int64_t> at) {
    auto sum = code.variable(0);
    for (auto k : code.range(10)) sum += in[(at + k) % in.size()];
    return sum;
  });
  const GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out) {
    for (auto i : code.range(out.size()).parallel()) {
      auto a = code.call(inner, in, i);
      auto b = code.call(triple, a);
      out[i] = b;
    }
  });
  const std::vector<int> in = numbers(3000);
  std::vector<int> out(5000);
  with_threads([&] {
    std::ranges::fill(out, 0);
    f(in, out);
    for (int i = 0; i < std::ssize(out); ++i) {
      int sum = 0;
      for (int k = 0; k < 10; ++k) sum += (i + k) % 3000;
      ASSERT_EQ(out[static_cast<std::size_t>(i)], sum * 3);
    }
  });
}

TEST(Parallel, OverlapIsWhatTheLoopGives) {
  const GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out) {
    for (auto i : code.range(out.size()).parallel()) out[i] = in[i] + 1;
  });
  std::vector<int> memory(5 * many);
  const auto executor = std::make_shared<ThreadExecutor>(4);
  const ExecutorScope on(executor);
  f(std::span<const int>(memory.data(), 5 * many - 1), std::span<int>(memory.data() + 1, 5 * many - 1));
  EXPECT_EQ(memory, numbers(5 * many));
  EXPECT_EQ(0, executor->parts());
}

// ---- errors

TEST(Parallel, TheFirstIterationThatFailsIsReported) {
  const GeneratedFunction f("f", [](Code code, In<int> where, In<int> in, Out<int> out) {
    for (auto i : code.range(out.size()).parallel()) {
      auto sum = code.variable(in[where[i]]);
      for ([[maybe_unused]] auto _ : code.range(20)) sum = sum * 3 + 1;
      out[i] = sum;
    }
  });
  std::vector<int> where(100'000), out(where.size());
  for (const std::size_t at : {60'123u, 60'124u, 71'000u, 99'999u}) where[at] = 500 + static_cast<int>(at);
  for (int repetition = 0; repetition < 5; ++repetition)
    with_threads([&] {
      try {
        f(where, numbers(10), out);
        FAIL() << "nothing was thrown";
      } catch (const RunTimeError& error) {
        EXPECT_EQ(60'623, error.index()) << error.what();
        EXPECT_EQ(10, error.size());
        EXPECT_EQ("in", error.array());
      }
    });
}

int throw_at(int64_t i) {
  if (i == 3000 || i == 3500) throw std::out_of_range("at " + std::to_string(i));
  return 1;
}

TEST(Parallel, WhatAFunctionThrowsReachesTheCaller) {
  const GeneratedFunction f("f", [](Code code, Out<int> out) {
    for (auto i : code.range(out.size()).parallel()) {
      auto result = code.call(throw_at, i);
      out[i] = result;
    }
  });
  std::vector<int> out(5000);
  with_threads([&] {
    try {
      f(out);
      FAIL() << "nothing was thrown";
    } catch (const std::out_of_range& error) {
      EXPECT_STREQ("at 3000", error.what());
    }
    EXPECT_EQ(3000, std::accumulate(out.begin(), out.begin() + 3000, 0));
  });
}

TEST(Parallel, AnExecutorThatFailsIsNoticed) {
  const GeneratedFunction f("f", [](Code code, Out<int> out) {
    for (auto i : code.range(out.size()).parallel())
      for (auto k : code.range(100)) out[i] = out[i] * 3 + k;
  });
  struct Lazy : Executor {
    int concurrency() const override { return 2; }
    void run(int64_t, const std::function<void(int64_t)>& part) override { part(0); }
  };
  struct Broken : Executor {
    int concurrency() const override { return 2; }
    void run(int64_t, const std::function<void(int64_t)>&) override { throw std::domain_error("broken"); }
  };
  std::vector<int> out(many);
  {
    const ExecutorScope on(std::make_shared<Lazy>());
    EXPECT_THROW(f(out), std::logic_error);
  }
  const ExecutorScope on(std::make_shared<Broken>());
  EXPECT_THROW(f(out), std::domain_error);
}

// ---- which threads

TEST(Parallel, TheExecutorOfAllThreadsAndTheUsualOne) {
  const GeneratedFunction f("f", [](Code code, InOut<int> data) {
    for (auto i : code.range(data.size()).parallel())
      for (auto k : code.range(100)) data[i] = data[i] * 3 + k;
  });
  std::vector<int> usual(many), own(many);
  f(usual);
  const auto executor = std::make_shared<ThreadExecutor>(3);
  EXPECT_EQ(nullptr, set_executor(executor));
  f(own);
  EXPECT_EQ(executor, set_executor(nullptr));
  EXPECT_GT(executor->parts(), 3);
  EXPECT_EQ(usual, own);
}

TEST(Parallel, OneTbbWithSoManyThreads) {
  const std::shared_ptr<Executor> executor = onetbb_executor(2);
  if (executor == nullptr) GTEST_SKIP() << "built without oneTBB";
  EXPECT_EQ(2, executor->concurrency());
  std::vector<std::atomic<int>> calls(1000);
  executor->run(1000, [&](int64_t i) { ++calls[static_cast<std::size_t>(i)]; });
  for (const auto& count : calls) ASSERT_EQ(1, count);
}

// For ThreadSanitizer: callers, each with parallel loops, on the same and on different functions, some of which fail.
TEST(Parallel, ManyCallersAtOnce) {
  const GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out, int factor) {
    for (auto i : code.range(out.size()).parallel()) {
      auto sum = code.variable(in[i]);
      for (auto k : code.range(40)) sum = sum * factor + k;
      out[i] = sum;
    }
  });
  const auto executor = std::make_shared<ThreadExecutor>(3);
  std::vector<std::jthread> callers;
  std::atomic<int> failures{0}, wrong{0};
  const std::vector<int> in = numbers(20'000);
  for (int caller = 0; caller < 4; ++caller)
    callers.emplace_back([&, caller] {
      const ExecutorScope on(executor);
      std::vector<int> out(in.size()), short_in(in.begin(), in.end() - 1 - caller);
      for (int round = 0; round < 6; ++round) {
        f(in, out, 3 + round % 2);
        int expected = in[777];
        for (int k = 0; k < 40; ++k)
          expected = static_cast<int>(static_cast<unsigned>(expected) * static_cast<unsigned>(3 + round % 2) +
                                      static_cast<unsigned>(k));
        wrong += out[777] != expected;
        try {
          f(short_in, out, 5);
        } catch (const Error&) {
          ++failures;
        }
      }
    });
  callers.clear();
  EXPECT_EQ(0, wrong);
  EXPECT_EQ(24, failures);
}

}  // namespace
}  // namespace cogent::witness
