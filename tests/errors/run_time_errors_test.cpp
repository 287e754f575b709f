// Errors of running functions: index, division, step, requirement. Machine code, plain run and run_checked agree in
// message and line; what comes before the error has been done; the next call works.
#include <cstdint>
#include <vector>

#include "errors/expect_error.h"

namespace cogent::errors {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;
using Numbers = std::vector<int>;

/// The same error from every way of running.
template <class Function, class... A>
void expect_everywhere(const Function& function, const Expected& expected, const std::source_location& at,
                       const A&... arguments) {
  expect_run_time_error([&] { function(arguments...); }, expected, at);
  expect_run_time_error([&] { function.run_plain(arguments...); }, expected, at);
  expect_run_time_error([&] { function.run_checked(arguments...); }, expected, at);
  expect_run_time_error([&] { function.specialize(arguments...)(arguments...); }, expected, at);
}
std::source_location here(const std::source_location& at = std::source_location::current()) { return at; }

TEST(RunTimeErrors, IndexOfAValue) {
  const int line = __LINE__ + 1;
  const GeneratedFunction read("read", [](Code, In<int> table, Value<int> at) { return table[at]; });
  const Numbers table = {1, 2, 3};
  expect_everywhere(read, {"index 3 is outside of table, which has 3 elements (in read)", line}, here(), table, 3);
  expect_everywhere(read, {"index -1 is outside of table", line}, here(), table, -1);
  EXPECT_EQ(3, read(table, 2));
  EXPECT_EQ(3, read.run_checked(table, 2));
}

TEST(RunTimeErrors, IndexErrorTellsArrayIndexAndSize) {
  const GeneratedFunction read("read", [](Code, DynamicIn<int> first, DynamicIn<int> second, Value<int64_t> at) {
    return first[at] + second[at];
  });
  const Numbers first(9), second(4);
  try {
    read(first, second, 7);
    FAIL();
  } catch (const RunTimeError& error) {
    EXPECT_EQ("second", error.array());
    EXPECT_EQ(7, error.index());
    EXPECT_EQ(4, error.size());
  }
  EXPECT_EQ(0, read(first, second, 3));
}

TEST(RunTimeErrors, WriteOutOfBounds) {
  const GeneratedFunction write("write",
                                [](Code, DynamicOut<std::uint8_t> result, Value<int64_t> at) { result[at] = 7; });
  const int line = __LINE__ - 1;
  std::vector<std::uint8_t> result(2);
  expect_everywhere(write, {"index 2 is outside of result, which has 2 elements", line}, here(), std::span(result),
                    int64_t{2});
  EXPECT_EQ((std::vector<std::uint8_t>{0, 0}), result);
  write(result, 1);
  EXPECT_EQ((std::vector<std::uint8_t>{0, 7}), result);
}

TEST(RunTimeErrors, EnormousIndexes) {
  const GeneratedFunction read("read", [](Code, DynamicIn<int> table, Value<std::uint64_t> at) { return table[at]; });
  const Numbers table(3);
  for (const std::uint64_t at : {std::uint64_t{1} << 32, std::uint64_t{1} << 62, ~std::uint64_t{0}}) {
    expect_run_time_error([&] { read(table, at); }, {"is outside of table"});
    expect_run_time_error([&] { read.run_checked(table, at); }, {"is outside of table"});
  }
}

TEST(RunTimeErrors, EmptyArray) {
  const GeneratedFunction first("first", [](Code, DynamicIn<int> table) { return table[0]; });
  expect_run_time_error([&] { first(Numbers{}); }, {"index 0 is outside of table, which has 0 elements"});
  EXPECT_EQ(5, first(Numbers{5}));
}

TEST(RunTimeErrors, DivisionByZero) {
  const int line = __LINE__ + 1;
  const GeneratedFunction divide("divide", [](Code, Value<int> a, Value<int> b) { return a / b; });
  expect_everywhere(divide, {"division by zero (in divide)", line}, here(), 4, 0);
  EXPECT_EQ(-2, divide(4, -2));
  const GeneratedFunction rest("rest", [](Code, Value<std::uint64_t> a, Value<std::uint64_t> b) { return a % b; });
  expect_everywhere(rest, {"division by zero (in rest)"}, here(), std::uint64_t{4}, std::uint64_t{0});
  EXPECT_EQ(1u, rest(4, 3));
}

TEST(RunTimeErrors, DivisionWhoseResultIsNotUsed) {
  const GeneratedFunction divide("divide", [](Code, Value<int> a, Value<int> b) {
    a / b;
    return a;
  });
  expect_everywhere(divide, {"division by zero", __LINE__ - 3}, here(), 4, 0);
  EXPECT_EQ(4, divide(4, 1));
}

TEST(RunTimeErrors, CompoundDivision) {
  const GeneratedFunction divide("divide", [](Code, InOut<int> data, Value<int> b) {
    data[0] += 1;
    data[1] /= b;
    data[2] += 1;
  });
  const int line = __LINE__ - 3;
  Numbers data = {10, 20, 30};
  expect_run_time_error([&] { divide(data, 0); }, {"division by zero", line});
  EXPECT_EQ((Numbers{11, 20, 30}), data);
  expect_run_time_error([&] { divide.run_plain(data, 0); }, {"division by zero", line});
  EXPECT_EQ((Numbers{12, 20, 30}), data);
  divide(data, 5);
  EXPECT_EQ((Numbers{13, 4, 31}), data);
}

TEST(RunTimeErrors, WhatComesBeforeIsDoneAndNothingAfter) {
  const GeneratedFunction copy("copy", [](Code code, In<int> source, Out<int> result, In<int> order) {
    for (auto i : code.range(order.size())) result[i] = source[order[i]];
  });
  const int line = __LINE__ - 2;
  const Numbers source = {5, 6, 7}, order = {2, 0, 1, 3, 1};
  for (int way = 0; way < 2; ++way) {
    Numbers result(5, -1);
    const auto call = [&] { way == 0 ? copy(source, result, order) : copy.run_plain(source, result, order); };
    expect_run_time_error(call, {"index 3 is outside of source, which has 3 elements", line});
    EXPECT_EQ((Numbers{7, 5, 6, -1, -1}), result);
  }
}

TEST(RunTimeErrors, Requirement) {
  const int line = __LINE__ + 2;
  const GeneratedFunction half("half", [](Code code, Value<int> x) {
    code.require(x % 2 == 0, "an even number");
    return x / 2;
  });
  expect_everywhere(half, {"an even number (required in half)", line}, here(), 3);
  EXPECT_EQ(4, half(8));
}

TEST(RunTimeErrors, RequirementThatNeverHolds) {
  const GeneratedFunction never("never", [](Code code, int wanted) { code.require(wanted == 1, "one is wanted"); });
  expect_run_time_error([&] { never(2); }, {"one is wanted"});
  never(1);
}

TEST(RunTimeErrors, StepOfZero) {
  const int line = __LINE__ + 3;
  const GeneratedFunction count("count", [](Code code, Value<int> step) {
    auto n = code.variable(0);
    for ([[maybe_unused]] auto i : code.range(0, 10, step)) ++n;
    return n;
  });
  expect_everywhere(count, {"the step of a loop is 0, so it would never end (in count)", line}, here(), 0);
  EXPECT_EQ(4, count(3));
  EXPECT_EQ(0, count(-3));
}

TEST(RunTimeErrors, BehindAConditionOnlyWhenItHolds) {
  const GeneratedFunction read("read", [](Code code, In<int> table, Value<bool> wants) {
    auto result = code.variable(-1);
    if (auto _ = code.when(wants)) result = table[5];
    return result;
  });
  const Numbers table(5);
  EXPECT_EQ(-1, read(table, false));
  EXPECT_EQ(-1, read.run_checked(table, false));
  expect_everywhere(read, {"index 5 is outside of table, which has 5 elements", __LINE__ - 6}, here(), table, true);
}

TEST(RunTimeErrors, InSkippedRightSidesNothingFails) {
  const GeneratedFunction safe("safe", [](Code, DynamicIn<int> table, Value<int> at, Value<int> divisor) {
    return at >= 0 && at < table.size() && (divisor == 0 || table[at] / divisor == 2);
  });
  const Numbers table = {8, 4};
  EXPECT_TRUE(safe.run_checked(table, 0, 4));
  EXPECT_FALSE(safe.run_checked(table, 1, 4));
  EXPECT_FALSE(safe.run_checked(table, 2, 4));
  EXPECT_FALSE(safe.run_checked(table, -1, 0));
  EXPECT_TRUE(safe.run_checked(table, 1, 0));
}

TEST(RunTimeErrors, AfterAThousandErrorsTheFunctionStillWorks) {
  const GeneratedFunction read("read", [](Code, In<int> table, Value<int> at) { return table[at]; });
  const Numbers table = {1, 2, 3};
  for (int i = 0; i < 1000; ++i) EXPECT_THROW(read(table, 3 + i), RunTimeError);
  EXPECT_EQ(2, read(table, 1));
}

}  // namespace
}  // namespace cogent::errors
