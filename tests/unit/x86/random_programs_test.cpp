// Random structured machine programs, executed three ways: over virtual registers, over the allocation's homes, and as
// machine code. All must leave the same memory, status and error.
#include <gtest/gtest.h>

#include <vector>

#include "unit/x86/executable.h"
#include "unit/x86/machine_simulator.h"
#include "unit/x86/random_machine_program.h"
#include "x86/coalesce_moves.h"
#include "x86/encoder.h"
#include "x86/fuse_instructions.h"
#include "x86/sink_returns.h"

namespace cogent::x86 {
namespace {

struct Outcome {
  Status status;
  std::uint32_t site;
  std::int64_t index;
  std::vector<std::uint8_t> memory;
  bool operator==(const Outcome&) const = default;
};

class RandomPrograms : public testing::TestWithParam<CpuLevel> {
 protected:
  template <class Run>
  Outcome outcome(std::uint64_t seed, Run run) {
    std::vector<std::uint8_t> memory(RandomMachineProgram::memory_bytes);
    std::mt19937_64 random(seed);
    for (std::uint8_t& byte : memory) byte = static_cast<std::uint8_t>(random());
    std::uint64_t arguments[RandomMachineProgram::argument_count] = {};
    arguments[1] = reinterpret_cast<std::uint64_t>(memory.data());
    for (std::size_t i = 2; i < RandomMachineProgram::argument_count; ++i) arguments[i] = random() >> random() % 64;
    ErrorRecord error;
    const Status status = run(arguments, error);
    return {status, error.site, error.index, memory};
  }

  Outcome simulated(std::uint64_t seed, const Allocation* allocation) {
    return outcome(seed, [&](std::uint64_t* arguments, ErrorRecord& error) {
      const SimulationResult result = simulate(program_, arguments, allocation);
      error = result.error;
      finished_ = result.steps < 1000000;
      return result.status;
    });
  }

  void check(std::uint64_t seed, const RegisterFile& file, bool floats = false) {
    std::mt19937_64 shape(seed);
    RandomMachineProgram random(seed, 4 + static_cast<int>(shape() % 20), static_cast<int>(shape() % 12),
                                10 + static_cast<int>(shape() % 150), floats);
    random.write(program_, GetParam());
    if (floats && seed % 2 == 0) coalescing_.run(program_);
    const Allocation& allocation = scan_.run(program_, file);
    spilled_ += allocation.general_slots;
    spilled_vectors_ += allocation.vector_slots;
    const Outcome expected = simulated(seed, nullptr);
    ASSERT_TRUE(finished_) << "seed " << seed;
    ASSERT_EQ(expected, simulated(seed, &allocation)) << "allocation, seed " << seed;
    if (!runs_here()) return;
    const MachineCode by_xbyak = encoder_.encode(program_, allocation, GeneralEncoding::Xbyak);
    const std::vector<std::uint8_t> expected_bytes(by_xbyak.bytes.begin(), by_xbyak.bytes.end());
    const MachineCode code = encoder_.encode(program_, allocation);
    ASSERT_TRUE(std::equal(code.bytes.begin(), code.bytes.end(), expected_bytes.begin(), expected_bytes.end()))
        << "direct encoding, seed " << seed;
    const Executable executable(code.bytes);
    const Outcome actual =
        outcome(seed, [&](std::uint64_t* arguments, ErrorRecord& error) { return executable(arguments, &error); });
    ASSERT_EQ(expected, actual) << "machine code, seed " << seed;
    ++executed_;
  }

  bool runs_here() const { return GetParam() <= detected_cpu_level(); }

  MachineProgram program_;
  MoveCoalescing coalescing_;
  InstructionFusion fusion_;
  ReturnSinking sinking_;
  LinearScan scan_;
  Encoder encoder_;
  bool finished_ = true;
  int spilled_ = 0, spilled_vectors_ = 0, executed_ = 0;
};

TEST_P(RandomPrograms, AgreeWithAllRegisters) {
  for (std::uint64_t seed = 1; seed <= 600; ++seed) check(seed, frame::allocatable(GetParam()));
  EXPECT_GT(spilled_, 0);
  EXPECT_EQ(executed_, runs_here() ? 600 : 0);
}

// Few registers: nearly everything is spilled, so that every operand is tried in memory.
TEST_P(RandomPrograms, AgreeWithFewRegisters) {
  for (const int count : {1, 2, 4}) {
    RegisterFile file = frame::allocatable(GetParam());
    for (int i = std::popcount(file.general); i > count; --i) file.general &= file.general - 1;
    for (int i = std::popcount(file.vector); i > count; --i) file.vector &= file.vector - 1;
    for (std::uint64_t seed = 1000; seed <= 1300; ++seed) check(seed, file);
  }
  EXPECT_GT(spilled_, 1000);
  EXPECT_TRUE(GetParam() == CpuLevel::Baseline || spilled_vectors_ > 500);
}

TEST_P(RandomPrograms, AgreeWithFloatsAndCalls) {
  for (const int count : {1, 2, 4, 8, 32}) {
    RegisterFile file = frame::allocatable_to_scalars(GetParam());
    for (int i = std::popcount(file.general); i > count; --i) file.general &= file.general - 1;
    for (int i = std::popcount(file.vector); i > count; --i) file.vector &= file.vector - 1;
    for (std::uint64_t seed = 5000; seed <= 5300; ++seed) check(seed, file, true);
  }
  EXPECT_GT(spilled_vectors_, 500);
}

TEST_P(RandomPrograms, ComputeTheSameWithoutMoves) {
  std::size_t removed = 0;
  for (std::uint64_t seed = 2000; seed <= 3000; ++seed) {
    RandomMachineProgram random(seed, 4 + static_cast<int>(seed % 9), 0, 20 + static_cast<int>(seed % 100));
    random.write(program_, GetParam());
    const std::size_t before = program_.instructions.size();
    const Outcome expected = simulated(seed, nullptr);
    coalescing_.run(program_);
    ASSERT_EQ(expected, simulated(seed, nullptr)) << "seed " << seed;
    removed += before - program_.instructions.size();
  }
  EXPECT_GT(removed, 1000u);
}

TEST_P(RandomPrograms, ComputeTheSameWithFusedMemory) {
  std::size_t removed = 0;
  for (std::uint64_t seed = 4000; seed <= 5000; ++seed) {
    RandomMachineProgram random(seed, 4 + static_cast<int>(seed % 9), 0, 20 + static_cast<int>(seed % 100));
    random.write(program_, GetParam());
    const std::size_t before = program_.instructions.size();
    const Outcome expected = simulated(seed, nullptr);
    fusion_.run(program_);
    ASSERT_EQ(expected, simulated(seed, nullptr)) << "seed " << seed;
    removed += before - program_.instructions.size();
  }
  EXPECT_GT(removed, 100u);
}

TEST_P(RandomPrograms, ComputeTheSameWithSunkReturns) {
  int changed = 0;
  for (std::uint64_t seed = 6000; seed <= 6600; ++seed) {
    RandomMachineProgram random(seed, 4 + static_cast<int>(seed % 9), 0, 20 + static_cast<int>(seed % 100));
    random.write(program_, GetParam());
    const Label labels = program_.label_count;
    const Outcome expected = simulated(seed, nullptr);
    sinking_.run(program_);
    ASSERT_EQ(expected, simulated(seed, nullptr)) << "seed " << seed;
    const Allocation& allocation = scan_.run(program_, frame::allocatable(GetParam()));
    ASSERT_EQ(expected, simulated(seed, &allocation)) << "allocation, seed " << seed;
    changed += program_.label_count != labels;
  }
  EXPECT_GT(changed, 0);
}

INSTANTIATE_TEST_SUITE_P(Levels, RandomPrograms, testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
