// Sums and extremes of samples side by side, or one above the other, in an order that shares the work.
#pragma once
#include <functional>
#include <optional>
#include <span>

#include "engine/stage.h"

namespace cogent::image::filters {

/// Sums, minima or maxima of integers, whose order does not matter.
using Fold = Number (*)(const Number&, const Number&);

/// Rows and columns from the pixel that is computed.
using Places = std::vector<std::pair<int, int>>;

/// Neighbours in a row, or in a column.
struct Run {
  int row = 0, column = 0;  ///< of the first
  int count = 0;
  bool is_row = false;
};

/// The run that places are, in whatever order.
std::optional<Run> find_run(Places places);

/// Folds integers at the places of a run. What is read at a place must be the same for every pixel that sees it: then
/// rows that are computed at once have in common what they all see, and of columns halves are one value at two places.
Number fold_run(const Run& run, const RowAtOnce& row, const std::function<Number(int row, int column)>& read,
                Fold fold);

}  // namespace cogent::image::filters
