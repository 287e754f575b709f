// code.recurse: a function that calls itself, with the same plain arguments or with others, and how deep.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <numeric>

#include "unit/calls/levels.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using testing::at_every_level;

GeneratedFunction fibonacci("fibonacci", [](Code code, Value<int> n) -> Value<int> {
  if (auto _ = code.when(n < 2)) code.returns(n);
  auto a = code.recurse<int>(n - 1);
  auto b = code.recurse<int>(n - 2);
  return a + b;
});

TEST(Recursion, CallsItself) {
  at_every_level([] {
    EXPECT_EQ(fibonacci(20), 6765);
    EXPECT_EQ(fibonacci.run_plain(15), 610);
    EXPECT_EQ(fibonacci.run_checked(12), 144);
  });
}

TEST(Recursion, OtherPlainArgumentsChooseOtherSpecialisations) {
  GeneratedFunction power("power", [](Code code, Value<int> x, int n) -> Value<int> {
    if (n == 0) return Value<int>(1);
    auto half = code.recurse<int>(x, n / 2);
    if (n % 2 == 0) return half * half;
    return half * half * x;
  });
  at_every_level([&] {
    EXPECT_EQ(power(3, 5), 243);
    EXPECT_EQ(power.run_plain(3, 5), 243);
    EXPECT_EQ(power.run_checked(2, 10), 1024);
  });
}

TEST(Recursion, PlainArgumentsMayComeBack) {
  GeneratedFunction collatz("collatz", [](Code code, Value<int> n, bool odd) -> Value<int> {
    if (auto _ = code.when(n == 1)) code.returns(0);
    auto next = code.variable(0);
    if (odd)
      next = n * 3 + 1;
    else
      next = n / 2;
    auto steps = code.variable(0);
    if (auto _ = code.when(next % 2 == 0)) {
      auto rest = code.recurse<int>(next, false);
      steps = rest;
    }
    if (auto _ = code.otherwise()) {
      auto rest = code.recurse<int>(next, true);
      steps = rest;
    }
    return steps + 1;
  });
  at_every_level([&] {
    EXPECT_EQ(collatz(6, false), 8);
    EXPECT_EQ(collatz.run_plain(27, true), 111);
    EXPECT_EQ(collatz.run_checked(27, true), 111);
  });
}

TEST(Recursion, PassesArraysOn) {
  GeneratedFunction sum(
      "sum", [](Code code, DynamicIn<int> values, InOut<int> count, Value<std::int64_t> first) -> Value<int> {
        if (auto _ = code.when(first >= values.size())) code.returns(0);
        auto rest = code.recurse<int>(values, count, first + 1);
        count[0] += 1;
        return rest + values[first];
      });
  at_every_level([&] {
    std::vector<int> values(100), count{0};
    std::iota(values.begin(), values.end(), 1);
    EXPECT_EQ(sum(values, count, 0), 5050);
    EXPECT_EQ(sum.run_checked(values, count, 0), 5050);
    EXPECT_EQ(count[0], 200);
  });
}

TEST(Recursion, TooDeepIsAnErrorWithTheLineOfTheCall) {
  GeneratedFunction down("down", [](Code code, Value<int> n, Value<int> stop) -> Value<int> {
    if (auto _ = code.when(n == stop)) code.returns(n);
    auto rest = code.recurse<int>(n + 1, stop);
    return rest;
  });
  const std::uint32_t line = __LINE__ - 3;
  const std::int64_t before = set_recursion_limit(100);
  at_every_level([&] {
    EXPECT_EQ(down(0, 100), 100);
    EXPECT_EQ(down.run_checked(0, 100), 100);
    for (const bool plain : {false, true}) {
      try {
        plain ? down.run_plain(0, 101) : down(0, 101);
        ADD_FAILURE() << "no error";
      } catch (const RunTimeError& error) {
        EXPECT_EQ(error.position().line, line);
        EXPECT_NE(std::string(error.what()).find("set_recursion_limit"), std::string::npos);
      }
    }
    EXPECT_THROW(down.run_checked(0, 101), RunTimeError);
  });
  set_recursion_limit(1'000'000'000);  // the stack is the limit
  for (const bool plain : {false, true}) {
    try {
      plain ? down.run_plain(0, -1) : down(0, -1);
      ADD_FAILURE() << "no error";
    } catch (const RunTimeError& error) {
      EXPECT_NE(std::string::npos, std::string(error.what()).find("more of the thread's stack"));
    }
  }
  set_recursion_limit(before);
}

TEST(Recursion, AFaultSaysTheSizeOfTheArrayItMeets) {
  GeneratedFunction f("f", [](Code code, DynamicIn<int> a, DynamicIn<int> b, Value<int> n) -> Value<int> {
    if (auto _ = code.when(n == 0)) code.returns(a[5]);
    auto r = code.recurse<int>(b, a, n - 1);
    return r;
  });
  const std::vector<int> large(10, 7), small(3);
  at_every_level([&] {
    EXPECT_EQ(f(large, small, 2), 7);
    for (const bool plain : {false, true}) {
      try {
        plain ? f.run_plain(large, small, 1) : f(large, small, 1);
        ADD_FAILURE() << "no error";
      } catch (const RunTimeError& error) {
        EXPECT_EQ(error.size(), 3);
        EXPECT_EQ(error.index(), 5);
      }
    }
    EXPECT_THROW(f.run_checked(large, small, 1), RunTimeError);
  });
}

}  // namespace
}  // namespace cogent
