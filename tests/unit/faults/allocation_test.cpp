// Every allocation of a scenario fails in turn: the caller gets std::bad_alloc, nothing leaks, nothing is half cached,
// and the next call works.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "jit/code_budget.h"
#include "jit/executable_memory.h"
#include "jit/reclaim.h"
#include "unit/faults/code_limit.h"
#include "unit/faults/failing_allocations.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using testing::FailingAllocation;

template <class Body>
void in_a_thread_of_its_own(Body body) {  // which has no compiler yet whose memory could be used again
  std::thread(body).join();
  jit::Reclaimer::collect();
}

struct InUse {
  std::size_t code = jit::CodeBudget::process().used();
  std::size_t executable = jit::ExecutableMemory::process().use().used_bytes;
  std::int64_t blocks = testing::blocks_in_use();  // the last, as what is asked above may be made only then
  bool operator==(const InUse&) const = default;
};
void PrintTo(const InUse& use, std::ostream* out) {
  *out << use.blocks << " blocks, " << use.code << " bytes of code, " << use.executable << " bytes published";
}

/// `make` makes functions and gives something to call that uses them and checks their results.
template <class Make>
class Scenario {
 public:
  explicit Scenario(Make make) : make_(make) {}

  /// Returns how many allocations failed, each in a run of its own, every `step`th.
  int fail_each(bool lasts, int step) {
    in_a_thread_of_its_own([&] { make_()(); });
    in_a_thread_of_its_own([&] { make_()(); });
    const InUse before;
    int failed = 0;
    for (bool ended = false; !ended && !::testing::Test::HasFailure(); ++failed)
      in_a_thread_of_its_own([&] { ended = !fail(failed * step, lasts); });
    EXPECT_EQ(InUse(), before);
    return failed;
  }

 private:
  /// False: there are not so many allocations.
  bool fail(int number, bool lasts) {
    SCOPED_TRACE("allocation " + std::to_string(number));
    std::optional<decltype(make_())> use;
    bool has_failed = false, has_thrown = false;
    try {
      const FailingAllocation failing(number, lasts);
      try {
        use.emplace(make_());
        (*use)();
      } catch (const std::bad_alloc&) {
        has_thrown = true;
      }
      has_failed = failing.has_failed();
    } catch (const std::exception& error) {
      ADD_FAILURE() << "another exception: " << error.what();
    }
    EXPECT_LE(has_thrown, has_failed);
    if (!use) use.emplace(make_());
    (*use)();
    (*use)();
    return has_failed;
  }

  Make make_;
};

template <class Make>
int fail_each(Make make, bool lasts = false, int step = 1) {
  return Scenario<Make>(make).fail_each(lasts, step);
}

/// As EXPECT_THROW, but lets std::bad_alloc pass.
template <class Error, class Function>
void expect_error(Function function) {
  try {
    function();
    ADD_FAILURE() << "no error";
  } catch (const Error&) {
  }
}

// ---- the scenarios

void all_control(Code code, In<int> in, Out<int> out, int times) {
  auto counts = code.scratch(16, 0);
  auto sum = code.variable(0);
  for (auto i : code.range(out.size())) {
    auto value = code.variable(in[i] / 3);
    for (int k : code.unroll(times)) {
      if (auto _ = code.when(value < k))
        if (code.breaks()) break;
      value -= k;
    }
    for (int plain : code.cases(value % 4, {0, 2})) value += plain * 100;
    if (auto _ = code.otherwise()) value += 1;
    for (int state : code.states(3, 0)) {
      ++counts[value & 15];
      if (auto _ = code.when(value > 50)) {
        value /= 2;
        if (code.go((state + 1) % 3)) continue;
      }
      if (code.leave()) break;
    }
    sum += counts[3];
    out[i] = value;
  }
  code.require(sum >= 0, "sums grow");
}

std::vector<int> counted(std::size_t count) {
  std::vector<int> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 5);
  return numbers;
}

auto make_control() {
  return [f = GeneratedFunction("all_control", all_control)] {
    static const std::vector<int> in = counted(40);
    static const std::vector<int> expected = [&] {
      std::vector<int> out(in.size());
      f.run_plain(in, out, 3);
      return out;
    }();
    int out[40] = {};
    f(in, out, 3);
    EXPECT_TRUE(std::ranges::equal(out, expected));
  };
}

TEST(Allocation, OfControlFlow) { EXPECT_GT(fail_each(make_control), 50); }
TEST(Allocation, FromThereOn) { EXPECT_GT(fail_each(make_control, true), 50); }

void blur(Code code, In<std::uint8_t, 2> in, Out<std::uint8_t, 2> out) {
  for (auto y : code.range(out.extent(0)))
    for (auto x : code.range(out.extent(1))) {
      auto sum = code.variable(0);
      for (int k = 0; k < 9; ++k) sum += in(y + k / 3, x + k % 3) * (k % 3 + 1);
      out(y, x) = clamp(sum >> 4, 0, 255);
    }
}

TEST(Allocation, OfAStencil) {
  const auto make = [] {
    return [f = GeneratedFunction("blur", blur)] {
      static const std::vector<std::uint8_t> in(70 * 6, 16);
      static std::vector<std::uint8_t> out(68 * 4);
      std::ranges::fill(out, std::uint8_t{0});
      f(View<const std::uint8_t, 2>(in.data(), {6, 70}), View<std::uint8_t, 2>(out.data(), {4, 68}));
      EXPECT_TRUE(std::ranges::all_of(out, [](int x) { return x == 18; }));
    };
  };
  EXPECT_GT(fail_each(make), 50);
}

void saxpy(Code code, In<float> x, InOut<float> y, Value<float> a) {
  for (auto i : code.range(y.size()).parallel()) y[i] += a * x[i];
}

TEST(Allocation, OfAVectorisedLoop) {
  const auto make = [] {
    return [f = GeneratedFunction("saxpy", saxpy)] {
      float x[50], y[50];
      std::ranges::fill(x, 2.0f);
      std::ranges::fill(y, 1.0f);
      f(x, y, 3.0f);
      EXPECT_TRUE(std::ranges::all_of(y, [](float number) { return number == 7; }));
      f(std::span(y, 49), std::span(y + 1, 49), 1.0f);  // they overlap: the general version
      EXPECT_EQ(y[49], 350);
    };
  };
  EXPECT_GT(fail_each(make), 50);
}

using Unary = GeneratedFunction<Value<int>(Value<int>)>;
constinit thread_local const Unary* present_square = nullptr;

int three_times(int x) { return 3 * x; }

TEST(Allocation, OfCalls) {
  const auto make = [] {
    const Unary square("square", [](Code, Value<int> x) -> Value<int> { return x * x; });
    const Unary sum("sum", [](Code code, Value<int> n) -> Value<int> {
      if (auto _ = code.when(n == 0)) code.returns(0);
      auto rest = code.recurse<int>(n - 1);
      auto first = code.call(*present_square, n);
      auto second = code.call(three_times, first);
      return rest + second;
    });
    return [square, sum] {
      present_square = &square;
      EXPECT_EQ(sum(4), 90);
    };
  };
  EXPECT_GT(fail_each(make), 50);
}

int checked(int x) {
  if (x == 9) throw std::out_of_range("nine");
  return x;
}

TEST(Allocation, OfErrors) {
  const auto make = [] {
    GeneratedFunction pick("pick", [](Code code, In<int> numbers, Value<int> which) -> Value<int> {
      code.require(which != 5, "not the one that is never asked for");
      auto number = code.call(checked, which);
      return numbers[number] / (which - 2);
    });
    return [pick] {
      const int numbers[] = {10, 20, 30};
      EXPECT_EQ(pick(numbers, 1), -20);
      for (const int which : {2, 5}) expect_error<RunTimeError>([&] { pick(numbers, which); });
      expect_error<std::out_of_range>([&] { pick(numbers, 9); });
    };
  };
  EXPECT_GT(fail_each(make), 50);
}

TEST(Allocation, OfAGenerationThatFails) {
  const auto make = [] {
    GeneratedFunction mistaken("mistaken", [](Code code, Out<int> out, int which) {
      for (auto i : code.range(out.size())) {
        out[i] = 7;
        if (which == 1) break;
        if (which == 2) throw std::out_of_range("a body's own exception, whose text is long enough to be allocated");
        for (int state : code.states(2, 0)) {
          if (which == 3) code.require(i < 0, "unreachable");
          if (state == 1 && which == 4) break;
          if (code.go(1 - state)) continue;
        }
      }
    });
    return [mistaken] {
      int out[8];
      for (const int which : {1, 4}) expect_error<GenerationError>([&] { mistaken(out, which); });
      expect_error<std::out_of_range>([&] { mistaken(out, 2); });
    };
  };
  EXPECT_GT(fail_each(make), 50);
}

TEST(Allocation, OfOtherWaysToRun) {
  const auto make = [] {
    GeneratedFunction halve("halve", [](Code code, InOut<int> numbers) {
      for (auto i : code.range(numbers.size())) numbers[i] /= 2;
    });
    return [halve] {
      int numbers[] = {40, 80};
      halve.run_plain(numbers);
      halve.run_checked(numbers);
      EXPECT_EQ(numbers[1], 20);
    };
  };
  EXPECT_GT(fail_each(make), 100);
}

TEST(Allocation, OfTexts) {
  const auto make = [] {
    GeneratedFunction power("power", [](Code code, Value<int> x, int n) -> Value<int> {
      auto result = code.variable(1);
      for ([[maybe_unused]] auto k : code.range(n)) result *= x;
      return result;
    });
    return [power] {
      EXPECT_NE(power.explain(3, 5).text.find("power"), std::string::npos);
      EXPECT_NE(power.get_assembly(3, 5).find("ret"), std::string::npos);
      EXPECT_NE(power.get_program(3, 5).find("return"), std::string::npos);
    };
  };
  EXPECT_GT(fail_each(make), 50);
}

TEST(Allocation, OfAnErrorWithTheNameOfAnArray) {  // which is looked for in this file
  const auto make = [] {
    GeneratedFunction pick("pick",
                           [](Code, In<int> numbers, Value<int> which) -> Value<int> { return numbers[which]; });
    return [pick] {
      const int three[] = {10, 20, 30};
      expect_error<RunTimeError>([&] { pick(three, 3); });
    };
  };
  EXPECT_GT(fail_each(make, false, 17), 10);
}

// ---- what is kept

TEST(Allocation, OfInsertionAndEviction) {
  const testing::CodeLimit limit(6000);
  const auto make = [] {
    GeneratedFunction add("add", [](Code, Value<int> x, int y) -> Value<int> { return x + y; });
    return [add] {
      for (int y = 0; y < 20; ++y) {
        EXPECT_EQ(add(100, y), 100 + y);
        EXPECT_LE(jit::CodeBudget::process().used(), jit::CodeBudget::process().limit());
      }
      const auto kept = add.specialize(0, 4);
      EXPECT_EQ(kept(100, 4), 104);
    };
  };
  EXPECT_GT(fail_each(make), 200);
  EXPECT_GT(fail_each(make, true), 200);
}

}  // namespace
}  // namespace cogent
