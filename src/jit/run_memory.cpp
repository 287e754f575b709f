// The block that a thread keeps is the one it used last, unless that is very large.
#include "jit/run_memory.h"

#include <cstddef>
#include <new>
#include <utility>

namespace cogent::jit {

namespace {

constexpr std::align_val_t alignment{64};
constexpr std::uint64_t most_kept = std::uint64_t{16} << 20;

struct Block {
  void* memory;
  std::uint64_t bytes;
};

constinit thread_local Block kept{nullptr, 0};
constinit thread_local bool has_ended = false;

void release(void* memory) { ::operator delete(memory, alignment); }

// Frees what is kept when the thread ends; runs that come later, of other destructors, keep nothing.
struct ThreadEnd {
  ~ThreadEnd() {
    has_ended = true;
    release(std::exchange(kept, {nullptr, 0}).memory);
  }
  void register_here() const {}
};
thread_local const ThreadEnd thread_end;

}  // namespace

RunMemory::RunMemory(std::uint64_t bytes) {
  if (bytes == 0) return;
  const Block block = std::exchange(kept, {nullptr, 0});
  if (block.bytes >= bytes) {
    memory_ = block.memory;
    bytes_ = block.bytes;
    return;
  }
  release(block.memory);
  memory_ = ::operator new(bytes, alignment);
  bytes_ = bytes;
}

RunMemory::~RunMemory() {
  if (memory_ == nullptr) return;
  if (bytes_ > most_kept || bytes_ < kept.bytes || has_ended) {
    release(memory_);
  } else {
    thread_end.register_here();
    release(std::exchange(kept, {memory_, bytes_}).memory);
  }
}

}  // namespace cogent::jit
