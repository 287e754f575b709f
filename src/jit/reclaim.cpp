// Registers threads, keeps what was retired, and decides what no thread can reach any more.
#include "jit/reclaim.h"

#include <cxxabi.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>

#include "jit/process_mutex.h"

extern "C" __attribute__((visibility("hidden"))) void* __dso_handle;  // the linker's name for this library

namespace cogent::jit {

struct Reclaimer::Shared {
  Slot* slots = nullptr;
  Retirable *first = nullptr, *last = nullptr;  // of the retired objects, in order of their epochs
  std::size_t pending = 0;
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

void Reclaimer::retire(Retirable* object, Destroy destroy) noexcept {
  Shared& all = shared();
  {
    std::scoped_lock lock(process_mutex());
    object->next_ = nullptr;
    object->destroy_ = destroy;
    object->epoch_ = epoch_.fetch_add(1, std::memory_order_seq_cst);
    (all.first == nullptr ? all.first : all.last->next_) = object;
    all.last = object;
    ++all.pending;
  }
  collect();
}

void Reclaimer::collect() noexcept {
  Retirable* unreachable = nullptr;  // the first of a list
  Shared& all = shared();
  {
    std::scoped_lock lock(process_mutex());
    const std::uint64_t oldest = oldest_epoch_in_use();
    Retirable** end = &unreachable;
    while (all.first != nullptr && all.first->epoch_ < oldest) {
      *end = all.first;
      end = &all.first->next_;
      all.first = all.first->next_;
      --all.pending;
    }
    *end = nullptr;
  }
  while (unreachable != nullptr) {
    Retirable* const object = std::exchange(unreachable, unreachable->next_);
    object->destroy_(object);
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
  return all.pending;
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
