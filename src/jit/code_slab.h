// A range of memory that holds published code: never writable and executable through one mapping.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace cogent::jit {

/// Code is executed at one address and, until the slab is sealed, written at another. Not thread-safe.
class CodeSlab {
 public:
  static constexpr std::size_t block_alignment = 64;

  /// Room for `bytes`, rounded up to whole pages, in two mappings of one memfd. Null, with errno set, where that is
  /// refused.
  static std::unique_ptr<CodeSlab> create_dual_mapped(std::size_t bytes);

  /// A mapping of its own for this code, written before it becomes executable; sealed from the start. Null, with errno
  /// set, where that is refused.
  static std::unique_ptr<CodeSlab> create_protected(std::span<const std::uint8_t> code);

  ~CodeSlab();
  CodeSlab(const CodeSlab&) = delete;
  CodeSlab& operator=(const CodeSlab&) = delete;

  /// Copies the code to the first free place that is large enough, and returns where it executes; null if there is
  /// none.
  const std::uint8_t* add(std::span<const std::uint8_t> code);
  void remove(const void* entry, std::size_t code_size);

  /// Takes the writable mapping away for good: what is here stays executable and nothing is ever added.
  void seal();

  const std::uint8_t* begin() const { return executable_; }
  const std::uint8_t* end() const { return executable_ + bytes_; }
  std::size_t mapped_bytes() const { return bytes_; }
  std::size_t used_bytes() const { return used_; }
  bool is_empty() const { return used_ == 0; }
  bool is_sealed() const { return writable_ == nullptr; }

 private:
  struct Hole {
    std::size_t offset;
    std::size_t bytes;
  };

  explicit CodeSlab(std::size_t bytes);
  void add_hole(Hole hole);
  void populate(std::size_t end);

  std::uint8_t* writable_ = nullptr;  // null once sealed
  const std::uint8_t* executable_ = nullptr;
  std::size_t bytes_;
  std::size_t blocks_ = 0;
  std::size_t used_ = 0;       // rounded up to whole blocks
  std::size_t populated_ = 0;  // bytes from the beginning whose pages both mappings have
  std::vector<Hole> holes_;    // in order of their offsets, never touching; empty once sealed. One more than
                               // there are blocks, at most: room for them is made before, removing needs no memory
};

}  // namespace cogent::jit
