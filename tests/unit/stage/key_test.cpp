// Keys: one generation for each set of static arguments, whatever their types.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <string>

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;

int generations = 0;

/// How many generations calls with these arguments cost, in turn; every second call repeats one.
template <class T>
int generations_for(std::initializer_list<T> arguments) {
  const GeneratedFunction<void(T)> function("f", +[](Code, T) { ++generations; });
  generations = 0;
  for (int repeat = 0; repeat < 2; ++repeat)
    for (const T& argument : arguments) function(argument);
  return generations;
}

enum class Mode : std::uint8_t { Fast, Slow };
enum Plain { a, b };

TEST(Keys, Numbers) {
  EXPECT_EQ(3, generations_for<int>({1, 2, -1, 1}));
  EXPECT_EQ(2, generations_for<bool>({true, false}));
  EXPECT_EQ(2, generations_for<char>({'x', 'y', 'x'}));
  EXPECT_EQ(2, generations_for<std::int64_t>({1, (std::int64_t{1} << 32) + 1}));
  EXPECT_EQ(2, generations_for<Mode>({Mode::Fast, Mode::Slow, Mode::Fast}));
  EXPECT_EQ(2, generations_for<Plain>({a, b}));
}

TEST(Keys, FloatsByTheirBits) {
  EXPECT_EQ(2, generations_for<float>({0.0f, -0.0f}));
  EXPECT_EQ(2, generations_for<double>({0.0, -0.0, 0.0}));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(1, generations_for<double>({nan, nan}));
  EXPECT_EQ(2, generations_for<double>({nan, -nan}));
  EXPECT_EQ(2, generations_for<float>({1.0f, std::nextafter(1.0f, 2.0f)}));
}

TEST(Keys, Texts) {
  EXPECT_EQ(3, generations_for<std::string>({"", "one", "two", std::string("on") + "e"}));
  EXPECT_EQ(3, generations_for<std::string_view>({"", "one", "two", "one"}));
  EXPECT_EQ(2, generations_for<std::string>({"same beginning", "same beginnins"}));
  EXPECT_EQ(2, generations_for<std::string>({"a", std::string("a\0", 2)}));
}

TEST(Keys, Sequences) {
  const std::vector<int> one = {1, 2, 3}, other = {1, 2, 4}, shorter = {1, 2};
  EXPECT_EQ(3, generations_for<std::vector<int>>({one, other, shorter, {1, 2, 3}}));
  EXPECT_EQ(3, generations_for<std::span<const int>>({one, other, shorter, one}));
  EXPECT_EQ(2, (generations_for<std::array<short, 3>>({{1, 2, 3}, {1, 2, 4}, {1, 2, 3}})));
  EXPECT_EQ(2, generations_for<std::vector<bool>>({{true, false}, {true, true}, {true, false}}));
  EXPECT_EQ(3, generations_for<std::vector<std::string>>({{"a", "bc"}, {"ab", "c"}, {"abc"}}));
  EXPECT_EQ(3, generations_for<std::vector<std::vector<int>>>({{{1}, {2}}, {{1, 2}}, {{}, {1, 2}}}));
}

TEST(Keys, LongSequences) {
  std::vector<int> many(5000, 3), others = many;
  others.back() = 4;
  EXPECT_EQ(2, generations_for<std::vector<int>>({many, others, many}));
}

TEST(Keys, TuplesPairsAndOptionals) {
  EXPECT_EQ(2, (generations_for<std::pair<int, std::string>>({{1, "x"}, {1, "y"}, {1, "x"}})));
  EXPECT_EQ(3, (generations_for<std::tuple<int, bool, Mode>>(
                   {{1, true, Mode::Fast}, {1, false, Mode::Fast}, {1, true, Mode::Slow}})));
  EXPECT_EQ(3, generations_for<std::optional<int>>({std::nullopt, 0, 1, std::nullopt}));
}

struct Point {
  int x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

}  // namespace
}  // namespace cogent

template <>
struct std::hash<cogent::Point> {
  std::size_t operator()(const cogent::Point&) const { return 7; }  // all collide: only == tells them apart
};

namespace cogent {
namespace {

TEST(Keys, OwnTypes) {
  EXPECT_EQ(3, generations_for<Point>({{1, 2}, {1, 3}, {2, 2}, {1, 2}}));
  EXPECT_EQ(2, (generations_for<std::vector<Point>>({{{1, 2}}, {{1, 2}, {1, 2}}, {{1, 2}}})));
}

TEST(Keys, SeveralArgumentsDoNotRunTogether) {
  const GeneratedFunction f("f", [](Code, std::string, std::string, std::vector<int>, int) { ++generations; });
  generations = 0;
  f("ab", "c", {1}, 2);
  f("a", "bc", {1}, 2);
  f("a", "bc", {}, 2);
  f("a", "bc", {1, 2}, 2);
  EXPECT_EQ(4, generations);
  f("ab", "c", {1}, 2);
  EXPECT_EQ(4, generations);
}

TEST(Keys, SizesOfArraysButNotTheirContentsOrValues) {
  const GeneratedFunction f("f", [](Code, In<int>, DynamicIn<int>, Value<int>) { ++generations; });
  generations = 0;
  f(std::vector<int>{1, 2}, std::vector<int>{1}, 3);
  f(std::vector<int>{3, 4}, std::vector<int>{1, 2, 3}, 4);
  EXPECT_EQ(1, generations);
  f(std::vector<int>{3}, std::vector<int>{1}, 3);
  EXPECT_EQ(2, generations);
}

TEST(Keys, TheKeyOwnsItsContents) {
  const GeneratedFunction f("f", [](Code code, Value<int> x, std::span<const int> factors) {
    auto sum = code.variable(0);
    for (const int factor : factors) sum += x * factor;
    return sum;
  });
  std::vector<int> factors = {1, 2};
  EXPECT_EQ(9, f(3, factors));
  factors[1] = 5;
  EXPECT_EQ(18, f(3, factors));
  factors[1] = 2;
  EXPECT_EQ(9, f(3, factors));
}

}  // namespace
}  // namespace cogent
