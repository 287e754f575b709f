// The differential fuzzer: random programs, each run in every way, until the time is over.
//
//   fuzz --seconds=60 --seed=1
//
// A failing program is made smaller, its mistake is bisected to a rewrite where optimising makes it, and it is written
// to out/fuzz as a text test, which belongs into tests/programs once the mistake is mended.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>

#include "fuzz/bodies.h"
#include "fuzz/compiled_sample.h"
#include "fuzz/coverage.h"
#include "fuzz/failure.h"
#include "fuzz/options.h"
#include "fuzz/subject.h"

namespace cogent::fuzz {
namespace {

class Session {
 public:
  explicit Session(const Options& options) : options_(options) {}

  /// How many programs failed.
  int run() {
    double last_report = 0;
    for (; programs_ < options_.programs && (elapsed() < options_.seconds || sampled_ < options_.sample); ++programs_) {
      try_program(options_.seed + programs_);
      if (programs_ % programs_per_body == 0) try_a_body(options_.seed + programs_);
      if (elapsed() - last_report < seconds_between_reports) continue;
      last_report = elapsed();
      report();
    }
    compile_sample();
    report();
    std::printf("%s", coverage_.table().c_str());
    for (const std::string& missing : coverage_.missing()) std::printf("never generated: %s\n", missing.c_str());
    return failures_;
  }

 private:
  static constexpr double seconds_between_reports = 5;
  static constexpr std::uint64_t programs_per_body = 16;
  static constexpr int most_failures = 20;  // after which examining more of them is a waste of time

  double elapsed() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }

  void try_program(std::uint64_t seed) {
    Subject subject = make_subject(seed);
    coverage_.add(subject.program);
    const bool fails = contest_.run(subject.program, subject.setup).has_value();
    for (const testing::Aftermath& aftermath : contest_.expected()) coverage_.add(aftermath.outcome);
    if (fails) return keep(seed, subject);
    if (sampled_ < options_.sample * std::min(elapsed() / options_.seconds, 1.0))
      sampled_ += sample_.add(seed, std::move(subject));
    if (sample_.is_batch()) compile_sample();
  }

  void try_a_body(std::uint64_t seed) {
    ++bodies_;
    const std::string problem = try_body(seed).problem;
    if (problem.empty()) return;
    ++failures_;
    std::printf("the body of seed %llu: %s\n", static_cast<unsigned long long>(seed), problem.c_str());
  }

  void keep(std::uint64_t seed, const Subject& subject) {
    if (++failures_ > most_failures) return;
    const Failure failure = examine(contest_, seed, subject.program, subject.setup);
    const std::filesystem::path path = save(failure, options_.folder);
    std::printf("seed %llu fails: %s: %s\n%s%s  kept in %s\n", static_cast<unsigned long long>(seed),
                failure.mismatch.way.c_str(), failure.mismatch.difference.c_str(),
                failure.rewrite.empty() ? "" : "  since ", failure.rewrite.c_str(), path.c_str());
  }

  void compile_sample() {
    for (const std::string& problem : sample_.run()) {
      std::printf("%s\n", problem.c_str());
      ++failures_;
    }
  }

  void report() const {
    std::printf("%llu programs and %llu bodies, %.0f a second, %d with their source compiled, %d failed\n",
                static_cast<unsigned long long>(programs_), static_cast<unsigned long long>(bodies_),
                static_cast<double>(programs_ + bodies_) / elapsed(), sampled_, failures_);
    std::fflush(stdout);
  }

  const Options options_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  Contest contest_;
  Coverage coverage_;
  CompiledSample sample_;
  std::uint64_t programs_ = 0, bodies_ = 0;
  int sampled_ = 0, failures_ = 0;
};

}  // namespace
}  // namespace cogent::fuzz

int main(int argc, char** argv) {
  try {
    return cogent::fuzz::Session(cogent::fuzz::parse_options(argc, argv)).run() == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fuzz: %s\n", error.what());
    return 2;
  }
}
