// Replaces the global operators: they count, and fail one allocation of a thread.
#include "unit/faults/failing_allocations.h"

#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>

namespace cogent::testing {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

constinit thread_local std::int64_t allocations_left = never;  // until one fails
constinit thread_local bool failure_lasts = false;
constinit thread_local bool failed = false;
constinit std::atomic<std::int64_t> blocks{0};

bool is_to_fail() {
  if (allocations_left == never) return false;
  if (allocations_left > 0) {
    --allocations_left;
    return false;
  }
  if (failed && !failure_lasts) return false;
  return failed = true;
}

void* allocate(std::size_t bytes, std::size_t alignment) {
  if (is_to_fail()) return nullptr;
  const std::size_t whole = (bytes + alignment - 1) / alignment * alignment;
  void* const block = alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__ ? std::aligned_alloc(alignment, whole)
                                                                   : std::malloc(bytes != 0 ? bytes : 1);
  if (block != nullptr) blocks.fetch_add(1, std::memory_order_relaxed);
  return block;
}

void* allocate_or_throw(std::size_t bytes, std::size_t alignment) {
  void* const block = allocate(bytes, alignment);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void release(void* block) {
  if (block != nullptr) blocks.fetch_sub(1, std::memory_order_relaxed);
  std::free(block);
}

}  // namespace

FailingAllocation::FailingAllocation(std::int64_t number, bool lasts) {
  allocations_left = number;
  failure_lasts = lasts;
  failed = false;
}

FailingAllocation::~FailingAllocation() { allocations_left = never; }

bool FailingAllocation::has_failed() const { return failed; }

std::int64_t blocks_in_use() { return blocks.load(std::memory_order_relaxed); }

}  // namespace cogent::testing

using cogent::testing::allocate;
using cogent::testing::allocate_or_throw;
using cogent::testing::release;

// NOLINTBEGIN(misc-new-delete-overloads): the pairs are complete, but the check wants each in turn
void* operator new(std::size_t bytes) { return allocate_or_throw(bytes, 1); }
void* operator new[](std::size_t bytes) { return allocate_or_throw(bytes, 1); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return allocate_or_throw(bytes, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t bytes, std::align_val_t alignment) {
  return allocate_or_throw(bytes, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept { return allocate(bytes, 1); }
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept { return allocate(bytes, 1); }
void* operator new(std::size_t bytes, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return allocate(bytes, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t bytes, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return allocate(bytes, static_cast<std::size_t>(alignment));
}
void operator delete(void* block) noexcept { release(block); }
void operator delete[](void* block) noexcept { release(block); }
void operator delete(void* block, std::size_t) noexcept { release(block); }
void operator delete[](void* block, std::size_t) noexcept { release(block); }
void operator delete(void* block, std::align_val_t) noexcept { release(block); }
void operator delete[](void* block, std::align_val_t) noexcept { release(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { release(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { release(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { release(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { release(block); }
void operator delete(void* block, std::align_val_t, const std::nothrow_t&) noexcept { release(block); }
void operator delete[](void* block, std::align_val_t, const std::nothrow_t&) noexcept { release(block); }
// NOLINTEND(misc-new-delete-overloads)
