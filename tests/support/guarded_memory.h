// Memory that ends at an unreadable page, so that a read or write past the end stops the test.
#pragma once
#include <cstddef>

namespace cogent::testing {

class GuardedMemory {
 public:
  explicit GuardedMemory(std::size_t size);
  ~GuardedMemory();
  GuardedMemory(const GuardedMemory&) = delete;
  GuardedMemory& operator=(const GuardedMemory&) = delete;

  /// `size` bytes; the byte after them cannot be read.
  std::byte* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  std::size_t size_, mapped_;
  std::byte* mapping_;
  std::byte* data_;
};

}  // namespace cogent::testing
