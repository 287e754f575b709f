// What callees throw, when the code runs and while it is generated.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "unit/calls/levels.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using testing::at_every_level;

struct Negative : std::runtime_error {
  explicit Negative(int number) : std::runtime_error("negative"), number(number), self(this) {}
  int number;
  const Negative* self;
};

int checked_root(int x) {
  if (x < 0) throw Negative(x);
  int root = 0;
  while ((root + 1) * (root + 1) <= x) ++root;
  return root;
}

GeneratedFunction roots("roots", [](Code code, In<int> in, Out<int> out) {
  for (auto i : code.range(in.size())) {
    auto root = code.call(checked_root, in[i]);
    out[i] = root;
  }
});

TEST(CallException, ReachesTheCallerUnchangedAfterTheEffectsBeforeIt) {
  const std::vector<int> in{9, 16, -4, 25};
  at_every_level([&] {
    for (int way = 0; way < 3; ++way) {
      std::vector<int> out(4, -1);
      try {
        way == 0 ? roots(in, out) : way == 1 ? roots.run_plain(in, out) : roots.run_checked(in, out);
        ADD_FAILURE() << "no exception";
      } catch (const Negative& error) {
        EXPECT_EQ(error.number, -4);
        EXPECT_EQ(error.self, &error) << "the same object, not a copy";
      }
      EXPECT_EQ(out, (std::vector<int>{3, 4, -1, -1}));
    }
  });
}

TEST(CallException, PassesThroughGeneratedFunctions) {
  GeneratedFunction outer("outer", [](Code code, In<int> in, Out<int> out) {
    code.call(roots, in, out);
    out[0] = 100;
  });
  GeneratedFunction recursive("recursive", [](Code code, Value<int> n) -> Value<int> {
    if (auto _ = code.when(n < -5)) {
      auto root = code.call(checked_root, n);
      code.returns(root);
    }
    auto result = code.recurse<int>(n - 1);
    return result;
  });
  const std::vector<int> in{9, -1};
  std::vector<int> out(2);
  at_every_level([&] {
    EXPECT_THROW(outer(in, out), Negative);
    EXPECT_EQ(out[0], 3);
    EXPECT_THROW(recursive(3), Negative);
    EXPECT_THROW(recursive.run_checked(3), Negative);
  });
}

TEST(CallException, AFaultOfACalleeIsARunTimeErrorWithItsLine) {
  GeneratedFunction divide("divide", [](Code, Value<int> a, Value<int> b) -> Value<int> { return a / b; });
  const std::uint32_t line = __LINE__ - 1;
  static const auto* pointer = &divide;
  GeneratedFunction caller("caller", [](Code code, Value<int> a, Value<int> b) -> Value<int> {
    auto quotient = code.call(*pointer, a, b);
    return quotient;
  });
  at_every_level([&] {
    EXPECT_EQ(caller(6, 2), 3);
    try {
      caller(1, 0);
      ADD_FAILURE() << "no error";
    } catch (const RunTimeError& error) {
      EXPECT_EQ(error.position().line, line);
      EXPECT_NE(std::string(error.what()).find("(in divide)"), std::string::npos);
    }
    EXPECT_THROW(caller.run_checked(1, 0), RunTimeError);
  });
}

TEST(CallException, WhatABodyThrowsReachesTheCallerAndLeavesNothing) {
  static int failures = 2;
  GeneratedFunction inner("inner", [](Code, Value<int> x, int n) -> Value<int> {
    if (failures > 0) throw Negative(failures--);
    return x + n;
  });
  static const auto* pointer = &inner;
  GeneratedFunction outer("outer", [](Code code, Value<int> x) -> Value<int> {
    auto y = code.call(*pointer, x, 1);
    return y;
  });
  EXPECT_THROW(outer(1), Negative);
  EXPECT_THROW(outer(1), Negative);
  EXPECT_EQ(outer(1), 2);
}

}  // namespace
}  // namespace cogent
