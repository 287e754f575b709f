// The run time of scalar machine code beside that of the printed source compiled by g++ -O1, on a fixed set of loops.
#pragma once

#include <optional>
#include <string>

#include "../examples/support/interleaved_rounds.h"
#include "scalar_loops.h"

namespace bench {

struct ScalarQuality {
  examples::Times generated, compiled;
  bool differs = false;  // in what they leave behind
  double ratio() const { return generated.median / compiled.median; }
};

const ScalarQuality& scalar_quality(const ScalarLoop& loop);

// A row for each loop that was measured so far, and the geometric mean of their ratios; empty if there was none.
std::string scalar_quality_table();

}  // namespace bench
