// Thousands of random stencils at both vector levels, against a naive loop, on arrays that end or begin at an
// unreadable page.
#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <span>
#include <tuple>
#include <utility>

#include "unit/x86/stencil_runner.h"

namespace cogent::x86 {
namespace {

class RandomStencils {
 public:
  explicit RandomStencils(std::uint32_t seed) : random_(seed) {}

  int number(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  ir::Stencil make() {
    ir::StencilStage stage;
    const bool is_large = number(0, 39) == 0, is_box = number(0, 19) == 0;
    const int largest_side = is_large ? 64 : 15;
    stage.height = number(is_large ? 16 : 1, is_large || is_box ? largest_side : number(1, largest_side));
    stage.width = number(is_large ? 16 : 1, is_large || is_box ? largest_side : number(1, largest_side));
    std::vector<std::int32_t> taps = make_taps(stage);
    if (is_box) std::fill(taps.begin(), taps.end(), 1);
    stage.shift = number(0, 2) == 0 ? number(0, 12) : 0;
    stage.bias = stage.shift == 0 ? (number(0, 1) == 0 ? 0 : number(-300, 300)) : 1 << stage.shift >> 1;
    const ir::Type result = make_result();
    std::tie(stage.low, stage.high) = limits_of(result);
    if (number(0, 4) == 0) {
      const int largest = number(0, 1) == 0 ? 255 : 2000;
      stage.low = number(std::max(stage.low, -largest), std::min(stage.high, largest));
      stage.high = number(stage.low, std::min(stage.high, largest + 1));
    }
    const int narrowest = is_box && number(0, 3) != 0 ? 64 : 1;
    ir::Stencil stencil = tight_stencil(stage, taps, number(narrowest, 200), number(1, number(1, 30)));
    stencil.result = result;
    if (result == ir::Type::F32 && number(0, 1) == 0) stencil.scale = static_cast<float>(number(-9, 9)) / 7;
    stencil.source_offset = number(0, 3) == 0 ? number(0, 20) : 0;
    stencil.source_pitch += number(0, 3) == 0 ? number(0, 9) : 0;
    stencil.destination_offset = number(0, 3) == 0 ? number(0, 20) : 0;
    stencil.destination_pitch += number(0, 3) == 0 ? number(0, 9) : 0;
    if (number(0, 2) == 0) stencil.parallel_loop = 0;
    return stencil;
  }

  void fill(std::uint8_t* bytes, std::size_t count) {
    const int extreme = number(0, 3);  // all 255, all 0, or anything
    for (std::size_t i = 0; i < count; ++i)
      bytes[i] = extreme == 0 ? 255 : extreme == 1 ? 0 : static_cast<std::uint8_t>(random_());
  }

 private:
  // Bytes half of the time.
  ir::Type make_result() {
    constexpr ir::Type wide[] = {ir::Type::I16, ir::Type::U16, ir::Type::I32, ir::Type::F32};
    return number(0, 1) == 0 ? ir::Type::U8 : wide[number(0, 3)];
  }
  static std::pair<std::int32_t, std::int32_t> limits_of(ir::Type type) {
    if (ir::size_of(type) == 4) return {INT32_MIN, INT32_MAX};
    if (type == ir::Type::I16) return {INT16_MIN, INT16_MAX};
    return {0, type == ir::Type::U16 ? UINT16_MAX : 255};
  }

  std::vector<std::int32_t> make_taps(const ir::StencilStage& stage) {
    const auto count = static_cast<std::size_t>(stage.height * stage.width);
    std::vector<std::int32_t> taps(count);
    const int kind = number(0, 5);
    const int largest = kind == 0 ? 127 : kind == 1 ? number(1, number(1, 8) * 254) : number(1, 12);
    const int smallest = kind == 2 ? 0 : kind == 0 ? -128 : -largest;
    const int zeros = number(0, 2) == 0 ? number(0, 90) : 0;  // percent
    for (std::int32_t& tap : taps) tap = number(0, 99) < zeros ? 0 : number(smallest, largest);
    if (kind >= 4) make_rank_one(stage, taps);
    return taps;
  }

  void make_rank_one(const ir::StencilStage& stage, std::vector<std::int32_t>& taps) {
    std::vector<std::int32_t> column(static_cast<std::size_t>(stage.height));
    for (std::int32_t& factor : column) factor = number(-3, 6);
    if (number(0, 1) == 0) std::fill(column.begin(), column.end(), 1);
    std::vector<std::int32_t> row(static_cast<std::size_t>(stage.width));
    for (std::int32_t& factor : row) factor = number(-2, 4);
    for (std::size_t i = 0; i < taps.size(); ++i) taps[i] = column[i / row.size()] * row[i % row.size()];
  }

  std::mt19937 random_;
};

std::size_t source_bytes(const ir::Stencil& stencil) {
  const ir::StencilStage& stage = stencil.stages.front();
  return static_cast<std::size_t>(stencil.source_offset + (stencil.rows + stage.height - 2) * stencil.source_pitch +
                                  stencil.width + stage.width - 1);
}
std::size_t destination_bytes(const ir::Stencil& stencil) {
  return static_cast<std::size_t>(
      (stencil.destination_offset + (stencil.rows - 1) * stencil.destination_pitch + stencil.width) *
      stencil.result_size());
}

std::string text_of(const ir::Stencil& stencil, const StencilRunner& runner) {
  const ir::StencilStage& stage = stencil.stages.front();
  std::string text = runner.lowering().describe_plan() + "; " + std::to_string(stencil.width) + "x" +
                     std::to_string(stencil.rows) + ", bias " + std::to_string(stage.bias) + ", shift " +
                     std::to_string(stage.shift) + ", " + std::to_string(stage.low) + ".." +
                     std::to_string(stage.high) + ", taps";
  for (const std::int32_t tap : stencil.taps) text += " " + std::to_string(tap);
  return text;
}

// True if it was lowered, and then the result is the naive loop's.
bool agrees(const ir::Stencil& stencil, CpuLevel level, const MachineTraits& traits, RandomStencils& random,
            StencilRunner& runner) {
  if (!runner.compile(stencil, level, traits)) return false;
  const bool at_end = random.number(0, 1) == 0;
  const std::size_t count = destination_bytes(stencil);
  const GuardedBytes source(source_bytes(stencil), at_end), destination(count, at_end);
  random.fill(source.data(), source_bytes(stencil));
  std::memset(destination.data(), 0xa5, count);
  std::vector<std::uint8_t> expected(count, 0xa5);
  run_naively(stencil, source.data(), expected.data());
  EXPECT_EQ(runner.run(source.data(), destination.data()), Status::Done);
  EXPECT_EQ(std::memcmp(destination.data(), expected.data(), count), 0) << text_of(stencil, runner);
  return true;
}

// Boxes, the last one, need permutations of bytes.
std::size_t forms_at(CpuLevel level) { return level == CpuLevel::Avx512 && has_vbmi() ? 5 : 4; }

class StencilAtLevel : public testing::TestWithParam<CpuLevel> {};

TEST_P(StencilAtLevel, GivesWhatTheNaiveLoopGives) {
  const CpuLevel level = GetParam();
  if (detected_cpu_level() < level) GTEST_SKIP() << "this machine lacks " << name(level);
  RandomStencils random(static_cast<std::uint32_t>(level) + 7);
  StencilRunner runner;
  int forms[5] = {}, sizes[5] = {}, declined = 0;
  int running = 0, wide_tiles = 0, in_parts = 0, runs = 0, aheads = 0, kept = 0;
  for (int i = 0; i < 3000 && !HasFailure(); ++i) {
    const ir::Stencil stencil = random.make();
    const MachineTraits traits{
        .wants_prefetch = i % 2 == 0, .packs_slowly = i % 3 == 0, .cache_bytes = i % 4 == 0 ? 0 : 1 << 20};
    if (!agrees(stencil, level, traits, random, runner)) {
      ++declined;
      continue;
    }
    ++forms[static_cast<int>(runner.lowering().plan().form)];
    ++sizes[stencil.result_size()];
    in_parts += !runner.machine().parallel_loops.empty();
    const StencilPlan& plan = runner.lowering().plan();
    kept += plan.keeps_sums;
    runs += plan.prefetch == Prefetch::Run;
    aheads += plan.prefetch == Prefetch::Ahead;
    running += plan.form == StencilForm::Tiled && plan.runs;
    wide_tiles += plan.form == StencilForm::Tiled && stencil.result_size() == 4;
  }
  EXPECT_GT(in_parts, 400);
  EXPECT_GT(kept, 10);
  EXPECT_GT(runs, 50);
  EXPECT_GT(aheads, 5);
  EXPECT_GT(wide_tiles, 20);
  EXPECT_GT(running, 20);
  for (const int size : {1, 2, 4}) EXPECT_GT(sizes[size], 400);
  for (const int count : std::span(forms).first(forms_at(level))) EXPECT_GT(count, 20);
  EXPECT_LT(declined, 400);  // narrower than 16 pixels, or nothing but zeros
}

// The first and the last cache line of a row begin and end anywhere; blocks of one row and of several, kept sums,
// parts.
TEST_P(StencilAtLevel, GivesTheSamePastTheCaches) {
  const CpuLevel level = GetParam();
  if (level != CpuLevel::Avx512 || detected_cpu_level() < level) GTEST_SKIP() << "whole lines need vectors of 64 bytes";
  RandomStencils random(2024);
  StencilRunner runner;
  int streamed = 0, kept = 0, in_parts = 0, several_rows = 0;
  for (int i = 0; i < 400 && !HasFailure(); ++i) {
    ir::Stencil stencil = random.make();
    stencil.result = ir::Type::U8;
    stencil.stages[0].low = 0;
    stencil.stages[0].high = 255;
    stencil.width = random.number(250, 520);
    stencil.rows = random.number(1, 50);
    stencil.source_pitch = stencil.width + stencil.stages[0].width - 1;
    stencil.destination_pitch = (stencil.width + 63) / 64 * 64;
    const MachineTraits traits{
        .wants_prefetch = i % 2 == 0, .multiplies_slowly = true, .cache_bytes = 0, .streamed_bytes = 0};
    if (!agrees(stencil, level, traits, random, runner)) continue;
    const StencilPlan& plan = runner.lowering().plan();
    if (!plan.streams_results) continue;
    ++streamed;
    kept += plan.keeps_sums;
    in_parts += !runner.machine().parallel_loops.empty();
    several_rows += plan.rows_at_once > 1;
  }
  EXPECT_GT(streamed, 150);
  EXPECT_GT(kept, 3);
  EXPECT_GT(in_parts, 30);
  EXPECT_GT(several_rows, 30);
}

// Every operand of every form is tried in memory.
TEST_P(StencilAtLevel, GivesTheSameWithFewRegisters) {
  const CpuLevel level = GetParam();
  if (detected_cpu_level() < level) GTEST_SKIP() << "this machine lacks " << name(level);
  RandomStencils random(static_cast<std::uint32_t>(level) + 99);
  StencilRunner runner;
  std::uint64_t general[5] = {}, vectors[5] = {};  // spills, by form
  for (int i = 0; i < 600 && !HasFailure(); ++i) {
    runner.limit_registers(i % 4 + 1);
    if (!agrees(random.make(), level, {i % 2 == 0, i % 3 == 0}, random, runner)) continue;
    general[static_cast<int>(runner.lowering().plan().form)] += runner.spills().general;
    vectors[static_cast<int>(runner.lowering().plan().form)] += runner.spills().vector;
  }
  for (const std::uint64_t count : std::span(general).first(forms_at(level))) EXPECT_GT(count, 20u);
  for (const std::uint64_t count : std::span(vectors).first(forms_at(level))) EXPECT_GT(count, 20u);
}

INSTANTIATE_TEST_SUITE_P(Levels, StencilAtLevel, testing::Values(CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
