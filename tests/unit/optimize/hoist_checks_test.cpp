// Checks before loops: which loops get them, and that nothing else changes, whatever the sizes and bounds are.
#include "optimize/hoist_checks.h"

#include <gtest/gtest.h>

#include "ir/parse.h"
#include "ir/text.h"
#include "ir/verifier.h"
#include "optimize/pipeline.h"
#include "support/execution.h"

namespace cogent::optimize {
namespace {

constexpr const char* signature = "in i32[?] a0, inout i32[?] a1, i32 p2, i32 p3, i64 p4";

class HoistChecks : public ::testing::Test {
 protected:
  ir::Program parse(const std::string& body) {
    const ir::Program program = ir::parse(std::string("program \"f\"(") + signature + ") -> void {\n" + body + "\n}");
    EXPECT_EQ("", ir::describe(ir::verify(program)));
    return program;
  }

  /// Optimises, and compares the runs for all small sizes and values, and for extreme values.
  void optimise(const std::string& body) {
    const ir::Program program = parse(body);
    optimized = pipeline.run(program, {.disabled = 0, .collect_notes = true});
    ASSERT_EQ("", ir::describe(ir::verify(optimized)));
    for (int size = 0; size < 5; ++size)
      for (int other = 0; other < 5; other += 2)
        for (const std::int64_t p2 : values)
          for (const std::int64_t p3 : values) compare(program, size, other, p2, p3);
  }

  void compare(const ir::Program& program, int size, int other, std::int64_t p2, std::int64_t p3) {
    for (const std::int64_t p4 : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-2}, p2 * p3, INT64_MAX, INT64_MIN}) {
      Run before(size, other, p2, p3, p4), after = before;
      const interpret::Outcome expected = interpret::run(program, before.slots, {.step_limit = 4000});
      if (expected.end == interpret::Outcome::End::Limit) continue;
      const interpret::Outcome outcome = interpret::run(optimized, after.slots, {.step_limit = 20'000});
      ASSERT_EQ(interpret::describe(expected), interpret::describe(outcome))
          << size << ' ' << other << ' ' << p2 << ' ' << p3 << ' ' << p4 << '\n'
          << ir::print(optimized);
      ASSERT_EQ(before.second, after.second);
    }
  }

  void expect_hoisted(const std::string& body) {
    optimise(body);
    EXPECT_EQ(pipeline.accesses(), pipeline.proven() + pipeline.hoisted()) << ir::print(optimized);
    EXPECT_GT(pipeline.hoisted(), 0u);
  }
  void expect_checked(const std::string& body, const std::string& why) {
    optimise(body);
    EXPECT_EQ(0u, pipeline.hoisted()) << ir::print(optimized);
    std::string notes;
    for (const Note& note : pipeline.notes()) notes += note.text + '\n';
    EXPECT_NE(std::string::npos, notes.find(why)) << notes;
  }

  struct Run {
    std::vector<std::int32_t> first, second;
    std::uint64_t slots[8];
    Run(int size, int other, std::int64_t p2, std::int64_t p3, std::int64_t p4)
        : first(static_cast<std::size_t>(size), 2), second(static_cast<std::size_t>(other), 1) {
      const auto address = [](auto& array) {
        return static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(array.data()));
      };
      const std::uint64_t filled[8] = {0,
                                       address(first),
                                       first.size(),
                                       address(second),
                                       second.size(),
                                       static_cast<std::uint64_t>(p2),
                                       static_cast<std::uint64_t>(p3),
                                       static_cast<std::uint64_t>(p4)};
      std::copy(filled, filled + 8, slots);
    }
    Run(const Run& other) : first(other.first), second(other.second) {
      std::copy(other.slots, other.slots + 8, slots);
      slots[1] = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(first.data()));
      slots[3] = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(second.data()));
    }
  };

  static constexpr std::int64_t values[] = {-3, -1, 0, 1, 2, 3, 4, 6, INT32_MAX, INT32_MIN};
  Pipeline pipeline;
  ir::Program optimized;
};

TEST_F(HoistChecks, LoopToAValue) {
  expect_hoisted(R"(
    for %1 = 0i32 to p2 step 1 {
      a1[i64(%1)] = 5
    })");
}

TEST_F(HoistChecks, SumsThatMayWrap) {
  expect_hoisted(R"(
    for %1 = 0i32 to p2 step 1 {
      let %2 = a0[i64(%1 + p3)]
      a1[i64(%1 * 2 - p3)] = %2
    })");
}

TEST_F(HoistChecks, WideSumsThatMayWrap) {
  expect_hoisted(R"(
    for %1 = p4 to i64(p2) step 1 {
      let %2 = a0[%1 + p4]
      a1[%1] = %2
    })");
}

// size(a1) * 524288 would be -2^63 in 64 bits, and so seem to be below the size of a0.
TEST_F(HoistChecks, OfSizesThatWouldOverflowInAGuard) {
  const std::string body = R"(
    for %1 = 0i64 to i64(p2) step 1 {
      let %2 = a0[%1 + size(a1) * 524288]
      a1[%1] = %2
    })";
  expect_hoisted(body);
  Run before(4, 0, 4, 0, 0);
  before.slots[4] = std::uint64_t{1} << 44;
  Run after = before;
  const interpret::Outcome expected = interpret::run(parse(body), before.slots);
  const interpret::Outcome outcome = interpret::run(optimized, after.slots);
  EXPECT_EQ(interpret::describe(expected), interpret::describe(outcome)) << ir::print(optimized);
  EXPECT_FALSE(outcome.fault.was_proven);
}

TEST_F(HoistChecks, Downward) {
  expect_hoisted(R"(
    for %1 = p2 to p3 step -1 {
      let %2 = a0[i64(%1)]
      a1[i64(p2 - %1)] = %2
    })");
}

TEST_F(HoistChecks, NeighboursUnderAConditionAndSizes) {
  expect_hoisted(R"(
    for %1 = 0i64 to size(a0) step 1 {
      if 0 < %1 {
        let %2 = a0[%1 - 1]
        a1[%1] = %2
      }
      if %1 + 1 < p4 {
        let %3 = a0[%1 + 1]
        a1[%1] = %3
      }
    })");
}

TEST_F(HoistChecks, BeforeTheOuterLoop) {
  expect_hoisted(R"(
    for %1 = 0i32 to p2 step 1 {
      for %2 = 0i32 to p2 - 1 - %1 step 1 {
        let %3 = a1[i64(%2)]
        a1[i64(%2 + 1)] = %3 + 1
      }
    })");
  EXPECT_EQ(ir::Do::If, optimized.statements[optimized.regions[0].first].what);
}

TEST_F(HoistChecks, BeforeTheInnerLoopWhereTheIndexIsAProduct) {
  expect_hoisted(R"(
    for %1 = 0i32 to p2 step 1 {
      for %2 = 0i32 to p3 step 1 {
        let %3 = a0[i64(%1 * p3 + %2)]
        a1[i64(%1)] = %3
      }
    })");
}

TEST_F(HoistChecks, IndexFromASmallElement) {
  expect_hoisted(R"(
    for %1 = 0i64 to size(a0) step 1 {
      let %2 = a0[%1]
      a1[i64(%2 & 3)] = 7
    })");
}

TEST_F(HoistChecks, LoopsThatAreLeftEarly) {
  expect_hoisted(R"(
    L1: for %1 = 0i32 to p2 step 1 {
      let %2 = a1[i64(%1)]
      a1[i64(%1)] = %2 + 1
      if %1 == p3 {
        break L1
      }
    })");
}

TEST_F(HoistChecks, NotWithAnIndexThatIsRead) {
  expect_checked(
      R"(
    for %1 = 0i64 to size(a0) step 1 {
      let %2 = a0[%1]
      a1[i64(%2)] = 7
    })",
      "the write to {} is checked each time, because its index depends on what is computed or read in the loop");
}

TEST_F(HoistChecks, NotOutsideOfLoops) { expect_checked("a1[p4] = 7", "because it is in no loop of code.range"); }

TEST_F(HoistChecks, NotWhereSomeIterationLiesOutside) {
  expect_checked(R"(
    for %1 = 0i32 to p2 step 1 {
      a1[i64(%1) - 1] = 5
    })",
                 "because some iterations of the loop would lie outside");
}

TEST_F(HoistChecks, NotWhenDisabled) {
  const ir::Program program = parse("for %1 = 0i32 to p2 step 1 {\n a1[i64(%1)] = 5\n}");
  pipeline.run(program, {.disabled = pass_named("hoist_checks")});
  EXPECT_EQ(0u, pipeline.hoisted());
}

}  // namespace
}  // namespace cogent::optimize
