// Epoch-based reclamation: what other threads may still be using is freed once they have all moved on.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace cogent::jit {

/// The base of what can be retired: its place in the list of those that wait, so that retiring needs no memory.
class Retirable {
 public:
  using Destroy = void (*)(Retirable* object);

 private:
  friend class Reclaimer;
  friend class RetireLater;
  Retirable* next_ = nullptr;
  Destroy destroy_ = nullptr;
  std::uint64_t epoch_ = 0;  // guards that were entered in this epoch or an earlier one may reach the object
};

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

  using Destroy = Retirable::Destroy;

  /// Makes what the functions below need, so that they need no memory. Whoever will retire objects calls it first.
  static void prepare() { shared(); }

  /// Calls `destroy(object)`, on some thread and without locks held, when every guard that is entered now has been
  /// left: at the earliest now, at the latest in the first `retire` or `collect` after that. It may be retired again
  /// then.
  static void retire(Retirable* object, Destroy destroy) noexcept;

  template <std::derived_from<Retirable> Object>
  static void retire(Object* object) noexcept {
    retire(object, [](Retirable* pointer) { delete static_cast<Object*>(pointer); });
  }

  /// Frees what can be freed now.
  static void collect() noexcept;

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
