// The printed source of random convolutions, compiled by the real compiler: it gives what the naive loop gives, and
// the compiler has nothing to complain of.
#include <gtest/gtest.h>

#include "support/compiled_source.h"
#include "support/extent.h"
#include "witness/guarded_array.h"
#include "witness/random_convolution.h"

namespace cogent::witness {
namespace {

using testing::Random;
using Bytes = std::vector<std::uint8_t>;

/// A convolution whose source is printed under a name of its own.
struct Printed {
  std::string name, source;
  const Phrasing* phrasing;
  Convolution convolution;
};

Printed print(Random& random, int number) {
  Printed printed;
  printed.phrasing = &phrasings()[static_cast<std::size_t>(number) % phrasings().size()];
  printed.convolution =
      random_convolution(random, printed.phrasing->kernels, {.largest_side = 6, .largest_picture = 40});
  printed.name = std::string(printed.phrasing->name) + "_" + std::to_string(number);
  const ConvolutionFunction function(printed.name, printed.phrasing->body);
  const Bytes source(printed.convolution.source_size());
  Bytes destination(printed.convolution.destination_size());
  const SourceOptions options{.with_lines = number % 4 == 0};
  printed.source =
      function.get_source(options, source, destination, printed.convolution.weights, printed.convolution.shape);
  return printed;
}

void expect_right(Random& random, const Printed& printed, const testing::CompiledSources& compiled) {
  SCOPED_TRACE(printed.name + ", " + printed.convolution.text() + "\n" + printed.source);
  const Bytes picture = random_bytes(random, printed.convolution.source_size());
  Bytes expected(printed.convolution.destination_size());
  convolve_naively(printed.convolution, picture.data(), expected.data());
  const auto function = compiled.function<void(const std::uint8_t*, std::uint8_t*)>(printed.name);
  ASSERT_NE(nullptr, function);
  const GuardedArray<std::uint8_t> source(picture), destination(expected.size());
  function(source.data(), destination.data());
  EXPECT_EQ(destination.content(), expected);
  EXPECT_TRUE(destination.is_intact_before());
}

void check_batch(int batch) {
  constexpr int batch_size = 105;
  Random random(static_cast<std::uint64_t>(batch) + 500);
  std::vector<Printed> list;
  std::vector<std::string> sources;
  for (int i = 0; i < batch_size; ++i) {
    list.push_back(print(random, batch * batch_size + i));
    sources.push_back(list.back().source);
  }
  const testing::CompiledSources compiled(sources, {.flags = "-std=c++20 -O0 -Wall -Wextra"});
  ASSERT_EQ("", compiled.messages());
  for (const Printed& printed : list) {
    expect_right(random, printed, compiled);
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(CompiledConvolutions, FirstBatch) { check_batch(0); }

TEST(CompiledConvolutions, SecondBatch) { check_batch(1); }

TEST(CompiledConvolutions, MoreBatches) {
  if (!testing::in_full()) GTEST_SKIP() << "COGENT_TEST_ALL=1 runs them";
  for (int batch = 2; batch < 20 && !HasFailure(); ++batch) check_batch(batch);
}

}  // namespace
}  // namespace cogent::witness
