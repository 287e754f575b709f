// What the fuzzer makes of a failing program: smaller, and no smaller than what fails.
#include "fuzz/reduce.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "fuzz/failure.h"
#include "fuzz/subject.h"
#include "ir/parse.h"
#include "ir/text.h"
#include "programs/text_case.h"
#include "support/random_program.h"
#include "support/text_inputs.h"

namespace cogent::fuzz {
namespace {

bool has(const ir::Program& program, ir::Op op) {
  return std::any_of(program.nodes.begin(), program.nodes.end(), [&](const ir::Node& node) { return node.op == op; });
}

TEST(Reduce, LeavesLittleButWhatFails) {
  int reduced = 0;
  for (std::uint64_t seed = 1; reduced < 5; ++seed) {
    const std::string recorded = ir::print(testing::random_program(seed), {.lines = true});
    const auto fails = [](const ir::Program& candidate) { return has(candidate, ir::Op::ShiftLeft); };
    if (!fails(ir::parse(recorded))) continue;
    ++reduced;
    const std::string text = reduce_program(recorded, fails, 3000);
    EXPECT_TRUE(fails(ir::parse(text)));
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 20) << text;  // of hundreds
  }
}

TEST(Reduce, TakesRegionsAwayOrWhatSurroundsThem) {
  const std::string text = reduce_program(
      "program \"f\"(inout i32[4] a0, i32 p1) -> void {\n"
      "  if p1 < 3 {\n    a0[0] = 700\n  } else {\n    a0[1] = 2\n  }\n"
      "  loop {\n    a0[2] = p1 % 7\n    break L\n  }\n"
      "  for %1 = 0i32 to 12 step 1 {\n    a0[3] = %1 + p1\n  }\n}\n",
      [](const ir::Program& program) { return has(program, ir::Op::Index); }, 1000);
  EXPECT_EQ("program \"f\"(inout i32[4] a0, i32 p1) -> void {\n  for %1 = 0i32 to 0 step 0 {\n  }\n}\n", text);
}

TEST(Reduce, ClearsInputsThatDoNotMatter) {
  const ir::Program program = ir::parse("program \"f\"(in i16[4] a0, i32 p1, i32 p2) -> void {\n}\n");
  const testing::Inputs inputs = testing::read_inputs(program, "a0 = 5 6 7 8, p1 = 40, p2 = 50");
  const testing::Inputs reduced = reduce_inputs(program, inputs, [](const testing::Inputs& candidate) {
    return std::to_integer<int>(candidate.memory[candidate.arrays[0].offset + 4]) == 7 && candidate.values[2] != 0;
  });
  EXPECT_EQ("a0 at " + std::to_string(inputs.arrays[0].offset) + " = 0 0 7 0, p1 = 0, p2 = 1",
            testing::print_inputs(program, reduced));
}

TEST(Reduce, BisectsToTheFirstRewriteThatMatters) {
  for (std::uint32_t guilty = 0; guilty <= 9; ++guilty)
    EXPECT_EQ(guilty, bisect(9, [&](std::uint32_t fuel) { return fuel >= guilty; }));
}

TEST(Failures, AreKeptAsTextTests) {
  Failure failure;
  failure.seed = 7;
  failure.text = "program \"f\"(inout u8[2] a0, i64 p1) -> i32 {\n  a0[p1] = 9 @4\n  return 3\n}\n";
  const ir::Program program = ir::parse(failure.text);
  failure.inputs = testing::read_inputs(program, "a0 = 1 2, p1 = 1");
  failure.disabled = optimize::pass_named("prove_bounds");
  failure.mismatch = {"machine code for avx2", "result: 3 expected, 4 found"};
  const std::filesystem::path path = save(failure, ::testing::TempDir() + "cogent_fuzz_test");
  const programs::TextCase saved = programs::read_text_case(path);
  ASSERT_EQ(1u, saved.sections.size());
  EXPECT_EQ(ir::print(program), ir::print(ir::parse(saved.program)));
  EXPECT_EQ("a0 at 8 = 1 2, p1 = 1, without prove_bounds", saved.sections[0].options);
  EXPECT_EQ("done\nresult 3\na0 = 1 9\n", saved.sections[0].expected);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace cogent::fuzz
