// Loading source vectors and deriving operands from them.
#include "x86/stencil_pixels.h"

#include <algorithm>

namespace cogent::x86 {

void PixelVectors::prepare(StencilBlock& block, const ProductList& list) {
  block_ = &block;
  last_column_ = block.plan.window().width - 1;
  low_bytes_ = high_bytes_ = none;
  const auto needs = [&](Pixels pixels) {
    return std::any_of(list.all().begin(), list.all().end(), [&](const Product& p) { return p.pixels == pixels; });
  };
  if (block.plan.split.word_taps && needs(Pixels::EvenWords))
    low_bytes_ = block.machine.broadcast_constant(0x00ff00ff, 4);
  if (block.plan.split.pair_rows && needs(Pixels::TwoRows))
    high_bytes_ = block.machine.broadcast_constant(0xff00ff00, 4);
}

void PixelVectors::start_row(int row) {
  if (row_ == row - 1 && row > 0 && high_bytes_ != none)
    for (int k = 0; k < 2; ++k)
      above_[static_cast<std::size_t>(k)] = bytes_[static_cast<std::size_t>(last_column_ + k)];
  else
    above_.fill(none);
  two_rows_.fill(none);
  const auto count = static_cast<std::size_t>(last_column_ + 2);
  std::fill_n(bytes_.begin(), count, none);
  std::fill_n(even_.begin(), count, none);
  std::fill_n(odd_.begin(), count, none);
  row_ = row;
}

VirtualRegister PixelVectors::operator()(const Product& product) {
  switch (product.pixels) {
    case Pixels::Bytes:
      return bytes(product.offset);
    case Pixels::EvenWords:
      return even_words(product.offset);
    case Pixels::OddWords:
      return odd_words(product.offset);
    case Pixels::TwoRows:
      return two_rows(product.offset);
  }
  return none;
}

VirtualRegister PixelVectors::bytes(int offset) {
  VirtualRegister& vector = bytes_[static_cast<std::size_t>(offset)];
  if (vector == none)
    vector = block_->machine.vector_load(Opcode::Vmovdqu, block_->size(), block_->source_at(row_, offset));
  return vector;
}

VirtualRegister PixelVectors::even_words(int offset) {
  VirtualRegister& vector = even_[static_cast<std::size_t>(offset)];
  if (vector == none) vector = block_->machine.vector(Opcode::Vpand, block_->size(), bytes(offset), low_bytes_);
  return vector;
}

VirtualRegister PixelVectors::odd_words(int offset) {
  VirtualRegister& vector = odd_[static_cast<std::size_t>(offset)];
  if (vector == none) vector = block_->machine.vector_unary(Opcode::Vpsrlw, block_->size(), bytes(offset), 8);
  return vector;
}

// Takes the odd bytes from this row into the vector of the row above, which nothing else needs any more.
VirtualRegister PixelVectors::two_rows(int offset) {
  constexpr std::uint8_t select_second_where_masked = 0xb8;  // mask ? second : first
  const auto k = static_cast<std::size_t>(offset - last_column_);
  if (two_rows_[k] != none) return two_rows_[k];
  const VirtualRegister below = bytes(offset - 1);
  VirtualRegister both = above_[k];
  if (both == none)
    both = block_->machine.vector_load(Opcode::Vmovdqu, block_->size(), block_->source_at(row_ - 1, offset));
  block_->machine.vector_into(both, Opcode::Vpternlogd, block_->size(), high_bytes_, below, select_second_where_masked);
  return two_rows_[k] = both;
}

}  // namespace cogent::x86
