// Signals that arrive while code is generated and while it runs disturb neither; their handlers, and whatever generated
// code calls, find the stack aligned.
#include <cogent/cogent.h>
#include <gtest/gtest.h>
#include <sys/time.h>

#include <csignal>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <vector>

#include "support/machine_code.h"
#include "x86/cpu_features.h"

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;

volatile std::sig_atomic_t signals = 0;

bool is_aligned(const void* frame) { return reinterpret_cast<std::uintptr_t>(frame) % 16 == 0; }

volatile std::sig_atomic_t misaligned = 0;

/// Uses the stack below the interrupted frame, and every vector register that a compiler likes.
void on_signal(int) {
  signals = signals + 1;
  if (!is_aligned(__builtin_frame_address(0))) misaligned = misaligned + 1;
  volatile double numbers[512];
  for (int i = 0; i < 512; ++i) numbers[i] = i * 1.5;
  if (numbers[511] != 511 * 1.5) misaligned = -1;
}

/// While it lives, a signal comes about every tenth of a millisecond of the time that a clock counts.
class Ticking {
 public:
  Ticking(int clock, int signal) : clock_(clock), signal_(signal) {
    struct sigaction action = {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, &before_);
    const itimerval often = {{0, 100}, {0, 100}};
    setitimer(static_cast<__itimer_which>(clock), &often, nullptr);
  }
  ~Ticking() {
    const itimerval never = {};
    setitimer(static_cast<__itimer_which>(clock_), &never, nullptr);
    sigaction(signal_, &before_, nullptr);
  }
  Ticking(const Ticking&) = delete;
  Ticking& operator=(const Ticking&) = delete;

 private:
  const int clock_, signal_;
  struct sigaction before_ = {};
};

// Its spilled values lie below the stack pointer, in the red zone: it calls nothing.
Value<std::uint64_t> mix(Code code, In<std::uint64_t> in, Value<int> rounds) {
  std::vector<Variable<std::uint64_t>> values;
  values.reserve(20);
  for (int k = 0; k < 20; ++k) values.emplace_back(code.variable(in[k]));
  for ([[maybe_unused]] auto round : code.range(rounds))
    for (std::size_t k = 0; k < 20; ++k) values[k] = values[k] * 0x9E3779B97F4A7C15u + values[(k + 7) % 20];
  auto sum = code.variable(std::uint64_t{0});
  for (const auto& value : values) sum ^= value;
  return sum;
}

void blur(Code code, In<std::uint8_t, 2> in, Out<std::uint8_t, 2> out, int weight) {
  for (auto y : code.range(out.extent(0)))
    for (auto x : code.range(out.extent(1))) {
      auto sum = code.variable(0);
      for (int k = 0; k < 9; ++k) sum += in(y + k / 3, x + k % 3) * (k + weight);
      out(y, x) = clamp(sum >> 6, 0, 255);
    }
}

void waves(Code code, In<float> in, Out<float> out, float factor) {
  for (auto i : code.range(out.size())) out[i] = sqrt(abs(in[i] * factor + 1.0f)) + in[i];
}

class Signals : public ::testing::TestWithParam<x86::CpuLevel> {
 protected:
  void SetUp() override {
    if (GetParam() > x86::detected_cpu_level()) GTEST_SKIP() << "this machine lacks the level";
    signals = 0;
    misaligned = 0;
    std::iota(seeds_.begin(), seeds_.end(), 3);
    std::iota(picture_.begin(), picture_.end(), std::uint8_t{1});
    std::iota(waves_.begin(), waves_.end(), -40.0f);
  }

  /// Generates and runs; a number made of all results.
  std::uint64_t work(int round) {
    const GeneratedFunction mixer("mix", mix);
    const GeneratedFunction blurred("blur", blur);
    const GeneratedFunction waved("waves", waves);
    std::vector<std::uint8_t> out(198 * 30);
    std::vector<float> numbers(waves_.size());
    std::uint64_t sum = mixer(seeds_, 3000 + round);
    blurred(View<const std::uint8_t, 2>(picture_.data(), {32, 200}), View<std::uint8_t, 2>(out.data(), {30, 198}),
            round);
    waved(waves_, numbers, 0.5f + static_cast<float>(round));
    for (const std::uint8_t byte : out) sum = sum * 31 + byte;
    for (const float number : numbers) {
      std::uint32_t bits = 0;
      std::memcpy(&bits, &number, sizeof bits);
      sum = sum * 31 + bits;
    }
    return sum;
  }

  void expect_undisturbed(int clock, int signal) {
    const x86::ScopedCpuLevel level(GetParam());
    std::vector<std::uint64_t> expected;
    for (int round = 0; round < 4; ++round) expected.push_back(work(round));
    const Ticking ticking(clock, signal);
    for (int tries = 0; tries < 3000 && signals < 200; ++tries)
      ASSERT_EQ(work(tries % 4), expected[static_cast<std::size_t>(tries % 4)]) << "after " << signals << " signals";
    EXPECT_GE(signals, 20);
    EXPECT_EQ(misaligned, 0);
  }

  std::vector<std::uint64_t> seeds_ = std::vector<std::uint64_t>(20);
  std::vector<std::uint8_t> picture_ = std::vector<std::uint8_t>(200 * 32);
  std::vector<float> waves_ = std::vector<float>(777);
};

TEST_P(Signals, OfATimerDisturbNothing) { expect_undisturbed(ITIMER_REAL, SIGALRM); }
TEST_P(Signals, OfAProfilerDisturbNothing) { expect_undisturbed(ITIMER_PROF, SIGPROF); }

INSTANTIATE_TEST_SUITE_P(Levels, Signals,
                         ::testing::Values(x86::CpuLevel::Baseline, x86::CpuLevel::Avx2, x86::CpuLevel::Avx512),
                         [](const auto& info) { return std::string(x86::name(info.param)); });

// ---- alignment

constinit thread_local int misaligned_calls = 0;

double callee(double x) {
  if (!is_aligned(__builtin_frame_address(0))) ++misaligned_calls;
  return x;
}

// Frames of all sizes: numbers and floats in memory, and what is saved around the calls.
TEST(Stack, IsAlignedWhereverGeneratedCodeCalls) {
  const GeneratedFunction f(
      "f", [](Code code, In<double> in, In<std::int64_t> whole, int floats, int numbers) -> Value<double> {
        std::vector<Value<double>> kept;
        std::vector<Value<std::int64_t>> counted;
        for (int k = 0; k < floats; ++k) kept.push_back(in[k]);
        for (int k = 0; k < numbers; ++k) counted.push_back(whole[k]);
        auto called = code.call(callee, in[0]);
        auto sum = code.variable(called);
        for (auto& value : kept) sum += value;
        for (auto& value : counted) sum += cast<double>(value);
        return sum;
      });
  const std::vector<double> in(40, 1);
  const std::vector<std::int64_t> whole(40, 2);
  for (const x86::CpuLevel level : testing::cpu_levels()) {
    const x86::ScopedCpuLevel mask(level);
    for (int floats = 0; floats <= 36; floats += 4)
      for (int numbers = 0; numbers < 20; numbers += 3)
        EXPECT_EQ(f(in, whole, floats, numbers), 1 + floats + 2 * numbers);
  }
  EXPECT_EQ(misaligned_calls, 0);
}

}  // namespace
}  // namespace cogent
