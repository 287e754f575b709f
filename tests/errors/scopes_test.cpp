// Changes in conditions, variables out of their branch, loops that do not fit: each is refused in words, none goes
// wrong silently.
#include <optional>
#include <utility>
#include <vector>

#include "errors/expect_error.h"

namespace cogent::errors {
namespace {

using Code = GeneratedCodeBlock&;
using Numbers = std::vector<int>;

TEST(Scopes, NothingMayChangeBetweenTheSidesOfAnd) {
  const GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out, Value<int> x) {
    auto check = [&] {
      auto ok = x > 0;
      out[0] = 7;
      return ok;
    };
    if (auto _ = code.when(check() && in[x] > 0)) out[1] = 1;
  });
  Numbers out(2);
  expect_generation_error([&] { f(Numbers(3), out, -1); },
                          {"something changes between the two sides of this && or ||"});
  EXPECT_EQ(out, Numbers(2));
}

TEST(Scopes, TheRightSideOfOrMayNotChangeAVariable) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto count = code.variable(0);
    auto bump = [&] {
      count += 1;
      return count > 3;
    };
    if (auto _ = code.when(x > 0 || bump())) count += 10;
    return count;
  });
  expect_generation_error([&] { f(1); }, {"something changes between the two sides of this && or ||"});
}

TEST(Scopes, AVariableMadeInABranchIsNotUsedAfterIt) {
  const GeneratedFunction f("f", [](Code code, Out<int> out, Value<int> x) {
    std::optional<Variable<int>> late;
    if (auto _ = code.when(x > 0)) late.emplace(code.variable(5));
    out[0] = *late;
  });
  Numbers out(1);
  expect_generation_error([&] { f(out, 1); }, {"a code.variable(...) that is made inside a code.when(...) block"});
}

TEST(Scopes, AnUnrolledLoopThatIsTooLongIsAnError) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto sum = code.variable(0);
    for (int k : code.unroll(3'000'000)) {
      if (auto _ = code.when(x > k))
        if (code.breaks()) break;
      sum += x;
    }
    return sum;
  });
  for (int again = 0; again < 2; ++again) expect_generation_error([&] { f(1); }, {"more than a million operations"});
}

TEST(Scopes, AnUnrolledLoopEndsWhereItsCounterWouldWrap) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto sum = code.variable(x);
    for (std::uint8_t k : code.unroll<std::uint8_t>(0, 255, 2)) sum += k;
    for (signed char k : code.unroll<signed char>(100, -128, -100)) sum += k;
    return sum;
  });
  EXPECT_EQ(f(1), 1 + 127 * 128 + 100 + 0 - 100);
  EXPECT_EQ(f.run_plain(1), f(1));
}

TEST(Scopes, AStepFitsTheTypeOfItsBounds) {
  const GeneratedFunction f("f", [](Code code, Out<int> out) {
    for (auto i : code.range(static_cast<signed char>(0), static_cast<signed char>(100), 200)) out[i] = 1;
  });
  Numbers out(101);
  expect_generation_error([&] { f(out); }, {"the step of a range does not fit"});
  expect_generation_error([&] { f.run_plain(out); }, {"the step of a range does not fit"});
}

TEST(Scopes, ARangeMayBeGoneThroughTwice) {
  const GeneratedFunction f("f", [](Code code) {
    auto sum = code.variable(0);
    auto range = code.range(4);
    for (auto i : range) sum += i;
    for (auto i : range) sum += i;
    return sum;
  });
  EXPECT_EQ(f(), 12);
  EXPECT_EQ(f.run_checked(), 12);
}

TEST(Scopes, AHandleWithOtherPlainArgumentsLeavesTheFunctionAsItIs) {
  const GeneratedFunction f("f", [](Code code, In<std::uint8_t> in, Out<std::uint8_t> out, int factor) {
    for (auto i : code.range(out.size())) out[i] = clamp(in[i] * factor + in[i + 1] + in[i + 2], 0, 255);
  });
  std::vector<std::uint8_t> memory(4003), expected;
  for (std::size_t i = 0; i < memory.size(); ++i) memory[i] = static_cast<std::uint8_t>(i % 7);
  const auto in = [&] { return std::span(memory).first(4002); };
  const auto out = [&] { return std::span(memory).subspan(1, 4000); };
  const auto before = memory;
  f.run_plain(in(), out(), 2);
  expected = std::exchange(memory, before);
  const auto handle = f.specialize(in(), out(), 2);
  EXPECT_THROW(handle(in(), out(), 3), GenerationError);
  EXPECT_EQ(memory, before);
  f(in(), out(), 2);
  EXPECT_EQ(memory, expected);
}

void nest(Code code, Value<int> x, Variable<int>& count, int levels) {
  if (levels == 0) return;
  if (auto _ = code.when(x > levels)) {
    count += 1;
    nest(code, x, count, levels - 1);
  }
}

TEST(Scopes, BlocksAreNestedAThousandDeepAtMost) {
  const GeneratedFunction f("f", [](Code code, Value<int> x, int levels) {
    auto count = code.variable(0);
    nest(code, x, count, levels);
    return count;
  });
  EXPECT_EQ(1000, f(2000, 1000));
  EXPECT_EQ(1000, f.run_plain(2000, 1000));
  expect_generation_error([&] { f(2000, 30'000); }, {"blocks are nested more than 1000 deep", 118});
}

TEST(Scopes, ALongChainOfConditionsIsAnError) {
  const GeneratedFunction f("f", [](Code code, Out<int> out, Value<int> x, int links) {
    if (auto _ = code.when(x == 0)) out[0] = 7;
    for (int k = 1; k < links; ++k)
      if (auto _ = code.otherwise_when(x == k)) out[0] = k;
  });
  Numbers out(1);
  f(out, 999, 1000);
  EXPECT_EQ(out, Numbers{999});
  expect_generation_error([&] { f(out, 5, 1001); }, {"write  code.cases(...)", 139});
  EXPECT_EQ(out, Numbers{999});
}

}  // namespace
}  // namespace cogent::errors
