// Accounts for what the caches hold and evicts what was used least recently.
#include "jit/code_budget.h"

#include <algorithm>
#include <mutex>
#include <new>
#include <utility>

#include "jit/code_cache.h"

namespace cogent::jit {

RetireLater::~RetireLater() {
  while (first_ != nullptr) {
    Retirable* const object = std::exchange(first_, first_->next_);
    Reclaimer::retire(object, object->destroy_);
  }
}

struct CodeBudget::Candidate {
  std::uint64_t last_used;
  CodeCacheBase* cache;
  CacheEntry* entry;
};

CodeBudget::CodeBudget(std::size_t limit)
    : limit_(limit),
      fork_subscription_(this, nullptr, [](void* owner) { static_cast<CodeBudget*>(owner)->forget_other_threads(); }) {}

CodeBudget& CodeBudget::process() {
  static CodeBudget& result = *new CodeBudget;
  return result;
}

void CodeBudget::set_limit(std::size_t bytes) {
  RetireLater later;
  std::scoped_lock lock(process_mutex());
  limit_.store(bytes, std::memory_order_relaxed);
  evict_all_but(nullptr, later);
}

void CodeBudget::detach(CodeCacheBase& cache) { std::erase(caches_, &cache); }

void CodeBudget::add(CacheEntry& entry) {
  std::uint64_t tick = tick_.fetch_add(1, std::memory_order_relaxed) + 1;
  entry.last_used_.store(tick, std::memory_order_relaxed);
  used_.fetch_add(entry.bytes(), std::memory_order_relaxed);
}

void CodeBudget::subtract(const CacheEntry& entry) { used_.fetch_sub(entry.bytes(), std::memory_order_relaxed); }

template <class Function>
void CodeBudget::for_each_candidate(const CacheEntry* kept, Function function) const {
  for (CodeCacheBase* cache : caches_) {
    cache->for_each_entry([&](CacheEntry& entry) {
      if (&entry == kept || entry.is_pinned()) return;
      function(Candidate{entry.last_used_.load(std::memory_order_relaxed), cache, &entry});
    });
  }
}

// Evicting an eighth at a time makes the search for the oldest entries cost a few steps per entry.
void CodeBudget::evict_all_but(const CacheEntry* kept, RetireLater& later) noexcept {
  if (used() <= limit()) return;
  try {
    evict_by_age(kept, later);
  } catch (const std::bad_alloc&) {
    evict_one_by_one(kept, later);
  }
}

void CodeBudget::evict_by_age(const CacheEntry* kept, RetireLater& later) {
  std::vector<Candidate> heap;
  for_each_candidate(kept, [&](const Candidate& candidate) { heap.push_back(candidate); });
  auto is_newer = [](const Candidate& a, const Candidate& b) { return a.last_used > b.last_used; };
  std::make_heap(heap.begin(), heap.end(), is_newer);
  while (!heap.empty() && is_to_shrink()) {
    std::pop_heap(heap.begin(), heap.end(), is_newer);
    heap.back().cache->remove(*heap.back().entry, later);
    heap.pop_back();
  }
}

// The same, slowly, where there is no memory for a heap.
void CodeBudget::evict_one_by_one(const CacheEntry* kept, RetireLater& later) noexcept {
  while (is_to_shrink()) {
    Candidate oldest{};
    for_each_candidate(kept, [&](const Candidate& candidate) {
      if (oldest.entry == nullptr || candidate.last_used < oldest.last_used) oldest = candidate;
    });
    if (oldest.entry == nullptr) return;
    oldest.cache->remove(*oldest.entry, later);
  }
}

void CodeBudget::forget_other_threads() {
  for (CodeCacheBase* cache : caches_) {
    cache->forget_other_threads();
  }
}

}  // namespace cogent::jit
