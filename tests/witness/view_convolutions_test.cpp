// Convolutions in the natural words of arrays of rank 2: source(y + dy, x + dx), rows with and without gaps, arrays
// that overlap. They are stencils, and give what the naive loop gives.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "support/extent.h"
#include "support/machine_code.h"
#include "support/random.h"
#include "x86/cpu_features.h"

namespace cogent::witness {
namespace {

using std::uint8_t;
using testing::Random;
using Bytes = std::vector<uint8_t>;
using Weights = std::span<const int>;

void convolve(GeneratedCodeBlock& code, In<uint8_t, 2> source, Out<uint8_t, 2> destination, Weights weights, int side) {
  for (auto y : code.range(destination.extent(0)))
    for (auto x : code.range(destination.extent(1))) {
      auto sum = code.variable(0);
      for (int dy = 0; dy < side; ++dy)
        for (int dx = 0; dx < side; ++dx) sum += source(y + dy, x + dx) * weights[dy * side + dx];
      destination(y, x) = clamp(sum >> 3, 0, 255);
    }
}

struct Case {
  std::int64_t rows, columns, source_stride, destination_stride;
  int side;
  std::vector<int> weights;

  Case(Random& random) : rows(random.between(2, 20)), columns(random.between(17, 150)), side(random.one_in(2) ? 3 : 5) {
    source_stride = columns + side - 1 + (random.one_in(2) ? 0 : random.between(1, 40));
    destination_stride = columns + (random.one_in(2) ? 0 : random.between(1, 40));
    for (int i = 0; i < side * side; ++i) weights.push_back(static_cast<int>(random.between(-9, 9)));
    weights[0] = 1;
  }
  View<const uint8_t, 2> source(const uint8_t* data) const {
    return {data, {rows + side - 1, columns + side - 1}, source_stride};
  }
  View<uint8_t, 2> destination(uint8_t* data) const { return {data, {rows, columns}, destination_stride}; }
  std::size_t source_size() const { return static_cast<std::size_t>((rows + side - 1) * source_stride); }
  std::size_t destination_size() const { return static_cast<std::size_t>(rows * destination_stride); }

  void naively(const uint8_t* from, uint8_t* to) const {
    const auto in = source(from);
    const auto out = destination(to);
    for (std::int64_t y = 0; y < rows; ++y)
      for (std::int64_t x = 0; x < columns; ++x) {
        int sum = 0;
        for (int k = 0; k < side * side; ++k)
          sum += in(y + k / side, x + k % side) * weights[static_cast<std::size_t>(k)];
        out(y, x) = static_cast<uint8_t>(std::clamp(sum >> 3, 0, 255));
      }
  }
};

Bytes random_memory(Random& random, std::size_t size) {
  Bytes bytes(size);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random.bits());
  return bytes;
}

TEST(ViewConvolutions, AreStencilsAndWriteNothingBetweenTheRows) {
  const GeneratedFunction function("convolve", convolve);
  Random random(5);
  for (int i = 0; i < testing::sample_or_all(20, 400) && !HasFailure(); ++i) {
    const Case one(random);
    const Bytes source = random_memory(random, one.source_size()),
                before = random_memory(random, one.destination_size());
    Bytes expected = before;
    one.naively(source.data(), expected.data());
    for (const x86::CpuLevel level : testing::cpu_levels()) {
      const x86::ScopedCpuLevel mask(level);
      Bytes actual = before;
      const auto from = one.source(source.data());
      const auto to = one.destination(actual.data());
      function(from, to, one.weights, one.side);
      EXPECT_EQ(expected, actual);
      const std::string json = function.explain(from, to, one.weights, one.side).json;
      EXPECT_EQ(level != x86::CpuLevel::Baseline, json.find(R"("lowering":"stencil")") != std::string::npos) << json;
    }
    if (i % 10 != 0) continue;
    Bytes checked = before;
    function.run_checked(one.source(source.data()), one.destination(checked.data()), one.weights, one.side);
    EXPECT_EQ(expected, checked);
  }
}

TEST(ViewConvolutions, OfArraysThatOverlap) {
  const GeneratedFunction function("convolve", convolve);
  Random random(6);
  for (int i = 0; i < testing::sample_or_all(20, 400) && !HasFailure(); ++i) {
    const Case one(random);
    const std::size_t shift = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(one.source_size())));
    const Bytes before = random_memory(random, one.source_size() + one.destination_size());
    Bytes expected = before, actual = before;
    one.naively(expected.data(), expected.data() + shift);
    function(one.source(actual.data()), one.destination(actual.data() + shift), one.weights, one.side);
    EXPECT_EQ(expected, actual);
  }
}

}  // namespace
}  // namespace cogent::witness
