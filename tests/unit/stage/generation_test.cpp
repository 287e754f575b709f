// Generations: nested, recursive, failing; handles; re-staging without false alarms, and by the environment.
#include <cogent/cogent.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <memory>
#include <stdexcept>
#include <vector>

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using Numbers = std::vector<int>;

TEST(Generation, ABodyMayCallOtherFunctions) {
  static const GeneratedFunction square("square", [](Code, Value<int> x) { return x * x; });
  const GeneratedFunction f("f", [](Code code, Value<int> x, int n) {
    auto sum = code.variable(x);
    for (int i = 0; i < n; ++i) sum += square(i) + square.run_plain(i) + square.run_checked(i);
    return sum;
  });
  EXPECT_EQ(10 + 3 * (0 + 1 + 4), f(10, 3));
  EXPECT_EQ(10 + 3 * (0 + 1 + 4), f.run_checked(10, 3));
}

TEST(Generation, ABodyMayMakeAndPrintOtherFunctions) {
  const GeneratedFunction f("f", [](Code, Value<int> x, int n) {
    const GeneratedFunction inner("inner", [](Code, Value<int> y, int m) { return y + m; });
    EXPECT_NE(std::string::npos, inner.get_source(1, n).find("inner"));
    EXPECT_NE("", inner.get_assembly(1, n));
    return x + inner(n, 1);
  });
  EXPECT_EQ(5 + 8, f(5, 7));
}

int depth = 0;

const GeneratedFunction<Value<int>(Value<int>, int)>& recursive() {
  static const GeneratedFunction<Value<int>(Value<int>, int)> f(
      "factorial", +[](Code, Value<int> x, int n) {
        if (n == 0) return x + 0;
        return x * recursive()(1, n - 1) * n;
      });
  return f;
}

TEST(Generation, OfTheSameFunctionForAnotherKey) {
  EXPECT_EQ(120, recursive()(1, 5));
  EXPECT_EQ(240, recursive()(2, 5));
}

const GeneratedFunction<Value<int>(Value<int>)>& endless() {
  static const GeneratedFunction<Value<int>(Value<int>)> f(
      "endless", +[](Code, Value<int> x) {
        if (depth++ == 0) return x + endless()(1);
        return x + 2;
      });
  return f;
}

// The same key, needed while it is being generated: an error, not a deadlock, and the next call works.
TEST(Generation, OfTheSameKeyInsideItself) {
  depth = 0;
  try {
    endless()(5);
    FAIL();
  } catch (const GenerationError& error) {
    EXPECT_NE(std::string::npos, std::string(error.what()).find("the generation would never end")) << error.what();
  }
  EXPECT_EQ(7, endless()(5));
}

bool fails = false;
int bodies = 0;

TEST(Generation, WhatABodyThrowsComesThroughAndNothingIsKept) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    ++bodies;
    auto y = code.variable(x);
    for (auto i : code.range(x)) {
      if (auto _ = code.when(i > 2)) {
        if (fails) throw std::out_of_range("of the user");
        y += i;
      }
    }
    return y;
  });
  bodies = 0;
  fails = true;
  for (int i = 0; i < 3; ++i) EXPECT_THROW(f(4), std::out_of_range);
  EXPECT_THROW(f.run_plain(4), std::out_of_range);
  EXPECT_THROW(f.run_checked(4), std::out_of_range);
  EXPECT_THROW(f.get_source(4), std::out_of_range);
  EXPECT_EQ(6, bodies);
  fails = false;
  EXPECT_EQ(7, f(4));
  EXPECT_EQ(7, f(4));
  EXPECT_EQ(7, bodies);
}

// ---- handles

TEST(Handles, SkipTheLookUpAndOutliveTheFunction) {
  using Function = GeneratedFunction<Value<int>(Value<int>, In<int>, int)>;
  auto function = std::make_unique<Function>("f", +[](Code, Value<int> x, In<int> in, int n) { return x * n + in[0]; });
  const Numbers numbers = {100, 2};
  const auto times_three = function->specialize(1, numbers, 3);
  EXPECT_EQ(121, times_three(7, numbers, 3));
  EXPECT_EQ(121, times_three(7, numbers, 99)) << "static arguments are not compared again";
  auto copy = times_three;
  function.reset();
  EXPECT_EQ(124, copy(8, numbers, 3));
  EXPECT_THROW(times_three(8, Numbers{1}, 3), GenerationError);
  EXPECT_EQ(127, times_three(9, numbers, 3));
}

TEST(Handles, ReportErrorsAfterTheFunctionIsGone) {
  auto function = std::make_unique<GeneratedFunction<Value<int>(DynamicIn<int>, Value<int>)>>(
      "gone", +[](Code, DynamicIn<int> table, Value<int> at) { return table[at]; });
  const auto handle = function->specialize(Numbers(3), 1);
  function.reset();
  try {
    handle(Numbers(2), 2);
    FAIL();
  } catch (const RunTimeError& error) {
    EXPECT_NE(std::string::npos, std::string(error.what()).find("which has 2 elements (in gone)")) << error.what();
  }
  EXPECT_EQ(0, handle(Numbers(2), 1));
}

// ---- the rule

TEST(Rule, NoFalseAlarm) {
  const GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out, int n) {
    int plain = 0;
    for (int k = 0; k < n; ++k) plain += k;  // a plain loop changes plain variables as it likes
    std::vector<Value<int>> values;
    for (int k = 0; k < n; ++k) values.push_back(in[k]);
    for (auto i : code.range(in.size())) {
      int inside = plain;  // made anew in each iteration
      ++inside;
      auto sum = code.variable(inside);
      for (const Value<int>& value : values) {
        if (auto _ = code.when(value > in[i])) sum += value;
        if (auto _ = code.otherwise_when(value == 0)) sum -= 1;
        if (auto _ = code.otherwise()) {
          int local = 3;
          local += n;
          sum ^= local;
        }
      }
      for (int k : code.unroll(n)) {
        if (auto _ = code.when(sum % (k + 2) == 0)) {
          if (code.breaks()) break;
        }
        sum += k;
      }
      for ([[maybe_unused]] auto _ : code.loop_while([&] { return sum > 100; })) {
        if (auto _ = code.when(sum % 2 == 0)) {
          sum /= 2;
          if (code.continues()) continue;
        }
        sum -= 7;
      }
      for ([[maybe_unused]] auto _ : code.loop()) {
        if (auto _ = code.when(sum > -5 || sum % 3 == 0)) {
          if (code.breaks()) break;
        }
        sum += 2;
      }
      out[i] = sum;
    }
  });
  Numbers out(6);
  EXPECT_NO_THROW(f.run_checked(Numbers{5, -3, 90, 0, 7, 1}, out, 3));
}

TEST(Rule, NoFalseAlarmForEarlyReturns) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) -> Value<int> {
    for (auto i : code.range(x)) {
      if (auto _ = code.when(i == 3)) {
        if (auto _ = code.when(x == 9)) code.returns(1);
        code.returns(i * 2);
      }
    }
    if (auto _ = code.when(x < 0)) code.returns(-1);
    return x;
  });
  EXPECT_EQ(6, f.run_checked(7));
  EXPECT_EQ(1, f.run_checked(9));
  EXPECT_EQ(-1, f.run_checked(-4));
  EXPECT_EQ(2, f.run_checked(2));
}

/// Calls a function that breaks the rule; exits with 3 if that is noticed.
[[noreturn]] void call_a_rule_breaker() {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto result = code.variable(0);
    if (auto _ = code.when(x > 3)) {
      result = 1;
    } else {
      result = 2;
    }
    return result;
  });
  try {
    f(1);
  } catch (const GenerationError&) {
    std::_Exit(3);
  }
  std::_Exit(0);
}

TEST(Rule, IsCheckedEverywhereWhenTheEnvironmentSaysSo) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");  // the environment is read once in a process
  EXPECT_EXIT(call_a_rule_breaker(), ::testing::ExitedWithCode(0), "");
  ASSERT_EQ(0, setenv("COGENT_CHECK", "1", 1));
  EXPECT_EXIT(call_a_rule_breaker(), ::testing::ExitedWithCode(3), "");
  unsetenv("COGENT_CHECK");
}

}  // namespace
}  // namespace cogent
