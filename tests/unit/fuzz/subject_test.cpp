// The fuzzer's programs reach the lowerings that they are meant for.
#include "fuzz/subject.h"

#include <gtest/gtest.h>

#include <map>

#include "ir/verifier.h"
#include "optimize/pipeline.h"
#include "support/machine_code.h"
#include "support/parallel_programs.h"
#include "support/random_stencil_loop.h"

namespace cogent::fuzz {
namespace {

bool is_stencil(const ir::Program& program) {
  return testing::describe_lowering(program, x86::CpuLevel::Avx512).starts_with("stencil");
}

TEST(RandomStencilLoops, AreMostlyStencilsOfEveryResult) {
  std::map<ir::Type, int> stencils;
  int total = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const ir::Program program = testing::random_stencil_loop(seed);
    ASSERT_EQ("", ir::describe(ir::verify(program))) << "seed " << seed;
    if (!is_stencil(program)) continue;
    ++total;
    ++stencils[program.arrays[1].type];
  }
  EXPECT_GT(total, 100);
  for (const ir::Type type : {ir::Type::U8, ir::Type::I16, ir::Type::U16, ir::Type::I32, ir::Type::F32})
    EXPECT_GT(stencils[type], 5) << ir::name_of(type);
}

TEST(Subjects, AreOfEveryKind) {
  int parallel = 0, reversed = 0, stencils = 0, vectorised = 0, alternating = 0, looked_up = 0;
  optimize::Pipeline pipeline;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Subject subject = make_subject(seed);
    parallel += testing::has_parallel_loops(subject.program);
    reversed += subject.setup.last_parts_first;
    stencils += is_stencil(subject.program);
    pipeline.run(subject.program);
    for (const ir::LaneLoop& loop : pipeline.find_lanes()) {
      ++vectorised;
      alternating += !loop.groups.empty();
      for (const ir::LaneStep& step : loop.steps) looked_up += step.kind == ir::LaneStep::Kind::LookUp;
    }
  }
  EXPECT_GT(parallel, 40);
  EXPECT_GT(reversed, 15);
  EXPECT_GT(stencils, 15);
  EXPECT_GT(vectorised, 60);
  EXPECT_GT(alternating, 10);
  EXPECT_GT(looked_up, 3);
}

}  // namespace
}  // namespace cogent::fuzz
