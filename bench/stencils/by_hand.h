// The stencils of the table as one writes them by hand, with the best instructions that a core with AVX-512 VNNI has:
// what generated code is to be compared with on the machine at hand.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace bench {

// Rows of `width` results follow one another; those of the source have the kernel's width less one more.
struct PicturePair {
  const std::uint8_t* source;
  std::uint8_t* result;
  int width, height;  // of the result; at least 64 wide
};

// Empty: that stencil is not written by hand, or this processor lacks the instructions. The sums of a bell are within
// one of the exact ones, the others are exact.
std::function<void(const PicturePair&)> by_hand(std::string_view name);

}  // namespace bench
