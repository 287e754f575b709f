// Registers threads, keeps what was retired, and decides what no thread can reach any more.
#include "jit/reclaim.h"

#include <cxxabi.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <mutex>
#include <vector>

#include "jit/process_mutex.h"

extern "C" __attribute__((visibility("hidden"))) void* __dso_handle;  // the linker's name for this library

namespace cogent::jit {

struct Reclaimer::Shared {
  struct Retired {
    std::uint64_t epoch;  // guards that were entered in this epoch or an earlier one may reach the object
    void* object;
    Destroy destroy;
  };

  Slot* slots = nullptr;
  std::deque<Retired> retired;  // in order of their epochs
  ForkSubscription fork_subscription{nullptr, nullptr, forget_other_threads};
};

Reclaimer::Shared& Reclaimer::shared() {
  static Shared& result = *new Shared;
  return result;
}

// May run again late in a thread's life, for a guard in the destructor of another thread_local object; the slot is then
// released again. (A thread_local object of ours could not be revived.)
Reclaimer::Slot* Reclaimer::register_thread() {
  Shared& all = shared();
  {
    std::scoped_lock lock(process_mutex());
    Slot* slot = all.slots;
    while (slot != nullptr && slot->is_taken) slot = slot->next;
    if (slot == nullptr) {
      slot = new Slot;
      slot->next = all.slots;
      all.slots = slot;
    }
    slot->is_taken = true;
    slot_ = slot;
  }
  // What the compiler itself calls for thread_local objects with destructors.
  abi::__cxa_thread_atexit(release_slot, slot_, &__dso_handle);
  return slot_;
}

void Reclaimer::release_slot(void* slot) {
  std::scoped_lock lock(process_mutex());
  static_cast<Slot*>(slot)->is_taken = false;
  slot_ = nullptr;
}

void Reclaimer::retire(void* object, Destroy destroy) {
  Shared& all = shared();
  {
    std::scoped_lock lock(process_mutex());
    all.retired.push_back({epoch_.fetch_add(1, std::memory_order_seq_cst), object, destroy});
  }
  collect();
}

void Reclaimer::collect() {
  std::vector<Shared::Retired> unreachable;
  Shared& all = shared();
  {
    std::scoped_lock lock(process_mutex());
    std::uint64_t oldest = oldest_epoch_in_use();
    while (!all.retired.empty() && all.retired.front().epoch < oldest) {
      unreachable.push_back(all.retired.front());
      all.retired.pop_front();
    }
  }
  for (const Shared::Retired& item : unreachable) {
    item.destroy(item.object);
  }
}

std::uint64_t Reclaimer::oldest_epoch_in_use() {
  std::uint64_t oldest = std::numeric_limits<std::uint64_t>::max();
  for (const Slot* slot = shared().slots; slot != nullptr; slot = slot->next) {
    std::uint64_t epoch = slot->epoch.load(std::memory_order_seq_cst);
    if (epoch != 0) oldest = std::min(oldest, epoch);
  }
  return oldest;
}

std::size_t Reclaimer::pending() {
  Shared& all = shared();
  std::scoped_lock lock(process_mutex());
  return all.retired.size();
}

// In the child of a fork only the forking thread goes on.
void Reclaimer::forget_other_threads(void*) {
  for (Slot* slot = shared().slots; slot != nullptr; slot = slot->next) {
    if (slot == slot_) continue;
    slot->epoch.store(0, std::memory_order_relaxed);
    slot->nesting = 0;
    slot->is_taken = false;
  }
}

}  // namespace cogent::jit
