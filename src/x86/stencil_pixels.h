// The source side of products: loads each vector of a source row once, and derives from it what products multiply.
#pragma once

#include <array>
#include <vector>

#include "x86/stencil_block.h"

namespace cogent::x86 {

class PixelVectors {
 public:
  /// Before all loops: makes the constants that the list's products need.
  void prepare(StencilBlock& block, const ProductList& list);
  /// At the beginning of a block and of each of its source rows, downward.
  void start_block() { row_ = -1; }
  void start_row(int row);
  /// The source operand of a product in the current row. With joins the row above must have been the last one.
  VirtualRegister operator()(const Product& product);
  VirtualRegister bytes(int offset);
  /// The vectors of the window's first and last column interleaved, the lower or the upper half of each 16 bytes.
  VirtualRegister interleaved(bool upper);

 private:
  using ByOffset = std::array<VirtualRegister, ir::StencilStage::largest_side>;
  struct JoinState {
    bool ends_even, ends_odd;  // nothing else needs the vector, which is of the row above
    VirtualRegister vector = none;
  };

  VirtualRegister even_words(int offset);
  VirtualRegister odd_words(int offset);
  VirtualRegister even_words_of(VirtualRegister bytes);
  VirtualRegister odd_words_of(VirtualRegister bytes);
  VirtualRegister joined_words(bool odd, int offset);
  void prepare_joins();
  VirtualRegister joined(std::size_t number);
  VirtualRegister join(const Join& join, const JoinState& state);
  VirtualRegister select(VirtualRegister a, VirtualRegister c, std::uint8_t table);
  VirtualRegister bytes_above(int offset);
  bool must_shift(int column) const;
  int column_of_even(const Join& join) const;
  int column_of_odd(const Join& join) const;

  StencilBlock* block_ = nullptr;
  const ProductList* list_ = nullptr;
  int row_ = 0;
  int last_column_ = 0;
  bool joins_words_ = false;
  VirtualRegister low_bytes_ = none;              // of 16 bits each, the first byte
  VirtualRegister high_bytes_ = none;             // the second
  VirtualRegister high_words_ = none;             // of 32 bits each, the second word
  ByOffset bytes_, even_, odd_, above_;           // of the current row and the one above it; none: not yet made
  std::array<ByOffset, 2> words_above_;           // even and odd ones
  std::array<ByOffset, 2> joined_words_;          // of the current row
  std::array<VirtualRegister, 2> interleaved_{};  // of the current row
  std::vector<JoinState> joins_;
};

}  // namespace cogent::x86
