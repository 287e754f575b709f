// The rows of docs/habits.md, each run checked: plain, interpreted and as machine code.
#include <gtest/gtest.h>

#include <cogent/cogent.h>
#include <cmath>
#include <vector>

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;

struct Point {
  int x, y;
};

GeneratedFunction numbers("numbers", [](Code, Value<int> x, Value<double> y) {
  auto named = x + 1;
  Value<int> typed = x + 2;
  return cast<int>(y) + saturate_cast<std::uint8_t>(x) + min(x, y) + max(x, 3) + clamp(x, 0, 9) + abs(x) + sqrt(y) +
         sin(y) + named * typed + select(x > 3, x, 7);
});

TEST(Habits, NumbersAndFunctions) {
  const auto expected = [](int x, double y) {
    return static_cast<int>(y) + std::clamp(x, 0, 255) + std::min<double>(x, y) + std::max(x, 3) + std::clamp(x, 0, 9) +
           std::abs(x) + std::sqrt(y) + std::sin(y) + (x + 1) * (x + 2) + (x > 3 ? x : 7);
  };
  EXPECT_DOUBLE_EQ(numbers.run_checked(5, 2.25), expected(5, 2.25));
  EXPECT_DOUBLE_EQ(numbers.run_checked(-300, 9.0), expected(-300, 9.0));
}

GeneratedFunction variables("variables", [](Code code, Value<int> x) {
  auto v = code.variable(0);
  v = x;
  Value<int> before = v;
  ++v;
  v += 10;
  for (auto _ : code.loop_while([&] { return v > 100; })) v -= 100;
  return v * 1000 + before;
});

TEST(Habits, VariablesAndLoops) { EXPECT_EQ(variables.run_checked(205), 16 * 1000 + 205); }

GeneratedFunction branches("branches", [](Code code, In<int> a, Value<int> x) -> Value<int> {
  auto v = code.variable(0);
  if (auto _ = code.when(x > 3 && a[x] > 0)) v += 1;
  if (auto _ = code.when(x == 0)) {
    v += 10;
  }
  if (auto _ = code.otherwise_when(x == 1)) {
    v += 20;
  }
  if (auto _ = code.otherwise()) {
    v += 30;
  }
  for (int k : code.cases(x, {1, 2})) v += k * 100;
  if (auto _ = code.otherwise()) v += 500;
  for (auto i : code.range(a.size())) {
    if (auto _ = code.when(a[i] == 9)) code.returns(-1);
    if (auto _ = code.when(a[i] == 8))
      if (code.continues()) continue;
    if (auto _ = code.when(a[i] == 7))
      if (code.breaks()) break;
    v += a[i] * 1000;
  }
  return v;
});

TEST(Habits, BranchesAndJumps) {
  const std::vector<int> a = {1, 8, 2, 0, 5, 7, 3};
  EXPECT_EQ(branches.run_checked(a, 4), 8000 + 500 + 30 + 1);
  EXPECT_EQ(branches.run_checked(a, 1), 8000 + 100 + 20);
  EXPECT_EQ(branches.run_checked(a, 0), 8000 + 500 + 10);
  EXPECT_EQ(branches.run_checked(std::vector<int>{9}, 0), -1);
}

GeneratedFunction memory("memory", [](Code code, In<int, 2> grid, InOut<Point> points, Value<int> x) {
  const std::vector<int> lut = {5, 6, 7, 8};
  auto table = code.table(lut);
  auto buffer = code.scratch(8, 0);
  buffer[x] = grid(1, x);
  auto p = points[0];
  field<&Point::x>(points[1]) = field<&Point::y>(p) + buffer[x];
  points[2] = make<Point>(x, table[x]);
});

TEST(Habits, ElementsAndTables) {
  const std::vector<int> cells = {1, 2, 3, 4, 5, 6};
  std::vector<Point> points = {{1, 2}, {3, 4}, {0, 0}};
  memory.run_checked(View<const int, 2>(cells.data(), {2, 3}), points, 2);
  EXPECT_EQ(points[1].x, 2 + 6);
  EXPECT_EQ(points[2].x, 2);
  EXPECT_EQ(points[2].y, 7);
}

int triple(int x) { return 3 * x; }

GeneratedFunction calls("calls", [](Code code, Value<int> x) -> Value<int> {
  code.require(x >= 0, "x is negative");
  auto tripled = code.call(triple, x);
  if (auto _ = code.when(x == 0)) code.returns(100);
  auto below = code.recurse<int>(x - 1);
  code.print("{}\n", x);
  return below + tripled;
});

TEST(Habits, Calls) {
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(calls(2), 100 + 3 + 6);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "1\n2\n");
  EXPECT_THROW(calls(-1), RunTimeError);
}

}  // namespace
}  // namespace cogent
