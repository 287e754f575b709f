// Packing taps into products.
#include "x86/stencil_products.h"

#include <algorithm>

namespace cogent::x86 {
namespace {

std::uint32_t pack_bytes(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
  const auto byte = [](std::int32_t tap) { return static_cast<std::uint32_t>(static_cast<std::uint8_t>(tap)); };
  return byte(a) | byte(b) << 8 | byte(c) << 16 | byte(d) << 24;
}

std::uint32_t pack_words(std::int32_t a, std::int32_t b) {
  return static_cast<std::uint16_t>(a) | static_cast<std::uint32_t>(static_cast<std::uint16_t>(b)) << 16;
}

std::uint32_t pack_pair(std::int32_t a, std::int32_t b) { return pack_bytes(a, b, a, b); }

void list_phase(const TapWindow& window, int row, int phase, int offset, bool word_taps, ProductList& list) {
  const auto add = [&](Pixels pixels) {
    list.add(pixels, phase, offset, pack_phase_taps(window, row, pixels, phase, offset));
  };
  if (!word_taps) return add(Pixels::Bytes);
  add(Pixels::EvenWords);
  add(Pixels::OddWords);
}

// The phases' share of a row: every phase needs `groups` source vectors at distances of four columns, and a vector
// serves as many more phases as there are unused taps in the groups. The vectors begin at as few columns as possible,
// none behind the last column, so that no byte beyond the window is read.
void list_phases(const TapWindow& window, int row, bool word_taps, ProductList& list) {
  const int groups = (window.width + 3) / 4, unused = 4 * groups - window.width;
  // unused taps -> columns at which vectors begin: 3 -> 0; 2 -> 0, 1; 1 -> 0, 2; 0 -> 0, 1, 2, 3
  int base_of[4];
  for (int phase = 0; phase < 4; ++phase) base_of[phase] = phase <= unused ? 0 : unused == 0 ? phase : 3 - unused;
  for (int offset = 0; offset < 4 * groups; ++offset)
    for (int phase = 0; phase < 4; ++phase)
      if (base_of[phase] == offset % 4) list_phase(window, row, phase, offset, word_taps, list);
}

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

// The last column, two rows at a time: rows 0 and 1 contribute with row 1, and so on.
void list_column_pairs(const TapWindow& window, int row, int column, ProductList& list) {
  if (row % 2 == 1) {
    const std::uint32_t taps = pack_pair(window.at(row - 1, column), window.at(row, column));
    list.add(Pixels::TwoRows, even_half, column, taps);
    list.add(Pixels::TwoRows, odd_half, column + 1, taps);
  } else if (row == window.height - 1) {
    list_single(window, row, column, list);
  }
}

bool pair_fits(std::int32_t a, std::int32_t b) {
  return std::max(a, 0) + std::max(b, 0) <= 128 && std::min(a, 0) + std::min(b, 0) >= -128 && std::max(a, b) <= 127;
}

}  // namespace

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
  for (int row = 0; row < window.height; ++row) {
    if (split.phase_columns > 0) list_phases(phases, row, split.word_taps, list);
    int column = split.phase_columns;
    for (; column + 1 < window.width; column += 2) list_pair(window, row, column, list);
    if (column < window.width) {
      if (split.pair_rows)
        list_column_pairs(window, row, column, list);
      else
        list_single(window, row, column, list);
    }
    list.end_row();
  }
}

bool pairs_fit(const TapWindow& window, int first_column, bool pair_rows) {
  for (int row = 0; row < window.height; ++row) {
    int column = first_column;
    for (; column + 1 < window.width; column += 2)
      if (!pair_fits(window.at(row, column), window.at(row, column + 1))) return false;
    if (column == window.width) continue;
    const bool has_partner = pair_rows && row + 1 < window.height && row % 2 == 0;
    if (!pair_fits(window.at(row, column), has_partner ? window.at(row + 1, column) : 0)) return false;
  }
  return true;
}

}  // namespace cogent::x86
