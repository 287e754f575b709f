// A small random generator that gives the same numbers everywhere.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
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

  /// A canonical value: mostly small, often extreme, else arbitrary. No signalling NaN: operations may keep it or not.
  std::int64_t value(ir::Type type) {
    if (type == ir::Type::F32) return std::bit_cast<std::uint32_t>(floating<float>());
    if (type == ir::Type::F64) return std::bit_cast<std::int64_t>(floating<double>());
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

  template <class Float>
  Float floating() {
    using Limits = std::numeric_limits<Float>;
    using Bits = std::conditional_t<sizeof(Float) == 4, std::uint32_t, std::uint64_t>;
    static const std::vector<Float> special = {0,
                                               Float(-0.0),
                                               1,
                                               -1,
                                               Float(0.5),
                                               Limits::infinity(),
                                               -Limits::infinity(),
                                               0.1f,
                                               Limits::quiet_NaN(),
                                               Limits::max(),
                                               255,
                                               Limits::denorm_min(),
                                               Float(0x1p31),
                                               Float(-0x1p63)};
    switch (bits() % 8) {
      case 0:
      case 1:
        return pick(special);
      case 2: {
        const Float any = std::bit_cast<Float>(static_cast<Bits>(bits()));
        return any == any ? any : Limits::quiet_NaN();
      }
      case 3:
        return static_cast<Float>(between(-1000000, 1000000)) / 1024;
      case 4:
        return static_cast<Float>(static_cast<std::int64_t>(bits()));
      default:
        return static_cast<Float>(between(-40, 200)) / 10;
    }
  }

 private:
  std::uint64_t state_;
};

}  // namespace cogent::testing
