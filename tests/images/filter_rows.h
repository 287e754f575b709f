// A table of filters beside their oracles, and the formats and borders at which they are compared.
#pragma once
#include "images/samples.h"

namespace cogent::testing {

/// A filter and what it should give.
struct FilterRow {
  std::string pipeline;  ///< "BORDER" in it stands for the arguments that say the border
  std::function<Samples(const Samples& input, const Outside& outside)> oracle;
  double levels = 0;  ///< by which results may differ
  int cases = 12;     ///< formats and borders that are tried
  int least_channels = 1, most_channels = 4;
  bool only_bytes = false;
};

/// Compares every row at sizes, types, layouts, borders and threads of a fixed random choice.
void compare(const std::vector<FilterRow>& rows);

/// The weighted sum around every sample, of a kernel of `columns` columns, its anchor in the middle.
Samples correlated(const Samples& input, const Outside& outside, int columns, const std::vector<double>& weights,
                   SampleType type, double divisor = 1, double offset = 0);

}  // namespace cogent::testing
