// Convolutions of pictures of 16 bits and of floats, which are vectorised loops: the plain run, the interpreter,
// machine code at every CPU level and the compiled source give the bits that a naive loop gives.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "interpret/interpreter.h"
#include "ir/parse.h"
#include "support/compiled_source.h"
#include "support/extent.h"
#include "support/machine_code.h"
#include "support/random.h"
#include "witness/guarded_array.h"
#include "x86/cpu_features.h"

namespace cogent::witness {
namespace {

using std::uint16_t;
using testing::Random;

template <class SourceType, class SumType, class ResultType>
struct Picture {
  using Source = SourceType;
  using Sum = SumType;
  using Result = ResultType;
};

/// A result of 16 bits is saturated.
template <class Result, class Sum>
auto finished(const Sum& sum) {
  if constexpr (std::is_same_v<Sum, int>) {
    constexpr int low = std::numeric_limits<Result>::min(), high = std::numeric_limits<Result>::max();
    return sizeof(Result) == 2 ? static_cast<Result>(std::clamp(sum >> 3, low, high)) : static_cast<Result>(sum);
  } else {
    return static_cast<Result>(sum);
  }
}

template <class Types>
void convolve(GeneratedCodeBlock& code, In<typename Types::Source> in, Out<typename Types::Result> out,
              std::span<const typename Types::Sum> weights, int side, int width) {
  using Result = typename Types::Result;
  for (auto y : code.range(out.size() / width))
    for (auto x : code.range(width)) {
      auto sum = code.variable(typename Types::Sum(0));
      for (int k = 0; k < side * side; ++k)
        sum += cast<typename Types::Sum>(in[(y + k / side) * (width + side - 1) + x + k % side]) *
               weights[static_cast<std::size_t>(k)];
      if constexpr (std::is_same_v<Result, uint16_t>)
        out[y * width + x] = saturate_cast<Result>(sum >> 3);
      else
        out[y * width + x] = cast<Result>(sum);
    }
}

template <class Types>
struct PictureCase {
  using Source = typename Types::Source;
  using Sum = typename Types::Sum;
  using Result = typename Types::Result;

  PictureCase(Random& random, int side, int width) : side(side), width(width) {
    const int rows = static_cast<int>(random.between(1, 6));
    picture.resize(static_cast<std::size_t>((width + side - 1) * (rows + side - 1)));
    for (Source& pixel : picture) pixel = static_cast<Source>(random.between(0, 65535));
    for (int k = 0; k < side * side; ++k) weights.push_back(static_cast<Sum>(random.between(-90, 90)));
    if constexpr (std::is_same_v<Sum, float>)
      for (Sum& weight : weights) weight /= 7;
    expected.resize(static_cast<std::size_t>(width * rows));
    for (int i = 0; i < std::ssize(expected); ++i)
      expected[static_cast<std::size_t>(i)] = result_at(i / width, i % width);
  }
  Result result_at(int y, int x) const {
    Sum sum = 0;
    for (int k = 0; k < side * side; ++k) {
      const auto pixel =
          static_cast<Sum>(picture[static_cast<std::size_t>((y + k / side) * (width + side - 1) + x + k % side)]);
      const Sum product = pixel * weights[static_cast<std::size_t>(k)];
      sum += product;
    }
    return finished<Result>(sum);
  }

  /// Runs on guarded arrays and compares, bit for bit.
  template <class Run>
  void expect_right(Run&& run) const {
    const GuardedArray<Source> source(picture);
    const GuardedArray<Result> destination(expected.size());
    run(source.span(), destination.span());
    EXPECT_EQ(0, std::memcmp(destination.data(), expected.data(), expected.size() * sizeof(Result)));
  }

  int side, width;
  std::vector<Sum> weights;
  std::vector<Source> picture;
  std::vector<Result> expected;
};

template <class Types>
class PictureTypes : public ::testing::Test {
 protected:
  using Source = typename Types::Source;
  using Sum = typename Types::Sum;
  using Result = typename Types::Result;

  void check(const PictureCase<Types>& one) {
    SCOPED_TRACE("side " + std::to_string(one.side) + ", width " + std::to_string(one.width));
    const std::span<const Sum> weights(one.weights);
    for (const x86::CpuLevel level : testing::cpu_levels()) {
      SCOPED_TRACE(x86::name(level));
      const x86::ScopedCpuLevel mask(level);
      one.expect_right([&](auto from, auto to) { function_(from, to, weights, one.side, one.width); });
    }
    one.expect_right([&](auto from, auto to) { function_.run_plain(from, to, weights, one.side, one.width); });
    one.expect_right([&](auto from, auto to) {
      const ir::Program program = ir::parse(function_.get_program(from, to, weights, one.side, one.width));
      std::uint64_t slots[] = {0, reinterpret_cast<std::uintptr_t>(from.data()),
                               reinterpret_cast<std::uintptr_t>(to.data())};
      EXPECT_EQ("done", interpret::describe(interpret::run(program, slots)));
    });
  }

  const GeneratedFunction<void(In<Source>, Out<Result>, std::span<const Sum>, int, int)> function_{"picture",
                                                                                                   convolve<Types>};
};

using AllTypes =
    ::testing::Types<Picture<float, float, float>, Picture<uint16_t, int, uint16_t>, Picture<uint16_t, int, int>,
                     Picture<uint16_t, float, float>, Picture<std::int16_t, int, int>>;
TYPED_TEST_SUITE(PictureTypes, AllTypes);

TYPED_TEST(PictureTypes, AllWaysOfRunningAgree) {
  Random random(sizeof(typename TypeParam::Result) + 5);
  for (int i = 0; i < testing::sample_or_all(21, 300) && !this->HasFailure(); ++i)
    this->check(PictureCase<TypeParam>(random, 1 + i % 7, static_cast<int>(random.between(1, 90))));
}

TYPED_TEST(PictureTypes, LargeWindowsAreVectorised) {
  if (x86::detected_cpu_level() == x86::CpuLevel::Baseline) GTEST_SKIP() << "this machine lacks vectors";
  Random random(3);
  for (const int side : {3, 5, 9}) {
    PictureCase<TypeParam> one(random, side, 80);
    const std::string text =
        this->function_
            .explain(one.picture, one.expected, std::span<const typename TypeParam::Sum>(one.weights), side, one.width)
            .text;
    EXPECT_NE(std::string::npos, text.find("the loop is vectorised")) << text;
  }
}

TYPED_TEST(PictureTypes, CompiledSourcesAgree) {
  Random random(9);
  const PictureCase<TypeParam> one(random, 5, 70);
  std::vector<typename TypeParam::Result> out(one.expected.size());
  const testing::CompiledSources compiled(
      {this->function_.get_source(one.picture, out, std::span<const typename TypeParam::Sum>(one.weights), one.side,
                                  one.width)},
      {.flags = "-std=c++20 -O0 -Wall -Wextra"});
  ASSERT_EQ("", compiled.messages());
  const auto function =
      compiled.function<void(const typename TypeParam::Source*, typename TypeParam::Result*)>("picture");
  ASSERT_NE(nullptr, function);
  one.expect_right([&](auto from, auto to) { function(from.data(), to.data()); });
}

}  // namespace
}  // namespace cogent::witness
