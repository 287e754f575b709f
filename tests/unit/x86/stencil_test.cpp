// Which form a stencil gets, what is refused, and that overlapping memory is declined before anything is written.
#include <gtest/gtest.h>

#include <bit>
#include <cstring>

#include "unit/x86/stencil_runner.h"

namespace cogent::x86 {
namespace {

const std::vector<std::int32_t> sobel = {1, 0, -1, 2, 0, -2, 1, 0, -1};
const std::vector<std::int32_t> sharpen = {0, -1, 0, -1, 5, -1, 0, -1, 0};
const std::vector<std::int32_t> dense_3 = {3, -5, 7, 2, 11, -4, 6, -3, 5};

std::vector<std::int32_t> dense(int side) {
  std::vector<std::int32_t> taps;
  for (int i = 0; i < side * side; ++i) taps.push_back((i * 37 + 5) % 19 - 9);
  return taps;
}

ir::Stencil square(const std::vector<std::int32_t>& taps, std::int64_t width = 200, std::int64_t rows = 50) {
  ir::StencilStage stage;
  while (stage.width * stage.width < static_cast<int>(taps.size())) ++stage.width;
  stage.height = stage.width;
  return tight_stencil(stage, taps, width, rows);
}

class StencilPlanTest : public testing::Test {
 protected:
  PlanResult plan(const ir::Stencil& stencil, CpuLevel level = CpuLevel::Avx512) {
    return plan_stencil(stencil, level, {}, scratch_, plan_);
  }
  ProductList scratch_;
  StencilPlan plan_;
};

TEST_F(StencilPlanTest, SobelIsFactored) {
  ASSERT_EQ(plan(square(sobel)), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Separable);
  EXPECT_TRUE(plan_.split.interleaves);
  EXPECT_EQ(plan_.column.sums, 2);
  ASSERT_EQ(plan(square(sobel), CpuLevel::Avx2), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Separable);
  EXPECT_EQ(plan_.vector_size, 32);
}

TEST_F(StencilPlanTest, TwoColumnsOfManyWeightsAreInterleaved) {
  ASSERT_EQ(plan(square({-3, 0, 3, -7, 0, 7, -5, 0, 5})), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Unrolled);
  EXPECT_TRUE(plan_.split.interleaves);
}

TEST_F(StencilPlanTest, SparseTapsGoInPairsDenseOnesInFours) {
  ASSERT_EQ(plan(square(sharpen)), PlanResult::Planned);
  EXPECT_EQ(plan_.split.phase_columns, 0);
  EXPECT_TRUE(plan_.split.joins);
  ASSERT_EQ(plan(square(dense_3)), PlanResult::Planned);
  EXPECT_EQ(plan_.split.phase_columns, 3);
}

TEST_F(StencilPlanTest, AFifthColumnGoesInPairsDownTheRows) {
  std::vector<std::int32_t> taps(25);
  for (int i = 0; i < 25; ++i) taps[static_cast<std::size_t>(i)] = i % 7 - 3 + (i % 5 == 4);
  ASSERT_EQ(plan(square(taps)), PlanResult::Planned);
  EXPECT_EQ(plan_.split.phase_columns, 4);
  EXPECT_TRUE(plan_.split.joins);
}

TEST_F(StencilPlanTest, LargeWindowsAreRolled) {
  ASSERT_EQ(plan(square(dense(15))), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Unrolled);
  ASSERT_EQ(plan(square(dense(40))), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Rolled);
}

TEST_F(StencilPlanTest, TapsBeyondBytesTakeWordsOrTwoBytes) {
  std::vector<std::int32_t> taps = dense_3;
  taps[4] = 128;
  ASSERT_EQ(plan(square(taps), CpuLevel::Avx2), PlanResult::Planned);
  EXPECT_TRUE(plan_.split.word_taps);
  ASSERT_EQ(plan(square(taps)), PlanResult::Planned);
  EXPECT_TRUE(plan_.split.doubles);
  EXPECT_NE(describe(plan_).find("those of 9 bits as two of 8"), std::string::npos);
  taps[4] = 255;
  ASSERT_EQ(plan(square(taps)), PlanResult::Planned);
  EXPECT_TRUE(plan_.split.word_taps);
  taps[4] = 32768;
  EXPECT_EQ(plan(square(taps)), PlanResult::TapsTooLarge);
}

TEST_F(StencilPlanTest, NarrowPicturesTakeNarrowVectors) {
  const auto size_for = [&](std::int64_t width) {
    return plan(square(dense_3, width)) == PlanResult::Planned ? plan_.vector_size : 0;
  };
  EXPECT_EQ(size_for(64), 64);
  EXPECT_EQ(size_for(63), 32);
  EXPECT_EQ(size_for(31), 16);
  EXPECT_EQ(size_for(15), 0);
  EXPECT_EQ(plan(square(dense_3, 15)), PlanResult::TooNarrow);
}

TEST_F(StencilPlanTest, Refusals) {
  EXPECT_EQ(plan(square(dense_3), CpuLevel::Baseline), PlanResult::NoVectors);
  EXPECT_EQ(plan(square(std::vector<std::int32_t>(9, 0))), PlanResult::Constant);
  ir::Stencil stencil = square(dense_3);
  stencil.source_pitch = std::int64_t{1} << 32;
  EXPECT_EQ(plan(stencil), PlanResult::TooWide);
}

TEST_F(StencilPlanTest, RowsOfDeepFactorsKeepSumsForThoseBelow) {
  const std::vector<std::int32_t> binomial = {1, 4, 6, 4, 1};
  std::vector<std::int32_t> taps;
  for (const std::int32_t down : binomial)
    for (const std::int32_t across : binomial) taps.push_back(down * across);
  const auto make = [&](std::int64_t width, std::int64_t rows) {
    ir::Stencil stencil = square(taps, width, rows);
    stencil.stages[0].shift = 8;
    return stencil;
  };
  ASSERT_EQ(plan(make(200, 15)), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Separable);
  EXPECT_FALSE(plan_.keeps_sums);
  ASSERT_EQ(plan(make(3000, 1000)), PlanResult::Planned);
  EXPECT_TRUE(plan_.keeps_sums);
  EXPECT_EQ(plan_.columns_per_block, 1500);
  EXPECT_EQ(plan_.rows_per_block, 252);
  EXPECT_EQ(plan_.rows_at_once, 4);
  const MachineTraits traits{.wants_prefetch = true};
  ASSERT_EQ(plan_stencil(make(1920, 1080), CpuLevel::Avx512, traits, scratch_, plan_), PlanResult::Planned);
  EXPECT_EQ(plan_.prefetch, Prefetch::Ahead);
  EXPECT_EQ(plan_.rows_at_once, 1);
}

TEST_F(StencilPlanTest, LongFactorsAreTiled) {
  const std::vector<std::int32_t> bell = {1, 3, 9, 16, 9, 3, 1};
  std::vector<std::int32_t> taps;
  for (const std::int32_t down : bell)
    for (const std::int32_t across : bell) taps.push_back(down * across);
  for (const CpuLevel level : {CpuLevel::Avx2, CpuLevel::Avx512}) {
    ASSERT_EQ(plan(square(taps), level), PlanResult::Planned);
    EXPECT_EQ(plan_.form, StencilForm::Tiled);
    EXPECT_EQ(plan_.rows_per_block, 50);
    EXPECT_EQ(plan_.row_offset, 0);
    ASSERT_EQ(plan(square(taps, 200, 1000), level), PlanResult::Planned);
    EXPECT_LT(plan_.rows_per_block, 200);
  }
  EXPECT_FALSE(plan_.runs);
  for (std::int32_t& tap : taps) tap *= 5;  // goes to the column
  ASSERT_EQ(plan(square(taps)), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Tiled);
  ASSERT_EQ(plan(square(std::vector<std::int32_t>(31 * 31, 2))), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Tiled);
  EXPECT_TRUE(plan_.runs);
  EXPECT_NE(describe(plan_).find("running sums down the columns"), std::string::npos);
}

TEST_F(StencilPlanTest, BoxesSumColumnsAndThenRows) {
  if (!has_vbmi()) GTEST_SKIP() << "this machine cannot permute bytes";
  ASSERT_EQ(plan(square(std::vector<std::int32_t>(31 * 31, 1), 9000, 600)), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Box);
  EXPECT_EQ(plan_.columns_per_block, 3000);
  EXPECT_EQ(plan_.rows_per_block, 200);
  EXPECT_EQ(plan_.rows_at_once, 2);
  ASSERT_EQ(plan(square(std::vector<std::int32_t>(31 * 31, 1), 200, 7)), PlanResult::Planned);
  EXPECT_EQ(plan_.rows_per_block, 4);
  const ScopedWithoutVbmi without;
  ASSERT_EQ(plan(square(std::vector<std::int32_t>(31 * 31, 1))), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Tiled);
}

TEST_F(StencilPlanTest, LargeSumsOfRowsAreOffset) {
  std::vector<std::int32_t> taps;
  for (int i = 0; i < 15 * 15; ++i) taps.push_back(i % 15 == 7 ? 100 : 9);  // 226 in a row
  ASSERT_EQ(plan(square(taps)), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Tiled);
  EXPECT_EQ(plan_.row_offset, -32768);
  for (std::int32_t& tap : taps) tap = tap == 9 ? 13 : 100;
  ASSERT_EQ(plan(square(taps)), PlanResult::Planned);
  EXPECT_NE(plan_.form, StencilForm::Tiled);
}

TEST_F(StencilPlanTest, WiderResultsKeepTheFormsOfBytes) {
  ir::Stencil stencil = square(sobel);
  stencil.result = ir::Type::I16;
  stencil.stages[0].low = INT16_MIN;
  stencil.stages[0].high = INT16_MAX;
  ASSERT_EQ(plan(stencil), PlanResult::Planned);
  EXPECT_EQ(plan_.form, StencilForm::Separable);
  EXPECT_FALSE(plan_.clamps_low(stencil.stages[0]) || plan_.clamps_high(stencil.stages[0]));
  EXPECT_NE(describe(plan_).find("results of 16 bits"), std::string::npos);
  stencil.result = ir::Type::F32;
  ASSERT_EQ(plan(stencil), PlanResult::Planned);
  EXPECT_NE(describe(plan_).find("results of float"), std::string::npos);
}

TEST_F(StencilPlanTest, FewRowsMakeSmallBlocks) {
  for (const auto& taps : {sobel, dense_3, dense(40)}) {
    ASSERT_EQ(plan(square(taps, 200, 1)), PlanResult::Planned);
    EXPECT_EQ(plan_.rows_per_block, 1);
  }
}

// One row a block is the least code; the loads of many columns and constants are shared by two.
TEST_F(StencilPlanTest, BlocksHaveAsFewRowsAsHideTheirLoads) {
  const auto rows_for = [&](const std::vector<std::int32_t>& taps) {
    const ir::Stencil stencil = square(taps);
    const MachineTraits traits{.multiplies_slowly = true};
    EXPECT_EQ(plan_stencil(stencil, CpuLevel::Avx512, traits, scratch_, plan_), PlanResult::Planned);
    return plan_.rows_per_block;
  };
  EXPECT_EQ(rows_for(dense_3), 1);
  EXPECT_EQ(rows_for(dense(9)), 2);
  EXPECT_EQ(rows_for(dense(15)), 2);
}

TEST_F(StencilPlanTest, PicturesBeyondTheCacheAreStreamed) {
  const auto streams = [&](const ir::Stencil& stencil) {
    const MachineTraits traits{.wants_prefetch = true};
    EXPECT_EQ(plan_stencil(stencil, CpuLevel::Avx512, traits, scratch_, plan_), PlanResult::Planned);
    return std::pair(plan_.prefetch, plan_.rows_per_block);
  };
  EXPECT_EQ(streams(square(dense_3, 800, 500)).first, Prefetch::NextBlock);
  EXPECT_EQ(streams(square(dense_3, 1920, 1080)), std::pair(Prefetch::Run, 4));
  EXPECT_EQ(streams(square(dense_3, 2800, 1080)), std::pair(Prefetch::Run, 2));
  EXPECT_EQ(streams(square(dense_3, 3840, 2160)), std::pair(Prefetch::Ahead, 1));
  EXPECT_EQ(streams(square(dense(5), 3840, 2160)).first, Prefetch::NextBlock);
  ir::Stencil part = square(dense_3, 1920, 1080);
  part.source_pitch *= 2;
  EXPECT_EQ(streams(part), std::pair(Prefetch::Ahead, 1));
}

TEST_F(StencilPlanTest, ResultsOfLargePicturesAreWrittenPastTheCaches) {
  const auto streams = [&](const ir::Stencil& stencil) {
    const MachineTraits traits{.wants_prefetch = true, .multiplies_slowly = true, .streamed_bytes = 10'000'000};
    EXPECT_EQ(plan_stencil(stencil, CpuLevel::Avx512, traits, scratch_, plan_), PlanResult::Planned);
    return plan_.streams_results;
  };
  EXPECT_FALSE(streams(square(dense_3, 1920, 1080)));
  EXPECT_TRUE(streams(square(dense_3, 3840, 2160)));
  EXPECT_EQ(plan_.rows_per_block, 4);
  EXPECT_NE(describe(plan_).find("past the caches"), std::string::npos);
  EXPECT_FALSE(streams(square(dense_3, 3841, 2160)));  // rows begin at different places of cache lines
  ir::Stencil wide = square(dense_3, 3840, 2160);
  wide.result = ir::Type::F32;
  EXPECT_FALSE(streams(wide));
  EXPECT_FALSE(plan(square(dense_3, 3840, 2160)) == PlanResult::Planned && plan_.streams_results);
}

class StencilCode : public testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (detected_cpu_level() < GetParam()) GTEST_SKIP() << "this machine lacks " << name(GetParam());
  }
};

// The destination slides over the source, byte by byte.
class StencilOverlap : public StencilCode {
 protected:
  void expect_declines(const ir::Stencil& stencil);
};

void StencilOverlap::expect_declines(const ir::Stencil& stencil) {
  const std::int64_t read = 3 * 66 + 66, written = 2 * 64 * stencil.result_size();
  StencilRunner runner;
  ASSERT_TRUE(runner.compile(stencil, GetParam()));
  for (std::int64_t distance = -written - 3; distance < read + 3; ++distance) {
    std::vector<std::uint8_t> memory(2048);
    for (std::size_t i = 0; i < memory.size(); ++i) memory[i] = static_cast<std::uint8_t>(i * 7);
    std::vector<std::uint8_t> expected = memory;
    const bool overlaps = -written < distance && distance < read;
    const std::size_t from = 700, to = static_cast<std::size_t>(700 + distance);
    if (!overlaps) run_naively(stencil, expected.data() + from, expected.data() + to);
    EXPECT_EQ(runner.run(memory.data() + from, memory.data() + to), overlaps ? Status::Declined : Status::Done);
    EXPECT_EQ(memory, expected) << distance;
  }
}

TEST_P(StencilOverlap, IsDeclinedExactly) { expect_declines(square(dense_3, 64, 2)); }

TEST_P(StencilOverlap, OfWiderResultsIsDeclinedExactly) {
  ir::Stencil stencil = square(dense_3, 64, 2);
  stencil.stages[0].low = INT32_MIN;
  stencil.stages[0].high = INT32_MAX;
  for (const ir::Type result : {ir::Type::I32, ir::Type::F32}) {
    stencil.result = result;
    expect_declines(stencil);
  }
}

TEST_P(StencilCode, SaturatesAtTheEdgesOfTheAccumulators) {
  const std::vector<std::vector<std::int32_t>> kernels = {
      std::vector<std::int32_t>(9, 127),   std::vector<std::int32_t>(9, -128), {127, 1, -128, 0, 0, 0, 64, 64, -1},
      std::vector<std::int32_t>(9, 32767), {64, 64, 0, 0, 0, 0, 0, 0, 0},      {28, 28, 28, 28, 28, 29, 29, 29, 30}};
  for (const auto& taps : kernels)
    for (const int shift : {0, 7, 8, 16}) {
      ir::Stencil stencil = square(taps, 70, 9);
      stencil.stages[0].shift = shift;
      StencilRunner runner;
      ASSERT_TRUE(runner.compile(stencil, GetParam()));
      const std::vector<std::uint8_t> source(72 * 11, 255);
      std::vector<std::uint8_t> expected(70 * 9), result(70 * 9);
      run_naively(stencil, source.data(), expected.data());
      ASSERT_EQ(runner.run(source.data(), result.data()), Status::Done);
      EXPECT_EQ(result, expected) << taps[0] << " >> " << shift;
    }
}

TEST_P(StencilCode, EveryWidthAroundTheVectors) {
  const std::vector<std::int32_t> box(81, 1), large_box(31 * 31, 1), even_box(64 * 64, 1);
  for (const auto& taps : {sobel, sharpen, dense_3, box, large_box, even_box})
    for (std::int64_t width = 16; width <= 132; ++width) {
      if (taps.size() > 81 && width % 16 > 1) continue;
      ir::Stencil stencil = square(taps, width, 7);
      const int side = stencil.stages[0].width;
      stencil.stages[0].shift = taps.size() < 81 ? 0 : 2 * std::bit_width(static_cast<unsigned>(side)) - 3;
      StencilRunner runner;
      ASSERT_TRUE(runner.compile(stencil, GetParam()));
      const auto pitch = static_cast<std::size_t>(width + side - 1), count = static_cast<std::size_t>(width * 7);
      const std::size_t bytes = pitch * static_cast<std::size_t>(side + 6);
      const GuardedBytes source(bytes), result(count);
      for (std::size_t i = 0; i < bytes; ++i) source.data()[i] = static_cast<std::uint8_t>(i * i >> 3);
      std::vector<std::uint8_t> expected(count);
      run_naively(stencil, source.data(), expected.data());
      ASSERT_EQ(runner.run(source.data(), result.data()), Status::Done);
      EXPECT_EQ(std::memcmp(result.data(), expected.data(), count), 0) << width;
    }
}

// More strips than one, the last of which begins within the one before.
TEST_P(StencilCode, BoxesOfWidePictures) {
  ir::Stencil stencil = square(std::vector<std::int32_t>(25, 1), 8185, 5);
  stencil.stages[0].shift = 5;
  StencilRunner runner;
  ASSERT_TRUE(runner.compile(stencil, GetParam()));
  std::vector<std::uint8_t> source(8189 * 9), expected(8185 * 5), result(expected.size());
  for (std::size_t i = 0; i < source.size(); ++i) source[i] = static_cast<std::uint8_t>(i * i >> 5);
  run_naively(stencil, source.data(), expected.data());
  ASSERT_EQ(runner.run(source.data(), result.data()), Status::Done);
  EXPECT_EQ(result, expected);
}

INSTANTIATE_TEST_SUITE_P(Levels, StencilCode, testing::Values(CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });
INSTANTIATE_TEST_SUITE_P(Levels, StencilOverlap, testing::Values(CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
