// The budget bounds what all caches hold together; what was used least recently goes first.
#include "jit/code_budget.h"

#include <gtest/gtest.h>

#include <vector>

#include "counted_entry.h"
#include "jit/code_cache.h"

namespace cogent::jit {
namespace {

using Cache = CodeCache<CountedEntry>;
using Words = std::vector<std::uint64_t>;

constexpr std::size_t code_bytes = 1000 - sizeof(CacheEntry) - sizeof(std::uint64_t);  // 1000 with its key of one word

CountedEntry& create(Cache& cache, std::uint64_t key) {
  Reclaimer::Guard guard;
  return cache.find_or_create(Words{key}, making(static_cast<int>(key), code_bytes), guard);
}

bool holds(const Cache& cache, std::uint64_t key) {
  Reclaimer::Guard guard;
  return cache.find(Words{key}, guard) != nullptr;
}

TEST(CodeBudget, CountsCodeAndKeys) {
  CodeBudget budget;
  {
    Cache cache(budget);
    EXPECT_EQ(create(cache, 1).bytes(), 1000u);
    create(cache, 2);
    create(cache, 2);
    EXPECT_EQ(budget.used(), 2000u);
  }
  EXPECT_EQ(budget.used(), 0u);
}

TEST(CodeBudget, EvictsTheLeastRecentlyUsedOfAllCaches) {
  CodeBudget budget(8000);
  Cache first(budget), second(budget);
  for (std::uint64_t key = 0; key < 4; ++key) create(first, key);
  for (std::uint64_t key = 0; key < 4; ++key) create(second, key);
  EXPECT_TRUE(holds(first, 0)) << "evicted although it fits";
  create(second, 4);  // leaves an eighth free: the two oldest go
  EXPECT_FALSE(holds(first, 1));
  EXPECT_FALSE(holds(first, 2));
  EXPECT_TRUE(holds(first, 0)) << "it was used since";
  EXPECT_TRUE(holds(first, 3));
  EXPECT_EQ(first.size() + second.size(), 7u);
  EXPECT_EQ(budget.used(), 7000u);
}

TEST(CodeBudget, StaysBoundedWhateverComes) {
  CodeBudget budget(20'000);
  Cache cache(budget);
  for (std::uint64_t key = 0; key < 2000; ++key) {
    create(cache, key);
    ASSERT_LE(budget.used(), budget.limit());
    ASSERT_TRUE(holds(cache, key)) << "the newest entry was evicted";
  }
  Reclaimer::collect();
  EXPECT_EQ(static_cast<std::size_t>(CountedEntry::alive), cache.size());
}

TEST(CodeBudget, AnEntryThatAloneExceedsTheLimitIsKeptUntilTheNext) {
  CodeBudget budget(500);
  Cache cache(budget);
  create(cache, 1);
  EXPECT_TRUE(holds(cache, 1));
  create(cache, 2);
  EXPECT_FALSE(holds(cache, 1));
  EXPECT_TRUE(holds(cache, 2));
}

TEST(CodeBudget, PinnedEntriesStay) {
  CodeBudget budget(3000);
  Cache cache(budget);
  PinnedEntry pinned(create(cache, 0));
  for (std::uint64_t key = 1; key < 20; ++key) create(cache, key);
  EXPECT_TRUE(holds(cache, 0));
  EXPECT_LE(budget.used(), 3000u);
}

TEST(CodeBudget, LoweringTheLimitEvictsAtOnce) {
  CodeBudget budget(10'000);
  Cache cache(budget);
  for (std::uint64_t key = 0; key < 10; ++key) create(cache, key);
  budget.set_limit(4000);
  EXPECT_LE(budget.used(), 4000u);
  EXPECT_GE(cache.size(), 3u);
  EXPECT_TRUE(holds(cache, 9));
  EXPECT_FALSE(holds(cache, 0));
}

TEST(CodeBudget, EvictedEntriesLiveUntilTheGuardIsLeft) {
  CodeBudget budget(2000);
  Cache cache(budget);
  Reclaimer::Guard running;
  CountedEntry& evicted = create(cache, 0);
  for (std::uint64_t key = 1; key < 10; ++key) create(cache, key);
  EXPECT_FALSE(holds(cache, 0));
  EXPECT_EQ(evicted.value, 0);
}

TEST(CodeBudget, TheProcessHasOneOf64MiB) {
  EXPECT_EQ(&CodeBudget::process(), &CodeBudget::process());
  EXPECT_EQ(CodeBudget::process().limit(), std::size_t{64} << 20);
}

}  // namespace
}  // namespace cogent::jit
