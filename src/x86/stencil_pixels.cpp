// Loading source vectors and deriving operands from them.
#include "x86/stencil_pixels.h"

#include <algorithm>

namespace cogent::x86 {

namespace {

// vpternlogd's tables: a and b are the first two operands, c the third.
constexpr std::uint8_t odd_words_of_second = 0xaa;  // of vpblendw
constexpr std::uint8_t c_where_b_else_a = 0xb8, a_where_b_else_c = 0xe2, a_or_c_where_b = 0xf8, a_or_c_unless_b = 0xf2,
                       a_or_b_where_c = 0xf8;

}  // namespace

void PixelVectors::prepare(StencilBlock& block, const ProductList& list) {
  block_ = &block;
  list_ = &list;
  last_column_ = block.plan.window().width - 1;
  low_bytes_ = high_bytes_ = high_words_ = none;
  const auto joins_words = [](const Product& product) {
    return product.pixels == Pixels::JoinedEvenWords || product.pixels == Pixels::JoinedOddWords;
  };
  joins_words_ = block.plan.split.word_pairs && std::any_of(list.all().begin(), list.all().end(), joins_words);
  if (joins_words_ && block.has_avx512()) high_words_ = block.machine.broadcast_constant(0xffff0000, 4);
  const auto needs_even_words = [](const Product& product) {
    return product.pixels == Pixels::EvenWords || product.pixels == Pixels::JoinedEvenWords;
  };
  if (block.plan.split.word_taps && std::any_of(list.all().begin(), list.all().end(), needs_even_words))
    low_bytes_ = block.machine.broadcast_constant(0x00ff00ff, 4);
  joins_.clear();
  if (list.joins().empty()) return;
  high_bytes_ = block.machine.broadcast_constant(0xff00ff00, 4);
  prepare_joins();
}

// A vector of the row above may be overwritten by the only join that needs it.
void PixelVectors::prepare_joins() {
  std::array<std::uint8_t, ir::StencilStage::largest_side> needed{};
  const auto count = [&](bool above, int column) {
    if (above) ++needed[static_cast<std::size_t>(column)];
  };
  for (const Join& join : list_->joins()) {
    count(join.even_is_above, column_of_even(join));
    count(join.odd_is_above, column_of_odd(join));
  }
  for (const Join& join : list_->joins())
    joins_.push_back({join.even_is_above && needed[static_cast<std::size_t>(column_of_even(join))] == 1,
                      join.odd_is_above && needed[static_cast<std::size_t>(column_of_odd(join))] == 1});
}

void PixelVectors::start_row(int row) {
  const auto count = static_cast<std::size_t>(last_column_ + 1);
  if (!joins_.empty()) {
    if (row_ == row - 1 && row > 0)
      std::copy_n(bytes_.begin(), count, above_.begin());
    else
      std::fill_n(above_.begin(), count, none);
    for (JoinState& join : joins_) join.vector = none;
  }
  if (joins_words_) {
    const bool is_next = row_ == row - 1 && row > 0;
    const ByOffset* words[] = {&even_, &odd_};
    for (std::size_t i = 0; i < 2; ++i) {
      std::fill_n(joined_words_[i].begin(), count, none);
      if (is_next)
        std::copy_n(words[i]->begin(), count, words_above_[i].begin());
      else
        std::fill_n(words_above_[i].begin(), count, none);
    }
  }
  std::fill_n(bytes_.begin(), count, none);
  std::fill_n(even_.begin(), count, none);
  std::fill_n(odd_.begin(), count, none);
  interleaved_.fill(none);
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
    case Pixels::Joined:
      return joined(product.join);
    case Pixels::JoinedEvenWords:
    case Pixels::JoinedOddWords:
      return joined_words(product.pixels == Pixels::JoinedOddWords, product.offset);
    case Pixels::Low:
    case Pixels::High:
      return interleaved(product.pixels == Pixels::High);
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
  if (vector == none) vector = even_words_of(bytes(offset));
  return vector;
}

VirtualRegister PixelVectors::odd_words(int offset) {
  VirtualRegister& vector = odd_[static_cast<std::size_t>(offset)];
  if (vector == none) vector = odd_words_of(bytes(offset));
  return vector;
}

VirtualRegister PixelVectors::even_words_of(VirtualRegister bytes) {
  return block_->machine.vector(Opcode::Vpand, block_->size(), bytes, low_bytes_);
}

VirtualRegister PixelVectors::odd_words_of(VirtualRegister bytes) {
  return block_->machine.vector_unary(Opcode::Vpsrlw, block_->size(), bytes, 8);
}

// Of 32 bits each, the second word of the row above and that of this one.
VirtualRegister PixelVectors::joined_words(bool odd, int offset) {
  VirtualRegister& vector = joined_words_[odd][static_cast<std::size_t>(offset)];
  if (vector != none) return vector;
  MachineProgram& machine = block_->machine;
  const std::uint8_t size = block_->size();
  VirtualRegister& above = words_above_[odd][static_cast<std::size_t>(offset)];
  if (above == none) {
    const VirtualRegister bytes = machine.vector_load(Opcode::Vmovdqu, size, block_->source_at(row_ - 1, offset));
    above = odd ? odd_words_of(bytes) : even_words_of(bytes);
  }
  const VirtualRegister words = odd ? odd_words(offset) : even_words(offset);
  const VirtualRegister upper = machine.vector_unary(Opcode::Vpsrld, size, above, 16);
  if (!block_->has_avx512()) return vector = machine.vector(Opcode::Vpblendw, size, upper, words, odd_words_of_second);
  return vector = machine.vector_into(upper, Opcode::Vpternlogd, size, words, high_words_, a_or_b_where_c);
}

VirtualRegister PixelVectors::interleaved(bool upper) {
  VirtualRegister& vector = interleaved_[upper];
  if (vector != none) return vector;
  const VirtualRegister left = bytes(0), right = bytes(last_column_);
  return vector = block_->machine.vector(upper ? Opcode::Vpunpckhbw : Opcode::Vpunpcklbw, block_->size(), left, right);
}

// ---- joins

VirtualRegister PixelVectors::joined(std::size_t number) {
  JoinState& state = joins_[number];
  if (state.vector == none) state.vector = join(list_->joins()[number], state);
  return state.vector;
}

VirtualRegister PixelVectors::join(const Join& join, const JoinState& state) {
  const VirtualRegister even = join.even_is_above ? bytes_above(column_of_even(join)) : bytes(column_of_even(join));
  const VirtualRegister odd = join.odd_is_above ? bytes_above(column_of_odd(join)) : bytes(column_of_odd(join));
  MachineProgram& machine = block_->machine;
  if (must_shift(join.even_column))
    return select(machine.vector_unary(Opcode::Vpsrlw, block_->size(), even, 8), odd, a_or_c_where_b);
  if (must_shift(join.odd_column))
    return select(machine.vector_unary(Opcode::Vpsllw, block_->size(), odd, 8), even, a_or_c_unless_b);
  if (state.ends_even) return select(even, odd, c_where_b_else_a);
  if (state.ends_odd) return select(odd, even, a_where_b_else_c);
  return select(machine.vector_unary(Opcode::VectorMove, block_->size(), even), odd, c_where_b_else_a);
}

VirtualRegister PixelVectors::select(VirtualRegister a, VirtualRegister c, std::uint8_t table) {
  return block_->machine.vector_into(a, Opcode::Vpternlogd, block_->size(), high_bytes_, c, table);
}

VirtualRegister PixelVectors::bytes_above(int offset) {
  VirtualRegister& vector = above_[static_cast<std::size_t>(offset)];
  if (vector == none)
    vector = block_->machine.vector_load(Opcode::Vmovdqu, block_->size(), block_->source_at(row_ - 1, offset));
  return vector;
}

// A vector at an odd column that no phase needs is one at an even column shifted by a byte.
bool PixelVectors::must_shift(int column) const {
  return column % 2 != 0 && (column < 0 || column >= block_->plan.split.phase_columns);
}
int PixelVectors::column_of_even(const Join& join) const {
  return must_shift(join.even_column) ? join.even_column - 1 : join.even_column;
}
int PixelVectors::column_of_odd(const Join& join) const {
  return must_shift(join.odd_column) ? join.odd_column + 1 : join.odd_column;
}

}  // namespace cogent::x86
