// Executable memory for tests of the encoder: writable while filled, executable afterwards.
#pragma once

#include <sys/mman.h>

#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>

#include "x86/entry_convention.h"

namespace cogent::x86 {

class Executable {
 public:
  explicit Executable(std::span<const std::uint8_t> bytes) : size_(bytes.size()) {
    memory_ = mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory_ == MAP_FAILED) throw std::runtime_error("mmap");
    std::memcpy(memory_, bytes.data(), size_);
    if (mprotect(memory_, size_, PROT_READ | PROT_EXEC) != 0) throw std::runtime_error("mprotect");
  }
  ~Executable() { munmap(memory_, size_); }
  Executable(const Executable&) = delete;
  Executable& operator=(const Executable&) = delete;

  Entry entry() const { return reinterpret_cast<Entry>(memory_); }
  Status operator()(std::uint64_t* arguments, ErrorRecord* error, void* context = nullptr) const {
    return static_cast<Status>(entry()(arguments, error, context));
  }

 private:
  void* memory_;
  std::size_t size_;
};

}  // namespace cogent::x86
