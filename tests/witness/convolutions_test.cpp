// Random convolutions in every phrasing: the plain run, the interpreter and machine code at every CPU level give what
// the naive loop gives, bit for bit, and the machine code is the one that is promised.
#include <gtest/gtest.h>

#include <ostream>

#include "interpret/interpreter.h"
#include "ir/parse.h"
#include "support/extent.h"
#include "support/machine_code.h"
#include "witness/guarded_array.h"
#include "witness/random_convolution.h"
#include "x86/cpu_features.h"

namespace cogent::witness {

void PrintTo(const Phrasing& phrasing, std::ostream* out) { *out << phrasing.name; }

namespace {

using testing::Random;
using Bytes = std::vector<std::uint8_t>;

constexpr std::int64_t most_work_by_value = 30'000;  // multiplications, for the plain run and the interpreter

/// A convolution, its picture, and what must come out.
struct Case {
  Convolution convolution;
  Bytes picture, expected;

  Case(Random& random, Kernels kernels, const ConvolutionLimits& limits)
      : convolution(random_convolution(random, kernels, limits)),
        picture(random_bytes(random, convolution.source_size())),
        expected(convolution.destination_size()) {
    convolve_naively(convolution, picture.data(), expected.data());
  }
};

/// Runs on guarded arrays and compares with what is expected.
template <class Run>
void expect_right(const Case& one, Run&& run) {
  const GuardedArray<std::uint8_t> source(one.picture), destination(one.expected.size());
  run(source.span(), destination.span());
  EXPECT_EQ(destination.content(), one.expected);
  EXPECT_EQ(source.content(), one.picture);
  EXPECT_TRUE(destination.is_intact_before());
}

void interpret_text(const std::string& text, std::span<std::uint8_t> source, std::span<std::uint8_t> destination) {
  const ir::Program program = ir::parse(text);
  std::uint64_t slots[] = {0, reinterpret_cast<std::uintptr_t>(source.data()),
                           reinterpret_cast<std::uintptr_t>(destination.data())};
  EXPECT_EQ("done", interpret::describe(interpret::run(program, slots)));
}

/// What the house promises: vectors for all that is wide enough and a weighted sum. (Rows of which a handful of
/// statements remain are unrolled.)
bool is_promised_a_stencil(const Convolution& convolution, x86::CpuLevel level) {
  if (level == x86::CpuLevel::Baseline || convolution.is_zero()) return false;
  const Shape& shape = convolution.shape;
  const bool has_only_fitting_weights =
      std::ranges::all_of(convolution.weights, [](int weight) { return std::abs(weight) < 1 << 15; });
  return shape.width > 16 && convolution.height >= 2 && shape.divisor == 1 && shape.finish != Finish::Select &&
         has_only_fitting_weights;
}

class Convolutions : public ::testing::TestWithParam<Phrasing> {
 protected:
  void check(const Case& one) {
    const Convolution& convolution = one.convolution;
    SCOPED_TRACE(convolution.text());
    for (const x86::CpuLevel level : testing::cpu_levels()) {
      SCOPED_TRACE(x86::name(level));
      const x86::ScopedCpuLevel mask(level);
      expect_right(one, [&](auto source, auto destination) {
        function_(source, destination, convolution.weights, convolution.shape);
      });
      expect_lowering(one, level);
      ++machine_runs_;
    }
    if (convolution.work() > most_work_by_value) return;
    ++runs_by_value_;
    expect_right(one, [&](auto source, auto destination) {
      function_.run_plain(source, destination, convolution.weights, convolution.shape);
    });
    expect_right(one, [&](auto source, auto destination) {
      interpret_text(function_.get_program(source, destination, convolution.weights, convolution.shape), source,
                     destination);
    });
  }

  void expect_lowering(const Case& one, x86::CpuLevel level) {
    const Convolution& convolution = one.convolution;
    Bytes destination(one.expected.size());
    const std::string json = function_.explain(one.picture, destination, convolution.weights, convolution.shape).json;
    const bool is_stencil = json.find(R"("lowering":"stencil")") != std::string::npos;
    EXPECT_TRUE(is_stencil || !is_promised_a_stencil(convolution, level)) << json;
    EXPECT_FALSE(is_stencil && level == x86::CpuLevel::Baseline) << json;
    stencils_ += is_stencil;
  }

  ConvolutionFunction function_{GetParam().name, GetParam().body};
  int machine_runs_ = 0, runs_by_value_ = 0, stencils_ = 0;
};

TEST_P(Convolutions, AllWaysOfRunningAgree) {
  const int count = testing::sample_or_all(80, 1500);
  Random random(GetParam().name[0] + 1000 * static_cast<unsigned>(std::string_view(GetParam().name).size()));
  for (int i = 0; i < count && !HasFailure(); ++i) {
    // Most are small enough for the slow ways of running.
    const ConvolutionLimits small = {.largest_side = 15, .largest_picture = 60};
    check(Case(random, GetParam().kernels, i % 4 == 0 ? ConvolutionLimits{} : small));
  }
  if (HasFailure()) return;
  const int levels = static_cast<int>(testing::cpu_levels().size());
  EXPECT_EQ(machine_runs_, count * levels);
  EXPECT_GT(runs_by_value_, count / 2);
  EXPECT_GT(stencils_, (levels - 1) * count / 3);
}

// Every width around the vectors' lengths, each with its tail.
TEST_P(Convolutions, EveryWidth) {
  Random random(GetParam().name[0]);
  for (int width = 1; width <= 135 && !HasFailure(); width += testing::sample_or_all(3, 1)) {
    Case one(random, GetParam().kernels, {.largest_side = 5, .largest_picture = 9});
    one.convolution.shape.width = width;
    one.picture = random_bytes(random, one.convolution.source_size());
    one.expected.resize(one.convolution.destination_size());
    convolve_naively(one.convolution, one.picture.data(), one.expected.data());
    check(one);
  }
}

INSTANTIATE_TEST_SUITE_P(Phrasings, Convolutions, ::testing::ValuesIn(phrasings()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace cogent::witness
