// Vectorised loops that change an array in place, of every length: their rests are done by smaller blocks, which must
// not do an iteration twice or leave one out.
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

constexpr std::size_t most = 600;

ir::Program add_in_place(const std::string& type, const std::string& trips) {
  return ir::parse("program \"add\"(in " + type + "[600] a0, inout " + type +
                   "[600] a1, i64 p2) -> void {\n"
                   "  for %1 = 0i64 to " +
                   trips +
                   " step 1 {\n"
                   "    let %2 = a0[%1] unchecked\n"
                   "    let %3 = a1[%1] unchecked\n"
                   "    a1[%1] = %2 + %3 unchecked\n"
                   "  }\n}\n");
}

testing::Inputs random_inputs(std::int64_t trips, std::size_t element) {
  testing::Inputs inputs;
  inputs.memory.resize(2 * most * element);
  testing::Random random(static_cast<std::uint64_t>(trips));
  for (std::byte& byte : inputs.memory) byte = static_cast<std::byte>(random.bits());
  inputs.arrays = {{0, most}, {most * element, most}};
  inputs.values = {0, 0, trips};
  return inputs;
}

void compare(const std::string& type, std::size_t element) {
  testing::MachineCompiler compiler;
  const auto agree = [&](const std::string& trips_in_text, std::int64_t trips) {
    const ir::Program program = add_in_place(type, trips_in_text);
    const ir::Program& optimized = compiler.optimize(program);
    for (const CpuLevel level : testing::cpu_levels())
      EXPECT_EQ("", find_difference(random_inputs(trips, element), {"interpreted", program, testing::interpreter()},
                                    {"vectorised", optimized, compiler.best(level)}))
          << type << ", " << name(level) << ", " << trips_in_text << " rounds: " << trips;
  };
  for (std::int64_t trips = 1; trips <= static_cast<std::int64_t>(most); trips += 7) {
    agree("p2", trips);
    agree(std::to_string(trips), trips);
  }
}

TEST(LaneRests, OfWords) { compare("i32", 4); }
TEST(LaneRests, OfDoubles) { compare("f64", 8); }

int vector_additions(const std::string& trips) {
  optimize::Pipeline pipeline;
  MachineProgram machine;
  ScalarLowering lowering;
  const ir::Program& optimized = pipeline.run(add_in_place("i32", trips));
  machine.clear(CpuLevel::Avx512);
  lowering.run(optimized, machine, pipeline.find_lanes());
  return static_cast<int>(std::ranges::count_if(machine.instructions,
                                                [](const Instruction& each) { return each.opcode == Opcode::Vpaddd; }));
}

TEST(LaneRests, AreDoneByVectors) {
  EXPECT_EQ(vector_additions("128"), 4);
  EXPECT_EQ(vector_additions("96"), 4 + 2);
  EXPECT_EQ(vector_additions("p2"), 4 + 1);
}

}  // namespace
}  // namespace cogent::x86
