// What vectors leave over: nothing where no accesses can overlap, so that the loop itself is left out.
#include <gtest/gtest.h>

#include <algorithm>

#include "ir/parse.h"
#include "optimize/pipeline.h"
#include "support/execution.h"
#include "support/machine_code.h"
#include "x86/scalar.h"

namespace cogent::x86 {
namespace {

ir::Program loop(const std::string& parameters, const std::string& last, const std::string& body) {
  return ir::parse("program \"rest\"(" + parameters + ") -> void {\n  for %1 = 0i64 to " + last + " step 1 {\n" + body +
                   "\n  }\n}\n");
}

struct Row {
  const char* parameters;
  const char* body;
};

constexpr Row rows[] = {
    {"out u8[300] a0, i64 p1", "a0[%1] = u8(%1 * 3)"},
    {"out u8[1300] a0, i64 p1", "a0[(p1 & 3) * 301 + %1] = u8(%1)\n a0[(p1 + 1 & 3) * 301 + %1 + 1] = u8(%1 + 7)"},
    {"inout i32[300] a0, i64 p1", "let %2 = a0[%1]\n a0[%1] = %2 * %2 + i32(%1)"},
    {"inout u8[900] a0, i64 p1",
     "let %2 = a0[%1 * 3]\n let %3 = a0[%1 * 3 + 1]\n let %4 = a0[%1 * 3 + 2]\n a0[%1 * 3] = %4\n"
     "a0[%1 * 3 + 1] = %2\n a0[%1 * 3 + 2] = u8(i32(%3) + i32(%2) >> 1)"},
};

TEST(LaneRest, IsDoneByVectorsToo) {
  testing::MachineCompiler compiler;
  for (const Row& row : rows)
    for (const CpuLevel level : testing::cpu_levels())
      for (const char* last : {"7", "16", "33", "64", "65", "127", "128", "130", "256", "299", "300",
                               "min(max(p1, 64), 300)", "min(max(p1, 9), 300)", "min(max(p1 & 511, 70), 300)"})
        for (std::uint64_t seed = 0; seed < (last[0] == 'm' ? 12U : 1U); ++seed) {
          const ir::Program program = loop(row.parameters, last, row.body);
          const ir::Program& optimized = compiler.optimize(program);
          ASSERT_EQ("", find_difference(testing::random_inputs(program, seed),
                                        {"interpreted", program, testing::interpreter()},
                                        {"vectorised", optimized, compiler.best(level)}))
              << row.body << ", " << name(level) << ", to " << last;
        }
}

long count_loops(const ir::Program& program) {
  optimize::Pipeline pipeline;
  MachineProgram machine;
  ScalarLowering lowering;
  const ir::Program& optimized = pipeline.run(program);
  machine.clear(CpuLevel::Avx512);
  lowering.run(optimized, machine, pipeline.find_lanes());
  EXPECT_NE(lowering.lane_plans().front().lanes, 0);
  return std::ranges::count(machine.instructions, Opcode::LoopBegin, &Instruction::opcode);
}

TEST(LaneRest, IsLeftOutWhereVectorsDoAll) {
  const auto loops = [](const Row& row, const char* last) { return count_loops(loop(row.parameters, last, row.body)); };
  EXPECT_EQ(loops(rows[0], "300"), 1);
  EXPECT_EQ(loops(rows[1], "300"), 1);
  EXPECT_EQ(loops(rows[2], "256"), 1);
  EXPECT_EQ(loops(rows[2], "299"), 2);  // what was stored is not done twice
  EXPECT_EQ(loops(rows[0], "min(max(p1, 64), 300)"), 1);
  EXPECT_EQ(loops(rows[0], "min(max(p1, 3), 300)"), 2);
  EXPECT_EQ(count_loops(loop("in u8[300] a0, out u8[300] a1", "300", "let %2 = a0[%1]\n a1[%1] = %2")), 2);  // overlap
}

}  // namespace
}  // namespace cogent::x86
