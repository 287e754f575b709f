// Exceptions thrown at every place of a body while it is recorded reach the caller unchanged: nothing is cached,
// nothing leaks, the recording around goes on.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "jit/code_budget.h"
#include "jit/reclaim.h"
#include "unit/faults/failing_allocations.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;

/// What a body throws: not even a std::exception.
struct Thrown {
  int point;
};

constinit thread_local int throwing_point = 0;  // 0: none
constinit thread_local int points_passed = 0;   // of the present recording
constinit thread_local int bodies_run = 0;

void point() {
  if (++points_passed == throwing_point) throw Thrown{points_passed};
}

Value<int> helper(Code code, Value<int> x) {
  if (auto _ = code.when(x > 3)) {
    point();
    code.returns(x);
  }
  point();
  return Value<int>(x + 1);
}

int inner_result() {
  const GeneratedFunction inner("inner", [](Code code, Value<int> x) -> Value<int> {
    auto sum = code.variable(0);
    for (auto i : code.range(x)) {
      point();
      sum += i;
    }
    return sum;
  });
  return inner(5);
}

// Every kind of scope has a point within; whatever it is left by closes it.
Value<int> body(Code code, In<int> numbers, Value<int> x, int times) {
  ++bodies_run;
  points_passed = 0;
  point();
  auto sum = code.variable(0);
  for (auto i : code.range(numbers.size())) {
    point();
    if (auto _ = code.when(numbers[i] > x)) {
      for (int k : code.unroll(times)) {
        point();
        sum += k;
      }
    }
    if (auto _ = code.otherwise_when(numbers[i] == 0)) point();
    if (auto _ = code.otherwise()) {
      point();
      sum += 1;
    }
  }
  for (int plain : code.cases(x, {1, 2, 4})) {
    point();
    sum += plain;
  }
  for (int state : code.states(3, 0)) {
    point();
    if (auto _ = code.when(sum > 100)) {
      point();
      if (code.leave()) break;
    }
    sum += 30 + state;
    if (code.go((state + 1) % 3)) continue;
  }
  for (auto _ : code.loop_while([&] { return (point(), sum < 200); })) {
    for (auto _ : code.loop()) {
      point();
      ++sum;
      if (auto _ = code.when(sum % 16 == 0))
        if (code.breaks()) break;
    }
  }
  sum += inner_result();
  if (auto _ = code.when(x > 0 && (point(), numbers[0] > 0))) code.unchecked([] { point(); });
  return helper(code, sum + x);
}

const std::vector<int> numbers = {3, 0, 7, 9};

int throws_at(const GeneratedFunction<Value<int>(In<int>, Value<int>, int)>& function, int place, int times) {
  throwing_point = place;
  try {
    function(numbers, 2, times);
  } catch (const Thrown& thrown) {
    throwing_point = 0;
    return thrown.point;
  }
  throwing_point = 0;
  return 0;
}

TEST(RecordingException, ComesThroughFromEveryPlace) {
  GeneratedFunction function("function", body);
  const int expected = function.run_plain(numbers, 2, 3);
  int thrown = 0;
  for (int place = 1;; ++place) {
    SCOPED_TRACE("point " + std::to_string(place));
    GeneratedFunction fresh("function", body);
    const int found = throws_at(fresh, place, 3);
    if (found == 0) break;
    EXPECT_EQ(found, place);
    ++thrown;
    bodies_run = 0;
    EXPECT_EQ(fresh(numbers, 2, 3), expected);
    EXPECT_EQ(bodies_run, 1) << "what was left by the exception was cached";
    EXPECT_EQ(fresh(numbers, 2, 3), expected);
    EXPECT_EQ(bodies_run, 1) << "the good one was not";
  }
  EXPECT_GT(thrown, 20);
}

TEST(RecordingException, LeavesNothingBehind) {
  const auto use = [](int place) {
    const GeneratedFunction function("function", body);
    EXPECT_EQ(throws_at(function, place, 2), place);
  };
  const auto used_after = [&](int rounds) {
    std::thread([&] {
      for (int i = 0; i < rounds; ++i)
        for (int place = 1; place <= 20; ++place) use(place);
    }).join();
    jit::Reclaimer::collect();
    return testing::blocks_in_use();
  };
  used_after(1);
  const std::int64_t once = used_after(1);
  EXPECT_EQ(used_after(5), once);
}

// The body may catch what its own parts throw: the blocks that were left are closed, as with any other way to leave.
TEST(RecordingException, CaughtWithinTheBodyClosesWhatItLeaves) {
  const GeneratedFunction function("function", [](Code code, In<int> in, Value<int> x) -> Value<int> {
    auto sum = code.variable(0);
    try {
      for (auto i : code.range(in.size())) {
        sum += in[i];
        if (auto _ = code.when(x > 0)) {
          sum += x;
          for (int plain : code.cases(x, {1, 2})) {
            sum += plain * 100;
            throw Thrown{1};
          }
        }
      }
    } catch (const Thrown&) {
    }
    sum *= 2;
    return sum;
  });
  EXPECT_EQ(function(numbers, 1), 2 * (19 + 4 + 400));
  EXPECT_EQ(function(numbers, 2), 2 * (19 + 8));
}

TEST(RecordingException, InANestedGenerationLeavesTheOuterOneAlone) {
  const GeneratedFunction outer("outer", [](Code code, Value<int> x) -> Value<int> {
    auto result = code.variable(x);
    for (auto i : code.range(3)) {
      try {
        throwing_point = points_passed + 1;
        inner_result();
      } catch (const Thrown&) {
        throwing_point = 0;
      }
      result += i * inner_result();
    }
    return result;
  });
  EXPECT_EQ(outer(7), 7 + 3 * 10);
}

// ---- what a key asks of own types

struct Fragile {
  int value;
  bool operator==(const Fragile& other) const {
    if (throwing_point == -1) throw Thrown{-1};
    return value == other.value;
  }
};

}  // namespace
}  // namespace cogent

template <>
struct std::hash<cogent::Fragile> {
  std::size_t operator()(const cogent::Fragile& fragile) const {
    if (cogent::throwing_point == -2) throw cogent::Thrown{-2};
    return static_cast<std::size_t>(fragile.value);
  }
};

namespace cogent {
namespace {

TEST(RecordingException, OfAnOwnTypesComparisonOrHash) {
  const GeneratedFunction add("add", [](Code, Value<int> x, Fragile y) -> Value<int> { return x + y.value; });
  EXPECT_EQ(add(1, Fragile{77}), 78);
  for (const int place : {-1, -2}) {
    throwing_point = place;
    EXPECT_THROW(add(1, Fragile{77}), Thrown);
    throwing_point = 0;
    EXPECT_EQ(add(1, Fragile{77}), 78);
  }
}

}  // namespace
}  // namespace cogent
