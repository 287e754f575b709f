// Vectorised loops against the interpreter: random bodies over all types, lengths, offsets, overlaps, at each level.
#include <gtest/gtest.h>

#include "optimize/pipeline.h"
#include "support/execution.h"
#include "support/machine_code.h"
#include "support/random_lane_loop.h"

namespace cogent::x86 {
namespace {

using testing::find_difference;

class LaneRandom : public ::testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (GetParam() > detected_cpu_level()) GTEST_SKIP() << "this machine lacks the level";
  }
};

void expect_agreement(CpuLevel level, std::uint64_t first, std::uint64_t last) {
  const testing::Executor execute = testing::best_machine_code(level);
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    const ir::Program program = testing::random_lane_loop(seed);
    for (std::uint64_t input = 1; input <= 2; ++input)
      ASSERT_EQ("", find_difference(testing::random_inputs(program, seed * 2 + input, {.most_elements = 210}),
                                    {"interpreted", program, testing::interpreter()}, {"vectorised", program, execute}))
          << "seed " << seed << ", input " << input;
  }
}

TEST_P(LaneRandom, Agree) { expect_agreement(GetParam(), 1, 600); }

// Bytes are then permuted, and bits counted, as at the level below.
TEST(LaneRandomWithoutVbmi, Agree) {
  if (!has_vbmi()) GTEST_SKIP() << "this machine lacks them anyway";
  const ScopedWithoutVbmi masked;
  expect_agreement(CpuLevel::Avx512, 1, 300);
}

INSTANTIATE_TEST_SUITE_P(Levels, LaneRandom, ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

// Most of the random loops are vectorised, or the test above says little.
TEST(LaneRandomLoops, AreMostlyVectorised) {
  int loops = 0, vectorised = 0, gathered = 0, alternating_loads = 0, alternating_stores = 0, looked_up = 0,
      masked_loads = 0, masked_stores = 0, counted_bits = 0, permuted = 0, dots = 0, pairs = 0, roots = 0;
  optimize::Pipeline pipeline;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    const ir::Program& program = pipeline.run(testing::random_lane_loop(seed));
    for (const ir::Statement& statement : program.statements) loops += statement.what == ir::Do::For;
    for (const ir::LaneLoop& loop : pipeline.find_lanes()) {
      ++vectorised;
      for (const ir::LaneGroup& group : loop.groups)
        ++(loop.accesses[group.lowest].is_store ? alternating_stores : alternating_loads);
      for (const ir::LaneAccess& access : loop.accesses)
        if (access.is_conditional) ++(access.is_store ? masked_stores : masked_loads);
      permuted += loop.permutation.stride != 0;
      for (const ir::LaneStep& step : loop.steps) counted_bits += step.op == ir::Op::PopulationCount;
      for (const ir::LaneStep& step : loop.steps) dots += step.kind == ir::LaneStep::Kind::Dot;
      for (const ir::LaneStep& step : loop.steps) pairs += step.kind == ir::LaneStep::Kind::PairDot;
      for (const ir::LaneStep& step : loop.steps) roots += step.op == ir::Op::SquareRoot && step.type == ir::Type::U16;
      for (const ir::LaneStep& step : loop.steps) looked_up += step.kind == ir::LaneStep::Kind::LookUp;
      for (const ir::LaneStep& step : loop.steps) gathered += step.kind == ir::LaneStep::Kind::Reduce;
    }
  }
  EXPECT_GT(vectorised * 3, loops);
  EXPECT_GT(gathered, 80);
  EXPECT_GT(alternating_loads, 50);
  EXPECT_GT(alternating_stores, 30);
  EXPECT_GT(looked_up, 30);
  EXPECT_GT(masked_loads, 10);
  EXPECT_GT(masked_stores, 30);
  EXPECT_GT(counted_bits, 30);
  EXPECT_GT(permuted, 15);
  EXPECT_GT(dots, 10);
  EXPECT_GT(pairs, 30);
  EXPECT_GT(roots, 30);
}

}  // namespace
}  // namespace cogent::x86
