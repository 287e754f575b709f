// Value ranges: between which two integers the value of each node lies, whenever it is computed.
#pragma once
#include <vector>

#include "ir/program.h"

namespace cogent::analysis {

using ir::Id;

/// Wide enough for every value of every integer type, and for sums and products of a few of them.
using Wide = __int128;

struct Range {
  Wide low, high;
  bool within(const Range& outer) const { return low >= outer.low && high <= outer.high; }
  bool contains(Wide value) const { return low <= value && value <= high; }
};

/// All values of an integer type or Bool.
Range range_of(ir::Type type);

/// The value that a canonical constant stands for (a U64 is not negative).
Wide value_of(std::int64_t canonical, ir::Type type);

/// The ranges of a program's integer and Bool nodes; of other nodes nothing is said. Kept and reused per thread.
/// Nothing is assumed of conditions; a For's index lies between its bounds. What is said of a node that no execution
/// reaches has no meaning.
class Ranges {
 public:
  void start(const ir::Program& program);
  /// Reads the nodes that were added since. Linear.
  void update();
  void run(const ir::Program& program) {
    start(program);
    update();
  }

  const Range& operator[](Id node) const { return ranges_[node]; }

  /// Whether the operation may give another integer than its mathematical result (Convert: than its operand).
  bool may_wrap(Id node) const { return wraps_[node] != 0; }

 private:
  void compute(Id id);
  Range index_range(const ir::Node& node) const;
  Range fit(const Range& range, ir::Type type, Id id);
  Range binary_range(const ir::Node& node, Id id);
  Range convert_range(const ir::Node& node, Id id);
  Range comparison_range(const ir::Node& node) const;
  Range shift_range(const ir::Node& node, Id id);

  const ir::Program* program_ = nullptr;
  std::vector<Range> ranges_;
  std::vector<std::uint8_t> wraps_;
};

}  // namespace cogent::analysis
