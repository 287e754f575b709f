// Memory that a run lends its code for scratch arrays. A thread keeps a block for its next runs, so that those allocate
// nothing.
#pragma once
#include <cstdint>

namespace cogent::jit {

class RunMemory {
 public:
  /// Not initialised, and where a line of the cache begins; of no bytes: null. Throws std::bad_alloc.
  explicit RunMemory(std::uint64_t bytes);
  ~RunMemory();
  RunMemory(const RunMemory&) = delete;
  RunMemory& operator=(const RunMemory&) = delete;

  void* get() const { return memory_; }

 private:
  std::uint64_t bytes_ = 0;
  void* memory_ = nullptr;
};

}  // namespace cogent::jit
