// The scalar lowering against the interpreter on random programs over all types, statements and operations.
#include <gtest/gtest.h>

#include <bit>

#include "support/random_program.h"
#include "unit/x86/scalar_executor.h"

namespace cogent::x86 {
namespace {

using testing::find_difference;
using testing::interpreter;
using testing::random_inputs;
using testing::random_program;

class ScalarRandom : public ::testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (GetParam() > detected_cpu_level()) GTEST_SKIP() << "this machine lacks the level";
  }
  void check(std::uint64_t first, std::uint64_t last, int size, const testing::Executor& executor) {
    for (std::uint64_t seed = first; seed <= last; ++seed) {
      const ir::Program program = random_program(
          seed, {.size = size, .faults = seed % 3 != 0, .floats = seed % 2 != 0, .shapes = seed % 5 != 0});
      for (std::uint64_t input = 1; input <= 3; ++input)
        ASSERT_EQ("", find_difference(random_inputs(program, input), {"interpreted", program, interpreter()},
                                      {"machine code", program, executor}))
            << "seed " << seed << ", input " << input;
    }
  }
};

TEST_P(ScalarRandom, SmallProgramsAgree) { check(1, 700, 15, scalar_executor(GetParam())); }
TEST_P(ScalarRandom, LargerProgramsAgree) { check(2000, 2300, 120, scalar_executor(GetParam())); }

TEST_P(ScalarRandom, AgreesWithFewRegisters) {
  RegisterFile file = frame::allocatable_to_scalars(GetParam());
  while (std::popcount(file.general) > 2) file.general &= file.general - 1;
  while (std::popcount(file.vector) > 1) file.vector &= file.vector - 1;
  check(3000, 3300, 40, scalar_executor(GetParam(), file));
}

INSTANTIATE_TEST_SUITE_P(Levels, ScalarRandom, ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
