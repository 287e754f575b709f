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

struct CostOfChecks {
  examples::Times checked, unchecked;
  double ratio() const { return checked.median / unchecked.median; }
};

// What the checks of random look-ups in a table cost.
const CostOfChecks& cost_of_checks();

// A row for each loop that was measured so far, and the geometric mean of their ratios, and what checks cost; empty if
// there was none.
std::string scalar_quality_table();

}  // namespace bench
