// Value ranges: between which two integers the value of each node lies, whenever it is computed.
#pragma once
#include <array>
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

/// The value that a canonical constant stands for (a U64 is not negative).
constexpr Wide value_of(std::int64_t canonical, ir::Type type) {
  return type == ir::Type::U64 ? Wide{static_cast<std::uint64_t>(canonical)} : Wide{canonical};
}

inline constexpr std::array<Range, ir::type_count> ranges_of_types = [] {
  std::array<Range, ir::type_count> ranges;
  for (int i = 0; i < ir::type_count; ++i) {
    const auto type = static_cast<ir::Type>(i);
    ranges[static_cast<std::size_t>(i)] = {0, 1};
    if (ir::is_integer(type))
      ranges[static_cast<std::size_t>(i)] = {value_of(ir::lowest_of(type), type), value_of(ir::highest_of(type), type)};
  }
  return ranges;
}();

/// All values of an integer type or Bool.
constexpr const Range& range_of(ir::Type type) { return ranges_of_types[static_cast<std::size_t>(type)]; }

/// The ranges of a program's integer and Bool nodes; of other nodes nothing is said. Each is computed when it is first
/// asked for, with all that it depends on. Nothing is assumed of conditions; a For's index lies between its bounds.
/// What is said of a node that no execution reaches has no meaning. Kept and reused per thread, not shared by threads.
class Ranges {
 public:
  void start(const ir::Program& program);
  /// Takes notice of the nodes that were added since.
  void update();
  void run(const ir::Program& program) {
    start(program);
    update();
  }

  /// Of a program that is complete: what is loaded from scratch arrays lies among what is stored to them. What was
  /// said before is forgotten.
  void learn_contents();

  /// The reference holds until the next update.
  const Range& operator[](Id node) const {
    if (states_[node] == unknown) evaluate(node);
    return ranges_[node];
  }

  /// Whether the operation may give another integer than its mathematical result (Convert: than its operand).
  bool may_wrap(Id node) const {
    if (states_[node] == unknown) evaluate(node);
    return states_[node] == wraps;
  }

 private:
  enum State : std::uint8_t { unknown, known, wraps };

  void evaluate(Id id) const;
  void push_unknown(Id id) const;
  void push_unknown_operands(const ir::Node& node) const;
  void compute(Id id) const;
  Range index_range(const ir::Node& node) const;
  Range fit(const Range& range, ir::Type type, Id id) const;
  Range binary_range(const ir::Node& node, Id id) const;
  Range table_range(Id table) const;
  bool is_copy(Id value, Id array) const;
  Range convert_range(const ir::Node& node, Id id) const;
  Range saturated_range(const ir::Node& node) const;
  Range comparison_range(const ir::Node& node) const;
  Range maximum_range(const ir::Node& node) const;
  Range shift_range(const ir::Node& node, Id id) const;

  const ir::Program* program_ = nullptr;
  std::vector<Range> contents_;  // per array; empty: nothing is known. Of an array of which nothing is known: all
  mutable std::vector<Range> ranges_;
  mutable std::vector<State> states_;
  mutable std::vector<Id> stack_;
};

}  // namespace cogent::analysis
