// What the code cache keeps: the base of a specialisation, and a handle that keeps one alive whatever the cache does.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "jit/key_hash.h"
#include "jit/reclaim.h"

namespace cogent::jit {

/// Derive the specialisation from this. Its destructor gives the code back; it runs when neither the cache nor a handle
/// nor a thread inside a `Reclaimer::Guard` can reach the entry, on any thread and without locks held.
class CacheEntry : public Retirable {
 public:
  /// `code_bytes` is what the entry costs the budget, besides its key.
  explicit CacheEntry(std::size_t code_bytes) : bytes_(sizeof(CacheEntry) + code_bytes) {}
  virtual ~CacheEntry() = default;
  CacheEntry(const CacheEntry&) = delete;
  CacheEntry& operator=(const CacheEntry&) = delete;

  /// An own copy of the key that it is cached under; empty until it is.
  Key key() const { return {key_.get(), key_words_}; }
  std::size_t bytes() const { return bytes_; }

 private:
  friend class CodeCacheBase;
  friend class CodeBudget;
  template <class Entry>
  friend class PinnedEntry;

  bool is_pinned() const { return references_.load(std::memory_order_relaxed) > 1; }
  void pin();
  static void unpin(CacheEntry* entry);
  static void leave_cache(Retirable* entry);

  std::uint64_t hash_ = 0;
  std::unique_ptr<std::uint64_t[]> key_;
  std::size_t key_words_ = 0;
  std::atomic<std::uint64_t> last_used_{0};   // in ticks of the budget
  std::atomic<std::uint32_t> references_{1};  // the cache's and one per handle
  std::atomic<bool> was_ever_pinned_ = false;
  std::size_t bytes_;
};

/// Keeps an entry and its code alive even after eviction and after the end of the cache. Copies share the entry.
template <class Entry>
class PinnedEntry {
 public:
  PinnedEntry() = default;

  /// The entry must be reachable: found under the guard that the caller is still in.
  explicit PinnedEntry(Entry& entry) : entry_(&entry) { entry.pin(); }
  PinnedEntry(const PinnedEntry& other) : entry_(other.entry_) {
    if (entry_ != nullptr) entry_->pin();
  }
  PinnedEntry(PinnedEntry&& other) noexcept : entry_(std::exchange(other.entry_, nullptr)) {}
  PinnedEntry& operator=(PinnedEntry other) noexcept {
    std::swap(entry_, other.entry_);
    return *this;
  }
  ~PinnedEntry() {
    if (entry_ != nullptr) CacheEntry::unpin(entry_);
  }

  Entry* get() const { return entry_; }
  Entry& operator*() const { return *entry_; }
  Entry* operator->() const { return entry_; }
  explicit operator bool() const { return entry_ != nullptr; }

 private:
  Entry* entry_ = nullptr;
};

}  // namespace cogent::jit
