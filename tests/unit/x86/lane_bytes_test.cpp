// Bytes in the middle of 4, taken out by permutations where shifts would move them down.
#include <gtest/gtest.h>

#include <algorithm>

#include "ir/parse.h"
#include "optimize/pipeline.h"
#include "support/execution.h"
#include "support/machine_code.h"
#include "x86/scalar.h"

namespace cogent::x86 {
namespace {

ir::Program shifted(const std::string& value, const char* type = "i32") {
  return ir::parse(
      "program \"bytes\"(in " + std::string(type) +
      "[300] a0, out u8[300] a1) -> void {\n  for %1 = 0i64 to 300 step 1 {\n    let %2 = a0[%1]\n    a1[%1] = " +
      value + "\n  }\n}\n");
}

TEST(LaneBytes, AreTheBitsThatShiftsGive) {
  testing::MachineCompiler compiler;
  const auto expect_agreement = [&](const ir::Program& program, const std::string& what) {
    for (const CpuLevel level : testing::cpu_levels()) {
      const ir::Program& optimized = compiler.optimize(program);
      for (std::uint64_t seed = 0; seed < 3; ++seed)
        ASSERT_EQ(
            "", find_difference(testing::random_inputs(program, seed), {"interpreted", program, testing::interpreter()},
                                {"vectorised", optimized, compiler.best(level)}))
            << what << ", " << name(level);
    }
  };
  for (int bit = 0; bit < 32; ++bit) {
    const std::string count = std::to_string(bit),
                      ones = std::to_string((std::int64_t{1} << std::min(bit + 8, 31)) - 1);
    expect_agreement(shifted("u8(%2 >> " + count + ")"), "all bits from " + count);
    expect_agreement(shifted("u8(%2 >> " + count + ")", "u32"), "all bits without a sign from " + count);
    expect_agreement(shifted("u8((%2 & " + ones + ") >> " + count + ")"), "bits that fit from " + count);
    expect_agreement(shifted("u8(min(max(%2 >> " + count + ", 0), 255))"), "limited bits from " + count);
    expect_agreement(shifted("max(u8((%2 & " + ones + ") >> " + count + "), u8((%2 & " + ones + ") >> 9))"),
                     "two of a number from " + count);
  }
}

std::ptrdiff_t count_shifts(const std::string& value) {
  optimize::Pipeline pipeline;
  MachineProgram machine;
  ScalarLowering lowering;
  const ir::Program& optimized = pipeline.run(shifted(value));
  machine.clear(CpuLevel::Avx512);
  lowering.run(optimized, machine, pipeline.find_lanes());
  EXPECT_NE(lowering.lane_plans().front().lanes, 0);
  return std::ranges::count_if(machine.instructions, [](const Instruction& each) {
    return each.opcode == Opcode::Vpsrld || each.opcode == Opcode::Vpsrad || each.opcode == Opcode::Vpackssdw;
  });
}

TEST(LaneBytes, NeedNoShiftsWherePermutationsTakeThem) {
  if (!has_vbmi()) GTEST_SKIP() << "this machine lacks permutations of bytes";
  EXPECT_EQ(count_shifts("u8((%2 & 8388607) >> 15)"), 0);
  EXPECT_EQ(count_shifts("u8(%2 >> 16)"), 0);
  EXPECT_NE(count_shifts("u8((%2 & 2097151) >> 13)"), 0);
  EXPECT_NE(count_shifts("u8(min(max(%2 >> 16, 0), 255))"), 0);  // what does not fit is brought to the nearest
}

}  // namespace
}  // namespace cogent::x86
