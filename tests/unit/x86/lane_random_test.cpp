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

TEST_P(LaneRandom, Agree) {
  const testing::Executor execute = testing::best_machine_code(GetParam());
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    const ir::Program program = testing::random_lane_loop(seed);
    for (std::uint64_t input = 1; input <= 2; ++input)
      ASSERT_EQ("", find_difference(testing::random_inputs(program, seed * 2 + input, {.most_elements = 210}),
                                    {"interpreted", program, testing::interpreter()}, {"vectorised", program, execute}))
          << "seed " << seed << ", input " << input;
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, LaneRandom, ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

// Most of the random loops are vectorised, or the test above says little.
TEST(LaneRandomLoops, AreMostlyVectorised) {
  int loops = 0, vectorised = 0, gathered = 0;
  optimize::Pipeline pipeline;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    const ir::Program& program = pipeline.run(testing::random_lane_loop(seed));
    for (const ir::Statement& statement : program.statements) loops += statement.what == ir::Do::For;
    for (const ir::LaneLoop& loop : pipeline.find_lanes()) {
      ++vectorised;
      for (const ir::LaneStep& step : loop.steps) gathered += step.kind == ir::LaneStep::Kind::Reduce;
    }
  }
  EXPECT_GT(vectorised * 3, loops);
  EXPECT_GT(gathered, 100);
}

}  // namespace
}  // namespace cogent::x86
