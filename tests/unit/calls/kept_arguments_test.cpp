// Plain arguments of called functions: which can be kept for the call, and that functions that are not called need not.
#include <gtest/gtest.h>

#include <cogent/cogent.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using detail::refers_elsewhere;

static_assert(!refers_elsewhere<int> && !refers_elsewhere<std::string> && !refers_elsewhere<std::vector<std::string>>);
static_assert(!refers_elsewhere<std::array<std::tuple<int, std::string>, 3>>);
static_assert(refers_elsewhere<std::vector<std::span<const int>>>);
static_assert(refers_elsewhere<std::tuple<int, std::string_view>>);
static_assert(refers_elsewhere<std::array<std::string_view, 2>>);
static_assert(refers_elsewhere<std::optional<std::pair<std::vector<std::string_view>, int>>>);

TEST(KeptArguments, ViewsWithinAreRefusedWhereTheFunctionCallsItself) {
  GeneratedFunction f("f", [](Code code, Value<int> n, std::vector<std::string_view> words) -> Value<int> {
    auto sum = code.variable(static_cast<int>(words[0].size()));
    if (auto _ = code.when(n > 0)) {
      auto rest = code.recurse<int>(n - 1, words);
      sum += rest;
    }
    return sum;
  });
  try {
    f(1, std::vector<std::string_view>{"abc"});
    ADD_FAILURE() << "no error";
  } catch (const GenerationError& error) {
    EXPECT_NE(std::string::npos, std::string(error.what()).find("holds views of memory that it does not own"));
  }
}

GeneratedFunction<Value<int>(Value<int>, std::span<const bool>)> count_set(
    "count_set", [](Code, Value<int> from, std::span<const bool> flags) -> Value<int> {
      int count = 0;
      for (const bool flag : flags) count += flag ? 1 : 0;
      return from + count;
    });

TEST(KeptArguments, SpansOfBoolArePlainArguments) {
  const bool flags[] = {true, false, true};
  EXPECT_EQ(12, count_set(10, flags));
  GeneratedFunction f("f", [](Code code, Value<int> from) -> Value<int> {
    const std::array<bool, 4> own{true, true, false, true};
    auto result = code.call(count_set, from, std::span<const bool>(own));
    return result;
  });
  EXPECT_EQ(13, f(10));
  EXPECT_EQ(13, f.run_checked(10));
}

struct Plan {
  using value_type = int;
  explicit Plan(std::vector<int> of) : steps(std::move(of)) {}
  Plan(const Plan&) = delete;
  auto begin() const { return steps.begin(); }
  auto end() const { return steps.end(); }
  std::size_t size() const { return steps.size(); }
  std::vector<int> steps;
};

TEST(KeptArguments, WhatCannotBeCopiedIsAPlainArgument) {
  GeneratedFunction f("f", [](Code, Value<int> x, const Plan& plan) -> Value<int> { return x * plan.steps[0]; });
  EXPECT_EQ(6, f(2, Plan({3})));
  EXPECT_EQ(8, f(2, Plan({4})));
}

struct Machine {
  int add(int x) { return x + number; }
  int subtract(int x) { return x - number; }
  int number;
};
Machine machine{1};

TEST(CalledMembers, OfOneObjectAreToldApart) {
  GeneratedFunction f("f", [](Code code, Out<int> out) {
    int turn = 0;
    for (auto i : code.range(out.size())) {
      if (turn++ == 0) {
        auto more = code.call(&Machine::add, machine, i);
        out[i] = more;
      } else {
        auto less = code.call(&Machine::subtract, machine, i);
        out[i] = less;
      }
    }
  });
  std::vector<int> out(3);
  try {
    f.run_checked(out);
    ADD_FAILURE() << "no error";
  } catch (const GenerationError& error) {
    EXPECT_NE(std::string::npos, std::string(error.what()).find("a plain C++ variable changes")) << error.what();
  }
}

void fill(std::span<int> numbers, int with) {
  for (int& number : numbers) number = with;
}

TEST(RuleCheck, KnowsScratchArraysOfLoopsAndBehindBranches) {
  GeneratedFunction f("f", [](Code code, Out<int> out, Value<int> c) {
    for (auto i : code.range(out.size())) {
      auto numbers = code.scratch(4, 0);
      code.call(&fill, numbers, i);
      out[i] = numbers[3];
    }
    if (auto _ = code.when(c > 0)) {
      auto numbers = code.scratch(4, 0);
      out[1] = numbers[0];
    }
    auto numbers = code.scratch(4, 0);
    code.call(&fill, numbers, c);
    out[0] = numbers[3];
  });
  std::vector<int> out(4);
  f.run_checked(out, 7);
  EXPECT_EQ((std::vector<int>{7, 0, 2, 3}), out);
}

}  // namespace
}  // namespace cogent
