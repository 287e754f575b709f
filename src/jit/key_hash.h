// The hash of a cache key, and whether two are equal: fast for the dozen words that a call's static arguments make.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cogent::jit {

/// The facts that a specialisation was made for, as the caller encodes them.
using Key = std::span<const std::uint64_t>;

/// Word by word as long as there are few: they have often just been written, and a read of more than a word would have
/// to wait for them to arrive in the cache.
inline bool is_equal(Key a, Key b) {
  constexpr std::size_t few = 32;
  if (a.size() != b.size()) return false;
  if (a.size() > few) return std::ranges::equal(a, b);
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i]) return false;
  return true;
}

/// Both halves of the 128-bit product.
inline std::uint64_t multiply_and_fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// Four words a step, in two chains that the CPU works on at once.
inline std::uint64_t hash_key(Key key) {
  constexpr std::uint64_t odd_1 = 0x9E3779B97F4A7C15u;
  constexpr std::uint64_t odd_2 = 0xD6E8FEB86659FD93u;
  std::uint64_t first = odd_1 ^ key.size();
  std::uint64_t second = odd_2;
  while (key.size() >= 4) {
    first = multiply_and_fold(key[0] ^ odd_1, key[1] ^ first);
    second = multiply_and_fold(key[2] ^ odd_2, key[3] ^ second);
    key = key.subspan(4);
  }
  for (std::uint64_t word : key) {
    first = multiply_and_fold(word ^ first, odd_2);
  }
  return multiply_and_fold(first ^ odd_2, second ^ odd_1);
}

}  // namespace cogent::jit
