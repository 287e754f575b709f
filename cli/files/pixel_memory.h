// Memory for the pixels of a picture; for very large ones a file without a name, so that they need not fit in memory.
#pragma once
#include <cstddef>

namespace cogent::cli {

/// Grows only. Throws FileError if there is neither memory nor disk enough.
class PixelMemory {
 public:
  PixelMemory() = default;
  ~PixelMemory() { release(); }
  PixelMemory(const PixelMemory&) = delete;
  PixelMemory& operator=(const PixelMemory&) = delete;

  /// At least this many bytes; what was there before is lost.
  void* at_least(std::size_t bytes);
  /// From this many bytes on a file is used: half of the machine's memory, unless the environment's
  /// COGENT_MEMORY says how many bytes.
  static std::size_t largest_in_memory();

 private:
  void release();

  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace cogent::cli
