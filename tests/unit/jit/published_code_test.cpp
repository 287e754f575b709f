// The parts together: real code, cached, run by several threads and evicted meanwhile, is freed only after it returned.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "jit/code_cache.h"
#include "jit/executable_memory.h"
#include "machine_code.h"

namespace cogent::jit {
namespace {

struct PublishedEntry : CacheEntry {
  PublishedEntry(ExecutableMemory& memory, CodeBlock code) : CacheEntry(code.size), memory(memory), code(code) {}
  ~PublishedEntry() override { memory.release(code); }

  ExecutableMemory& memory;
  const CodeBlock code;
};

class PublishedCode : public testing::TestWithParam<ExecutableMemoryMethod> {};

// Freed code is overwritten by traps or unmapped, so running it would end this process.
TEST_P(PublishedCode, IsFreedOnlyAfterItReturned) {
  ExecutableMemory memory(GetParam());
  std::atomic<int> wrong = 0;
  {
    CodeBudget budget(30'000);
    CodeCache<PublishedEntry> cache(budget);
    auto work = [&](unsigned seed) {
      for (unsigned i = 0; i < 3000; ++i) {
        seed = seed * 1664525u + 1013904223u;
        std::uint64_t key = seed >> 16 & 63;
        auto create = [&] {
          return std::make_unique<PublishedEntry>(memory, memory.publish(code_returning(static_cast<int>(key), 800)));
        };
        Reclaimer::Guard guard;
        if (run(cache.find_or_create(Key(&key, 1), create, guard).code) != static_cast<int>(key)) ++wrong;
      }
    };
    std::vector<std::thread> threads;
    for (unsigned n = 0; n < 3; ++n) threads.emplace_back(work, n);
    for (std::thread& thread : threads) thread.join();
    EXPECT_LT(cache.size(), 40u) << "nothing was evicted";
  }
  Reclaimer::collect();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(memory.use().used_bytes, 0u);
}

INSTANTIATE_TEST_SUITE_P(, PublishedCode,
                         testing::Values(ExecutableMemoryMethod::DualMapping, ExecutableMemoryMethod::Protection),
                         [](const auto& info) {
                           return info.param == ExecutableMemoryMethod::DualMapping ? "DualMapping" : "Protection";
                         });

}  // namespace
}  // namespace cogent::jit
