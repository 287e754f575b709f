// The median of 3x3 or 5x5 pixels: half of them and two, of which the least and the greatest can be no median; without
// them and with one more, again, until all have been seen ("forgetful selection"). Of 3x3 integers by sorted columns,
// which pixels have in common.
#include <array>

#include "filters/all.h"
#include "filters/shared.h"

namespace cogent::image::filters {

namespace {

void order(Number& a, Number& b) {
  const Number least = minimum(a, b), most = maximum(a, b);
  a = least;
  b = most;
}

// Brings the least to the front and the greatest to the back: pairs first, so that each half is searched once.
void part_extremes(std::vector<Number>& numbers) {
  const std::size_t count = numbers.size();
  for (std::size_t i = 0; i < count / 2; ++i) order(numbers[i], numbers[count - 1 - i]);
  for (std::size_t i = 1; i < (count + 1) / 2; ++i) order(numbers[0], numbers[i]);
  for (std::size_t i = count / 2; i + 1 < count; ++i) order(numbers[i], numbers[count - 1]);
}

Number median_of(const std::vector<Number>& all) {
  std::size_t next = all.size() / 2 + 2;
  std::vector<Number> kept(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(next));
  while (true) {
    part_extremes(kept);
    if (kept.size() == 3) return kept[1];
    kept.pop_back();
    kept.front() = kept.back();
    kept.pop_back();
    kept.push_back(all[next++]);
  }
}

/// From the least on.
using Sorted = std::array<Number, 3>;

// Of two rows that are computed at once, both see two rows, whose order they share.
Sorted sorted_column(const Neighbourhood& here, int column, int c) {
  const RowAtOnce row = here.row_at_once();
  const bool is_second = row.count > 1 && row.number % 2 == 1;
  Number least = here(is_second ? -1 : 0, column, c), most = here(is_second ? 0 : 1, column, c);
  order(least, most);
  Number middle = here(is_second ? 1 : -1, column, c);
  order(least, middle);
  order(middle, most);
  return {least, middle, most};
}

Number median_of(Number a, Number b, const Number& c) {
  order(a, b);
  return maximum(a, minimum(b, c));
}

// The greatest of the columns' least, the median of their medians, the least of their greatest: of these the median.
Number median_of_columns(const Neighbourhood& here, int c) {
  const Sorted left = sorted_column(here, -1, c), middle = sorted_column(here, 0, c), right = sorted_column(here, 1, c);
  return median_of(maximum(maximum(left[0], middle[0]), right[0]), median_of(left[1], middle[1], right[1]),
                   minimum(minimum(left[2], middle[2]), right[2]));
}

StageId build(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const int reach = arguments.integer("size") / 2;
  return add_windowed(builder, "median", inputs.front(), {reach, reach, reach, reach}, edge_of(arguments),
                      builder.stage(inputs.front()).type, samples_seen(builder, inputs.front(), edge_of(arguments)),
                      [reach](const Neighbourhood& here, int c) {
                        if (reach == 1 && here(0, 0, c).is_integer()) return median_of_columns(here, c);
                        std::vector<Number> samples;
                        for (int row = -reach; row <= reach; ++row)
                          for (int column = -reach; column <= reach; ++column) samples.push_back(here(row, column, c));
                        return median_of(samples);
                      });
}

}  // namespace

const Filter& median() {
  static const Filter filter = {.name = "median",
                                .group = "blur",
                                .help = "the median of a square: takes away specks and keeps edges",
                                .parameters = with_border({{.name = "size",
                                                            .kind = ParameterKind::Integer,
                                                            .help = "pixels of its side",
                                                            .standard = 3.0,
                                                            .integers = {3, 5}}}),
                                .build = &build};
  return filter;
}

}  // namespace cogent::image::filters
