// The executor that was set for all threads, and those for single threads.
#include "parallel/executors.h"

#include <mutex>
#include <utility>

namespace cogent {
namespace {

struct Shared {
  std::mutex mutex;
  std::shared_ptr<Executor> executor;  // null: the usual one
};

// Never destroyed: threads may still run loops when the process ends.
Shared& shared() {
  static Shared& it = *new Shared;
  return it;
}

constinit thread_local ExecutorScope* innermost = nullptr;
constinit thread_local Executor* own = nullptr;

}  // namespace

std::shared_ptr<Executor> set_executor(std::shared_ptr<Executor> executor) {
  Shared& all = shared();
  const std::lock_guard lock(all.mutex);
  return std::exchange(all.executor, std::move(executor));
}

ExecutorScope::ExecutorScope(std::shared_ptr<Executor> executor)
    : executor_(std::move(executor)), outer_(std::exchange(innermost, this)) {
  own = executor_.get();
}

ExecutorScope::~ExecutorScope() {
  innermost = outer_;
  own = outer_ != nullptr ? outer_->executor_.get() : nullptr;
}

namespace parallel {

std::shared_ptr<Executor> present_executor() {
  if (own != nullptr) return {std::shared_ptr<Executor>{}, own};  // kept by its scope
  Shared& all = shared();
  {
    const std::lock_guard lock(all.mutex);
    if (all.executor != nullptr) return all.executor;
  }
  static const std::shared_ptr<Executor>& usual = *new std::shared_ptr<Executor>(onetbb_executor());
  return usual;
}

}  // namespace parallel
}  // namespace cogent
