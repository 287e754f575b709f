// Counts the references to a cache entry.
#include "jit/cache_entry.h"

#include "jit/reclaim.h"

namespace cogent::jit {

void CacheEntry::pin() {
  was_ever_pinned_.store(true, std::memory_order_relaxed);
  references_.fetch_add(1, std::memory_order_relaxed);
}

// The code may be running right now, in a call that destroys its own handle.
void CacheEntry::unpin(CacheEntry* entry) {
  if (entry->references_.fetch_sub(1, std::memory_order_acq_rel) == 1) Reclaimer::retire(entry);
}

// Called by the reclaimer once no thread can have found the entry in the cache; it may have found it by a handle since.
void CacheEntry::leave_cache(Retirable* object) {
  CacheEntry* entry = static_cast<CacheEntry*>(object);
  if (entry->references_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  if (entry->was_ever_pinned_.load(std::memory_order_relaxed)) {
    Reclaimer::retire(entry);
  } else {
    delete entry;
  }
}

}  // namespace cogent::jit
