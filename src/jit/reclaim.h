// Epoch-based reclamation: what other threads may still be using is freed once they have all moved on.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace cogent::jit {

/// Shared objects (cache entries and their code, tables) are used under a `Guard` and freed by `retire`. The protocol:
/// whoever frees first makes the object unreachable by a sequentially consistent store, then retires it; whoever uses
/// it enters a guard, then finds the object by a sequentially consistent load (on x86 an ordinary one).
class Reclaimer {
  // What a thread tells the others. Slots are reused by later threads and never freed.
  struct alignas(64) Slot {
    std::atomic<std::uint64_t> epoch{0};  // the one in which the outermost guard was entered; 0 outside of guards
    unsigned nesting = 0;                 // touched only by the slot's thread
    bool is_taken = true;                 // guarded by the process mutex, as is `next`
    Slot* next = nullptr;
  };

 public:
  /// While it lives, nothing that this thread can reach is freed. Costs a few nanoseconds; guards nest. It must be left
  /// by the thread that entered it.
  class Guard {
   public:
    Guard() : slot_(*this_thread()) {
      if (slot_.nesting++ == 0) slot_.epoch.store(epoch_.load(std::memory_order_acquire), std::memory_order_seq_cst);
    }
    ~Guard() {
      if (--slot_.nesting == 0) slot_.epoch.store(0, std::memory_order_release);
    }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    Slot& slot_;
  };

  using Destroy = void (*)(void* object);

  /// Calls `destroy(object)`, on some thread and without locks held, when every guard that is entered now has been
  /// left: at the earliest now, at the latest in the first `retire` or `collect` after that.
  static void retire(void* object, Destroy destroy);

  template <class Object>
  static void retire(Object* object) {
    retire(object, [](void* pointer) { delete static_cast<Object*>(pointer); });
  }

  /// Frees what can be freed now.
  static void collect();

  /// How many objects wait to be freed.
  static std::size_t pending();

 private:
  struct Shared;
  static Shared& shared();
  static Slot* this_thread() { return slot_ != nullptr ? slot_ : register_thread(); }
  static Slot* register_thread();
  static void release_slot(void* slot);
  static std::uint64_t oldest_epoch_in_use();
  static void forget_other_threads(void*);

  static inline constinit std::atomic<std::uint64_t> epoch_{1};
  static inline constinit thread_local Slot* slot_ = nullptr;
};

}  // namespace cogent::jit
