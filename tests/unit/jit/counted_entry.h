// A cache entry for the tests of this folder: it carries a value and counts those that are alive.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

#include "jit/cache_entry.h"

namespace cogent::jit {

struct CountedEntry : CacheEntry {
  explicit CountedEntry(int value, std::size_t code_bytes = 0) : CacheEntry(code_bytes), value(value) { ++alive; }
  ~CountedEntry() override {
    value = -1;
    --alive;
  }

  static inline std::atomic<int> alive = 0;
  int value;
};

/// A factory for an entry with this value.
inline auto making(int value, std::size_t code_bytes = 0) {
  return [=] { return std::make_unique<CountedEntry>(value, code_bytes); };
}

}  // namespace cogent::jit
