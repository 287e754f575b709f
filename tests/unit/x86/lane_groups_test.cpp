// Loops in which all accesses alternate alike: registers are sorted as they are in memory, 16 bytes by 16 bytes.
#include <gtest/gtest.h>

#include <algorithm>

#include "ir/parse.h"
#include "optimize/pipeline.h"
#include "support/execution.h"
#include "support/machine_code.h"
#include "x86/scalar.h"

namespace cogent::x86 {
namespace {

// Each element of an iteration is the product of its own two, plus the next one of the first array.
ir::Program products(const std::string& type, int stride, int trips) {
  const std::string size = type + '[' + std::to_string(stride * trips) + ']';
  std::string text = "program \"products\"(in " + size + " a0, in " + size + " a1, out " + size +
                     " a2) -> void {\n  for %1 = 0i64 to " + std::to_string(trips) + " step 1 {\n";
  const auto at = [&](int k) { return "[%1 * " + std::to_string(stride) + " + " + std::to_string(k) + "]"; };
  const auto value = [](int number) { return '%' + std::to_string(number + 2); };
  for (int k = 0; k < stride; ++k) {
    text += "    let " + value(2 * k) + " = a0" + at(k) + "\n";
    text += "    let " + value(2 * k + 1) + " = a1" + at(k) + "\n";
  }
  for (int k = 0; k < stride; ++k)
    text += "    a2" + at(k) + " = " + value(2 * k) + " * " + value(2 * k + 1) + " + " + value(2 * ((k + 1) % stride)) +
            "\n";
  return ir::parse(text + "  }\n}\n");
}

TEST(LaneGroups, GiveWhatTheLoopGives) {
  testing::MachineCompiler compiler;
  for (const CpuLevel level : testing::cpu_levels())
    for (const std::string type : {"u8", "i16", "u32", "f32", "i64", "f64"})
      for (const int stride : {2, 4})
        for (const int trips : {1, 7, 16, 61}) {
          const ir::Program program = products(type, stride, trips);
          const ir::Program& optimized = compiler.optimize(program);
          ASSERT_EQ("", find_difference(testing::random_inputs(program, static_cast<std::uint64_t>(trips)),
                                        {"interpreted", program, testing::interpreter()},
                                        {"vectorised", optimized, compiler.best(level)}))
              << name(level) << ", " << type << ", " << stride << " elements, " << trips << " times";
        }
}

bool moves_between_pieces(CpuLevel level, const ir::Program& program) {
  optimize::Pipeline pipeline;
  MachineProgram machine;
  ScalarLowering lowering;
  const ir::Program& optimized = pipeline.run(program);
  machine.clear(level);
  lowering.run(optimized, machine, pipeline.find_lanes());
  EXPECT_NE(lowering.lane_plans().front().lanes, 0);
  return std::ranges::any_of(machine.instructions, [](const Instruction& each) {
    return each.opcode == Opcode::Vinserti128 || each.opcode == Opcode::Vpermt2d;
  });
}

TEST(LaneGroups, AreSortedWithinSixteenBytesIfAllAlternateAlike) {
  const std::string begin =
      "program \"p\"(in f32[200] a0, out f32[200] a1) -> void {\n  for %1 = 0i64 to 100 step 1 {\n"
      "    let %2 = a0[%1 * 2]\n    let %3 = a0[%1 * 2 + 1]\n";
  for (const CpuLevel level : {CpuLevel::Avx2, CpuLevel::Avx512}) {
    EXPECT_FALSE(moves_between_pieces(level, products("f32", 2, 100)));
    EXPECT_TRUE(moves_between_pieces(level, ir::parse(begin + "    a1[%1] = %2 + %3\n  }\n}\n")));
  }
}

}  // namespace
}  // namespace cogent::x86
