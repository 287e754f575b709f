// Random programs mean the same after the passes: all of them, each alone, and all but each.
#include <gtest/gtest.h>

#include "ir/text.h"
#include "ir/verifier.h"
#include "optimize/pipeline.h"
#include "support/execution.h"
#include "support/random_program.h"

namespace cogent::optimize {
namespace {

using testing::find_difference;
using testing::interpreter;
using testing::random_inputs;
using testing::random_program;

constexpr PassSet all_passes = ~PassSet{0};

// Empty, or how the optimised program differs or is not well-formed.
std::string flaw_of(const ir::Program& program, PassSet disabled, int inputs) {
  thread_local Pipeline pipeline;
  const ir::Program& optimised = pipeline.run(program, {.disabled = disabled, .collect_notes = false});
  const std::string flaws = ir::describe(ir::verify(optimised));
  if (!flaws.empty()) return flaws + ir::print(program) + ir::print(optimised);
  for (int seed = 1; seed <= inputs; ++seed) {
    const std::string difference =
        find_difference(random_inputs(program, static_cast<std::uint64_t>(seed)), {"recorded", program, interpreter()},
                        {"optimised", optimised, interpreter()});
    if (!difference.empty()) return difference;
  }
  return {};
}

TEST(RandomPrograms, MeanTheSameAfterAllPasses) {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed)
    ASSERT_EQ(
        "",
        flaw_of(random_program(
                    seed, {.size = 10 + static_cast<int>(seed % 50), .floats = seed % 2 == 0, .shapes = seed % 3 != 0}),
                0, 2))
        << "seed " << seed;
}

class EachPass : public ::testing::TestWithParam<const char*> {};

TEST_P(EachPass, AloneChangesOnlySpeed) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed)
    ASSERT_EQ("", flaw_of(random_program(seed, {.floats = seed % 2 == 0, .shapes = seed % 3 != 0}),
                          all_passes & ~pass_named(GetParam()), 2))
        << "seed " << seed;
}

TEST_P(EachPass, MissingChangesOnlySpeed) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed)
    ASSERT_EQ("", flaw_of(random_program(seed, {.floats = seed % 2 == 0, .shapes = seed % 3 != 0}),
                          pass_named(GetParam()), 2))
        << "seed " << seed;
}

std::vector<const char*> names() {
  std::vector<const char*> result;
  for (const Pass& pass : passes()) result.push_back(pass.name);
  return result;
}

INSTANTIATE_TEST_SUITE_P(Table, EachPass, ::testing::ValuesIn(names()),
                         [](const ::testing::TestParamInfo<const char*>& info) { return std::string(info.param); });

TEST(RandomPrograms, ThatEndWithoutFaultHaveNoProvableFault) {
  Pipeline pipeline;
  int faulty = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    const ir::Program program = random_program(seed, {.floats = seed % 2 == 0, .shapes = seed % 3 != 0});
    pipeline.run(program);
    if (!pipeline.fault()) continue;
    ++faulty;
    for (std::uint64_t input = 1; input <= 5; ++input) {
      const auto after = testing::run_on_copy(program, random_inputs(program, input), interpreter());
      ASSERT_NE(interpret::Outcome::End::Done, after.outcome.end) << "seed " << seed << '\n' << ir::print(program);
    }
  }
  EXPECT_GT(faulty, 0);
}

}  // namespace
}  // namespace cogent::optimize
