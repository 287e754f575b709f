// After van Herk, "A fast algorithm for local minimum and maximum filters" (1992), for as many rows as share their
// code.
#include "filters/runs.h"

#include <algorithm>
#include <bit>

namespace cogent::image::filters {

namespace {

using Reader = std::function<Number(int)>;

int largest_power_of_two(int number) { return static_cast<int>(std::bit_floor(static_cast<unsigned>(number))); }

// From `first` on toward `last`, which may lie above it.
Number fold_toward(int first, int last, const Reader& read, Fold fold) {
  Number result = read(first);
  const int step = first < last ? 1 : -1;
  for (int i = first; i != last; i += step) result = fold(result, read(i + step));
  return result;
}

// What all rows of a group see comes first; then what is above it, from below, and what is below it, from above: of
// these each row takes the beginning.
Number fold_rows(int first, int count, const RowAtOnce& row, const Reader& read, Fold fold) {
  const int group = std::min(largest_power_of_two(count), largest_power_of_two(row.count));
  const int at = row.number % group, end = first + count - 1;
  const int top = first + group - 1 - at, bottom = end - at;
  Number result = fold_toward(top, bottom, read, fold);
  if (top > first) result = fold(result, fold_toward(top - 1, first, read, fold));
  if (bottom < end) result = fold(result, fold_toward(bottom + 1, end, read, fold));
  return result;
}

Number fold_columns(int first, int count, const Reader& read, Fold fold) {
  if (count == 1) return read(first);
  const int whole = largest_power_of_two(count), part = whole == count ? count / 2 : whole;
  return fold(fold_columns(first, part, read, fold), fold_columns(first + part, count - part, read, fold));
}

}  // namespace

std::optional<Run> find_run(Places places) {
  std::ranges::sort(places);
  const auto [row, column] = places.front();
  const auto [last_row, last_column] = places.back();
  const int count = static_cast<int>(places.size());
  const auto is_between = [&](const auto& place) { return place.second >= column && place.second <= last_column; };
  if (!std::ranges::all_of(places, is_between)) return {};
  if (row == last_row && last_column - column + 1 == count) return Run{row, column, count, true};
  if (column == last_column && last_row - row + 1 == count) return Run{row, column, count, false};
  return {};
}

Number fold_run(const Run& run, const RowAtOnce& row, const std::function<Number(int, int)>& read, Fold fold) {
  if (run.is_row) return fold_columns(run.column, run.count, [&](int at) { return read(run.row, at); }, fold);
  return fold_rows(run.row, run.count, row, [&](int at) { return read(at, run.column); }, fold);
}

}  // namespace cogent::image::filters
