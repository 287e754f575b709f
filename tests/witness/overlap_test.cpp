// Arrays that share memory: whatever the lowering, the result is what the loop gives element by element.
#include <gtest/gtest.h>

#include "support/extent.h"
#include "support/machine_code.h"
#include "support/random.h"
#include "witness/guarded_array.h"
#include "witness/random_convolution.h"
#include "x86/cpu_features.h"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::uint8_t;
using testing::Random;
using Bytes = std::vector<uint8_t>;

/// Runs the call at every CPU level, and plain, each on the same memory.
template <class Function, class Run, class Expected>
void expect_same(const Function& function, const Bytes& before, Run&& run, Expected&& change) {
  const GuardedArray<uint8_t> expected(before);
  change(expected.span());
  for (const x86::CpuLevel level : testing::cpu_levels()) {
    SCOPED_TRACE(x86::name(level));
    const x86::ScopedCpuLevel mask(level);
    const GuardedArray<uint8_t> memory(before);
    run([&](const auto&... arguments) { function(arguments...); }, memory.span());
    EXPECT_EQ(expected.content(), memory.content());
    EXPECT_TRUE(memory.is_intact_before());
  }
  const GuardedArray<uint8_t> memory(before);
  run([&](const auto&... arguments) { function.run_plain(arguments...); }, memory.span());
  EXPECT_EQ(expected.content(), memory.content());
}

TEST(Overlap, ConvolutionsWhoseArraysShareMemory) {
  Random random(31);
  for (int i = 0; i < testing::sample_or_all(150, 3000) && !HasFailure(); ++i) {
    const Phrasing& phrasing = phrasings()[static_cast<std::size_t>(i) % phrasings().size()];
    const Convolution one =
        random_convolution(random, phrasing.kernels, {.largest_side = 5, .largest_picture = i % 3 == 0 ? 90 : 25});
    const std::size_t source_size = one.source_size(), destination_size = one.destination_size();
    // The destination begins before the source's begin, at it, or anywhere up to its end.
    const auto lead = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(destination_size)));
    const std::size_t offset =
        random.one_in(3) ? lead
                         : lead + static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(source_size)));
    const Bytes before = random_bytes(random, std::max(lead + source_size, offset + destination_size));
    SCOPED_TRACE(std::string(phrasing.name) + ", " + one.text() + ", source at " + std::to_string(lead) +
                 ", destination at " + std::to_string(offset));
    const ConvolutionFunction function(phrasing.name, phrasing.body);
    expect_same(
        function, before,
        [&](auto&& call, std::span<uint8_t> memory) {
          call(memory.subspan(lead, source_size), memory.subspan(offset, destination_size), one.weights, one.shape);
        },
        [&](std::span<uint8_t> memory) { convolve_naively(one, memory.data() + lead, memory.data() + offset); });
  }
}

/// Three arrays somewhere in one memory.
struct Places {
  std::size_t first, second, third;
};
Places random_places(Random& random, std::int64_t last) {
  const auto place = [&] { return static_cast<std::size_t>(random.between(0, last)); };
  return {place(), place(), place()};
}

TEST(Overlap, TwoResults) {
  constexpr std::size_t size = 70;
  const GeneratedFunction function("two_results", [](Code code, In<uint8_t> in, Out<uint8_t> sum, Out<uint8_t> twice) {
    for (auto i : code.range(std::int64_t{1}, in.size())) {
      sum[i] = saturate_cast<uint8_t>(in[i] + in[i - 1]);
      twice[i - 1] = in[i] * 2;
    }
  });
  Random random(32);
  for (int i = 0; i < testing::sample_or_all(100, 3000) && !HasFailure(); ++i) {
    const Places at = random_places(random, 80);
    expect_same(
        function, random_bytes(random, size + 80),
        [&](auto&& call, std::span<uint8_t> memory) {
          call(memory.subspan(at.first, size), memory.subspan(at.second, size), memory.subspan(at.third, size));
        },
        [&](std::span<uint8_t> memory) {
          const uint8_t* in = &memory[at.first];
          for (std::size_t k = 1; k < size; ++k) {
            memory[at.second + k] = static_cast<uint8_t>(std::min(in[k] + in[k - 1], 255));
            memory[at.third + k - 1] = static_cast<uint8_t>(in[k] * 2);
          }
        });
  }
}

TEST(Overlap, InOutAndAnotherResult) {
  constexpr std::size_t size = 50;
  const GeneratedFunction function(
      "smear", [](Code code, InOut<uint8_t> data, DynamicOut<uint8_t> copy, DynamicIn<uint8_t> mask) {
        for (auto i : code.range(data.size())) {
          data[i] = data[i] ^ mask[i];
          copy[copy.size() - 1 - i] = data[i] + 1;
        }
      });
  Random random(33);
  for (int i = 0; i < testing::sample_or_all(100, 3000) && !HasFailure(); ++i) {
    const Places at = random_places(random, 60);
    expect_same(
        function, random_bytes(random, size + 60),
        [&](auto&& call, std::span<uint8_t> memory) {
          call(memory.subspan(at.first, size), memory.subspan(at.second, size), memory.subspan(at.third, size));
        },
        [&](std::span<uint8_t> memory) {
          for (std::size_t k = 0; k < size; ++k) {
            uint8_t& element = memory[at.first + k];
            element = static_cast<uint8_t>(element ^ memory[at.third + k]);
            memory[at.second + size - 1 - k] = static_cast<uint8_t>(element + 1);
          }
        });
  }
}

// The same function serves arrays that overlap and arrays that do not, in any order, also by its handle.
TEST(Overlap, OneCallDoesNotChangeTheNext) {
  const Convolution one{{.width = 64, .kernel_width = 3, .kernel_height = 3}, 8, {1, -2, 1, 0, 3, 0, -1, 2, -1}};
  const ConvolutionFunction function("flat", phrasings()[0].body);
  Random random(34);
  const Bytes before = random_bytes(random, one.source_size() + one.destination_size());
  Bytes destination(one.destination_size());
  const auto special =
      function.specialize(std::span(before).first(one.source_size()), destination, one.weights, one.shape);
  for (int i = 0; i < 6; ++i) {
    const std::size_t offset = i % 2 == 0 ? one.source_size() : 5;
    Bytes expected = before, memory = before;
    convolve_naively(one, expected.data(), expected.data() + offset);
    const auto source = std::span(memory).first(one.source_size());
    const auto result = std::span(memory).subspan(offset, one.destination_size());
    if (i < 4)
      function(source, result, one.weights, one.shape);
    else
      special(source, result, one.weights, one.shape);
    EXPECT_EQ(expected, memory) << i;
  }
}

}  // namespace
}  // namespace cogent::witness
