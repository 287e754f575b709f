// How to branch on an integer to one of several targets: by comparing, by a table of bits, or by a table of jumps.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "analysis/ranges.h"
#include "ir/program.h"

namespace cogent::analysis {

/// Consecutive values with one target, a region; none: no region, what follows the statement.
struct TargetRange {
  Wide first, last;
  Id target;
};

/// Decided by how many ranges differ from the usual target and how densely they lie:
/// - Comparisons: they are few, or too far apart. A tree, so that about log2 of their number are made.
/// - BitTable: many ranges of two targets, close together.
/// - JumpTable: many and close together. It spans table_first to table_last; values outside lead to the usual target.
struct Dispatch {
  enum class Kind : std::uint8_t { Comparisons, BitTable, JumpTable } kind = Kind::Comparisons;
  std::vector<TargetRange> ranges;  // every value that may come, in order; neighbours differ in their targets
  Id usual = ir::none;              // the target of most ranges
  Wide table_first = 0, table_last = 0;
  bool may_be_outside = false;  // of the table

  std::size_t targets() const;
  /// The ranges that do not lead to the usual target.
  std::vector<TargetRange> unusual() const;
};

/// For a Cases. With proven_in_bounds only the values from the smallest to the largest constant may come.
Dispatch dispatch_of_cases(const ir::Program& program, const ir::Statement& cases);
/// For a Go with a selector.
Dispatch dispatch_of_go(const ir::Program& program, const ir::Statement& go);

/// "a jump table of 12 values", "3 comparisons", ... for explain.
std::string describe(const Dispatch& dispatch);

}  // namespace cogent::analysis
