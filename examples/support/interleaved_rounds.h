// Times several contenders in turn, one call of each a round, so that all share whatever the machine goes through.
#pragma once

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <span>
#include <vector>

namespace examples {

using Microseconds = std::chrono::duration<double, std::micro>;

struct Contender {
  std::function<void()> call;
  std::function<void()> prepare = [] {};                    // before each call, not timed
  double budget = std::numeric_limits<double>::infinity();  // microseconds; then it sits out the other rounds
  int repetitions = 1;                                      // calls a measurement, for what is very short
};

struct Times {
  double minimum = 0;  // microseconds a call
  double median = 0;
  int rounds = 0;
  std::vector<double> samples = {};  // round by round
};

inline double time_once(const Contender& contender) {
  contender.prepare();
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < contender.repetitions; ++i) contender.call();
  return Microseconds(std::chrono::steady_clock::now() - start).count() / contender.repetitions;
}

inline Times summarize(const std::vector<double>& samples) {
  if (samples.empty()) return {};
  std::vector<double> sorted = samples;
  std::sort(sorted.begin(), sorted.end());
  return {sorted.front(), sorted[sorted.size() / 2], static_cast<int>(sorted.size()), samples};
}

// How many times as long a takes as b: the median of the rounds' ratios, which share what the machine goes through.
inline double median_ratio(const Times& a, const Times& b) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(a.samples.size(), b.samples.size()); ++i)
    ratios.push_back(a.samples[i] / b.samples[i]);
  return summarize(ratios).median;
}

// The first round is not counted: it touches memory and fills caches.
inline std::vector<Times> time_in_turn(std::span<const Contender> contenders, int rounds) {
  constexpr int fewest_rounds = 3;
  std::vector<std::vector<double>> samples(contenders.size());
  std::vector<double> spent(contenders.size());
  for (const Contender& contender : contenders) time_once(contender);
  for (int round = 0; round < rounds; ++round)
    for (std::size_t c = 0; c < contenders.size(); ++c) {
      if (round >= fewest_rounds && spent[c] > contenders[c].budget) continue;
      samples[c].push_back(time_once(contenders[c]));
      spent[c] += samples[c].back() * contenders[c].repetitions;
    }
  std::vector<Times> times;
  for (const auto& contender_samples : samples) times.push_back(summarize(contender_samples));
  return times;
}

// Brings a buffer into the caches nearest to this core, so that a contender does not pay for what others left there.
template <class T>
void warm(std::span<T> buffer) {
  constexpr std::size_t line = 64;
  const auto* bytes = reinterpret_cast<const volatile unsigned char*>(buffer.data());
  for (std::size_t i = 0; i < buffer.size_bytes(); i += line) static_cast<void>(bytes[i]);
}

// Keeps the calling thread on the last core it may use, while this object lives.
class PinnedToOneCore {
 public:
  PinnedToOneCore() {
    if (sched_getaffinity(0, sizeof allowed_, &allowed_) != 0) return;
    for (int core = 0; core < CPU_SETSIZE; ++core)
      if (CPU_ISSET(core, &allowed_)) core_ = core;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(core_, &one);
    pinned_ = sched_setaffinity(0, sizeof one, &one) == 0;
  }
  ~PinnedToOneCore() {
    if (pinned_) sched_setaffinity(0, sizeof allowed_, &allowed_);
  }
  PinnedToOneCore(const PinnedToOneCore&) = delete;
  PinnedToOneCore& operator=(const PinnedToOneCore&) = delete;

 private:
  cpu_set_t allowed_ = {};
  int core_ = 0;
  bool pinned_ = false;
};

}  // namespace examples
