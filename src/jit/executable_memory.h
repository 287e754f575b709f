// Publishes code: copies it to memory that can be executed, and takes it back. No mapping is ever writable and
// executable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

#include "jit/code_slab.h"
#include "jit/process_mutex.h"

namespace cogent::jit {

/// The system lets this process have no executable memory, or no more of it. The text says what was refused.
class ExecutableMemoryError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class ExecutableMemoryMethod : std::uint8_t {
  Automatic,    ///< protection for the first function, then two mappings; where one is refused, the other
  DualMapping,  ///< slabs that are mapped twice: no system call per function (0.1 us)
  Protection,   ///< a mapping for each function, made executable after it was written (4 us)
  Refuse,       ///< nothing: for testing what happens where the system refuses
};

/// Published code; constants that the code reads relative to itself may follow it in the block.
struct CodeBlock {
  const void* entry = nullptr;
  std::size_t size = 0;
};

struct ExecutableMemoryUse {
  std::size_t slabs = 0;
  std::size_t mapped_bytes = 0;
  std::size_t used_bytes = 0;
};

/// Thread-safe. After fork() both processes go on executing what was published before; neither writes to that memory
/// again, since they share it: new code goes to new slabs.
class ExecutableMemory {
 public:
  explicit ExecutableMemory(ExecutableMemoryMethod method = ExecutableMemoryMethod::Automatic);
  ExecutableMemory(const ExecutableMemory&) = delete;
  ExecutableMemory& operator=(const ExecutableMemory&) = delete;

  /// The one that the process's generated functions share. Never destroyed.
  static ExecutableMemory& process();

  /// A 64-byte aligned copy of `code`, which must not be empty. Throws `ExecutableMemoryError`.
  CodeBlock publish(std::span<const std::uint8_t> code);

  /// Gives a block back; nobody may run it any more. An empty `CodeBlock` is ignored.
  void release(CodeBlock block);

  ExecutableMemoryUse use() const;

 private:
  const std::uint8_t* add_to_writable_slab(std::span<const std::uint8_t> code);
  CodeSlab* make_slab(std::span<const std::uint8_t> code);
  CodeSlab* keep(std::unique_ptr<CodeSlab> slab);
  std::unique_ptr<CodeSlab> make_dual_mapped_slab(std::size_t code_size);
  void drop_if_empty(CodeSlab& slab);
  void seal_all();

  const ExecutableMemoryMethod method_;
  std::size_t next_slab_bytes_;
  std::map<const std::uint8_t*, std::unique_ptr<CodeSlab>> slabs_;  // by their first executable address
  std::vector<CodeSlab*> writable_slabs_;                           // those that can still take code, newest last
  ForkSubscription fork_subscription_;
};

}  // namespace cogent::jit
