// Accounts for what the caches hold and evicts what was used least recently.
#include "jit/code_budget.h"

#include <algorithm>
#include <mutex>

#include "jit/code_cache.h"

namespace cogent::jit {

RetireLater::~RetireLater() {
  for (const Item& item : items_) {
    Reclaimer::retire(item.object, item.destroy);
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

// Evicting an eighth at a time makes the search for the oldest entries cost a few steps per entry.
void CodeBudget::evict_all_but(const CacheEntry* kept, RetireLater& later) {
  if (used() <= limit()) return;
  std::vector<Candidate> heap = candidates(kept);
  later.reserve(heap.size());
  auto is_newer = [](const Candidate& a, const Candidate& b) { return a.last_used > b.last_used; };
  std::make_heap(heap.begin(), heap.end(), is_newer);
  while (!heap.empty() && used() > limit() - limit() / 8) {
    std::pop_heap(heap.begin(), heap.end(), is_newer);
    heap.back().cache->remove(*heap.back().entry, later);
    heap.pop_back();
  }
}

std::vector<CodeBudget::Candidate> CodeBudget::candidates(const CacheEntry* kept) const {
  std::vector<Candidate> result;
  for (CodeCacheBase* cache : caches_) {
    cache->for_each_entry([&](CacheEntry& entry) {
      if (&entry == kept || entry.is_pinned()) return;
      result.push_back({entry.last_used_.load(std::memory_order_relaxed), cache, &entry});
    });
  }
  return result;
}

void CodeBudget::forget_other_threads() {
  for (CodeCacheBase* cache : caches_) {
    cache->forget_other_threads();
  }
}

}  // namespace cogent::jit
