// The whole way of a convolution written as flat loop: optimised, recognised, lowered, run beside a naive loop.
#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "optimize/pipeline.h"
#include "optimize/recognise_stencil.h"
#include "unit/optimize/convolution_programs.h"
#include "unit/x86/stencil_runner.h"

namespace cogent::x86 {
namespace {

class StencilPrograms : public testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (detected_cpu_level() < GetParam()) GTEST_SKIP() << "this machine lacks " << name(GetParam());
  }
  int number(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  // for (i in destination) destination[i] = clamp((sum + bias) >> shift, 0, 255)
  void record(optimize::Convolution& c, int bias, int shift) {
    c.loop(c.width * c.height, [&](ir::Id i) {
      const ir::Id base = c.add(c.times(c.over(i, c.width), c.pitch), c.modulo(i, c.width));
      const ir::Id sum = c.plus(c.sum(base), bias);
      const ir::Id shifted = c.b.binary(ir::Op::ShiftRight, sum, c.number(shift, ir::Type::I32));
      c.store(c.destination, i, c.clamp(shifted, 0, 255));
    });
  }

  std::mt19937 random_{3};
  ir::Program program_;
  optimize::Pipeline pipeline_;
  optimize::StencilRecogniser recogniser_;
  ir::Stencil stencil_;
  StencilLowering lowering_;
  MachineProgram machine_;
  LinearScan scan_;
  Encoder encoder_;
};

TEST_P(StencilPrograms, GiveWhatTheNaiveLoopGives) {
  for (int round = 0; round < 500 && !HasFailure(); ++round) {
    const int side = number(1, 15), width = number(16, 200), height = number(1, 40);
    optimize::Convolution c(program_, width, height, side);
    const int largest = number(0, 3) == 0 ? number(1, 3000) : number(1, 20);
    for (std::int64_t& tap : c.kernel) tap = number(0, 3) == 0 ? 0 : number(-largest, largest);
    c.kernel.front() = 1;
    const int bias = number(-500, 500), shift = number(0, 1) * number(0, 8);
    record(c, bias, shift);
    const ir::Program& optimized = pipeline_.run(program_);
    ASSERT_TRUE(recogniser_.run(optimized, pipeline_.ranges(), pipeline_.forms(), stencil_))
        << recogniser_.why_not() << ", " << width << "x" << height << ", side " << side;
    machine_.clear(GetParam());
    ASSERT_TRUE(lowering_.run(optimized, stencil_, machine_)) << describe(lowering_.result());
    const MachineCode code = encoder_.encode(machine_, scan_.run(machine_));

    ir::StencilStage stage;
    stage.width = stage.height = side;
    stage.bias = bias;
    stage.shift = shift;
    const ir::Stencil expected_stencil =
        tight_stencil(stage, std::vector<std::int32_t>(c.kernel.begin(), c.kernel.end()), width, height);
    const auto source_count = static_cast<std::size_t>((width + side - 1) * (height + side - 1));
    const auto count = static_cast<std::size_t>(width * height);
    const GuardedBytes source(source_count), result(count);
    for (std::size_t i = 0; i < source_count; ++i) source.data()[i] = static_cast<std::uint8_t>(random_());
    std::vector<std::uint8_t> expected(count);
    run_naively(expected_stencil, source.data(), expected.data());
    std::uint64_t arguments[3] = {0, reinterpret_cast<std::uintptr_t>(source.data()),
                                  reinterpret_cast<std::uintptr_t>(result.data())};
    ErrorRecord error;
    ASSERT_EQ(Executable(code.bytes)(arguments, &error), Status::Done);
    EXPECT_EQ(std::memcmp(result.data(), expected.data(), count), 0)
        << lowering_.describe_plan() << ", " << width << "x" << height;
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, StencilPrograms, testing::Values(CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
