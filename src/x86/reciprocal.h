// The multiplication that stands for a division by a constant (Granlund and Montgomery, "Division by invariant integers
// using multiplication", 1994).
#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>

namespace cogent::x86 {

/// a / divisor is the integral part of a * factor / 2^shift.
struct Reciprocal {
  std::uint64_t factor;
  int shift;
};

/// The one with the smallest shift, from `least_shift` on, that is exact for 0 <= a <= highest < 2^33; for negative a
/// down to -highest the integral part, rounded down, is one too low. The divisor is below 2^32 and not 0.
inline Reciprocal find_reciprocal(std::uint64_t divisor, std::uint64_t highest, int least_shift) {
  __extension__ using Wide = unsigned __int128;
  int shift = std::max(least_shift, static_cast<int>(std::bit_width(highest)));
  std::uint64_t quotient = (std::uint64_t{1} << shift) / divisor, rest = (std::uint64_t{1} << shift) % divisor;
  // a * (quotient + 1) / 2^shift must exceed a / divisor by less than 1 / divisor.
  for (; Wide{divisor - rest} * highest >= Wide{1} << shift; ++shift) {
    const bool carries = 2 * rest >= divisor;
    quotient = 2 * quotient + (carries ? 1 : 0);
    rest = 2 * rest - (carries ? divisor : 0);
  }
  return {quotient + 1, shift};
}

}  // namespace cogent::x86
