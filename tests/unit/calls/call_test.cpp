// code.call: C++ functions of every kind, called from plain runs, the interpreter and machine code.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <functional>
#include <numeric>

#include "unit/calls/levels.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using testing::at_every_level;

int twice(int x) { return 2 * x; }
std::int64_t sum_of(std::span<const int> values) {
  return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}
void fill(std::span<int> values, int value) {
  for (int& element : values) element = value;
}

TEST(Call, CallsAFreeFunction) {
  GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto y = code.call(twice, x + 1);
    return y * 10;
  });
  at_every_level([&] {
    EXPECT_EQ(f(3), 80);
    EXPECT_EQ(f.run_plain(3), 80);
    EXPECT_EQ(f.run_checked(3), 80);
  });
}

TEST(Call, PassesArraysToSpans) {
  GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out) {
    auto before = code.call(sum_of, in);
    code.call(fill, out, before);
    out[0] = out[1] + 1;
  });
  at_every_level([&] {
    const std::vector<int> in{1, 2, 3};
    std::vector<int> out(4), plain(4), checked(4);
    f(in, out);
    f.run_plain(in, plain);
    f.run_checked(in, checked);
    EXPECT_EQ(out, (std::vector<int>{7, 6, 6, 6}));
    EXPECT_EQ(plain, out);
    EXPECT_EQ(checked, out);
  });
}

TEST(Call, CallsCaptureLessLambdasWithEveryTypeOfNumber) {
  GeneratedFunction f("f", [](Code code, Value<std::int8_t> a, Value<float> b, Value<double> c) -> Value<double> {
    const auto mix = [](std::uint16_t x, float y, double z, bool w) noexcept { return w ? x + double{y} + z : -1.0; };
    auto result = code.call(mix, a, b, c, a > 0);
    auto small = code.call([](std::int8_t x) { return static_cast<std::int8_t>(x + 100); }, a);
    auto single = code.call([](float x) { return x * 0.5f; }, b);
    auto flag = code.call([](int x) { return x > 100; }, small);
    return result + small + single + select(flag, 1000, 0);
  });
  at_every_level([&] {
    EXPECT_EQ(f(5, 1.5f, 2.25), 5 + 1.5 + 2.25 + 105 + 0.75 + 1000);
    EXPECT_EQ(f.run_plain(5, 1.5f, 2.25), 1114.5);
    EXPECT_EQ(f.run_checked(100, 1.5f, 2.25), 100 + 3.75 - 56 + 0.75);
  });
}

struct Counter {
  int count = 0;
  int add(int step) { return count += step; }
  int get() const { return count; }
};
Counter counter;

TEST(Call, CallsMemberFunctionsOfAnObject) {
  GeneratedFunction f("f", [](Code code, Value<int> n) {
    for (auto i : code.range(n)) code.call(&Counter::add, counter, i);
    auto last = code.call(&Counter::get, counter);
    return last;
  });
  at_every_level([&] {
    counter.count = 0;
    EXPECT_EQ(f(5), 10);
    EXPECT_EQ(f.run_plain(5), 20);
    EXPECT_EQ(f.run_checked(5), 30) << "the calls are made once";
    EXPECT_EQ(counter.count, 30);
  });
}

TEST(Call, AWriteToAnArrayThatWasNotPassedIsReportedInWords) {
  static int* reached = nullptr;
  GeneratedFunction f("f", [](Code code, InOut<int> a) {
    code.call([] { reached[1] = 5; });
    a[0] += 1;
  });
  std::vector<int> a = {0, 0};
  reached = a.data();
  f(a);
  EXPECT_EQ(a, (std::vector{1, 5}));
  a = {0, 0};
  try {
    f.run_checked(a);
    FAIL() << "no difference was found";
  } catch (const CheckError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("a[1] = 5"), std::string::npos) << text;
    EXPECT_NE(text.find("a callee that reaches an array by other ways makes such a difference"), std::string::npos)
        << text;
  }
}

TEST(Call, ACallIsNeitherDroppedNorDoubledNorMoved) {
  GeneratedFunction f("f", [](Code code, InOut<int> a) {
    auto before = a[0] + 1;
    code.call([](std::span<int> all) { all[0] = 10; }, a);
    auto after = a[0];
    for (int k = 0; k < 3; ++k) code.call(&Counter::add, counter, 1);
    code.call(twice, 5);
    a[1] = before;
    a[2] = after;
  });
  at_every_level([&] {
    counter.count = 0;
    std::vector<int> a{1, 2, 3}, checked{1, 2, 3};
    f(a);
    EXPECT_EQ(a, (std::vector<int>{10, 2, 10}));
    EXPECT_EQ(counter.count, 3);
    f.run_checked(checked);
    EXPECT_EQ(checked, a);
  });
}

TEST(Call, KeepsValuesAcrossCalls) {
  GeneratedFunction f("f", [](Code code, In<int> in, In<double> weights) -> Value<double> {
    auto total = code.variable(0.0);
    auto count = code.variable(0);
    for (auto i : code.range(in.size())) {
      auto a = in[i] * 3;
      auto w = weights[i];
      auto b = code.call(twice, a);
      total += w * b + a;
      count += 1;
    }
    return total + count;
  });
  const std::vector<int> in{1, 2, 3, 4, 5};
  const std::vector<double> weights{0.5, 1.5, 2.5, 3.5, 4.5};
  double expected = 5;
  for (int i = 0; i < 5; ++i) expected += weights[i] * (6 * in[i]) + 3 * in[i];
  at_every_level([&] {
    EXPECT_EQ(f(in, weights), expected);
    EXPECT_EQ(f.run_checked(in, weights), expected);
  });
}

TEST(Call, PassesAddressesOfElements) {
  GeneratedFunction f("f", [](Code code, DynamicInOut<int> a) {
    code.call([](int* first, const int* same, std::int64_t n) { first[n - 1] = same[0] + 1; }, a, a, a.size());
  });
  at_every_level([&] {
    std::vector<int> a{4, 5, 6};
    f(a);
    EXPECT_EQ(a[2], 5);
    f.run_checked(a);
  });
}

// ---- what runs while generating

TEST(Generating, ATableOfFunctionsAndVirtualFunctionsChooseWhatIsGenerated) {
  struct Operation {
    virtual ~Operation() = default;
    virtual Value<int> apply(Code code, Value<int> x) const = 0;
  };
  struct AddOne : Operation {
    Value<int> apply(Code, Value<int> x) const override { return x + 1; }
  };
  struct Twice : Operation {
    Value<int> apply(Code code, Value<int> x) const override {
      auto y = code.call(twice, x);
      return y;
    }
  };
  GeneratedFunction f("f", [](Code code, Value<int> x, std::span<const int> program) -> Value<int> {
    const std::function<Value<int>(Value<int>)> table[] = {[](Value<int> y) -> Value<int> { return y * 10; },
                                                           [](Value<int> y) -> Value<int> { return y - 7; }};
    const AddOne add_one;
    const Twice doubled;
    const Operation* const operations[] = {&add_one, &doubled};
    auto result = code.variable(x);
    for (const int step : program) {
      if (step < 2)
        result = table[step](result);
      else
        result = operations[step - 2]->apply(code, result);
    }
    return result;
  });
  const std::vector<int> program{0, 3, 1, 2};
  at_every_level([&] {
    EXPECT_EQ(f(5, program), 94);
    EXPECT_EQ(f.run_plain(5, program), 94);
    EXPECT_EQ(f.run_checked(5, program), 94);
  });
}

TEST(Generating, PlainRecursionOfKnownDepth) {
  struct Sum {
    static Value<int> of(In<int> values, int first, int last) {
      if (last - first == 1) return values[first];
      return of(values, first, (first + last) / 2) + of(values, (first + last) / 2, last);
    }
    static Value<int> chain(Value<int> x, int depth) { return depth == 0 ? x : chain(x * 3 + 1, depth - 1); }
  };
  GeneratedFunction f("f", [](Code, In<int> values, Value<int> x) -> Value<int> {
    return Sum::of(values, 0, 64) + Sum::chain(x, 1000);
  });
  std::vector<int> values(64);
  std::iota(values.begin(), values.end(), 0);
  unsigned expected = 1;
  for (int i = 0; i < 1000; ++i) expected = expected * 3 + 1;
  at_every_level([&] { EXPECT_EQ(f(values, 1), static_cast<int>(expected + 2016)); });
}

}  // namespace
}  // namespace cogent
