// Google Benchmark's reporters with the plain names: without "/iterations:1/manual_time".
#pragma once

#include <benchmark/benchmark.h>

#include <vector>

namespace bench {

template <class Reporter>
class WithPlainNames : public Reporter {
 public:
  using Reporter::Reporter;

  void ReportRuns(const std::vector<benchmark::BenchmarkReporter::Run>& runs) override {
    auto renamed = runs;
    for (auto& run : renamed) {
      run.run_name.iterations.clear();
      run.run_name.time_type.clear();
    }
    Reporter::ReportRuns(renamed);
  }
};

}  // namespace bench
