// Measures a group with all its contenders in turn, call by call, each on warm buffers of its own.
#include "measurements.h"

#include <cstdlib>
#include <cstring>
#include <map>

#include "fresh_processes.h"
#include "opencv_peer.h"

namespace bench {
namespace {

using examples::Contender;
using examples::Kernel;
using examples::Times;

constexpr int rounds = 200;
constexpr double naive_budget = 300e3;

// A group's measurement by its name; the program has one thread.
template <class Measured>
std::map<std::string, Measured>& results() {
  static std::map<std::string, Measured> all;
  return all;
}

template <class Measured, class Measure>
const Measured& once(const std::string& name, Measure measure) {
  auto& all = results<Measured>();
  const auto found = all.find(name);
  return found != all.end() ? found->second : all.emplace(name, measure()).first->second;
}

template <class Measured>
const Measured* if_measured(const std::string& name) {
  const auto& all = results<Measured>();
  const auto found = all.find(name);
  return found != all.end() ? &found->second : nullptr;
}

std::function<void()> warming(const Buffers& buffers) {
  return [&buffers] {
    examples::warm(std::span(buffers.source));
    examples::warm(std::span(buffers.result));
  };
}

std::int64_t count_differences(const Buffers& a, const Buffers& b) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < a.result.size(); ++i) count += a.result[i] != b.result[i];
  return count;
}

int largest_difference(const Buffers& a, const Buffers& b) {
  int largest = 0;
  for (std::size_t i = 0; i < a.result.size(); ++i) largest = std::max(largest, std::abs(a.result[i] - b.result[i]));
  return largest;
}

Steady measure_steady(const Kernel& kernel, Size size) {
  Buffers cogent(kernel.width, size);
  Buffers opencv = cogent;
  Buffers naive = cogent;
  Buffers copied = cogent;
  const examples::PinnedToOneCore pinned;
  const OpenCvPictures pictures(kernel, size, opencv);
  const OpenCvCall peer = best_call(kernel, size, opencv);
  const std::vector<Contender> contenders = {
      {[&] { run_generated(kernel, size, cogent); }, warming(cogent)},
      {[&] { peer.call(pictures); }, warming(opencv)},
      {[&] { run_naive(kernel, size, naive); }, warming(naive), naive_budget},
      {[&] { std::memcpy(copied.result.data(), copied.source.data(), copied.result.size()); }, warming(copied)}};
  const std::vector<Times> times = examples::time_in_turn(contenders, rounds);
  return {times[0],
          times[1],
          times[2],
          times[3],
          peer.name,
          count_differences(cogent, naive),
          count_differences(cogent, opencv),
          largest_difference(cogent, opencv)};
}

FirstCall measure_first_call(const Kernel& kernel, Size size) {
  Buffers cogent(kernel.width, size);
  Buffers opencv = cogent;
  const examples::PinnedToOneCore pinned;
  const OpenCvPictures pictures(kernel, size, opencv);
  Kernel unseen;
  cv::Mat unseen_coefficients;
  int number = 0;
  const std::vector<Contender> contenders = {{[&] { run_generated(unseen, size, cogent); },
                                              [&] {
                                                unseen = never_seen(kernel, number++);
                                                warming(cogent)();
                                              }},
                                             {[&] { filter_2d(pictures, unseen_coefficients); },
                                              [&] {
                                                unseen_coefficients = filter_kernel(unseen);
                                                warming(opencv)();
                                              }}};
  const std::vector<Times> times = examples::time_in_turn(contenders, rounds);
  return {times[0], times[1]};
}

// The kernels differ from those that first_call uses up.
Times measure_generate(const Kernel& kernel) {
  const Size size = sizes().front();
  Buffers buffers(kernel.width, size);
  const examples::PinnedToOneCore pinned;
  Kernel unseen;
  int number = rounds + 1;
  const Contender contender{[&] { generate(unseen, size, buffers); }, [&] { unseen = never_seen(kernel, number++); }};
  return examples::time_in_turn({&contender, 1}, rounds).front();
}

Times measure_cache_hit() {
  const Kernel kernel = examples::sobel_x();
  const Size size{64, 1};
  Buffers buffers(kernel.width, size);
  const examples::PinnedToOneCore pinned;
  const Contender contender{[&] { run_generated(kernel, size, buffers); }, [] {},
                            std::numeric_limits<double>::infinity(), 1000};
  return examples::time_in_turn({&contender, 1}, rounds).front();
}

}  // namespace

const Steady& steady(const Kernel& kernel, Size size) {
  return once<Steady>(kernel.name + '/' + size.name(), [&] { return measure_steady(kernel, size); });
}

const FirstCall& first_call(const Kernel& kernel, Size size) {
  return once<FirstCall>(kernel.name + '/' + size.name(), [&] { return measure_first_call(kernel, size); });
}

const Times& generate(const Kernel& kernel) {
  return once<Times>("generate/" + kernel.name, [&] { return measure_generate(kernel); });
}

const Times& cache_hit() { return once<Times>("cache_hit", measure_cache_hit); }

const FirstCall& fresh_process() {
  return once<FirstCall>("fresh_process", [] {
    const examples::PinnedToOneCore pinned;
    return FirstCall{time_fresh_processes("cogent"), time_fresh_processes("opencv")};
  });
}

const Steady* measured_steady(const std::string& kernel, const std::string& size) {
  return if_measured<Steady>(kernel + '/' + size);
}

const FirstCall* measured_first_call(const std::string& kernel, const std::string& size) {
  return if_measured<FirstCall>(kernel + '/' + size);
}

const Times* measured_generate(const std::string& kernel) { return if_measured<Times>("generate/" + kernel); }

const Times* measured_cache_hit() { return if_measured<Times>("cache_hit"); }

const FirstCall* measured_fresh_process() { return if_measured<FirstCall>("fresh_process"); }

}  // namespace bench
