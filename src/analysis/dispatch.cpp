// Gathers ranges of equal targets and weighs the three ways.
#include "analysis/dispatch.h"

#include <algorithm>

namespace cogent::analysis {

using ir::none;

namespace {

// A predicted comparison costs less than a jump through a table, a mispredicted one as much; so few ranges are
// compared.
constexpr std::size_t most_compared = 4;
constexpr std::size_t most_compared_of_two = 2;  // before a bit table, which is shorter than a jump table
constexpr Wide longest_bit_table = 256;
constexpr Wide short_table = 256;
constexpr Wide longest_table = 4096;
constexpr Wide slots_per_range = 8;  // of a table that is not short, at most

/// Appends a range, or makes the last one longer.
void append(std::vector<TargetRange>& ranges, Wide first, Wide last, Id target) {
  if (!ranges.empty() && ranges.back().target == target)
    ranges.back().last = last;
  else
    ranges.push_back({first, last, target});
}

Wide length(Wide first, Wide last) { return last - first + 1; }

/// What the table spans: all values, unless leaving out both ends, which then need a check, saves half of it.
void span_table(Dispatch& dispatch) {
  const TargetRange &low = dispatch.ranges.front(), &high = dispatch.ranges.back();
  dispatch.table_first = low.first;
  dispatch.table_last = high.last;
  const Wide first = low.target == dispatch.usual ? low.last + 1 : low.first;
  const Wide last = high.target == dispatch.usual ? high.first - 1 : high.last;
  if (length(low.first, high.last) <= 2 * length(first, last)) return;
  dispatch.table_first = first;
  dispatch.table_last = last;
  dispatch.may_be_outside = true;
}

void find_usual(Dispatch& dispatch) {
  std::ptrdiff_t most = 0;
  for (const TargetRange& range : dispatch.ranges) {
    const std::ptrdiff_t count = std::ranges::count(dispatch.ranges, range.target, &TargetRange::target);
    if (count <= most) continue;
    most = count;
    dispatch.usual = range.target;
    if (2 * count >= std::ssize(dispatch.ranges)) return;  // more cannot be, as neighbours differ
  }
}

void decide(Dispatch& dispatch) {
  find_usual(dispatch);
  const bool has_two_targets = dispatch.targets() == 2;
  const std::size_t count = dispatch.unusual().size();
  if (count <= (has_two_targets ? most_compared_of_two : most_compared)) return;
  span_table(dispatch);
  const Wide slots = length(dispatch.table_first, dispatch.table_last);
  if (has_two_targets && slots <= longest_bit_table)
    dispatch.kind = Dispatch::Kind::BitTable;
  else if (slots <= short_table || (slots <= longest_table && slots <= static_cast<Wide>(count) * slots_per_range))
    dispatch.kind = Dispatch::Kind::JumpTable;
}

}  // namespace

std::size_t Dispatch::targets() const {
  std::vector<Id> all;
  all.reserve(ranges.size());
  for (const TargetRange& range : ranges) all.push_back(range.target);
  std::ranges::sort(all);
  return static_cast<std::size_t>(std::ranges::unique(all).begin() - all.begin());
}

std::vector<TargetRange> Dispatch::unusual() const {
  std::vector<TargetRange> result;
  for (const TargetRange& range : ranges)
    if (range.target != usual) result.push_back(range);
  return result;
}

Dispatch dispatch_of_cases(const ir::Program& program, const ir::Statement& cases) {
  const ir::Type type = program.nodes[cases.a].type;
  std::vector<TargetRange> constants;
  for (Id region = cases.body; region != none; region = program.regions[region].sibling) {
    const Wide value = value_of(program.value(program.regions[region].choice), type);
    constants.push_back({value, value, region});
  }
  std::ranges::sort(constants, {}, &TargetRange::first);
  Range all = range_of(type);
  if ((cases.flags & ir::proven_in_bounds) != 0) all = {constants.front().first, constants.back().last};
  Dispatch dispatch;
  Wide next = all.low;
  for (const TargetRange& constant : constants) {
    if (next < constant.first) append(dispatch.ranges, next, constant.first - 1, cases.other);
    append(dispatch.ranges, constant.first, constant.last, constant.target);
    next = constant.last + 1;
  }
  if (next <= all.high) append(dispatch.ranges, next, all.high, cases.other);
  decide(dispatch);
  return dispatch;
}

Dispatch dispatch_of_go(const ir::Program& program, const ir::Statement& go) {
  Dispatch dispatch;
  for (Id value = 0; value < ir::byte_values; ++value)
    append(dispatch.ranges, value, value, program.operands[go.c + value]);
  decide(dispatch);
  return dispatch;
}

std::string describe(const Dispatch& dispatch) {
  const std::string slots = std::to_string(static_cast<long long>(dispatch.table_last - dispatch.table_first + 1));
  switch (dispatch.kind) {
    case Dispatch::Kind::BitTable:
      return "a bit table of " + slots + " values";
    case Dispatch::Kind::JumpTable:
      return "a jump table of " + slots + " values";
    default:
      return "comparisons for " + std::to_string(dispatch.ranges.size()) + " ranges";
  }
}

}  // namespace cogent::analysis
