// Packing taps into products.
#include "x86/stencil_products.h"

#include <algorithm>

#include "x86/stencil_joins.h"

namespace cogent::x86 {
namespace {

std::uint32_t pack_bytes(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
  const auto byte = [](std::int32_t tap) { return static_cast<std::uint32_t>(static_cast<std::uint8_t>(tap)); };
  return byte(a) | byte(b) << 8 | byte(c) << 16 | byte(d) << 24;
}

std::uint32_t pack_words(std::int32_t a, std::int32_t b) {
  return static_cast<std::uint16_t>(a) | static_cast<std::uint32_t>(static_cast<std::uint16_t>(b)) << 16;
}

// What a byte holds of four taps, and what is left of them.
void list_doubled(const TapWindow& window, int row, int phase, int offset, ProductList& list) {
  std::int32_t taps[4], rest[4];
  for (int i = 0; i < 4; ++i) {
    const std::int32_t tap = window.at(row, offset - phase + i);
    taps[i] = std::clamp(tap, -128, 127);
    rest[i] = tap - taps[i];
  }
  list.add(Pixels::Bytes, phase, offset, pack_bytes(taps[0], taps[1], taps[2], taps[3]));
  list.add(Pixels::Bytes, phase, offset, pack_bytes(rest[0], rest[1], rest[2], rest[3]));
}

void list_phase(const TapWindow& window, int row, int phase, int offset, const ProductSplit& split, ProductList& list) {
  const auto add = [&](Pixels pixels) {
    list.add(pixels, phase, offset, pack_phase_taps(window, row, pixels, phase, offset));
  };
  if (split.doubles) return list_doubled(window, row, phase, offset, list);
  if (!split.word_taps) return add(Pixels::Bytes);
  add(Pixels::EvenWords);
  add(Pixels::OddWords);
}

// The phases' share of a row: every phase needs `groups` source vectors at distances of four columns, and a vector
// serves as many more phases as there are unused taps in the groups. The vectors begin at as few columns as possible,
// none behind the last column, so that no byte beyond the window is read.
void list_phases(const TapWindow& window, int row, const ProductSplit& split, ProductList& list) {
  const int groups = (window.width + 3) / 4, unused = 4 * groups - window.width;
  // unused taps -> columns at which vectors begin: 3 -> 0; 2 -> 0, 1; 1 -> 0, 2; 0 -> 0, 1, 2, 3
  int base_of[4];
  for (int phase = 0; phase < 4; ++phase) base_of[phase] = phase <= unused ? 0 : unused == 0 ? phase : 3 - unused;
  for (int offset = 0; offset < 4 * groups; ++offset)
    for (int phase = 0; phase < 4; ++phase)
      if (base_of[phase] == offset % 4) list_phase(window, row, phase, offset, split, list);
}

// Lists taps of 16 bits by pairs. W(o) has in each lane i the pixels 4i + o and 4i + o + 2, which are EvenWords of the
// vector at column o or OddWords of the one before. In phase p, W(p + k) meets the taps k and k + 2; so of each four
// taps the first and the third make a pair, and the second and the fourth. Taps that are left over are the second ones
// of W(p + k - 2) where there is such a column; then two rows share a product.
class WordPairs {
 public:
  WordPairs(const TapWindow& window, ProductList& list) : window_(window), list_(list) {}

  void list_row(int row) const {
    for (int column = 0; column <= window_.width; ++column)
      for (int phase = 0; phase < 4; ++phase) list(row, column, phase);
    list_.end_row();
  }

 private:
  bool begins_pair(int tap) const {
    if (tap < 0) return false;
    return tap < window_.width / 4 * 4 ? tap % 4 < 2 : window_.width % 4 == 3 && tap % 4 == 0;
  }
  bool is_left_over(int tap) const {
    if (tap < window_.width / 4 * 4 || tap >= window_.width) return false;
    return window_.width % 4 == 3 ? tap % 4 == 1 : true;
  }
  void list(int row, int column, int phase) const {
    const int tap = column - phase;
    if (begins_pair(tap)) return add(false, phase, column, window_.at(row, tap), window_.at(row, tap + 2));
    if (is_left_over(tap) && column < 2) return add(false, phase, column, window_.at(row, tap), 0);
    if (is_left_over(tap + 2)) list_left_over(row, column, phase, tap + 2);
  }
  void list_left_over(int row, int column, int phase, int tap) const {
    const bool is_lower = row % 2 != 0;
    const int other = is_lower ? row - 1 : row + 1;
    const std::int32_t own = window_.at(row, tap), others = other < window_.height ? window_.at(other, tap) : 0;
    if (own == 0 || others == 0) return add(false, phase, column, 0, own);
    if (is_lower) add(true, phase, column, others, own);
  }
  // No vector begins behind the last column.
  void add(bool joins, int phase, int column, std::int32_t first, std::int32_t second) const {
    const bool is_even = column % 2 == 0 && column < window_.width;
    const Pixels pixels = joins ? (is_even ? Pixels::JoinedEvenWords : Pixels::JoinedOddWords)
                                : (is_even ? Pixels::EvenWords : Pixels::OddWords);
    list_.add(pixels, phase, is_even ? column : column - 1, pack_words(first, second));
  }

  const TapWindow& window_;
  ProductList& list_;
};

// A tap alone: one source vector serves both halves.
void list_single(const TapWindow& window, int row, int column, ProductList& list) {
  const std::int32_t tap = window.at(row, column);
  list.add(Pixels::Bytes, even_half, column, pack_pair(tap, 0));
  list.add(Pixels::Bytes, odd_half, column, pack_pair(0, tap));
}

void list_pair(const TapWindow& window, int row, int column, ProductList& list) {
  if (window.at(row, column + 1) == 0) return list_single(window, row, column, list);
  const std::uint32_t taps = pack_pair(window.at(row, column), window.at(row, column + 1));
  list.add(Pixels::Bytes, even_half, column, taps);
  list.add(Pixels::Bytes, odd_half, column + 1, taps);
}

// Without joins.
void list_halves(const TapWindow& window, int row, int first_column, ProductList& list) {
  int column = first_column;
  for (; column + 1 < window.width; column += 2) list_pair(window, row, column, list);
  if (column < window.width) list_single(window, row, column, list);
}

void list_joined(const TapWindow& window, const TapWindow& phases, const ProductSplit& split, ProductList& list) {
  JoinedHalves joined(window, phases.width, list);
  for (int row = 0; row < window.height; ++row) {
    if (phases.width > 0) list_phases(phases, row, split, list);
    joined.list_row(row);
    list.end_unsorted_row();
  }
}

void list_interleaved(const TapWindow& window, int row, ProductList& list) {
  const int last = window.width - 1;
  const std::uint32_t taps = pack_pair(window.at(row, 0), window.at(row, last));
  list.add(Pixels::Low, even_half, last, taps);
  list.add(Pixels::High, odd_half, last, taps);
}

}  // namespace

void ProductList::end_unsorted_row() {
  const auto begin = products_.begin() + (row_ends_.empty() ? 0 : static_cast<std::ptrdiff_t>(row_ends_.back()));
  for (auto next = begin; next != products_.end(); ++next) {  // few, and nearly sorted
    const Product product = *next;
    auto hole = next;
    for (; hole != begin && std::prev(hole)->offset > product.offset; --hole) *hole = *std::prev(hole);
    *hole = product;
  }
  end_row();
}

std::uint8_t ProductList::number_of(const Join& join) {
  const auto found = std::find(joins_.begin(), joins_.end(), join);
  const auto number = static_cast<std::uint8_t>(found - joins_.begin());
  if (found == joins_.end()) joins_.push_back(join);
  return number;
}

std::uint32_t pack_pair(std::int32_t a, std::int32_t b) { return pack_bytes(a, b, a, b); }

std::uint32_t pack_phase_taps(const TapWindow& window, int row, Pixels pixels, int phase, int offset) {
  const int first = offset - phase;  // the column of the tap that meets the first byte of a lane
  const std::int32_t a = window.at(row, first), b = window.at(row, first + 1), c = window.at(row, first + 2),
                     d = window.at(row, first + 3);
  if (pixels == Pixels::EvenWords) return pack_words(a, c);
  if (pixels == Pixels::OddWords) return pack_words(b, d);
  return pack_bytes(a, b, c, d);
}

void list_products(const TapWindow& window, const ProductSplit& split, ProductList& list) {
  list.clear();
  const TapWindow phases{window.first, window.stride, window.height, split.phase_columns};
  if (split.joins) return list_joined(window, phases, split, list);
  if (split.word_taps && split.word_pairs) {
    const WordPairs pairs(phases, list);
    for (int row = 0; row < window.height; ++row) pairs.list_row(row);
    return;
  }
  for (int row = 0; row < window.height; ++row) {
    if (split.phase_columns > 0) list_phases(phases, row, split, list);
    if (split.interleaves)
      list_interleaved(window, row, list);
    else
      list_halves(window, row, split.phase_columns, list);
    list.end_row();
  }
}

bool pair_fits(std::int32_t a, std::int32_t b) {
  return std::max(a, 0) + std::max(b, 0) <= 128 && std::min(a, 0) + std::min(b, 0) >= -128 && std::max(a, b) <= 127;
}

bool pairs_fit(const TapWindow& window, int first_column) {
  for (int row = 0; row < window.height; ++row) {
    int column = first_column;
    for (; column + 1 < window.width; column += 2)
      if (!pair_fits(window.at(row, column), window.at(row, column + 1))) return false;
    if (column < window.width && !pair_fits(window.at(row, column), 0)) return false;
  }
  return true;
}

}  // namespace cogent::x86
