// A copyable array that ends at an unreadable page, with bytes before it that must stay as they are.
#pragma once
#include <algorithm>
#include <cstring>
#include <span>
#include <vector>

#include "support/guarded_memory.h"

namespace cogent::witness {

template <class T>
class GuardedArray {
 public:
  explicit GuardedArray(std::size_t size) : size_(size), memory_(canary_bytes + size * sizeof(T)) {
    std::memset(memory_.data(), canary, memory_.size());
  }
  explicit GuardedArray(const std::vector<T>& content) : GuardedArray(content.size()) {
    std::copy(content.begin(), content.end(), data());
  }

  GuardedArray(const GuardedArray& other) : GuardedArray(other.size()) {
    std::copy(other.data(), other.data() + size_, data());
  }
  GuardedArray& operator=(const GuardedArray&) = delete;

  T* data() const { return reinterpret_cast<T*>(memory_.data() + canary_bytes); }
  std::size_t size() const { return size_; }
  std::span<T> span() const { return {data(), size_}; }
  T& operator[](std::size_t index) const { return data()[index]; }
  std::vector<T> content() const { return std::vector<T>(data(), data() + size_); }
  bool is_intact_before() const {
    return std::all_of(memory_.data(), memory_.data() + canary_bytes,
                       [](std::byte byte) { return std::to_integer<int>(byte) == canary; });
  }

 private:
  static constexpr std::size_t canary_bytes = 128;
  static constexpr int canary = 0xa5;

  std::size_t size_;
  testing::GuardedMemory memory_;
};

}  // namespace cogent::witness
