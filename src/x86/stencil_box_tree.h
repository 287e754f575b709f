// Sums of neighbouring elements along a row, as a tree whose levels double the number of elements: the part of
// stencil_box.h that knows nothing of memory and rows.
//
// Elements come in vectors of 64, from left to right, the even and the odd ones of a vector apart: E[i] and O[i] are
// its elements 2i and 2i + 1, and P = E + O. Level k has the sums of P[i - 2^k + 1] .. P[i], made of level k - 1 at i
// and at i - 2^(k - 1); levels together give the sums of as many P as the window has pairs of columns. What lies before
// the first element is the vector to the left's. A result belongs to the last column of its window. Levels whose sums
// do not fit 16 bits have their even and their odd elements apart once more, in 32 bits.
#pragma once

#include <array>

#include "x86/stencil_block.h"

namespace cogent::x86 {

class BoxTree {
 public:
  /// In words, or in 32 bits the even elements and the odd ones.
  struct Sums {
    VirtualRegister words = none, even = none, odd = none;
  };
  struct Results {
    Sums even, odd;  // of the even pixels, element i of pixel 2i, and of the odd ones
  };

  /// Before all loops. Sums of 32 bits begin with `bias` (none: 0); those that end in words may wrap before.
  void prepare(StencilBlock& block, bool ends_in_words, VirtualRegister bias);
  /// The next vector of row `row` of those that are done together is its first one.
  void begin_row(int row) { left_[static_cast<std::size_t>(row)] = {}; }
  Results next(int row, VirtualRegister even, VirtualRegister odd);

  /// For each vector, about: those of the sums of columns too.
  static int operations(const TapWindow& window, bool ends_in_words);

  static constexpr int most_rows = 2;

 private:
  static constexpr int most_levels = 6;  // sums of 1 .. 32 pairs of columns
  struct Left {                          // what is needed of the vector to the left
    std::array<Sums, most_levels> levels;
    Sums outer;
  };

  Sums sum_of_pairs(Left& left, VirtualRegister pairs);
  Sums next_level(const Sums& left, const Sums& level, int number);
  Sums in_32_bits(const Sums& words);
  Sums like(const Sums& form, const Sums& words) { return form.words != none ? words : in_32_bits(words); }
  Sums shifted(const Sums& left, const Sums& sums, int elements);
  VirtualRegister shifted_words(VirtualRegister left, VirtualRegister words, int elements);
  VirtualRegister word_indexes(int elements);
  Sums combine(Opcode words, Opcode wide, const Sums& a, const Sums& b);
  Sums plus(const Sums& a, const Sums& b) { return combine(Opcode::Vpaddw, Opcode::Vpaddd, a, b); }
  Sums minus(const Sums& a, const Sums& b) { return combine(Opcode::Vpsubw, Opcode::Vpsubd, a, b); }
  void keep(VirtualRegister& left, VirtualRegister value);
  void keep(Sums& left, const Sums& value);
  VirtualRegister op(Opcode opcode, VirtualRegister a, VirtualRegister b, int control = 0) {
    return block_->machine.vector(opcode, block_->size(), a, b, static_cast<std::uint8_t>(control));
  }

  StencilBlock* block_ = nullptr;
  int pairs_ = 0;        // of columns, the last one perhaps half
  bool is_odd_ = false;  // the number of columns
  int top_ = 0;          // the last level
  int last_words_ = 0;   // the last level that is made in words
  bool ends_in_words_ = false;
  VirtualRegister bias_ = none, low_words_ = none;
  VirtualRegister by_one_ = none, by_outer_ = none;  // indexes of words: shifted by that many elements
  std::array<Left, most_rows> left_;
};

}  // namespace cogent::x86
