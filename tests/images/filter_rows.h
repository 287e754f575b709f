// A table of filters beside their oracles, and the formats and borders at which they are compared.
#pragma once
#include "images/samples.h"

namespace cogent::testing {

/// A filter and what it should give.
struct FilterRow {
  std::string pipeline;  ///< "BORDER" in it stands for the arguments that say the border
  std::function<Samples(const Samples& input, const Outside& outside)> oracle;
  double levels = 0;  ///< by which results may differ
  int cases = 12;     ///< formats and borders that a sample tries
  int least_channels = 1, most_channels = 4;
  std::vector<SampleType> types = {SampleType::U8, SampleType::U16, SampleType::I16, SampleType::F32};
};

/// Compares every row at types, layouts, borders and threads of a fixed random choice: a sample of sizes; or, where
/// everything is asked for, each width and each height up to 129, two vectors of bytes and one, and some large
/// pictures.
void compare(const std::vector<FilterRow>& rows);

/// The weighted sum around every sample, of a kernel of `columns` columns, its anchor in the middle.
Samples correlated(const Samples& input, const Outside& outside, int columns, const std::vector<double>& weights,
                   SampleType type, double divisor = 1, double offset = 0);

}  // namespace cogent::testing
