// The specialisations of one generated function, found by their keys: hits take no lock, a missing one is made once.
#pragma once

#include <cogent/error.h>

#include <algorithm>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

#include "jit/cache_entry.h"
#include "jit/code_budget.h"
#include "jit/key_hash.h"
#include "jit/reclaim.h"

namespace cogent::jit {

/// Generating an entry asked for that same entry, directly or by way of others; waiting would never end.
class RecursiveGenerationError : public GenerationError {
 public:
  RecursiveGenerationError();
};

/// What `CodeCache` does whatever its entries are.
class CodeCacheBase {
 public:
  CodeCacheBase(const CodeCacheBase&) = delete;
  CodeCacheBase& operator=(const CodeCacheBase&) = delete;

  std::size_t size() const;

  /// Copies of the keys of all entries, in no particular order.
  std::vector<std::vector<std::uint64_t>> keys() const;

  /// Forgets all entries. What runs or is pinned lives on.
  void clear();

 protected:
  using Generate = std::unique_ptr<CacheEntry> (*)(void* factory);

  explicit CodeCacheBase(CodeBudget& budget);
  ~CodeCacheBase();

  CacheEntry* look_up(Key key, std::uint64_t hash) const;
  CacheEntry& generate_or_wait(Key key, std::uint64_t hash, Generate generate, void* factory);

 private:
  friend class CodeBudget;
  struct Generation;
  struct GeneratingThread;

  // Open addressing; slots only ever change from empty to an entry and between entries and `erased_entry()`.
  struct Table : Retirable {
    explicit Table(std::size_t capacity)
        : mask(capacity - 1), slots(std::make_unique<std::atomic<CacheEntry*>[]>(capacity)) {}
    const std::size_t mask;
    const std::unique_ptr<std::atomic<CacheEntry*>[]> slots;
  };

  static CacheEntry* erased_entry();
  static void delete_table(Retirable* table) { delete static_cast<Table*>(table); }
  static GeneratingThread& this_thread();
  static void refuse_cycle(const Generation& generation);
  CacheEntry& generate(const std::shared_ptr<Generation>& generation, Generate generate, void* factory);

  // All of these with the process mutex held.
  std::shared_ptr<Generation> find_running(Key key, std::uint64_t hash) const;
  void end(Generation& generation);
  void make_room(RetireLater& later);
  static std::atomic<CacheEntry*>& free_slot(Table& table, std::uint64_t hash);
  void insert(std::unique_ptr<CacheEntry> entry);
  void remove(CacheEntry& entry, RetireLater& later);
  void remove_all(RetireLater& later);
  void forget_other_threads();
  template <class Function>
  void for_each_entry(Function function) const;

  CodeBudget& budget_;
  std::atomic<Table*> table_;     // never full: every probe ends at an empty slot
  std::size_t live_ = 0;          // entries in the table
  std::size_t filled_slots_ = 0;  // entries and erased ones
  std::vector<std::shared_ptr<Generation>> running_;
};

/// `Entry` derives from `CacheEntry`. Entries that the cache returns may be used until the guard is left.
template <std::derived_from<CacheEntry> Entry>
class CodeCache : public CodeCacheBase {
 public:
  explicit CodeCache(CodeBudget& budget = CodeBudget::process()) : CodeCacheBase(budget) {}

  Entry* find(Key key, const Reclaimer::Guard&) const { return static_cast<Entry*>(look_up(key, hash_key(key))); }

  /// Calls `factory`, which returns a `std::unique_ptr<Entry>`, if there is no entry for the key. Whoever asks for the
  /// key meanwhile waits. If it throws, the caller gets the exception, nothing is cached, and one of those who wait
  /// tries next. Throws `RecursiveGenerationError` where waiting would never end.
  template <class Factory>
  Entry& find_or_create(Key key, Factory&& factory, const Reclaimer::Guard&) {
    std::uint64_t hash = hash_key(key);
    if (CacheEntry* hit = look_up(key, hash)) return static_cast<Entry&>(*hit);
    using Callable = std::remove_reference_t<Factory>;
    Generate call = [](void* callable) -> std::unique_ptr<CacheEntry> { return (*static_cast<Callable*>(callable))(); };
    void* callable = const_cast<void*>(static_cast<const void*>(std::addressof(factory)));
    return static_cast<Entry&>(generate_or_wait(key, hash, call, callable));
  }
};

inline CacheEntry* CodeCacheBase::look_up(Key key, std::uint64_t hash) const {
  const Table& table = *table_.load(std::memory_order_seq_cst);
  for (std::size_t i = hash & table.mask;; i = (i + 1) & table.mask) {
    CacheEntry* entry = table.slots[i].load(std::memory_order_seq_cst);
    if (entry == nullptr) return nullptr;
    if (entry->hash_ != hash || !is_equal(entry->key(), key)) continue;
    std::uint64_t now = budget_.now();
    if (entry->last_used_.load(std::memory_order_relaxed) != now)
      entry->last_used_.store(now, std::memory_order_relaxed);
    return entry;
  }
}

template <class Function>
void CodeCacheBase::for_each_entry(Function function) const {
  const Table& table = *table_.load(std::memory_order_relaxed);
  for (std::size_t i = 0; i <= table.mask; ++i) {
    CacheEntry* entry = table.slots[i].load(std::memory_order_relaxed);
    if (entry != nullptr && entry != erased_entry()) function(*entry);
  }
}

}  // namespace cogent::jit
