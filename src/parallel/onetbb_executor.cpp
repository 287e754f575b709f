// Parts of parallel loops on oneTBB. The only source that knows it: without COGENT_HAS_ONETBB nothing else changes.
#include <cogent/executor.h>

#ifdef COGENT_HAS_ONETBB

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <optional>

namespace cogent {
namespace {

namespace tbb = oneapi::tbb;

class OneTbbExecutor : public Executor {
 public:
  explicit OneTbbExecutor(int threads) {
    if (threads > tbb::info::default_concurrency()) allow_more_threads_than_cores();
    if (threads > 0) arena_.emplace(threads);
  }

  int concurrency() const override {
    return arena_ ? arena_->max_concurrency() : tbb::this_task_arena::max_concurrency();
  }

  void run(std::int64_t count, const std::function<void(std::int64_t)>& part) override {
    if (!arena_) return run_here(count, part);
    arena_->execute([&] { run_here(count, part); });
  }

 private:
  // Else oneTBB writes a warning to the standard error output and runs fewer. Of several such limits the least holds,
  // so that a program's own stays.
  static void allow_more_threads_than_cores() {
    constexpr std::size_t most_threads = 1024;
    static const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, most_threads);
  }

  // Isolated: a thread that waits here must not begin other work of the caller's, who may hold locks.
  static void run_here(std::int64_t count, const std::function<void(std::int64_t)>& part) {
    using Numbers = tbb::blocked_range<std::int64_t>;
    tbb::this_task_arena::isolate([&] {
      tbb::parallel_for(
          Numbers(0, count, 1),
          [&](const Numbers& numbers) {
            for (std::int64_t i = numbers.begin(); i != numbers.end(); ++i) part(i);
          },
          tbb::simple_partitioner());
    });
  }

  mutable std::optional<tbb::task_arena> arena_;
};

}  // namespace

std::shared_ptr<Executor> onetbb_executor(int threads) { return std::make_shared<OneTbbExecutor>(threads); }

}  // namespace cogent

#else

namespace cogent {

std::shared_ptr<Executor> onetbb_executor(int) { return nullptr; }

}  // namespace cogent

#endif
