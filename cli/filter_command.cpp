// cogent filter: pictures through a pipeline.
#include "filter_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "console.h"
#include "exit_status.h"
#include "picture_job.h"

namespace cogent::cli {
namespace {

void check_usage(const FilterOptions& options, const std::vector<Job>& jobs) {
  if (jobs.empty()) throw UsageError("there are no pictures to filter; - is the standard input");
  if (options.output == "-" && options.json) throw UsageError("--json and -o - both want the standard output");
  const auto reads = std::ranges::count(options.inputs, "-") + (options.files_from == "-" ? 1 : 0);
  if (reads > 1) throw UsageError("the standard input can be read only once");
}

std::string as_json(const Job& job, const Outcome& outcome, bool dry_run) {
  nlohmann::ordered_json line = {{"input", job.input.path}, {"output", job.output}};
  line["status"] = !outcome.error.empty() ? "failed" : dry_run ? "planned" : "done";
  if (!outcome.error.empty()) line["error"] = outcome.error;
  if (outcome.input) line["input_format"] = to_text(*outcome.input);
  if (outcome.output) line["output_format"] = to_text(*outcome.output);
  const Seconds& seconds = outcome.seconds;
  if (outcome.error.empty() && !dry_run)
    line["seconds"] = {
        {"read", seconds.read}, {"compile", seconds.compile}, {"filter", seconds.filter}, {"write", seconds.write}};
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// All pictures, several at once; outcomes are told in the order of the jobs.
class Batch {
 public:
  Batch(const std::vector<Job>& jobs, const image::Pipeline& pipeline, const FilterOptions& options)
      : jobs_(jobs),
        pipeline_(pipeline),
        options_(options),
        console_(options.quiet || options.json, jobs.size()),
        outcomes_(jobs.size()) {}

  int run(int threads) {
    const auto workers =
        static_cast<std::size_t>(threads) < jobs_.size() ? static_cast<std::size_t>(threads) : jobs_.size();
    const int threads_each = std::max(1, threads / static_cast<int>(workers));
    {
      std::vector<std::jthread> others;
      for (std::size_t k = 1; k < workers; ++k) others.emplace_back([&] { work(threads_each); });
      work(threads_each);
    }
    if (workers > 1) repeat_failed(threads);
    tell_until(jobs_.size());
    return failed_ ? some_failed : all_good;
  }

 private:
  void work(int threads) {
    Workspace workspace;
    for (std::size_t k = next_++; k < jobs_.size(); k = next_++) {
      outcomes_[k] = cli::run(jobs_[k], pipeline_, options_, threads, workspace);
      console_.advance();
      const std::lock_guard lock(mutex_);
      finished_[k] = outcomes_[k].error.empty();
      std::size_t end = told_;
      while (end < jobs_.size() && finished_[end]) ++end;
      tell_until(end);
    }
  }

  /// libvips has one text of errors for all threads: what failed is tried again alone, so that it says what is wrong
  /// with this picture.
  void repeat_failed(int threads) {
    Workspace workspace;
    for (std::size_t k = 0; k < jobs_.size(); ++k) {
      const Job& job = jobs_[k];
      const bool readable_again = job.input.path != "-" && job.output != "-";
      take_vips_error();
      if (!outcomes_[k].error.empty() && readable_again)
        outcomes_[k] = cli::run(job, pipeline_, options_, threads, workspace);
    }
  }

  void tell_until(std::size_t end) {
    for (; told_ < end; ++told_) tell(jobs_[told_], outcomes_[told_]);
  }

  void tell(const Job& job, const Outcome& outcome) {
    failed_ = failed_ || !outcome.error.empty();
    if (!outcome.error.empty()) console_.complain(job.input.path, outcome.error);
    if (options_.json) {
      fmt::print("{}\n", as_json(job, outcome, options_.dry_run));
    } else if (options_.dry_run && outcome.error.empty()) {
      fmt::print("{} ({}) -> {} ({})\n", job.input.path, to_text(*outcome.input), job.output, to_text(*outcome.output));
    }
    std::fflush(stdout);
  }

  const std::vector<Job>& jobs_;
  const image::Pipeline& pipeline_;
  const FilterOptions& options_;
  Console console_;
  std::vector<Outcome> outcomes_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;  // of what follows
  std::vector<bool> finished_ = std::vector<bool>(outcomes_.size());
  std::size_t told_ = 0;
  bool failed_ = false;
};

}  // namespace

int filter(const FilterOptions& options) {
  const image::Pipeline pipeline = image::Pipeline::parse(options.pipeline);
  const std::vector<Job> jobs = plan_jobs(find_inputs(options), options);
  check_usage(options, jobs);
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return Batch(jobs, pipeline, options).run(options.threads == 0 ? cores : options.threads);
}

}  // namespace cogent::cli
