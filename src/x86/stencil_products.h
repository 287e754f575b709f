// A window of taps as a list of vector products: which bytes of the source are multiplied by which packed taps, and to
// which accumulator the product is added. Plain data; the arithmetic behind each form is explained here.
//
// N output pixels of one row, N the bytes of a vector, are computed at once, in one of two sets of accumulators:
// - phases: N/4 lanes of 32 bits in each of four accumulators; lane i of phase p is output pixel 4i + p. A product of
//   four bytes with four taps per lane (vpdpbusd) reads the source vector from some column `offset`: its lane i holds
//   pixels 4i + offset .. 4i + offset + 3, and the taps are packed shifted by p - offset, so that one source vector
//   serves several phases.
// - halves: N/2 lanes of 16 bits, lane i of the even half is output pixel 2i, of the odd half 2i + 1. A product of two
//   bytes with two taps per lane (vpmaddubsw) is exact as long as the sum of two fits 16 bits; the sum over all
//   products may wrap, because the end result fits. The two bytes are neighbours or, joined, of two source vectors.
//   When only the first and the last column have taps, their vectors are interleaved instead, and the halves are the
//   pixels in the order that unpacking gives.
#pragma once

#include <cstdint>
#include <vector>

#include "x86/machine_program.h"
#include "x86/stencil_taps.h"

namespace cogent::x86 {

/// The operand of a product that comes from the source.
enum class Pixels : std::uint8_t {
  Bytes,            // the bytes of the row, from column `offset` on
  EvenWords,        // of these, the first, third ... as 16-bit words
  OddWords,         // the second, fourth ...
  Joined,           // bytes 0, 2, 4 ... of one vector and 1, 3, 5 ... of another: see Join
  JoinedEvenWords,  // of each two EvenWords the second one: of the row above, and of this one
  JoinedOddWords,   // the same of OddWords
  Low,   // bytes of the first column's vector, each followed by that of the last column's: of each 16 the first 8
  High,  // the other 8
};

inline constexpr int pixels_count = 8;

/// The two vectors of a joined operand: the columns at which they begin, and whether they are of the row above.
struct Join {
  std::int8_t even_column, odd_column;
  bool even_is_above, odd_is_above;
  bool operator==(const Join&) const = default;
};

/// Accumulators 0 .. 3 are the phases, 4 and 5 the even and the odd half.
inline constexpr int even_half = 4, odd_half = 5, accumulator_count = 6;

struct Product {
  Pixels pixels;
  std::uint8_t accumulator;
  std::uint8_t offset;  // the column of the window; the last one of this row that is needed
  std::uint8_t join;    // its number in the list
  std::uint32_t taps;   // four signed bytes, two signed words, or two signed bytes twice
  VirtualRegister constant = none;
};

/// What one row of the window contributes, row after row, in each by growing offset.
class ProductList {
 public:
  void clear() {
    products_.clear();
    row_ends_.clear();
    joins_.clear();
  }
  /// Ends the current row.
  void end_row() { row_ends_.push_back(static_cast<std::uint32_t>(products_.size())); }
  /// Ends it and brings its products in order.
  void end_unsorted_row();
  int rows() const { return static_cast<int>(row_ends_.size()); }
  std::vector<Product>& all() { return products_; }
  const std::vector<Product>& all() const { return products_; }
  const Product* begin_of(int row) const {
    return products_.data() + (row == 0 ? 0 : row_ends_[static_cast<std::size_t>(row - 1)]);
  }
  const Product* end_of(int row) const { return products_.data() + row_ends_[static_cast<std::size_t>(row)]; }
  void add(Pixels pixels, int accumulator, int offset, std::uint32_t taps, std::uint8_t join = 0) {
    if (taps != 0)
      products_.push_back(
          {pixels, static_cast<std::uint8_t>(accumulator), static_cast<std::uint8_t>(offset), join, taps, none});
  }
  /// The number of a join.
  std::uint8_t number_of(const Join& join);
  const std::vector<Join>& joins() const { return joins_; }

 private:
  std::vector<Product> products_;
  std::vector<std::uint32_t> row_ends_;
  std::vector<Join> joins_;
};

/// How a window is split into products.
struct ProductSplit {
  int phase_columns = 0;     // columns before this one are summed in phases, the others in halves
  bool word_taps = false;    // phases: taps of 16 bits, a product of four becomes two of two words
  bool word_pairs = false;   // with word_taps: in as few products as there are pairs of taps, of one row or of two
  bool joins = false;        // halves: taps without a neighbour are joined with others, see JoinedHalves
  bool doubles = false;      // phases: taps of 9 bits, those beyond a byte as the sum of two products
  bool interleaves = false;  // halves: low and high ones; only the first and the last column may have taps
};

/// Replaces the list by the products of all rows of a trimmed window. No product reads a column outside the window's
/// width plus the vector's.
void list_products(const TapWindow& window, const ProductSplit& split, ProductList& list);

/// Without word_pairs, the taps of one row that meet the lanes of `phase` when the source vector begins at column
/// `offset`.
std::uint32_t pack_phase_taps(const TapWindow& window, int row, Pixels pixels, int phase, int offset);

/// Whether the sum of two bytes times two taps always fits 16 bits.
bool pair_fits(std::int32_t a, std::int32_t b);
/// Whether those sums do wherever list_products, without joins, puts two taps of these columns together. (With joins it
/// looks for itself.)
bool pairs_fit(const TapWindow& window, int first_column);
/// Two taps for vpmaddubsw.
std::uint32_t pack_pair(std::int32_t a, std::int32_t b);

}  // namespace cogent::x86
