// The part of the verifier that looks at what stands alone: the signature, each node, the links of regions.
#pragma once
#include "ir/verifier.h"

namespace cogent::ir {

/// Collects flaws.
struct Report {
  std::vector<Flaw> flaws;

  /// Notes a flaw unless the rule holds; returns whether it does.
  bool expect(bool holds, int rule, Line line, const char* text) {
    if (!holds) flaws.push_back({rule, text, line});
    return holds;
  }
};

/// Rules 1 to 9, 17 and 21, and 14 for the lines of nodes.
void check_structure(const Program& program, Report& report);

}  // namespace cogent::ir
