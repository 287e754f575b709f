// Parallel stencils give the bits of a naive loop with 1, 2 and 3 threads, at each level, whichever of their loops is
// parallel; from 1 x 1 pixels on, and with last blocks that overlap those of another thread's part.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <span>

#include "support/thread_executor.h"
#include "x86/cpu_features.h"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::uint8_t;
using testing::ThreadExecutor;
using Weights = std::span<const int>;
using Source = View<const uint8_t, 2>;
using Destination = View<uint8_t, 2>;

void store_sum(Code code, In<uint8_t, 2>& in, Out<uint8_t, 2>& out, const Value<std::int64_t>& y,
               const Value<std::int64_t>& x, Weights weights, int side, int shift) {
  auto sum = code.variable(1 << shift >> 1);
  for (int k = 0; k < side * side; ++k) sum += in(y + k / side, x + k % side) * weights[static_cast<std::size_t>(k)];
  out(y, x) = saturate_cast<uint8_t>(sum >> shift);
}

const GeneratedFunction rows("rows", [](Code code, In<uint8_t, 2> in, Out<uint8_t, 2> out, Weights weights, int side,
                                        int shift) {
  for (auto y : code.range(out.extent(0)).parallel())
    for (auto x : code.range(out.extent(1))) store_sum(code, in, out, y, x, weights, side, shift);
});
const GeneratedFunction columns("columns", [](Code code, In<uint8_t, 2> in, Out<uint8_t, 2> out, Weights weights,
                                              int side, int shift) {
  for (auto y : code.range(out.extent(0)))
    for (auto x : code.range(out.extent(1)).parallel()) store_sum(code, in, out, y, x, weights, side, shift);
});
const GeneratedFunction pixels("pixels", [](Code code, In<uint8_t> in, Out<uint8_t> out, Weights weights, int side,
                                            int shift, int width) {
  for (auto i : code.range(out.size()).parallel()) {
    auto corner = i / width * (width + side - 1) + i % width;
    auto sum = code.variable(1 << shift >> 1);
    for (int k = 0; k < side * side; ++k)
      sum += in[corner + k / side * (width + side - 1) + k % side] * weights[static_cast<std::size_t>(k)];
    out[i] = saturate_cast<uint8_t>(sum >> shift);
  }
});

struct Picture {
  Picture(int height, int width, int side) : height(height), width(width), side(side) {
    source.resize(static_cast<std::size_t>(pitch()) * static_cast<std::size_t>(height + side - 1));
    std::uint32_t state = 7;
    for (uint8_t& pixel : source) {
      state = state * 1664525u + 1013904223u;
      pixel = static_cast<uint8_t>(state >> 24);
    }
  }
  int pitch() const { return width + side - 1; }
  std::vector<uint8_t> convolve(Weights weights, int shift) const {
    std::vector<uint8_t> result;
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        int sum = 1 << shift >> 1;
        for (int k = 0; k < side * side; ++k)
          sum += source[static_cast<std::size_t>((y + k / side) * pitch() + x + k % side)] *
                 weights[static_cast<std::size_t>(k)];
        result.push_back(static_cast<uint8_t>(std::clamp(sum >> shift, 0, 255)));
      }
    return result;
  }
  Source view() const { return {source.data(), {height + side - 1, pitch()}}; }

  int height, width, side;
  std::vector<uint8_t> source;
};

/// How many parts were run with that many threads, of all three ways together.
std::int64_t check_with(const Picture& picture, Weights weights, int shift, int threads,
                        const std::vector<uint8_t>& expected) {
  const auto executor = std::make_shared<ThreadExecutor>(threads);
  const ExecutorScope on(executor);
  std::vector<uint8_t> out;
  const auto expect_same = [&](const char* which, auto&& run) {
    out.assign(expected.size(), 0xa5);
    run(Destination(out.data(), {picture.height, picture.width}));
    EXPECT_TRUE(out == expected) << which << ", " << picture.height << " x " << picture.width << ", side "
                                 << picture.side << ", " << threads << " threads";
  };
  expect_same("rows", [&](Destination to) { rows(picture.view(), to, weights, picture.side, shift); });
  expect_same("columns", [&](Destination to) { columns(picture.view(), to, weights, picture.side, shift); });
  expect_same("pixels", [&](Destination) { pixels(picture.source, out, weights, picture.side, shift, picture.width); });
  return executor->parts();
}

std::int64_t check(const Picture& picture, Weights weights, int shift) {
  const std::vector<uint8_t> expected = picture.convolve(weights, shift);
  std::int64_t parts = 0;
  for (const x86::CpuLevel level : {x86::CpuLevel::Baseline, x86::CpuLevel::Avx2, x86::CpuLevel::Avx512}) {
    if (level > x86::detected_cpu_level()) continue;
    SCOPED_TRACE(x86::name(level));
    const x86::ScopedCpuLevel scope(level);
    for (const int threads : {1, 2, 3}) parts += check_with(picture, weights, shift, threads, expected);
  }
  return parts;
}

std::vector<int> dense(int side) {
  std::vector<int> weights;
  for (int i = 0; i < side * side; ++i) weights.push_back(i * 37 % 19 - 8);
  return weights;
}
std::vector<int> box(int side) { return std::vector<int>(static_cast<std::size_t>(side * side), 1); }

TEST(ParallelStencils, SmallPictures) {
  const std::pair<int, int> sizes[] = {{1, 1}, {1, 64}, {1, 65}, {9, 1}, {2, 15}, {5, 31}, {7, 64}, {33, 100}};
  for (const auto& [height, width] : sizes)
    for (const int side : {1, 3, 5}) {
      check({height, width, side}, dense(side), 4);
      check({height, width, side}, box(side), 3);
    }
}

TEST(ParallelStencils, LargePicturesRunInParts) {
  EXPECT_GT(check({503, 1030, 5}, dense(5), 6), 50);
  EXPECT_GT(check({503, 1030, 9}, box(9), 7), 50);
}

// One row has no blocks of rows, but of columns.
TEST(ParallelStencils, ALongRowRunsInParts) {
  const GeneratedFunction f("f", [](Code code, In<uint8_t> in, Out<uint8_t> out, Weights weights) {
    for (auto i : code.range(out.size()).parallel()) {
      auto sum = code.variable(0);
      for (int k = 0; k < 9; ++k) sum += in[i + k] * weights[static_cast<std::size_t>(k)];
      out[i] = saturate_cast<uint8_t>(sum >> 4);
    }
  });
  const std::vector<int> weights = dense(3);
  std::vector<uint8_t> in(1'500'008), out(in.size() - 8);
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<uint8_t>(i * i >> 3);
  const auto executor = std::make_shared<ThreadExecutor>(3);
  const ExecutorScope on(executor);
  f(in, out, weights);
  EXPECT_GT(executor->parts(), 1);
  for (std::size_t i = 0; i < out.size(); ++i) {
    int sum = 0;
    for (std::size_t k = 0; k < 9; ++k) sum += in[i + k] * weights[k];
    ASSERT_EQ(std::clamp(sum >> 4, 0, 255), out[i]) << i;
  }
}

// What overlaps is left to the general version, which goes element by element.
TEST(ParallelStencils, OverlapIsLeftToOneThread) {
  const int width = 400, height = 300;
  std::vector<uint8_t> memory(static_cast<std::size_t>(402 * 304)), expected;
  for (std::size_t i = 0; i < memory.size(); ++i) memory[i] = static_cast<uint8_t>(i * 7);
  expected = memory;
  const std::vector<int> weights = dense(3);
  const auto run = [&](std::vector<uint8_t>& bytes, int threads) {
    const ExecutorScope on(std::make_shared<ThreadExecutor>(threads));
    rows(Source(bytes.data(), {302, 402}), Destination(bytes.data() + 402, {height, width}), weights, 3, 4);
  };
  run(expected, 1);
  run(memory, 3);
  EXPECT_EQ(expected, memory);
}

}  // namespace
}  // namespace cogent::witness
