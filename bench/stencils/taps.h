// The taps of the stencils that are measured, for functions generated and written by hand alike.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace bench {

/// Of a dense window: from -largest to largest, always the same ones.
class RandomTaps {
 public:
  constexpr explicit RandomTaps(int largest) : largest_(largest) {}
  constexpr int next() {
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<int>(state_ >> 16) % (2 * largest_ + 1) - largest_;
  }

 private:
  int largest_;
  std::uint32_t state_ = 1;
};

template <std::size_t Count>
constexpr std::array<int, Count> random_taps(int largest) {
  std::array<int, Count> taps{};
  RandomTaps random(largest);
  for (int& tap : taps) tap = random.next();
  return taps;
}

constexpr std::array sharpening_taps{0, -1, 0, -1, 5, -1, 0, -1, 0};

}  // namespace bench
