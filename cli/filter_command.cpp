// cogent filter: pictures through a pipeline.
#include "filter_command.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <set>
#include <shared_mutex>
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

/// Whether it gives or takes the same when it is opened once more: no pipe, no device.
bool is_there_again(const std::string& path) {
  struct stat status = {};
  return path != "-" && (::stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode));
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
    several_ = workers > 1;
    {
      std::vector<std::jthread> others;
      for (std::size_t k = 1; k < workers; ++k) others.emplace_back([&] { work(threads_each); });
      work(threads_each);
    }
    tell_until(jobs_.size());
    return failed_ ? some_failed : all_good;
  }

 private:
  void work(int threads) {
    Workspace workspace;
    for (std::size_t k = next_++; k < jobs_.size(); k = next_++) {
      outcomes_[k] = run_job(jobs_[k], threads, workspace);
      console_.advance();
      const std::lock_guard lock(mutex_);
      finished_[k] = true;
      std::size_t end = told_;
      while (end < jobs_.size() && finished_[end]) ++end;
      tell_until(end);
    }
  }

  /// What libvips complained about while other pictures were on their way is tried again alone, so that it says what is
  /// wrong with this picture.
  Outcome run_job(const Job& job, int threads, Workspace& workspace) {
    const bool again = several_ && is_there_again(job.input.path) && is_there_again(job.output);
    Outcome outcome;
    {
      std::unique_lock turn(turn_);
      const std::shared_lock among_others(running_);
      turn.unlock();
      outcome = cli::run(job, pipeline_, options_, threads, workspace);
    }
    if (!outcome.is_unsure || !again) return outcome;
    const std::lock_guard turn(turn_);
    const std::lock_guard alone(running_);
    take_vips_error();
    return cli::run(job, pipeline_, options_, threads, workspace);
  }

  void tell_until(std::size_t end) {
    for (; told_ < end; ++told_) tell(jobs_[told_], outcomes_[told_]);
  }

  void tell(const Job& job, const Outcome& outcome) {
    failed_ = failed_ || !outcome.error.empty();
    if (!outcome.error.empty()) console_.complain(job.input.path, outcome.error);
    if (!options_.quiet && !outcome.note.empty() && noted_.insert(outcome.note).second)
      console_.complain(job.input.path, "note: " + outcome.note);
    std::string line;
    if (options_.json) {
      line = as_json(job, outcome, options_.dry_run) + "\n";
    } else if (options_.dry_run && outcome.error.empty()) {
      line = fmt::format("{} ({}) -> {} ({})\n", job.input.path, to_text(*outcome.input), job.output,
                         to_text(*outcome.output));
    }
    std::fwrite(line.data(), 1, line.size(), stdout);  // main() asks the stream whether that went well
    std::fflush(stdout);
  }

  const std::vector<Job>& jobs_;
  const image::Pipeline& pipeline_;
  const FilterOptions& options_;
  Console console_;
  std::vector<Outcome> outcomes_;
  std::atomic<std::size_t> next_ = 0;
  bool several_ = false;  // threads, each with a picture of its own
  std::mutex turn_;       // who waits to be alone is not overtaken for ever
  std::shared_mutex running_;
  std::mutex mutex_;  // of what follows
  std::vector<bool> finished_ = std::vector<bool>(outcomes_.size());
  std::size_t told_ = 0;
  std::set<std::string> noted_;  // once each
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
