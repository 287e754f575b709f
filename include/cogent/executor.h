// Which threads run the iterations of parallel loops: code.range(n).parallel().
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include <cogent/detail/export.h>

namespace cogent {

/// Runs the parts of parallel loops. A caller may bring its own, around its thread pool.
class COGENT_EXPORT Executor {
 public:
  virtual ~Executor() = default;
  /// How many parts it can run at once, at least 1; a loop is divided into more of them. With 1, loops run in the
  /// thread that calls.
  virtual int concurrency() const = 0;
  /// Calls part(0), part(1), ... part(count - 1), each once, from any threads, in any order and at once, and returns
  /// when all of them have returned. They do not throw. Low numbers should begin first. Parallel loops within a part
  /// run in its thread.
  virtual void run(std::int64_t count, const std::function<void(std::int64_t)>& part) = 0;
};

/// Lets parallel loops of all threads run on an executor; null: on oneTBB, the usual, or where the library was built
/// without it in the thread that calls. Gives what was set before.
COGENT_EXPORT std::shared_ptr<Executor> set_executor(std::shared_ptr<Executor> executor);

/// An executor on oneTBB, of so many threads; 0: as many as oneTBB finds good. Null: the library was built without it.
COGENT_EXPORT std::shared_ptr<Executor> onetbb_executor(int threads = 0);

/// While it lives, the parallel loops of calls that this thread makes run on an executor, whatever is set for all.
class COGENT_EXPORT ExecutorScope {
 public:
  explicit ExecutorScope(std::shared_ptr<Executor> executor);
  ~ExecutorScope();
  ExecutorScope(const ExecutorScope&) = delete;
  ExecutorScope& operator=(const ExecutorScope&) = delete;

 private:
  std::shared_ptr<Executor> executor_;
  ExecutorScope* outer_;
};

}  // namespace cogent
