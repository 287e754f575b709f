// Finding partners for the taps that have no neighbour.
#include "x86/stencil_joins.h"

#include <algorithm>

namespace cogent::x86 {

JoinedHalves::JoinedHalves(const TapWindow& window, int first_column, ProductList& list)
    : window_(window), first_column_(first_column), list_(list) {
  for (int accumulator = even_half; accumulator <= odd_half; ++accumulator) {
    Half& half = halves_[static_cast<std::size_t>(accumulator - even_half)];
    half.accumulator = accumulator;
    half.count = half.next = 0;
    for (int row = 0; row < window_.height; ++row)
      for_each(
          row, half, [](int, std::int32_t, std::int32_t) {},
          [&](int column, std::int32_t tap) { add_single(half, row, column, tap); });
    find_partners(half);
  }
}

/// Calls `pair` with the column and both taps of neighbours that lie in one vector, `alone` with every other tap.
template <class Pair, class Alone>
void JoinedHalves::for_each(int row, const Half& half, Pair&& pair, Alone&& alone) const {
  const auto visit = [&](int column) {
    if (const std::int32_t tap = window_.at(row, column); tap != 0) alone(column, tap);
  };
  int column = first_column_;
  if (half.accumulator == odd_half) visit(column++);
  for (; column < window_.width; column += 2) {
    const std::int32_t tap = window_.at(row, column), neighbour = window_.at(row, column + 1);
    if (tap != 0 && neighbour != 0 && pair_fits(tap, neighbour)) {
      pair(column, tap, neighbour);
    } else {
      visit(column);
      if (column + 1 < window_.width) visit(column + 1);
    }
  }
}

void JoinedHalves::add_single(Half& half, int row, int column, std::int32_t tap) const {
  const bool is_odd_half = half.accumulator == odd_half, is_odd = column % 2 == 1;
  const int vector = !is_odd ? column : is_odd_half ? column + 1 : column - 1;
  half.singles[static_cast<std::size_t>(half.count++)] = {
      tap, static_cast<std::int8_t>(row), static_cast<std::int8_t>(vector), is_odd != is_odd_half, alone};
}

void JoinedHalves::find_partners(Half& half) const {
  for (int i = 0; i < half.count; ++i) {
    Single& single = half.singles[static_cast<std::size_t>(i)];
    if (single.partner != alone) continue;
    const int partner = best_partner(half, i);
    if (partner == alone) continue;
    single.partner = static_cast<std::int16_t>(partner);
    half.singles[static_cast<std::size_t>(partner)].partner = static_cast<std::int16_t>(i);
  }
}

// One that takes the other kind of bytes saves a shift; one below, whose vector is not needed for more, a move.
int JoinedHalves::best_partner(const Half& half, int single) const {
  const Single& first = half.singles[static_cast<std::size_t>(single)];
  int best = alone, best_rank = -1;
  for (int i = single + 1; i < half.count; ++i) {
    const Single& other = half.singles[static_cast<std::size_t>(i)];
    if (other.row > first.row + 1) break;
    if (other.partner != alone || !pair_fits(first.tap, other.tap)) continue;
    const int rank = 2 * (other.takes_odd != first.takes_odd) + (other.row > first.row);
    if (rank <= best_rank) continue;
    best = i;
    best_rank = rank;
  }
  return best;
}

void JoinedHalves::list_row(int row) {
  for (Half& half : halves_) list_row(row, half);
}

void JoinedHalves::list_row(int row, Half& half) {
  for_each(
      row, half,
      [&](int column, std::int32_t tap, std::int32_t neighbour) {
        list_.add(Pixels::Bytes, half.accumulator, half.accumulator == odd_half ? column + 1 : column,
                  pack_pair(tap, neighbour));
      },
      [](int, std::int32_t) {});
  for (; half.next < half.count && half.singles[static_cast<std::size_t>(half.next)].row == row; ++half.next) {
    const Single& single = half.singles[static_cast<std::size_t>(half.next)];
    if (single.partner == alone)
      list_.add(Pixels::Bytes, half.accumulator, single.column,
                single.takes_odd ? pack_pair(0, single.tap) : pack_pair(single.tap, 0));
    else if (single.partner < half.next)
      list_joined(half.singles[static_cast<std::size_t>(single.partner)], single, half.accumulator);
  }
}

// Of two that take the same kind of bytes, the first or the second is taken from a shifted vector.
void JoinedHalves::list_joined(const Single& first, const Single& second, int accumulator) {
  const bool is_above = first.row < second.row;
  const bool first_is_odd = first.takes_odd && !second.takes_odd;
  const Single& even = first_is_odd ? second : first;
  const Single& odd = first_is_odd ? first : second;
  const int even_column = even.column + (even.takes_odd ? 1 : 0), odd_column = odd.column - (odd.takes_odd ? 0 : 1);
  const Join join{static_cast<std::int8_t>(even_column), static_cast<std::int8_t>(odd_column),
                  is_above && !first_is_odd, is_above && first_is_odd};
  const int last = is_above ? second.column : std::max(first.column, second.column);
  list_.add(Pixels::Joined, accumulator, last, pack_pair(even.tap, odd.tap), list_.number_of(join));
}

}  // namespace cogent::x86
