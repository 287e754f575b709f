// Convolutions of bytes whose results are wider: gradients of 16 bits, sums of 32 bits, floats. The plain run, the
// interpreter, machine code at every CPU level and the compiled source give what the naive loop gives.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <algorithm>
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

using std::uint8_t;
using testing::Random;
using Weights = std::span<const int>;

/// What is computed beside the weights.
struct Wide {
  int width = 1, side = 1, shift = 0;
  float scale = 1;  // of floats
  bool operator==(const Wide&) const = default;
  int pitch() const { return width + side - 1; }
};

}  // namespace
}  // namespace cogent::witness

template <>
struct std::hash<cogent::witness::Wide> {
  std::size_t operator()(const cogent::witness::Wide& wide) const {
    return static_cast<std::size_t>(wide.width * 31 + wide.side);
  }
};

namespace cogent::witness {
namespace {

template <class Result>
Value<Result> finished(const Value<int>& sum, const Wide& wide) {
  if constexpr (std::is_same_v<Result, float>)
    return cast<float>(sum >> wide.shift) * wide.scale;
  else if constexpr (sizeof(Result) == 2)
    return saturate_cast<Result>(sum >> wide.shift);
  else
    return cast<Result>(sum >> wide.shift);
}

template <class Result>
Result finished(int sum, const Wide& wide) {
  const int shifted = sum >> wide.shift;
  if constexpr (std::is_same_v<Result, float>) return static_cast<float>(shifted) * wide.scale;
  if constexpr (sizeof(Result) == 2)
    return static_cast<Result>(
        std::clamp<int>(shifted, std::numeric_limits<Result>::min(), std::numeric_limits<Result>::max()));
  return static_cast<Result>(shifted);
}

template <class Result>
void convolve(GeneratedCodeBlock& code, In<uint8_t> source, Out<Result> destination, Weights weights, Wide wide) {
  for (auto i : code.range(destination.size())) {
    auto corner = i / wide.width * wide.pitch() + i % wide.width;
    auto sum = code.variable(0);
    for (int k = 0; k < std::ssize(weights); ++k)
      if (weights[k] != 0) sum += source[corner + k / wide.side * wide.pitch() + k % wide.side] * weights[k];
    destination[i] = finished<Result>(sum, wide);
  }
}

template <class Result>
struct WideCase {
  Wide wide;
  std::vector<int> weights;
  std::vector<uint8_t> picture;
  std::vector<Result> expected;

  explicit WideCase(Random& random, std::int64_t largest_side = 7, std::int64_t largest_width = 150) {
    const auto number = [&](std::int64_t low, std::int64_t high) {
      return static_cast<int>(random.between(low, high));
    };
    const int rows = number(2, 9);
    wide.side = number(2, largest_side);
    wide.width = number(17, largest_width);
    wide.shift = random.one_in(3) ? number(1, 9) : 0;
    if (random.one_in(2)) wide.scale = static_cast<float>(number(-7, 7)) / 3;
    const std::vector<int> limits = {1, 3, 12, 127, 300, 5000};
    const int largest = random.pick(limits), smallest = random.one_in(3) ? 0 : -largest;
    for (int i = 0; i < wide.side * wide.side; ++i) weights.push_back(random.one_in(4) ? 0 : number(smallest, largest));
    weights.front() = weights.back() = 1;
    picture.resize(static_cast<std::size_t>(wide.pitch() * (rows + wide.side - 1)));
    const bool only_extremes = random.one_in(3);
    for (uint8_t& byte : picture) byte = static_cast<uint8_t>(only_extremes ? -number(0, 1) : number(0, 255));
    expected.resize(static_cast<std::size_t>(wide.width * rows));
    run_naively();
  }

  void run_naively() {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const int y = static_cast<int>(i) / wide.width, x = static_cast<int>(i) % wide.width;
      int sum = 0;
      for (int k = 0; k < std::ssize(weights); ++k)
        sum += picture[static_cast<std::size_t>((y + k / wide.side) * wide.pitch() + x + k % wide.side)] *
               weights[static_cast<std::size_t>(k)];
      expected[i] = finished<Result>(sum, wide);
    }
  }

  /// Runs on guarded arrays and compares, bit for bit.
  template <class Run>
  void expect_right(Run&& run) const {
    const GuardedArray<uint8_t> source(picture);
    const GuardedArray<Result> destination(expected.size());
    run(source.span(), destination.span());
    EXPECT_EQ(0, std::memcmp(destination.data(), expected.data(), expected.size() * sizeof(Result)));
    EXPECT_EQ(source.content(), picture);
    EXPECT_TRUE(destination.is_intact_before());
  }
};

template <class Result>
class WideConvolutions : public ::testing::Test {
 protected:
  using Function = GeneratedFunction<void(In<uint8_t>, Out<Result>, Weights, Wide)>;

  void check(const WideCase<Result>& one) {
    SCOPED_TRACE(::testing::PrintToString(one.weights) + ", width " + std::to_string(one.wide.width) + ", shift " +
                 std::to_string(one.wide.shift));
    for (const x86::CpuLevel level : testing::cpu_levels()) {
      SCOPED_TRACE(x86::name(level));
      const x86::ScopedCpuLevel mask(level);
      one.expect_right([&](auto source, auto destination) { function_(source, destination, one.weights, one.wide); });
      std::vector<Result> destination(one.expected.size());
      const std::string json = function_.explain(one.picture, destination, one.weights, one.wide).json;
      const bool is_stencil = json.find(R"("lowering":"stencil")") != std::string::npos;
      EXPECT_EQ(is_stencil, level != x86::CpuLevel::Baseline) << json;
    }
    one.expect_right(
        [&](auto source, auto destination) { function_.run_plain(source, destination, one.weights, one.wide); });
    one.expect_right([&](auto source, auto destination) {
      const ir::Program program = ir::parse(function_.get_program(source, destination, one.weights, one.wide));
      std::uint64_t slots[] = {0, reinterpret_cast<std::uintptr_t>(source.data()),
                               reinterpret_cast<std::uintptr_t>(destination.data())};
      EXPECT_EQ("done", interpret::describe(interpret::run(program, slots)));
    });
  }

  Function function_{"wide", convolve<Result>};
};

using Results = ::testing::Types<std::int16_t, std::uint16_t, std::int32_t, std::uint32_t, float>;
TYPED_TEST_SUITE(WideConvolutions, Results);

TYPED_TEST(WideConvolutions, AllWaysOfRunningAgree) {
  Random random(sizeof(TypeParam) + 77);
  for (int i = 0; i < testing::sample_or_all(40, 800) && !this->HasFailure(); ++i)
    this->check(WideCase<TypeParam>(random));
}

TYPED_TEST(WideConvolutions, CompiledSourcesAgree) {
  Random random(sizeof(TypeParam));
  std::vector<WideCase<TypeParam>> cases;
  std::vector<std::string> sources;
  for (int i = 0; i < 8; ++i) {
    const WideCase<TypeParam>& one = cases.emplace_back(random, 4, 40);
    const typename TestFixture::Function function("wide_" + std::to_string(i), convolve<TypeParam>);
    std::vector<TypeParam> destination(one.expected.size());
    sources.push_back(function.get_source(one.picture, destination, one.weights, one.wide));
  }
  const testing::CompiledSources compiled(sources, {.flags = "-std=c++20 -O0 -Wall -Wextra"});
  ASSERT_EQ("", compiled.messages());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto function = compiled.function<void(const uint8_t*, TypeParam*)>("wide_" + std::to_string(i));
    ASSERT_NE(nullptr, function);
    cases[i].expect_right([&](auto source, auto destination) { function(source.data(), destination.data()); });
  }
}

}  // namespace
}  // namespace cogent::witness
