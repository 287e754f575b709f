// Features 26 to 28, 30 to 40, 48 and 49: everything that C++ has may run while generating.
#include <gtest/gtest.h>

#include <cogent/cogent.h>
#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

namespace cogent {
namespace {

void add_twice(Variable<int>& sum, const Value<int>& x) {
  sum += x;
  sum += x;
}

GeneratedFunction references("references", [](GeneratedCodeBlock& code, Value<int> x) {
  auto sum = code.variable(1);
  auto add = [&](int times) { sum += x * times; };
  add_twice(sum, x);
  add(10);
  return sum;
});

TEST(Features, ReferencesAndCapturesInHelpers) { EXPECT_EQ(references.run_checked(3), 1 + 6 + 30); }

Value<int> scaled(Value<int> x, int factor) {
  if (factor == 1) return x;
  return x * factor;
}

GeneratedFunction returns("returns", [](GeneratedCodeBlock&, Value<int> x) { return scaled(x, 1) + scaled(x, 5); });

TEST(Features, HelperWithTwoReturns) { EXPECT_EQ(returns.run_checked(4), 24); }

Value<int> deep(Value<int> x, int depth) { return depth == 0 ? x : Value<int>(deep(x, depth - 1) * 3 + depth); }

GeneratedFunction recursion("recursion", [](GeneratedCodeBlock&, Value<int> x) { return deep(x, 1000) & 0xffff; });

TEST(Features, PlainRecursionOfKnownDepth) {
  unsigned expected = 7;
  for (unsigned depth = 1; depth <= 1000; ++depth) expected = expected * 3 + depth;
  EXPECT_EQ(recursion(7), static_cast<int>(expected & 0xffff));
}

struct Complex {
  Value<double> re, im;
  friend Complex operator*(const Complex& a, const Complex& b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  }
};

GeneratedFunction cube("cube", [](GeneratedCodeBlock&, Value<double> re, Value<double> im) {
  const Complex z{re, im};
  const Complex cubed = z * z * z;
  return cubed.re + cubed.im;
});

TEST(Features, StructOfValuesWithOperators) { EXPECT_EQ(cube.run_checked(1, 2), -11 - 2); }

GeneratedFunction median("median", [](GeneratedCodeBlock&, Value<int> a, Value<int> b, Value<int> c) {
  std::array<Value<int>, 3> first{a, b, c};
  std::vector<Value<int>> sorted;
  sorted.push_back(min(first[0], first[1]));
  sorted.push_back(max(first[0], first[1]));
  return max(sorted[0], min(sorted[1], first[2]));
});

TEST(Features, ArraysAndVectorsOfValues) {
  EXPECT_EQ(median.run_checked(3, 1, 2), 2);
  EXPECT_EQ(median.run_checked(1, 9, 5), 5);
}

GeneratedFunction swapped("swapped", [](GeneratedCodeBlock& code, Value<int> x, Value<int> y) {
  auto a = code.variable(x), b = code.variable(y);
  if (auto _ = code.when(a > b)) std::swap(a, b);
  return a * 100 + b;
});

TEST(Features, StdSwapOfVariables) {
  EXPECT_EQ(swapped.run_checked(7, 3), 307);
  EXPECT_EQ(swapped.run_checked(3, 7), 307);
}

GeneratedFunction extremes("extremes", [](GeneratedCodeBlock&, Value<int> x, Value<double> y) {
  return min(x, 10) + max(x, -10) + max(y, 0.5) + min(x, y);
});

TEST(Features, MinimumAndMaximum) {
  EXPECT_EQ(extremes.run_checked(20, 1.25), 10 + 20 + 1.25 + 1.25);
  EXPECT_EQ(extremes.run_checked(-20, 0.25), -20 - 10 + 0.5 - 20);
}

GeneratedFunction clamped("clamped", [](GeneratedCodeBlock&, Value<int> x, Value<float> y) {
  return clamp(x, 0, 255) + clamp(y, -1.0f, 1.0f);
});

TEST(Features, Clamp) {
  EXPECT_EQ(clamped.run_checked(300, -7.0f), 254.0f);
  EXPECT_EQ(clamped.run_checked(-3, 0.5f), 0.5f);
}

std::pair<Value<int>, Value<int>> divided(Value<int> a, int b) { return {a / b, a % b}; }
std::optional<Value<int>> known(Value<int> x, bool is_there) {
  if (is_there) return x;
  return std::nullopt;
}

GeneratedFunction parts("parts", [](GeneratedCodeBlock&, Value<int> x, bool is_there) {
  auto [quotient, rest] = divided(x, 10);
  return quotient * 100 + rest + known(x, is_there).value_or(Value<int>(0));
});

TEST(Features, OptionalsPairsAndStructuredBindings) {
  EXPECT_EQ(parts.run_checked(47, true), 407 + 47);
  EXPECT_EQ(parts.run_checked(47, false), 407);
}

GeneratedFunction table("table", [](GeneratedCodeBlock&, Value<int> x, int which) {
  const std::vector<std::function<Value<int>(Value<int>)>> functions = {
      [](Value<int> v) { return v + 1; }, [](Value<int> v) { return v * v; }, [](Value<int> v) { return -v; }};
  return functions.at(static_cast<std::size_t>(which))(x);
});

TEST(Features, PlainTableOfFunctions) {
  EXPECT_EQ(table.run_checked(5, 0), 6);
  EXPECT_EQ(table.run_checked(5, 1), 25);
  EXPECT_EQ(table.run_checked(5, 2), -5);
}

struct Shape {
  virtual ~Shape() = default;
  virtual Value<int> area(Value<int> size) const = 0;
};
struct Square : Shape {
  Value<int> area(Value<int> size) const override { return size * size; }
};
struct Circle : Shape {
  Value<int> area(Value<int> size) const override { return size * size * 355 / 113; }
};

GeneratedFunction area("area", [](GeneratedCodeBlock&, Value<int> size, bool is_round) {
  std::unique_ptr<Shape> shape;
  if (is_round)
    shape = std::make_unique<Circle>();
  else
    shape = std::make_unique<Square>();
  return shape->area(size);
});

TEST(Features, PlainVirtualCalls) {
  EXPECT_EQ(area.run_checked(10, false), 100);
  EXPECT_EQ(area.run_checked(10, true), 314);
}

GeneratedFunction counter("counter", [](GeneratedCodeBlock& code, Value<bool> flag) {
  int count = 0;
  if (auto _ = code.when(flag)) count = 1;
  return Value<int>(count);
});

TEST(Features, PlainVariableInAGeneratedBranchIsNoticed) {
  try {
    counter.run_checked(true);
    ADD_FAILURE() << "no error";
  } catch (const GenerationError& error) {
    EXPECT_NE(std::string::npos, std::string(error.what()).find("a plain C++ variable changes in that block"))
        << error.what();
  }
}

GeneratedFunction refusing("refusing", [](GeneratedCodeBlock&, Value<int> x, int plain) {
  if (plain < 0) throw std::invalid_argument("negative");
  try {
    throw 5;
  } catch (int caught) {
    return x + plain + caught;
  }
});

TEST(Features, ExceptionsWhileGenerating) {
  EXPECT_EQ(refusing.run_checked(1, 2), 8);
  EXPECT_THROW(refusing(1, -2), std::invalid_argument);
  EXPECT_EQ(refusing(1, 3), 9);
}

GeneratedFunction smooth("smooth",
                         [](GeneratedCodeBlock& code, In<std::uint8_t> source, Out<std::uint8_t> target, int width) {
                           for (auto y : code.range(target.size() / width))
                             for (auto x : code.range(width)) {
                               auto at = y * (width + 2) + x;
                               target[y * width + x] = (source[at] + source[at + 1] * 2 + source[at + 2]) / 4;
                             }
                         });

TEST(Features, VectorisedLoops) {
  constexpr int width = 100, height = 10;
  std::vector<std::uint8_t> source((width + 2) * height), target(width * height);
  for (std::size_t i = 0; i < source.size(); ++i) source[i] = static_cast<std::uint8_t>(i * 7);
  smooth.run_checked(source, target, width);
  const std::string explanation = smooth.explain(source, target, width).text;
  EXPECT_NE(explanation.find("stencil"), std::string::npos) << explanation;
}

GeneratedFunction sum("sum", [](GeneratedCodeBlock& code, In<int> numbers) {
  auto result = code.variable<std::int64_t>(0);
  for (auto i : code.range(numbers.size())) result += numbers[i];
  return result;
});

TEST(Features, PartsOfALoopOnSeveralThreads) {
  std::vector<int> numbers(10000);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<int>(i);
  std::array<std::int64_t, 4> sums{};
  {
    std::vector<std::jthread> threads;
    for (std::size_t part = 0; part < sums.size(); ++part)
      threads.emplace_back([&, part] { sums[part] = sum(std::span<const int>(numbers).subspan(part * 2500, 2500)); });
  }
  EXPECT_EQ(sums[0] + sums[1] + sums[2] + sums[3], 9999 * 10000 / 2);
}

}  // namespace
}  // namespace cogent
