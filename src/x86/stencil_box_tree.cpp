// Shifts by even numbers of words move lanes of 32 bits, others permute words.
#include "x86/stencil_box_tree.h"

#include <bit>

namespace cogent::x86 {
namespace {

constexpr int words_of_vector = 32, lanes_of_vector = 16;

}  // namespace

int BoxTree::operations(const TapWindow& window, bool ends_in_words) {
  constexpr int columns = 9, words = 2, wide = 4;
  const auto pairs = static_cast<unsigned>((window.width + 1) / 2);
  const int steps = std::bit_width(pairs) + std::popcount(pairs) - 2;
  const int ends = (window.width % 2 == 0 ? 4 : 3);
  return columns + (ends_in_words ? words : wide) * (steps + ends);
}

void BoxTree::prepare(StencilBlock& block, bool ends_in_words, VirtualRegister bias) {
  block_ = &block;
  const TapWindow& window = block.plan.window();
  pairs_ = (window.width + 1) / 2;
  is_odd_ = window.width % 2 != 0;
  top_ = std::bit_width(static_cast<unsigned>(pairs_)) - 1;
  ends_in_words_ = ends_in_words;
  bias_ = bias;
  last_words_ = top_;
  const int most_elements = UINT16_MAX / (255 * window.height);
  while (!ends_in_words && 2 << last_words_ > most_elements) --last_words_;
  low_words_ = ends_in_words ? none : block.machine.broadcast_constant(0x0000ffff, 4);
  const int outer = is_odd_ ? pairs_ - 1 : pairs_;
  by_one_ = top_ > 0 || outer == 1 ? word_indexes(1) : none;
  by_outer_ = outer % 2 != 0 && outer != 1 ? word_indexes(outer) : none;
}

// For permutations of two vectors, the left one first.
VirtualRegister BoxTree::word_indexes(int elements) {
  std::array<std::uint16_t, words_of_vector> indexes;
  for (int i = 0; i < words_of_vector; ++i)
    indexes[static_cast<std::size_t>(i)] = static_cast<std::uint16_t>(words_of_vector + i - elements);
  return block_->machine.vector_constant(indexes.data(), block_->size());
}

// An odd number of columns has one less than the pairs: of an even pixel the odd column of its own pair, of an odd
// pixel the even column of the first pair. Of an even number, the windows of even pixels lie between pairs.
BoxTree::Results BoxTree::next(int row, VirtualRegister even, VirtualRegister odd) {
  Left& left = left_[static_cast<std::size_t>(row)];
  const Sums sum = sum_of_pairs(left, op(Opcode::Vpaddw, even, odd));
  const Sums odd_columns{.words = odd}, outer{.words = is_odd_ ? even : odd};
  const Sums first = like(sum, shifted(left.outer, outer, is_odd_ ? pairs_ - 1 : pairs_));
  const Sums without_last = minus(sum, like(sum, odd_columns));
  const Results results = is_odd_ ? Results{without_last, minus(sum, first)} : Results{plus(without_last, first), sum};
  keep(left.outer, outer);
  return results;
}

BoxTree::Sums BoxTree::sum_of_pairs(Left& left, VirtualRegister pairs) {
  std::array<Sums, most_levels> levels;
  levels[0] = {.words = pairs};
  if (last_words_ == 0 && !ends_in_words_) levels[0] = in_32_bits(levels[0]);
  for (int k = 1; k <= top_; ++k) {
    const auto below = static_cast<std::size_t>(k - 1);
    levels[static_cast<std::size_t>(k)] = next_level(left.levels[below], levels[below], k);
  }
  Sums sum = levels[static_cast<std::size_t>(top_)];
  if (bias_ != none) sum = plus(sum, {.words = none, .even = bias_, .odd = bias_});
  int elements = 1 << top_;
  for (int k = top_ - 1; k >= 0; --k) {
    if ((pairs_ >> k & 1) == 0) continue;
    const auto level = static_cast<std::size_t>(k);
    const Sums before = shifted(left.levels[level], levels[level], elements);
    sum = plus(sum, before.words != none ? like(sum, before) : before);
    elements += 1 << k;
  }
  for (std::size_t k = 0; k < static_cast<std::size_t>(top_); ++k) keep(left.levels[k], levels[k]);
  return sum;
}

BoxTree::Sums BoxTree::next_level(const Sums& left, const Sums& level, int number) {
  const Sums result = plus(level, shifted(left, level, 1 << (number - 1)));
  return number == last_words_ && !ends_in_words_ ? in_32_bits(result) : result;
}

BoxTree::Sums BoxTree::in_32_bits(const Sums& words) {
  return {.words = none,
          .even = op(Opcode::Vpand, words.words, low_words_),
          .odd = block_->machine.vector_unary(Opcode::Vpsrld, block_->size(), words.words, 16)};
}

// Sums in 32 bits are shifted by even numbers of elements only. Left of the first vector there is nothing that counts.
BoxTree::Sums BoxTree::shifted(const Sums& left, const Sums& sums, int elements) {
  if (elements == 0) return sums;
  if (sums.words != none)
    return {.words = shifted_words(left.words == none ? sums.words : left.words, sums.words, elements)};
  const auto lanes = [&](VirtualRegister before, VirtualRegister values) {
    return op(Opcode::Valignd, values, before == none ? values : before, lanes_of_vector - elements / 2);
  };
  return {.words = none, .even = lanes(left.even, sums.even), .odd = lanes(left.odd, sums.odd)};
}

VirtualRegister BoxTree::shifted_words(VirtualRegister left, VirtualRegister words, int elements) {
  if (elements == words_of_vector) return left;
  if (elements % 2 == 0) return op(Opcode::Valignd, words, left, lanes_of_vector - elements / 2);
  MachineProgram& machine = block_->machine;
  const VirtualRegister result = machine.vector_unary(Opcode::VectorMove, block_->size(), left);
  return machine.vector_into(result, Opcode::Vpermt2w, block_->size(), elements == 1 ? by_one_ : by_outer_, words);
}

BoxTree::Sums BoxTree::combine(Opcode words, Opcode wide, const Sums& a, const Sums& b) {
  if (a.words != none) return {.words = op(words, a.words, b.words)};
  return {.words = none, .even = op(wide, a.even, b.even), .odd = op(wide, a.odd, b.odd)};
}

void BoxTree::keep(Sums& left, const Sums& value) {
  keep(left.words, value.words);
  keep(left.even, value.even);
  keep(left.odd, value.odd);
}

void BoxTree::keep(VirtualRegister& left, VirtualRegister value) {
  if (value == none) return;
  MachineProgram& machine = block_->machine;
  if (left == none)
    left = machine.vector_unary(Opcode::VectorMove, block_->size(), value);
  else
    machine.vector_into(left, Opcode::VectorMove, block_->size(), none, value);
}

}  // namespace cogent::x86
