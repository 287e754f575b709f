// Parallel loops in parts, the last ones first, against the interpreter: of random programs, those loops whose
// iterations are found to be independent.
#include <gtest/gtest.h>

#include "ir/text.h"
#include "ir/verifier.h"
#include "support/machine_code.h"
#include "support/parallel_programs.h"
#include "support/random_lane_loop.h"
#include "support/random_program.h"

namespace cogent::x86 {
namespace {

class ParallelRandom : public ::testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (GetParam() > detected_cpu_level()) GTEST_SKIP() << "this machine lacks the level";
  }
  /// Optimised and not. Runs that fail are left out: what later rounds have done then is not specified.
  void check(const ir::Program& program, std::uint64_t seed) {
    ASSERT_EQ("", ir::describe(ir::verify(program))) << "seed " << seed;
    const testing::Inputs inputs = testing::random_inputs(program, seed, {.overlap = false, .most_elements = 210});
    const testing::Aftermath expected = testing::run_on_copy(program, inputs, testing::interpreter());
    if (expected.outcome.end != interpret::Outcome::End::Done) return;
    ++runs_;
    for (const testing::Executor& execute :
         {testing::best_machine_code(GetParam()), testing::machine_code(GetParam())}) {
      const testing::Aftermath actual = testing::run_on_copy(program, inputs, testing::last_parts_first_of(execute));
      ASSERT_EQ("", testing::find_difference(program, inputs, expected, actual)) << "seed " << seed << "\n"
                                                                                 << ir::print(program);
    }
  }
  int runs_ = 0;
};

TEST_P(ParallelRandom, Programs) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    ir::Program program =
        testing::random_program(seed, {.size = 30, .faults = false, .floats = seed % 2 != 0, .shapes = seed % 3 != 0});
    if (testing::make_parallel(program)) check(program, seed);
  }
  EXPECT_GT(runs_, 40);
}

TEST_P(ParallelRandom, LoopsWithVectors) {
  for (std::uint64_t seed = 1; seed <= 250; ++seed) {
    ir::Program program = testing::random_lane_loop(seed);
    if (testing::make_parallel(program)) check(program, seed);
  }
  EXPECT_GT(runs_, 40);
}

INSTANTIATE_TEST_SUITE_P(Levels, ParallelRandom,
                         ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
