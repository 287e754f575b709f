// Mistakes with cases, states and the names of loops: GenerationErrors at the user's line, while generating and in
// plain runs.
#include <vector>

#include "errors/expect_error.h"

namespace cogent::errors {
namespace {

using Code = GeneratedCodeBlock&;
using Numbers = std::vector<int>;

/// The same error while generating and in a plain run.
template <class Function>
void expect_misuse(const Function& function, const Expected& expected,
                   const std::source_location& at = std::source_location::current()) {
  expect_generation_error([&] { function(5); }, expected, at);
  expect_generation_error([&] { function(5); }, expected, at);
  expect_generation_error([&] { function.run_checked(5); }, expected, at);
  expect_generation_error([&] { function.run_plain(5); }, expected, at);
}

// ---- cases

TEST(Cases, TheSameValueTwice) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    for ([[maybe_unused]] int v : code.cases(x, {1, 2, 1})) code.comment("never");
  });
  expect_misuse(f, {"code.cases has the same value twice: 1", __LINE__ - 2});
}

TEST(Cases, AValueThatDoesNotFit) {
  const GeneratedFunction f("f", [](Code code, Value<std::uint8_t> x) {
    for ([[maybe_unused]] int v : code.cases(x, {1, -1})) code.comment("never");
  });
  const Expected expected{"does not fit the type of what it is compared with", __LINE__ - 2};
  expect_generation_error([&] { f(std::uint8_t{5}); }, expected);
  expect_generation_error([&] { f.run_plain(std::uint8_t{5}); }, expected);
}

TEST(Cases, CppBreakOutOfThem) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto result = code.variable(0);
    for (int v : code.cases(x, {5, 6})) {
      result = v;
      break;
    }
    result += 1;
    return result;
  });
  expect_misuse(f, {"a C++ break or return left a loop of the generated function"});
}

TEST(Cases, APlainVariableChangedInThem) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    int plain = 0;
    auto result = code.variable(0);
    for ([[maybe_unused]] int v : code.cases(x, {4, 5, 6})) result = ++plain;
    return result;
  });
  expect_generation_error([&] { f.run_checked(5); }, {"a plain C++ variable changes", __LINE__ - 3});
}

TEST(Cases, NoneOfThem) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto result = code.variable(x);
    for (int v : code.cases(x, Numbers{})) result = v;
    if (auto _ = code.otherwise()) result = -1;
    return result;
  });
  EXPECT_EQ(-1, f(5));
  EXPECT_EQ(-1, f.run_plain(5));
  EXPECT_EQ(-1, f.run_checked(5));
}

TEST(Cases, ExplainSaysHowTheyAreToldApart) {
  const GeneratedFunction f("f", [](Code code, Value<std::uint8_t> x) {
    auto result = code.variable(0);
    for (int v : code.cases(x & 7, {0, 1, 2, 3, 4, 5, 6, 7})) result = v * v;
    for (int v : code.cases(x, {0, 100, 200})) result += v;
    return result;
  });
  const std::string text = f.explain(std::uint8_t{1}).text;
  EXPECT_NE(std::string::npos, text.find("cases: a jump table of 8 values")) << text;
  EXPECT_NE(std::string::npos, text.find("cases: comparisons")) << text;
}

// ---- states

TEST(States, AStateThatCanEnd) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto result = code.variable(x);
    for (int state : code.states(3, 0)) {
      if (state == 0)
        if (code.go(1)) continue;
      if (auto _ = code.when(result > 100))
        if (code.leave()) break;
      result += 1;
    }
    return result;
  });
  expect_generation_error([&] { f(5); }, {"state 1 can end here without saying which state follows", __LINE__ - 4});
  expect_generation_error([&] { f.run_plain(5); }, {"state 1 can end here without saying which state follows"});
}

TEST(States, AnEmptyState) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    for ([[maybe_unused]] int state : code.states(3, 2)) (void)x;
  });
  expect_misuse(f, {"state 2 can end here without saying which state follows", __LINE__ - 2});
}

TEST(States, AStateThatDoesNotExist) {
  const GeneratedFunction f("f", [](Code code, Value<int>) {
    for (int state : code.states(3, 0))
      if (code.go(state + 3)) continue;
  });
  expect_misuse(f, {"there is no state 3: code.states has the states 0 to 2", __LINE__ - 2});
}

TEST(States, AStartThatDoesNotExist) {
  const GeneratedFunction f("f", [](Code code, Value<int>) {
    for (int state : code.states(0, 0))
      if (code.go(state)) continue;
  });
  expect_misuse(f, {"there is no state 0: code.states has no states", __LINE__ - 3});
}

TEST(States, AByteThatLeadsNowhere) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    for ([[maybe_unused]] int state : code.states(2, 0))
      if (code.go(cast<std::uint8_t>(x), [](int b) { return b == 5 ? 2 : 0; })) continue;
  });
  expect_misuse(f, {"there is no state 2: code.states has the states 0 to 1", __LINE__ - 2});
}

TEST(States, GoAndLeaveOutsideOfThem) {
  const GeneratedFunction going("f", [](Code code, Value<int>) { (void)code.go(1); });
  expect_misuse(going, {"code.go() stands outside of code.states", __LINE__ - 1});
  const GeneratedFunction leaving("f", [](Code code, Value<int>) { (void)code.leave(); });
  expect_misuse(leaving, {"code.leave() stands outside of code.states", __LINE__ - 1});
}

TEST(States, ContinuesDoesNotSayWhere) {
  const GeneratedFunction f("f", [](Code code, Value<int>) {
    for ([[maybe_unused]] int state : code.states(2, 0))
      if (code.continues()) continue;
  });
  expect_misuse(f, {"code.continues() does not say which state follows", __LINE__ - 2});
}

TEST(States, APlainVariableChangedInThem) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    int plain = 0;
    auto result = code.variable(x);
    for (int state : code.states(3, 0)) {
      result += plain++;
      if (state == 2)
        if (code.leave()) break;
      if (code.go(state == 2 ? 0 : state + 1)) continue;
    }
    return result;
  });
  expect_generation_error([&] { f.run_checked(5); }, {"a plain C++ variable changes"});
}

TEST(States, AValueUsedInAnotherState) {
  const GeneratedFunction f("f", [](Code code, Value<int> x, In<int> in, InOut<int> out) {
    std::vector<Value<int>> kept;
    for (int state : code.states(2, 0)) {
      if (state == 0) {
        kept.push_back(in[x]);
        if (code.go(1)) continue;
      } else {
        out[0] = kept[0];
        if (code.leave()) break;
      }
    }
  });
  const Numbers in(10, 3);
  Numbers out(1);
  expect_generation_error([&] { f(5, in, out); },
                          {"a value that is computed inside a state of code.states(...)", __LINE__ - 8});
}

// ---- loops with names

TEST(NamedLoops, ANameThatNoLoopHas) {
  const GeneratedFunction f("f", [](Code code, Value<int> n) {
    for ([[maybe_unused]] auto i : code.range(n).named("columns"))
      if (code.breaks("rows")) break;
  });
  expect_misuse(f, {"no loop around this has the name \"rows\"", __LINE__ - 2});
}

TEST(NamedLoops, WhatFollowsTheInnerLoopMustNotHappen) {
  const GeneratedFunction f("f", [](Code code, Value<int> n) {
    auto sum = code.variable(0);
    for (auto i : code.range(n).named("rows")) {
      for ([[maybe_unused]] auto k : code.range(n))
        if (auto _ = code.when(i == 2))
          if (code.continues("rows")) continue;
      sum += i;
    }
    return sum;
  });
  EXPECT_EQ(8, f(5));
  expect_generation_error([&] { f.run_plain(5); }, {"write  if (code.left()) continue;", __LINE__ - 5});
}

TEST(NamedLoops, ACppBreakWhereTheLoopGoesOn) {
  const GeneratedFunction f("f", [](Code code, Value<int> n) {
    auto sum = code.variable(0);
    for (auto i : code.range(n)) {
      if (code.continues()) break;
      sum += i;
    }
    sum += 1;
    return sum;
  });
  expect_generation_error([&] { f.run_plain(5); }, {"a C++ break left a loop that goes on with its next iteration"});
}

TEST(NamedLoops, GotoLeavesThemToo) {
  const GeneratedFunction f("f", [](Code code, Value<int> n) {
    auto sum = code.variable(0);
    for (auto i : code.range(n).named("rows"))
      for ([[maybe_unused]] auto k : code.range(n)) {
        if (auto _ = code.when(i * k == 6))
          if (code.breaks("rows")) goto done;
        sum += 1;
      }
  done:
    sum += 100;
    return sum;
  });
  EXPECT_EQ(113, f(5));
  EXPECT_EQ(113, f.run_plain(5));
  EXPECT_EQ(113, f.run_checked(5));
}

}  // namespace
}  // namespace cogent::errors
