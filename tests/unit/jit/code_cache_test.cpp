// The code cache on one thread: keys, failures of the factory, recursion, handles, the end of the cache.
#include "jit/code_cache.h"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>
#include <vector>

#include "counted_entry.h"

namespace cogent::jit {
namespace {

using Cache = CodeCache<CountedEntry>;
using Words = std::vector<std::uint64_t>;

class CodeCacheTest : public testing::Test {
 protected:
  void TearDown() override {
    Reclaimer::collect();
    EXPECT_EQ(CountedEntry::alive, 0);
    EXPECT_EQ(budget_.used(), 0u);
  }

  CodeBudget budget_;
};

TEST_F(CodeCacheTest, FindsWhatWasCreated) {
  Cache cache(budget_);
  Reclaimer::Guard guard;
  Words key{1, 2, 3};
  EXPECT_EQ(cache.find(key, guard), nullptr);
  CountedEntry& created = cache.find_or_create(key, making(7), guard);
  EXPECT_EQ(cache.find(key, guard), &created);
  EXPECT_EQ(&cache.find_or_create(key, making(8), guard), &created) << "a hit called the factory";
  EXPECT_EQ(created.value, 7);
}

TEST_F(CodeCacheTest, EveryWordAndTheLengthOfTheKeyCount) {
  Cache cache(budget_);
  Reclaimer::Guard guard;
  std::vector<Words> keys;
  for (std::size_t length = 0; length <= 13; ++length) {
    keys.emplace_back(length, 0);
    for (std::size_t changed = 0; changed < length; ++changed) {
      keys.emplace_back(length, 0);
      keys.back()[changed] = 1;
    }
  }
  for (std::size_t i = 0; i < keys.size(); ++i) cache.find_or_create(keys[i], making(static_cast<int>(i)), guard);
  EXPECT_EQ(cache.size(), keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(cache.find(keys[i], guard)->value, static_cast<int>(i));
}

TEST_F(CodeCacheTest, EqualHashesDoNotConfuseKeys) {
  // A first word that cancels the hash's constant multiplies whatever the second word is by zero.
  constexpr std::uint64_t cancelling = 0x9E3779B97F4A7C15u;
  Words first{cancelling, 1, 2, 3}, second{cancelling, 4, 2, 3};
  ASSERT_EQ(hash_key(first), hash_key(second));
  Cache cache(budget_);
  Reclaimer::Guard guard;
  cache.find_or_create(first, making(1), guard);
  EXPECT_EQ(cache.find(second, guard), nullptr);
  cache.find_or_create(second, making(2), guard);
  EXPECT_EQ(cache.find(first, guard)->value, 1);
  EXPECT_EQ(cache.find(second, guard)->value, 2);
}

TEST_F(CodeCacheTest, EntryKeepsItsOwnCopyOfTheKey) {
  Cache cache(budget_);
  Reclaimer::Guard guard;
  Words buffer{1, 2};
  CountedEntry& entry = cache.find_or_create(
      buffer,
      [&] {
        buffer = {8, 9};  // as when the factory calls another generated function
        return making(7)();
      },
      guard);
  buffer = {5, 5};
  EXPECT_TRUE(std::ranges::equal(entry.key(), Words{1, 2}));
  EXPECT_EQ(cache.find(Words{1, 2}, guard), &entry);
}

TEST_F(CodeCacheTest, ManyEntriesSurviveGrowth) {
  Cache cache(budget_);
  Reclaimer::Guard guard;
  for (int i = 0; i < 5000; ++i) cache.find_or_create(Words{static_cast<std::uint64_t>(i), 77}, making(i), guard);
  EXPECT_EQ(cache.size(), 5000u);
  for (int i = 0; i < 5000; ++i) {
    ASSERT_EQ(cache.find(Words{static_cast<std::uint64_t>(i), 77}, guard)->value, i);
  }
}

TEST_F(CodeCacheTest, FactoryThatThrowsLeavesNothingBehind) {
  Cache cache(budget_);
  Reclaimer::Guard guard;
  Words key{1};
  auto fail = []() -> std::unique_ptr<CountedEntry> { throw std::runtime_error("no"); };
  EXPECT_THROW(cache.find_or_create(key, fail, guard), std::runtime_error);
  EXPECT_THROW(cache.find_or_create(key, fail, guard), std::runtime_error) << "the failure was cached";
  EXPECT_EQ(cache.find(key, guard), nullptr);
  EXPECT_EQ(cache.size(), 0u);
  EXPECT_EQ(cache.find_or_create(key, making(3), guard).value, 3);
}

TEST_F(CodeCacheTest, AskingForTheKeyThatIsBeingGeneratedIsRefused) {
  Cache cache(budget_);
  Cache other(budget_);
  Reclaimer::Guard guard;
  Words key{1};
  auto recurse = [&] {
    // By way of another function, which is being generated as well.
    other.find_or_create(
        key,
        [&] {
          cache.find_or_create(key, making(1), guard);
          return making(2)();
        },
        guard);
    return making(3)();
  };
  EXPECT_THROW(cache.find_or_create(key, recurse, guard), RecursiveGenerationError);
  EXPECT_EQ(cache.size() + other.size(), 0u);
  EXPECT_EQ(cache.find_or_create(key, making(4), guard).value, 4) << "unusable after the error";
}

TEST_F(CodeCacheTest, FactoryMayAskForOtherKeys) {
  Cache cache(budget_);
  Reclaimer::Guard guard;
  auto create = [&] { return making(10 * cache.find_or_create(Words{2}, making(2), guard).value)(); };
  EXPECT_EQ(cache.find_or_create(Words{1}, create, guard).value, 20);
  EXPECT_EQ(cache.size(), 2u);
}

TEST_F(CodeCacheTest, ClearedEntriesLiveUntilTheGuardIsLeft) {
  Cache cache(budget_);
  {
    Reclaimer::Guard guard;
    CountedEntry& entry = cache.find_or_create(Words{1}, making(5), guard);
    cache.clear();
    EXPECT_EQ(cache.find(Words{1}, guard), nullptr);
    EXPECT_EQ(budget_.used(), 0u);
    EXPECT_EQ(entry.value, 5);
  }
  Reclaimer::collect();
  EXPECT_EQ(CountedEntry::alive, 0);
}

TEST_F(CodeCacheTest, SlotsOfRemovedEntriesAreReclaimed) {
  Cache cache(budget_);
  for (int round = 0; round < 1000; ++round) {
    Reclaimer::Guard guard;
    for (std::uint64_t i = 0; i < 3; ++i) cache.find_or_create(Words{i}, making(round), guard);
    EXPECT_EQ(cache.find(Words{99}, guard), nullptr) << "a look-up of an absent key must end";
    cache.clear();
  }
  EXPECT_EQ(cache.size(), 0u);
}

TEST_F(CodeCacheTest, PinnedEntryOutlivesTheCache) {
  PinnedEntry<CountedEntry> pinned;
  {
    Cache cache(budget_);
    Reclaimer::Guard guard;
    pinned = PinnedEntry(cache.find_or_create(Words{1}, making(5), guard));
    cache.find_or_create(Words{2}, making(6), guard);
  }
  Reclaimer::collect();
  EXPECT_EQ(CountedEntry::alive, 1);
  PinnedEntry copy = pinned;
  pinned = {};
  EXPECT_FALSE(pinned);
  EXPECT_EQ(copy->value, 5);
}

TEST_F(CodeCacheTest, PinnedEntryThatIsLetGoStaysInTheCache) {
  Cache cache(budget_);
  Reclaimer::Guard guard;
  {
    PinnedEntry pinned(cache.find_or_create(Words{1}, making(5), guard));
  }
  Reclaimer::collect();
  EXPECT_EQ(cache.find(Words{1}, guard)->value, 5);
}

TEST_F(CodeCacheTest, LastHandleMayGoWhileTheCodeRuns) {
  PinnedEntry<CountedEntry> pinned;
  {
    Cache cache(budget_);
    Reclaimer::Guard guard;
    pinned = PinnedEntry(cache.find_or_create(Words{1}, making(5), guard));
  }
  Reclaimer::Guard running;
  CountedEntry& entry = *pinned;
  pinned = {};
  Reclaimer::collect();
  EXPECT_EQ(entry.value, 5);
}

}  // namespace
}  // namespace cogent::jit
