// Nearest integers of square roots in lanes: of every word, around the squares of larger integers, at each level.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "ir/parse.h"
#include "optimize/pipeline.h"
#include "support/machine_code.h"

namespace cogent::x86 {
namespace {

using testing::Inputs;

/// A loop that stores roots of elements, and what shows that they are taken at once.
struct RootLoop {
  const char *from, *to, *expression;  // the expression with %2 for an element
};

constexpr RootLoop roots_of_words = {"u16", "u16", "u16(i32(round(sqrt(f32(i32(%2))))))"};
constexpr RootLoop limited_roots = {
    "u16", "u8",
    "u8(i32(min(max(sqrt(f32(i32(%2))), 0x00000000_f32), 0x43480000_f32) + 0x4b400000_f32 - 0x4b400000_f32))"};
constexpr RootLoop roots_of_sums = {
    "i32", "u8",
    "u8(i32(min(max(sqrt(f32(%2 & 16777215)), 0x00000000_f32), 0x437f0000_f32) + 0x4b400000_f32 - 0x4b400000_f32))"};

std::vector<std::int32_t> elements_for(const RootLoop& loop) {
  std::vector<std::int32_t> elements;
  for (std::int32_t i = 0; i < 1 << 16; ++i) elements.push_back(i);
  if (std::strcmp(loop.from, "i32") != 0) return elements;
  for (std::int32_t root = 200; root < 4096; ++root)
    for (const std::int32_t near : {-1, 0, 1}) elements.push_back(root * root + root + near);
  return elements;
}

Inputs inputs_of(const RootLoop& loop, const std::vector<std::int32_t>& elements) {
  const std::size_t size = std::strcmp(loop.from, "i32") == 0 ? 4 : 2, count = elements.size();
  Inputs inputs;
  inputs.memory.resize(count * (size + 2));
  for (std::size_t i = 0; i < count; ++i) std::memcpy(inputs.memory.data() + i * size, &elements[i], size);
  inputs.arrays = {{0, static_cast<std::int64_t>(count)}, {count * size, static_cast<std::int64_t>(count)}};
  inputs.values.resize(2);
  return inputs;
}

class LaneRoots : public ::testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (GetParam() > detected_cpu_level()) GTEST_SKIP() << "this machine lacks the level";
  }
  static void expect_exact(const RootLoop& loop, bool is_word) {
    const std::vector<std::int32_t> elements = elements_for(loop);
    const std::string size = std::to_string(elements.size());
    const std::string text = "program \"p\"(in " + std::string(loop.from) + "[" + size + "] a0, out " + loop.to + "[" +
                             size + "] a1) -> void {\n  for %1 = 0i64 to " + size +
                             " step 1 {\n    let %2 = a0[%1]\n    a1[%1] = " + loop.expression + "\n  }\n}\n";
    const ir::Program program = ir::parse(text);
    optimize::Pipeline pipeline;
    pipeline.run(program);
    const auto loops = pipeline.find_lanes();
    ASSERT_EQ(1u, loops.size()) << text;
    const bool is_root = std::ranges::any_of(loops.front().steps, [](const ir::LaneStep& step) {
      return step.op == ir::Op::SquareRoot && step.type == ir::Type::U16;
    });
    EXPECT_EQ(is_word, is_root) << text;
    const testing::Inputs inputs = inputs_of(loop, elements);
    EXPECT_EQ(testing::run_on_copy(program, inputs, testing::interpreter()).memory,
              testing::run_on_copy(program, inputs, testing::best_machine_code(GetParam())).memory)
        << text;
  }
};

TEST_P(LaneRoots, AreExact) {
  expect_exact(roots_of_words, true);
  expect_exact(limited_roots, true);
  expect_exact(roots_of_sums, true);
}

TEST_P(LaneRoots, LeaveOtherRootsToFloats) {
  expect_exact({"i32", "u16", "u16(i32(round(sqrt(f32(%2 & 131071)))))"}, false);  // beyond words, without a limit
  expect_exact({"u16", "u16", "u16(i32(sqrt(f32(i32(%2)))))"}, false);             // rounded down
  expect_exact({"i32", "u8", "u8(i32(round(min(sqrt(f32(%2 & 65535)), 0x41cc0000_f32))))"}, false);
  expect_exact({"i32", "u16", "u16(i32(round(max(sqrt(f32(%2 & 65535)), 0x40400000_f32))))"}, false);
}

INSTANTIATE_TEST_SUITE_P(Levels, LaneRoots, ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
