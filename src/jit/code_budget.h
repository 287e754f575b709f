// The bound on the bytes that all caches of the process hold together.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "jit/cache_entry.h"
#include "jit/process_mutex.h"
#include "jit/reclaim.h"

namespace cogent::jit {

class CodeCacheBase;

/// Things that were taken out of shared structures under the process mutex and are retired after it is released:
/// declare it before the lock.
class RetireLater {
 public:
  RetireLater() = default;
  ~RetireLater();
  RetireLater(const RetireLater&) = delete;
  RetireLater& operator=(const RetireLater&) = delete;

  void add(Retirable* object, Reclaimer::Destroy destroy) noexcept {
    object->next_ = first_;
    object->destroy_ = destroy;
    first_ = object;
  }

 private:
  Retirable* first_ = nullptr;  // of a list
};

/// Counts code and keys. When a new entry exceeds the limit, the least recently used entries of all caches are evicted
/// until an eighth is free; entries that a handle pins stay. Evicted code that still runs is freed when it has
/// returned.
class CodeBudget {
 public:
  static constexpr std::size_t default_limit = 64 << 20;

  explicit CodeBudget(std::size_t limit = default_limit);
  CodeBudget(const CodeBudget&) = delete;
  CodeBudget& operator=(const CodeBudget&) = delete;

  /// The one that the process's generated functions share. Never destroyed.
  static CodeBudget& process();

  /// Evicts at once what exceeds the new limit.
  void set_limit(std::size_t bytes);
  std::size_t limit() const { return limit_.load(std::memory_order_relaxed); }
  std::size_t used() const { return used_.load(std::memory_order_relaxed); }

 private:
  friend class CodeCacheBase;
  struct Candidate;

  // Time passes only when an entry comes, so that a hit reads this word and seldom writes one.
  std::uint64_t now() const { return tick_.load(std::memory_order_relaxed); }

  // All of these with the process mutex held.
  void attach(CodeCacheBase& cache) { caches_.push_back(&cache); }
  void detach(CodeCacheBase& cache);
  void add(CacheEntry& entry);
  void subtract(const CacheEntry& entry);
  void evict_all_but(const CacheEntry* kept, RetireLater& later) noexcept;
  bool is_to_shrink() const { return used() > limit() - limit() / 8; }
  void evict_by_age(const CacheEntry* kept, RetireLater& later);
  void evict_one_by_one(const CacheEntry* kept, RetireLater& later) noexcept;
  template <class Function>
  void for_each_candidate(const CacheEntry* kept, Function function) const;
  void forget_other_threads();

  std::atomic<std::size_t> limit_;
  std::atomic<std::size_t> used_{0};
  std::atomic<std::uint64_t> tick_{0};
  std::vector<CodeCacheBase*> caches_;
  ForkSubscription fork_subscription_;
};

}  // namespace cogent::jit
