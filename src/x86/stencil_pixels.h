// The source side of products: loads each vector of a source row once, and derives from it what products multiply.
#pragma once

#include <array>

#include "x86/stencil_block.h"

namespace cogent::x86 {

class PixelVectors {
 public:
  /// Before all loops: makes the constants that the list's products need.
  void prepare(StencilBlock& block, const ProductList& list);
  /// At the beginning of a block and of each of its source rows, downward.
  void start_block() { row_ = -1; }
  void start_row(int row);
  /// The source operand of a product in the current row. Products of two rows need the row above as the last one.
  VirtualRegister operator()(const Product& product);
  VirtualRegister bytes(int offset);

 private:
  static constexpr std::size_t most_offsets = ir::StencilStage::largest_side + 1;
  using ByOffset = std::array<VirtualRegister, most_offsets>;

  VirtualRegister even_words(int offset);
  VirtualRegister odd_words(int offset);
  VirtualRegister two_rows(int offset);

  StencilBlock* block_ = nullptr;
  int row_ = 0;
  int last_column_ = 0;
  VirtualRegister low_bytes_ = none;                 // of 16 bits each, the first byte
  VirtualRegister high_bytes_ = none;                // the second
  ByOffset bytes_, even_, odd_;                      // of the current row; none: not yet made
  std::array<VirtualRegister, 2> above_, two_rows_;  // at the last column and the one behind it
};

}  // namespace cogent::x86
