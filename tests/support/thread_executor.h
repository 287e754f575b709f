// An executor for tests: as many threads as it is told, made anew for each loop.
#pragma once
#include <cogent/executor.h>

#include <atomic>
#include <thread>
#include <vector>

namespace cogent::testing {

class ThreadExecutor : public Executor {
 public:
  explicit ThreadExecutor(int threads) : threads_(threads) {}

  int concurrency() const override { return threads_; }
  void run(std::int64_t count, const std::function<void(std::int64_t)>& part) override {
    std::atomic<std::int64_t> next{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < threads_; ++i)
      threads.emplace_back([&] {
        for (std::int64_t number = next++; number < count; number = next++) part(number);
      });
    threads.clear();
    parts_ += count;
  }

  /// All parts that were run.
  std::int64_t parts() const { return parts_; }

 private:
  const int threads_;
  std::atomic<std::int64_t> parts_{0};
};

}  // namespace cogent::testing
