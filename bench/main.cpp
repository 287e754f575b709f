// The benchmarks' names, and their way from the measurements into Google Benchmark. `make bench` runs this.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <opencv2/core.hpp>
#include <string_view>

#include "measurements.h"
#include "report.h"
#include "reporters.h"
#include "scalar_quality.h"

namespace bench {
namespace {

using examples::Kernel;
using examples::Times;

bool all_results_agree = true;

// A benchmark of one iteration, whose time is the median that was measured.
template <class Measure>
void add(const std::string& name, Measure measure) {
  benchmark::RegisterBenchmark(name.c_str(),
                               [measure](benchmark::State& state) {
                                 Times times;
                                 try {
                                   times = measure(state);
                                 } catch (const std::exception& error) {
                                   all_results_agree = false;
                                   state.SkipWithError(error.what());
                                 }
                                 for (auto _ : state) state.SetIterationTime(times.median * 1e-6);
                                 state.counters["min_us"] = times.minimum;
                                 state.counters["median_us"] = times.median;
                                 state.counters["rounds"] = times.rounds;
                               })
      ->UseManualTime()
      ->Iterations(1)
      ->Unit(benchmark::kMicrosecond);
}

// Ratios of the medians, as counters.
Times with_ratios(benchmark::State& state, const Steady& group, const Times& times) {
  state.counters["x_memcpy"] = times.median / group.memcpy.median;
  state.counters["opencv_x"] = group.opencv.median / times.median;
  return times;
}

// Cogent must agree with the naive code everywhere, and with OpenCV up to the rounding of its float arithmetic.
Times compared(benchmark::State& state, const Steady& group) {
  state.counters["opencv_differs"] = static_cast<double>(group.opencv_differences);
  if (group.naive_differences != 0 || group.largest_opencv_difference > 1) {
    all_results_agree = false;
    state.SkipWithError("the results differ");
  }
  return with_ratios(state, group, group.cogent);
}

void add_steady(const Kernel& kernel, Size size) {
  const std::string name = "steady/" + kernel.name + '/' + size.name() + '/';
  add(name + "cogent", [=](benchmark::State& state) { return compared(state, steady(kernel, size)); });
  const auto add_peer = [&](const char* who, Times Steady::* times) {
    add(name + who, [=](benchmark::State& state) {
      const Steady& group = steady(kernel, size);
      return with_ratios(state, group, group.*times);
    });
  };
  add_peer("opencv", &Steady::opencv);
  add_peer("naive", &Steady::naive);
  add_peer("memcpy", &Steady::memcpy);
}

void add_first_call(const Kernel& kernel, Size size) {
  const std::string name = "first_call/" + kernel.name + '/' + size.name() + '/';
  add(name + "cogent", [=](benchmark::State& state) {
    const FirstCall& group = first_call(kernel, size);
    state.counters["opencv_x"] = group.opencv.median / group.cogent.median;
    return group.cogent;
  });
  add(name + "opencv", [=](benchmark::State&) { return first_call(kernel, size).opencv; });
}

void add_scalar_loop(const ScalarLoop& loop) {
  add("scalar/" + loop.name + "/cogent", [&loop](benchmark::State& state) {
    const ScalarQuality& quality = scalar_quality(loop);
    state.counters["x_g++_O1"] = quality.ratio();
    if (quality.differs) throw std::runtime_error("the results differ");
    return quality.generated;
  });
  add("scalar/" + loop.name + "/g++_O1", [&loop](benchmark::State&) { return scalar_quality(loop).compiled; });
}

void add_all() {
  add("fresh_process/cogent", [](benchmark::State&) { return fresh_process().cogent; });
  add("fresh_process/opencv", [](benchmark::State&) { return fresh_process().opencv; });
  add("cache_hit", [](benchmark::State&) { return cache_hit(); });
  for (const Kernel& kernel : kernels())
    add("generate/" + kernel.name, [&kernel](benchmark::State&) { return generate(kernel); });
  for (const Size size : sizes())
    for (const Kernel& kernel : kernels()) {
      add_first_call(kernel, size);
      add_steady(kernel, size);
    }
  for (const ScalarLoop& loop : scalar_loops()) add_scalar_loop(loop);
  add("table_lookup/checked", [](benchmark::State& state) {
    state.counters["x_unchecked"] = cost_of_checks().ratio();
    return cost_of_checks().checked;
  });
  add("table_lookup/unchecked", [](benchmark::State&) { return cost_of_checks().unchecked; });
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  cv::setNumThreads(1);
  bench::add_all();
  const bool writes_file = std::any_of(argv, argv + argc, [](const char* argument) {
    return std::string_view(argument).starts_with("--benchmark_out=");
  });
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  bench::WithPlainNames<benchmark::ConsoleReporter> console(benchmark::ConsoleReporter::OO_Tabular);
  bench::WithPlainNames<benchmark::JSONReporter> json;
  benchmark::RunSpecifiedBenchmarks(&console, writes_file ? &json : nullptr);
  std::fputs((bench::report() + bench::scalar_quality_table()).c_str(), stdout);
  return bench::all_results_agree ? 0 : 1;
}
