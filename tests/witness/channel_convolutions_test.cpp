// Convolutions of pictures with interleaved channels, in four wordings. They are stencils, and the plain run, the
// interpreter and machine code at every CPU level give what the naive loop gives.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "interpret/interpreter.h"
#include "ir/parse.h"
#include "support/extent.h"
#include "support/machine_code.h"
#include "support/random.h"
#include "witness/guarded_array.h"
#include "x86/cpu_features.h"

namespace cogent::witness {
namespace {

using std::uint8_t;
using testing::Random;
using Code = GeneratedCodeBlock&;
using Weights = std::span<const int>;

struct Wording {
  const char* name;
  void (*body)(Code, In<uint8_t>, Out<uint8_t>, Weights, int width, int channels);
};
void PrintTo(const Wording& wording, std::ostream* out) { *out << wording.name; }

int side_of(Weights weights) { return weights.size() == 9 ? 3 : 2; }

template <class Index>
Value<int> sum_at(Code code, const In<uint8_t>& source, Weights weights, int pitch, int channels, const Index& corner) {
  const int side = side_of(weights);
  auto sum = code.variable(0);
  for (int k = 0; k < std::ssize(weights); ++k)
    sum += source[corner + (k / side * pitch + k % side) * channels] * weights[k];
  return sum;
}

void channels_unrolled(Code code, In<uint8_t> source, Out<uint8_t> destination, Weights weights, int width,
                       int channels) {
  const int pitch = width + side_of(weights) - 1;
  for (auto y : code.range(destination.size() / (width * channels)))
    for (auto x : code.range(width))
      for (int c = 0; c < channels; ++c)
        destination[(y * width + x) * channels + c] =
            saturate_cast<uint8_t>(sum_at(code, source, weights, pitch, channels, (y * pitch + x) * channels + c));
}

void channels_in_a_loop(Code code, In<uint8_t> source, Out<uint8_t> destination, Weights weights, int width,
                        int channels) {
  const int pitch = width + side_of(weights) - 1;
  for (auto y : code.range(destination.size() / (width * channels)))
    for (auto x : code.range(width))
      for (auto c : code.range(channels))
        destination[(y * width + x) * channels + c] =
            saturate_cast<uint8_t>(sum_at(code, source, weights, pitch, channels, (y * pitch + x) * channels + c));
}

void pixels_counted(Code code, In<uint8_t> source, Out<uint8_t> destination, Weights weights, int width, int channels) {
  const int pitch = width + side_of(weights) - 1;
  for (auto i : code.range(destination.size() / channels)) {
    auto corner = (i / width * pitch + i % width) * channels;
    for (int c = 0; c < channels; ++c)
      destination[i * channels + c] =
          saturate_cast<uint8_t>(sum_at(code, source, weights, pitch, channels, corner + c));
  }
}

void elements_counted(Code code, In<uint8_t> source, Out<uint8_t> destination, Weights weights, int width,
                      int channels) {
  const int pitch = width + side_of(weights) - 1, elements = width * channels;
  for (auto i : code.range(destination.size()))
    destination[i] = saturate_cast<uint8_t>(
        sum_at(code, source, weights, pitch, channels, i / elements * pitch * channels + i % elements));
}

class ChannelConvolutions : public ::testing::TestWithParam<Wording> {
 protected:
  using Function = GeneratedFunction<void(In<uint8_t>, Out<uint8_t>, Weights, int, int)>;
  Function function_{GetParam().name, GetParam().body};
};

TEST_P(ChannelConvolutions, AllWaysOfRunningAgree) {
  Random random(GetParam().name[0]);
  for (int i = 0; i < testing::sample_or_all(15, 300) && !HasFailure(); ++i) {
    const int channels = static_cast<int>(random.between(2, 4)), width = static_cast<int>(random.between(17, 90));
    const int rows = static_cast<int>(random.between(2, 7)), side = random.one_in(3) ? 2 : 3;
    std::vector<int> weights;
    const int largest = random.one_in(3) ? 127 : 9;
    for (int k = 0; k < side * side; ++k) weights.push_back(static_cast<int>(random.between(-largest, largest)));
    weights.front() = weights.back() = 1;
    const int pitch = (width + side - 1) * channels;
    std::vector<uint8_t> picture(static_cast<std::size_t>(pitch * (rows + side - 1)));
    for (uint8_t& byte : picture) byte = static_cast<uint8_t>(random.bits());
    std::vector<uint8_t> expected(static_cast<std::size_t>(width * channels * rows));
    for (int e = 0; e < std::ssize(expected); ++e) {
      int sum = 0;
      const int corner = e / (width * channels) * pitch + e % (width * channels);
      for (int k = 0; k < std::ssize(weights); ++k)
        sum += picture[static_cast<std::size_t>(corner + k / side * pitch + k % side * channels)] *
               weights[static_cast<std::size_t>(k)];
      expected[static_cast<std::size_t>(e)] = static_cast<uint8_t>(std::clamp(sum, 0, 255));
    }
    const auto expect_right = [&](auto&& run) {
      const GuardedArray<uint8_t> source(picture), destination(expected.size());
      run(source.span(), destination.span());
      EXPECT_EQ(destination.content(), expected);
      EXPECT_TRUE(destination.is_intact_before());
    };
    SCOPED_TRACE(std::to_string(width) + " pixels of " + std::to_string(channels) + ", side " + std::to_string(side));
    for (const x86::CpuLevel level : testing::cpu_levels()) {
      const x86::ScopedCpuLevel mask(level);
      expect_right([&](auto source, auto destination) { function_(source, destination, weights, width, channels); });
      std::vector<uint8_t> destination(expected.size());
      const std::string json = function_.explain(picture, destination, weights, width, channels).json;
      EXPECT_EQ(json.find(R"("lowering":"stencil")") != std::string::npos, level != x86::CpuLevel::Baseline) << json;
    }
    expect_right(
        [&](auto source, auto destination) { function_.run_plain(source, destination, weights, width, channels); });
    expect_right([&](auto source, auto destination) {
      const ir::Program program = ir::parse(function_.get_program(source, destination, weights, width, channels));
      std::uint64_t slots[] = {0, reinterpret_cast<std::uintptr_t>(source.data()),
                               reinterpret_cast<std::uintptr_t>(destination.data())};
      EXPECT_EQ("done", interpret::describe(interpret::run(program, slots)));
    });
  }
}

INSTANTIATE_TEST_SUITE_P(Wordings, ChannelConvolutions,
                         ::testing::Values(Wording{"channels_unrolled", channels_unrolled},
                                           Wording{"in_a_loop", channels_in_a_loop},
                                           Wording{"pixels_counted", pixels_counted},
                                           Wording{"elements_counted", elements_counted}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace cogent::witness
