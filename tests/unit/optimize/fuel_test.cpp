// Fuel: a pipeline makes as many rewrites as it may, and tells the last one.
#include "optimize/fuel.h"

#include <gtest/gtest.h>

#include "ir/parse.h"
#include "ir/text.h"
#include "ir/verifier.h"
#include "optimize/pipeline.h"
#include "support/execution.h"
#include "support/random_program.h"

namespace cogent::optimize {
namespace {

TEST(Fuel, CountsNestedRewritesAfterThoseAroundThem) {
  Fuel fuel;
  fuel.fill(2);
  EXPECT_FALSE(fuel.spend("none", 1, [] { return false; }));
  EXPECT_EQ(0u, fuel.spent());
  EXPECT_TRUE(fuel.spend("outer", 2, [&] {
    EXPECT_TRUE(fuel.spend("inner", 3, [] { return true; }));
    EXPECT_FALSE(fuel.spend("one too many", 4, [] { return true; }));
    return true;
  }));
  EXPECT_EQ(2u, fuel.spent());
  EXPECT_STREQ("inner", fuel.last().pass);
  EXPECT_EQ(3, fuel.last().line);
}

TEST(Fuel, WithoutItTheProgramStaysAsItIs) {
  const ir::Program program =
      ir::parse("program \"f\"(inout u8[4] a0) -> void {\n  for %1 = 0i64 to 3 step 1 {\n    a0[%1] = 5\n  }\n}\n");
  Pipeline pipeline;
  EXPECT_EQ(ir::print(program), ir::print(pipeline.run(program, {.fuel = 0})));
  EXPECT_EQ(0u, pipeline.fuel().spent());
  EXPECT_EQ(nullptr, pipeline.fuel().last().pass);
  EXPECT_NE(ir::print(program), ir::print(pipeline.run(program)));
  EXPECT_GT(pipeline.fuel().spent(), 1u);
}

TEST(Fuel, EachUnitMakesOneRewriteMore) {
  Pipeline pipeline;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const ir::Program program = testing::random_program(seed);
    pipeline.run(program);
    const std::uint32_t all = pipeline.fuel().spent();
    for (std::uint32_t fuel = 1; fuel <= all; ++fuel) {
      const ir::Program& optimised = pipeline.run(program, {.fuel = fuel});
      EXPECT_EQ(fuel, pipeline.fuel().spent());
      EXPECT_NE(nullptr, pipeline.fuel().last().pass);
      ASSERT_EQ("", ir::describe(ir::verify(optimised))) << "seed " << seed << ", fuel " << fuel;
    }
  }
}

TEST(Fuel, IsTakenByLoopsThatAreVectorised) {
  const std::string loop = "  for %1 = 0i64 to 100 step 1 {\n    a0[%1] = 5\n  }\n";
  const std::string other = "  for %2 = 0i64 to 100 step 1 {\n    a0[%2] = 7\n  }\n";
  const ir::Program program = ir::parse("program \"f\"(inout u8[100] a0) -> void {\n" + loop + other + "}\n");
  Pipeline pipeline;
  pipeline.run(program);
  const std::uint32_t before = pipeline.fuel().spent();
  EXPECT_EQ(2u, pipeline.find_lanes().size());
  EXPECT_EQ(2u, pipeline.find_lanes().size());
  EXPECT_EQ(before + 2, pipeline.fuel().spent());
  pipeline.run(program, {.fuel = before + 1});
  EXPECT_EQ(1u, pipeline.find_lanes().size());
  EXPECT_STREQ("vectorise_loops", pipeline.fuel().last().pass);
}

}  // namespace
}  // namespace cogent::optimize
