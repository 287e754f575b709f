// A small random generator that gives the same numbers everywhere.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ir/type.h"

namespace cogent::testing {

/// splitmix64.
class Random {
 public:
  // Seeds that are close begin at places that are far from each other.
  explicit Random(std::uint64_t seed) : state_(seed) { state_ = bits() ^ (seed << 32); }

  std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
  }
  /// From first to last, both possible.
  std::int64_t between(std::int64_t first, std::int64_t last) {
    return first + static_cast<std::int64_t>(bits() % static_cast<std::uint64_t>(last - first + 1));
  }
  bool one_in(int n) { return bits() % static_cast<std::uint64_t>(n) == 0; }
  template <class T>
  const T& pick(const std::vector<T>& list) {
    return list[bits() % list.size()];
  }

  /// A canonical value: mostly small, often extreme, else arbitrary.
  std::int64_t value(ir::Type type) {
    std::int64_t value = 0;
    switch (bits() % 8) {
      case 0:
        value = ir::lowest_of(type) + between(0, 2);
        break;
      case 1:
        value = static_cast<std::int64_t>(static_cast<std::uint64_t>(ir::highest_of(type)) - bits() % 3);
        break;
      case 2:
      case 3:
        value = static_cast<std::int64_t>(bits());
        break;
      case 4:
        value = static_cast<std::int64_t>(std::uint64_t{1} << (bits() % 64));
        break;
      default:
        value = between(-4, 20);
    }
    return ir::canonical(value, type);
  }

 private:
  std::uint64_t state_;
};

}  // namespace cogent::testing
