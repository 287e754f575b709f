// The code cache between threads and across forks: generated once, never waiting for ever, nothing freed while in use.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <memory>
#include <semaphore>
#include <stdexcept>
#include <thread>
#include <vector>

#include "counted_entry.h"
#include "jit/code_cache.h"

namespace cogent::jit {
namespace {

using Cache = CodeCache<CountedEntry>;
using Words = std::vector<std::uint64_t>;

template <class Body>
void run_threads(int count, Body body) {
  std::vector<std::thread> threads;
  for (int n = 0; n < count; ++n) threads.emplace_back(body, n);
  for (std::thread& thread : threads) thread.join();
}

TEST(CodeCacheThreads, AMissingEntryIsGeneratedOnce) {
  CodeBudget budget;
  Cache cache(budget);
  std::atomic<int> generated = 0;
  std::atomic<int> wrong = 0;
  run_threads(4, [&](int) {
    for (std::uint64_t key = 0; key < 300; ++key) {
      Reclaimer::Guard guard;
      auto create = [&] {
        ++generated;
        std::this_thread::yield();
        return making(static_cast<int>(key))();
      };
      if (cache.find_or_create(Words{key, key}, create, guard).value != static_cast<int>(key)) ++wrong;
    }
  });
  EXPECT_EQ(generated, 300);
  EXPECT_EQ(wrong, 0);
}

TEST(CodeCacheThreads, GeneratingBlocksNeitherHitsNorOtherKeys) {
  CodeBudget budget;
  Cache cache(budget);
  Reclaimer::Guard guard;
  cache.find_or_create(Words{1}, making(1), guard);
  std::binary_semaphore started{0}, may_end{0};
  std::thread slow([&] {
    Reclaimer::Guard guard;
    auto create = [&] {
      started.release();
      may_end.acquire();
      return making(2)();
    };
    cache.find_or_create(Words{2}, create, guard);
  });
  started.acquire();
  EXPECT_EQ(cache.find_or_create(Words{1}, making(-1), guard).value, 1);
  EXPECT_EQ(cache.find_or_create(Words{3}, making(3), guard).value, 3);
  EXPECT_EQ(cache.find(Words{2}, guard), nullptr);
  may_end.release();
  slow.join();
  EXPECT_EQ(cache.find(Words{2}, guard)->value, 2);
}

TEST(CodeCacheThreads, AfterAFailureOneOfTheWaitersTriesNext) {
  CodeBudget budget;
  Cache cache(budget);
  std::atomic<int> attempts = 0, exceptions = 0, wrong = 0;
  run_threads(4, [&](int) {
    for (std::uint64_t key = 0; key < 100; ++key) {
      Reclaimer::Guard guard;
      auto create = [&] {
        std::this_thread::yield();
        if (++attempts % 3 != 0) throw std::runtime_error("this time not");
        return making(static_cast<int>(key))();
      };
      try {
        if (cache.find_or_create(Words{key}, create, guard).value != static_cast<int>(key)) ++wrong;
      } catch (const std::runtime_error&) {
        ++exceptions;
      }
    }
  });
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(static_cast<std::size_t>(attempts - exceptions), cache.size());
  EXPECT_GT(cache.size(), 0u);
}

TEST(CodeCacheThreads, FunctionsThatGenerateEachOtherOnTwoThreadsAreRefused) {
  CodeBudget budget;
  std::array<Cache, 2> caches{Cache(budget), Cache(budget)};
  std::array<std::binary_semaphore, 2> started{std::binary_semaphore(0), std::binary_semaphore(0)};
  std::atomic<int> refused = 0;
  run_threads(2, [&](int mine) {
    Reclaimer::Guard guard;
    auto create = [&] {
      started[mine].release();
      started[1 - mine].acquire();
      caches[1 - mine].find_or_create(Words{1}, making(1), guard);
      return making(2)();
    };
    try {
      caches[mine].find_or_create(Words{1}, create, guard);
    } catch (const RecursiveGenerationError&) {
      ++refused;
    }
  });
  EXPECT_EQ(refused, 1) << "one is refused, whereupon the other can go on";
  EXPECT_EQ(caches[0].size() + caches[1].size(), 2u);
}

TEST(CodeCacheThreads, LookingUpInsertingAndEvictingAtOnce) {
  {
    CodeBudget budget(50 * 1000);
    std::array<Cache, 2> caches{Cache(budget), Cache(budget)};
    std::atomic<int> wrong = 0;
    run_threads(4, [&](int n) {
      std::vector<PinnedEntry<CountedEntry>> pinned(4);
      std::uint64_t random = 12345u + static_cast<unsigned>(n);
      for (int i = 0; i < 4000; ++i) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        int key = static_cast<int>((random >> 33) % 150);
        Cache& cache = caches[key % 2];
        Reclaimer::Guard guard;
        CountedEntry& entry = cache.find_or_create(Words{static_cast<std::uint64_t>(key), 5}, making(key, 900), guard);
        if (i % 50 == 0) pinned[i / 50 % 4] = PinnedEntry(entry);
        if (entry.value != key) ++wrong;
        if (i % 1000 == 999) cache.clear();
      }
      for (const PinnedEntry<CountedEntry>& entry : pinned) {
        if (entry->value < 0) ++wrong;
      }
    });
    EXPECT_EQ(wrong, 0);
    EXPECT_LE(budget.used(), budget.limit());
  }
  Reclaimer::collect();
  EXPECT_EQ(CountedEntry::alive, 0);
}

TEST(CodeCacheThreads, CodeThatRunsByAHandleOutlivesHandleAndCache) {
  CodeBudget budget;
  auto cache = std::make_unique<Cache>(budget);
  PinnedEntry<CountedEntry> pinned;
  {
    Reclaimer::Guard guard;
    pinned = PinnedEntry(cache->find_or_create(Words{1}, making(5), guard));
  }
  std::binary_semaphore entered{0}, may_leave{0};
  std::thread earlier([&] {
    Reclaimer::Guard guard;
    entered.release();
    may_leave.acquire();
  });
  entered.acquire();
  cache.reset();  // its reference waits for the earlier thread
  Reclaimer::Guard running;
  CountedEntry& entry = *pinned;
  pinned = {};
  may_leave.release();
  earlier.join();
  Reclaimer::collect();  // now the cache's reference, the last, goes
  EXPECT_EQ(CountedEntry::alive, 1);
  EXPECT_EQ(entry.value, 5);
}

TEST(CodeCacheThreads, ChildOfAForkDoesNotWaitForThreadsItDoesNotHave) {
  CodeBudget budget;
  Cache cache(budget);
  std::binary_semaphore started{0}, may_end{0};
  std::thread slow([&] {
    Reclaimer::Guard guard;
    auto create = [&] {
      started.release();
      may_end.acquire();
      return making(1)();
    };
    cache.find_or_create(Words{1}, create, guard);
  });
  started.acquire();
  pid_t process = fork();
  if (process == 0) {
    alarm(20);
    Reclaimer::Guard guard;
    _exit(cache.find_or_create(Words{1}, making(2), guard).value == 2 ? 0 : 1);
  }
  int status = -1;
  waitpid(process, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  may_end.release();
  slow.join();
}

}  // namespace
}  // namespace cogent::jit
