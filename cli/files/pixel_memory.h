// Memory for the pixels of a picture; for very large ones a file without a name, so that they need not fit in memory.
#pragma once
#include <cstddef>

namespace cogent::cli {

/// Grows only. All together have as much memory as largest_in_memory() says: what is more is in files. Throws FileError
/// if there is neither memory nor disk enough.
class PixelMemory {
 public:
  PixelMemory() = default;
  ~PixelMemory() { release(); }
  PixelMemory(const PixelMemory&) = delete;
  PixelMemory& operator=(const PixelMemory&) = delete;

  /// At least this many bytes; what was there before is lost.
  void* at_least(std::size_t bytes);
  /// The bytes of pixels that may be in memory: half of the machine's, unless the environment's COGENT_MEMORY says how
  /// many. Throws FileError if that is no number.
  static std::size_t largest_in_memory();

 private:
  void* map(std::size_t bytes, bool in_file);
  void release();

  void* data_ = nullptr;
  std::size_t size_ = 0;
  bool in_file_ = false;
};

}  // namespace cogent::cli
