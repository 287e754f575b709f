// Brings the sums of a row in the order of its pixels, for results that are wider than a byte: from the vectors that
// products leave (see stencil_products.h) to vectors of neighbouring pixels.
#pragma once

#include <array>

#include "x86/stencil_block.h"

namespace cogent::x86 {

/// How 16-bit sums lie in two vectors.
enum class WordOrder : std::uint8_t {
  EvenAndOdd,   // the first, third ... pixels in one, the others in the other
  LowAndHigh,   // of each 16 pixels the first 8 in one, the others in the other
  PackedPhases  // what StencilOrder::pack makes of phases
};

class StencilOrder {
 public:
  using Pair = std::array<VirtualRegister, 2>;
  using Quad = std::array<VirtualRegister, 4>;

  /// Before all loops: makes the constants.
  void prepare_words(StencilBlock& block, WordOrder order);
  void prepare_phases(StencilBlock& block);

  /// Two vectors of words in the prepared order become those of the first and the second half of the pixels.
  Pair words(VirtualRegister first, VirtualRegister second);
  /// Four phases become two vectors of words, saturated by `opcode`.
  Pair pack(Opcode opcode, const Quad& phases);
  /// Four phases become the vectors of the first, second, third and fourth quarter of the pixels.
  Quad phases(const Quad& phases);
  /// The same for what unpacking words gives: the even pixels, low and high, then the odd ones. Prepared as phases.
  Quad quarters(const Quad& sums);

 private:
  Pair interleave(Opcode opcode, VirtualRegister first, VirtualRegister second);
  Pair unpack(Opcode low, Opcode high, VirtualRegister first, VirtualRegister second);
  Pair join_lanes(VirtualRegister low, VirtualRegister high);
  VirtualRegister vector(Opcode opcode, VirtualRegister a, VirtualRegister b, std::uint8_t control = 0) {
    return block_->machine.vector(opcode, block_->size(), a, b, control);
  }

  StencilBlock* block_ = nullptr;
  WordOrder order_ = WordOrder::EvenAndOdd;
  Pair indexes_{};  // AVX-512: where the elements of the first and of the second result come from
};

}  // namespace cogent::x86
