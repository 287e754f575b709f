// A vectorised loop whose result overlaps what it reads: accesses that differ by constants are looked at together.
#include <gtest/gtest.h>

#include <algorithm>

#include "ir/parse.h"
#include "optimize/pipeline.h"
#include "support/execution.h"
#include "support/machine_code.h"
#include "support/random.h"
#include "x86/scalar.h"

namespace cogent::x86 {
namespace {

constexpr std::int64_t read = 800, written = 200, rounds = 150;

// Joins two neighbours in each of three rows of so many elements.
ir::Program join_rows(int row, const std::string& trips) {
  std::string text =
      "program \"rows\"(in u8[800] a0, out u8[200] a1, i32 p2) -> void {\n  for %1 = 0i32 to " + trips + " step 1 {\n";
  std::string sum = "0";
  for (int i = 0; i < 6; ++i) {
    const std::string name = '%' + std::to_string(i + 2);
    text += "    let " + name + " = a0[i64(%1) + " + std::to_string(i / 2 * row + i % 2) + "] unchecked\n";
    sum = "(" + sum + " ^ i32(" + name + "))";
  }
  return ir::parse(text + "    a1[i64(%1)] = u8(" + sum + ") unchecked\n  }\n}\n");
}

// The result begins `distance` elements behind the first one that is read.
testing::Inputs overlapping(std::int64_t distance) {
  constexpr std::int64_t margin = 256;
  testing::Inputs inputs;
  inputs.memory.resize(read + written + 2 * margin);
  testing::Random random(static_cast<std::uint64_t>(distance + margin));
  for (std::byte& byte : inputs.memory) byte = static_cast<std::byte>(random.bits());
  inputs.arrays = {{margin, read}, {static_cast<std::size_t>(margin + distance), written}};
  inputs.values = {0, 0, rounds};
  return inputs;
}

TEST(LaneOverlap, GivesWhatTheLoopGives) {
  constexpr std::int64_t between_distances = 3;
  testing::MachineCompiler compiler;
  std::int64_t first = -220;
  for (const CpuLevel level : testing::cpu_levels())
    for (const std::string trips : {"150", "p2"})
      for (const int row : {2, 70, 300}) {
        const ir::Program program = join_rows(row, trips);
        const ir::Program& optimized = compiler.optimize(program);
        const testing::Executor execute = compiler.best(level);
        for (std::int64_t distance = first; distance <= read; distance += between_distances)
          ASSERT_EQ("", find_difference(overlapping(distance), {"interpreted", program, testing::interpreter()},
                                        {"vectorised", optimized, execute}))
              << name(level) << ", " << row << " elements from row to row, distance " << distance;
        ++first;
      }
}

int tests_for_overlap(int row) {
  optimize::Pipeline pipeline;
  MachineProgram machine;
  ScalarLowering lowering;
  const ir::Program& optimized = pipeline.run(join_rows(row, "150"));
  machine.clear(CpuLevel::Avx2);
  lowering.run(optimized, machine, pipeline.find_lanes());
  return static_cast<int>(std::ranges::count_if(machine.instructions, [](const Instruction& each) {
    return each.opcode == Opcode::JumpIf && each.condition == Condition::AboveEqual;
  }));
}

TEST(LaneOverlap, IsLookedForOnceIfNothingFitsBetweenTheRows) {
  EXPECT_EQ(tests_for_overlap(70), 1);
  EXPECT_EQ(tests_for_overlap(310), 3);
}

}  // namespace
}  // namespace cogent::x86
