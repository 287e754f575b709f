// The cold paths of the code cache: generating once, inserting, growing, removing.
#include "jit/code_cache.h"

#include <bit>
#include <cassert>
#include <limits>
#include <mutex>
#include <new>
#include <utility>

#include "jit/process_mutex.h"
#include "stage/live_sessions.h"

namespace cogent::jit {

RecursiveGenerationError::RecursiveGenerationError()
    : GenerationError(
          "a generated function is called, directly or through others, with the very arguments for which its code is "
          "being generated: the generation would never end",
          stage::present_position()) {}

/// A thread that runs a factory or waits for another's.
struct CodeCacheBase::GeneratingThread {
  const Generation* waiting_for = nullptr;  // guarded by the process mutex
};

/// One run of a factory. Threads that wait for it share it.
struct CodeCacheBase::Generation {
  Generation(Key words, std::uint64_t hash)
      : key_words(std::make_unique_for_overwrite<std::uint64_t[]>(words.size())),
        key(key_words.get(), words.size()),
        hash(hash),
        thread(&this_thread()) {
    std::ranges::copy(words, key_words.get());
  }

  std::unique_ptr<std::uint64_t[]>
      key_words;  // a copy, because the factory may reuse the caller's buffer; the entry's later
  Key key;
  std::uint64_t hash;
  const GeneratingThread* thread;  // null when it has ended; guarded by the process mutex
  CacheEntry* entry = nullptr;     // the result; stays null if the factory threw; published by `ended`
  std::atomic<int> ended = 0;
};

CodeCacheBase::CodeCacheBase(CodeBudget& budget) : budget_(budget) {
  Reclaimer::prepare();  // ending the cache must need no memory
  auto table = std::make_unique<Table>(8);
  std::scoped_lock lock(process_mutex());
  budget_.attach(*this);
  table_ = table.release();
}

CodeCacheBase::~CodeCacheBase() {
  RetireLater later;
  std::scoped_lock lock(process_mutex());
  assert(running_.empty() && "a generated function is destroyed while it is being called");
  budget_.detach(*this);
  remove_all(later);
  later.add(table_.load(), delete_table);
}

std::size_t CodeCacheBase::size() const {
  std::scoped_lock lock(process_mutex());
  return live_;
}

std::vector<std::vector<std::uint64_t>> CodeCacheBase::keys() const {
  std::vector<std::vector<std::uint64_t>> all;
  std::scoped_lock lock(process_mutex());
  for_each_entry([&](const CacheEntry& entry) { all.emplace_back(entry.key().begin(), entry.key().end()); });
  return all;
}

void CodeCacheBase::clear() {
  RetireLater later;
  std::scoped_lock lock(process_mutex());
  remove_all(later);
}

// Matches no key, because no key has so many words. Not allocated, because evicting must need no memory.
CacheEntry* CodeCacheBase::erased_entry() {
  alignas(CacheEntry) static std::byte place[sizeof(CacheEntry)];
  static CacheEntry* const result = [] {
    auto* entry = new (place) CacheEntry(0);
    entry->key_words_ = std::numeric_limits<std::size_t>::max() / sizeof(std::uint64_t);
    return entry;
  }();
  return result;
}

CodeCacheBase::GeneratingThread& CodeCacheBase::this_thread() {
  constinit thread_local GeneratingThread result;
  return result;
}

// A caller's guard is older than any entry that it waits for, so the entry lives even if it is evicted at once.
CacheEntry& CodeCacheBase::generate_or_wait(Key key, std::uint64_t hash, Generate generate, void* factory) {
  for (;;) {
    std::unique_lock lock(process_mutex());
    if (CacheEntry* entry = look_up(key, hash)) return *entry;
    std::shared_ptr<Generation> generation = find_running(key, hash);
    if (generation == nullptr) {
      generation = std::make_shared<Generation>(key, hash);
      running_.push_back(generation);
      lock.unlock();
      return this->generate(generation, generate, factory);
    }
    refuse_cycle(*generation);
    this_thread().waiting_for = generation.get();
    lock.unlock();
    generation->ended.wait(0, std::memory_order_acquire);
    lock.lock();
    this_thread().waiting_for = nullptr;
    if (generation->entry != nullptr) return *generation->entry;
  }
}

// This thread is about to wait for `generation`: does that, by way of whom its thread waits for, wait for this thread?
void CodeCacheBase::refuse_cycle(const Generation& generation) {
  const Generation* next = &generation;
  while (next != nullptr && next->thread != nullptr) {
    if (next->thread == &this_thread()) throw RecursiveGenerationError();
    next = next->thread->waiting_for;
  }
}

CacheEntry& CodeCacheBase::generate(const std::shared_ptr<Generation>& generation, Generate generate, void* factory) {
  struct End {  // whether the factory throws or not
    ~End() {
      {
        std::scoped_lock lock(process_mutex());
        cache.end(generation);
      }
      generation.ended.store(1, std::memory_order_release);
      generation.ended.notify_all();
    }
    CodeCacheBase& cache;
    Generation& generation;
  } at_end{*this, *generation};
  std::unique_ptr<CacheEntry> entry = generate(factory);
  assert(entry != nullptr);
  entry->hash_ = generation->hash;
  entry->key_ = std::move(generation->key_words);
  entry->key_words_ = generation->key.size();
  entry->bytes_ += generation->key.size_bytes();
  RetireLater later;
  std::scoped_lock lock(process_mutex());
  make_room(later);
  generation->entry = entry.get();
  // One step with the insertion: a thread that found the generation still running after the entry was evicted again
  // would take the entry without a guard that is old enough.
  end(*generation);
  insert(std::move(entry));
  budget_.evict_all_but(generation->entry, later);
  return *generation->entry;
}

std::shared_ptr<CodeCacheBase::Generation> CodeCacheBase::find_running(Key key, std::uint64_t hash) const {
  auto found = std::ranges::find_if(running_, [&](const std::shared_ptr<Generation>& generation) {
    return generation->hash == hash && std::ranges::equal(generation->key, key);
  });
  return found == running_.end() ? nullptr : *found;
}

void CodeCacheBase::end(Generation& generation) {
  generation.thread = nullptr;
  std::erase_if(running_, [&](const std::shared_ptr<Generation>& other) { return other.get() == &generation; });
}

// Replaces a table that would be more than half full by one that is at most a quarter full.
void CodeCacheBase::make_room(RetireLater& later) {
  Table* old_table = table_.load(std::memory_order_relaxed);
  if (2 * (filled_slots_ + 1) <= old_table->mask + 1) return;
  auto new_table = std::make_unique<Table>(std::bit_ceil(4 * (live_ + 1)));
  later.add(old_table, delete_table);
  for_each_entry(
      [&](CacheEntry& entry) { free_slot(*new_table, entry.hash_).store(&entry, std::memory_order_relaxed); });
  filled_slots_ = live_;
  table_.store(new_table.release(), std::memory_order_seq_cst);
}

std::atomic<CacheEntry*>& CodeCacheBase::free_slot(Table& table, std::uint64_t hash) {
  std::size_t i = hash & table.mask;
  while (table.slots[i].load(std::memory_order_relaxed) != nullptr) i = (i + 1) & table.mask;
  return table.slots[i];
}

void CodeCacheBase::insert(std::unique_ptr<CacheEntry> entry) {
  budget_.add(*entry);
  ++live_;
  ++filled_slots_;
  std::atomic<CacheEntry*>& slot = free_slot(*table_.load(std::memory_order_relaxed), entry->hash_);
  slot.store(entry.release(), std::memory_order_seq_cst);
}

void CodeCacheBase::remove(CacheEntry& entry, RetireLater& later) {
  const Table& table = *table_.load(std::memory_order_relaxed);
  std::size_t i = entry.hash_ & table.mask;
  while (table.slots[i].load(std::memory_order_relaxed) != &entry) i = (i + 1) & table.mask;
  table.slots[i].store(erased_entry(), std::memory_order_seq_cst);
  --live_;
  budget_.subtract(entry);
  later.add(&entry, CacheEntry::leave_cache);
}

void CodeCacheBase::remove_all(RetireLater& later) {
  for_each_entry([&](CacheEntry& entry) { remove(entry, later); });
}

// In the child of a fork nobody will end what other threads had begun to generate.
void CodeCacheBase::forget_other_threads() {
  std::erase_if(running_,
                [](const std::shared_ptr<Generation>& generation) { return generation->thread != &this_thread(); });
}

}  // namespace cogent::jit
