// Whether two recordings, or two parts of one, are the same up to the numbering of nodes, variables and regions.
#pragma once
#include <span>
#include <vector>

#include "ir/program.h"

namespace cogent::stage {

/// Where two recordings first differ.
struct RecordingDifference {
  enum class Kind {
    Changed,     // the statements differ
    OnlyFirst,   // the first recording goes on where the second ends
    OnlySecond,  // the second has more statements where the first goes on or ends
    Result,      // the bodies give different results
    NotSkipped,  // a region of the second that should have been skipped is not empty
  } kind;
  ir::Line line;
};

/// Compares regions of two recordings made without forwarding of variables. Requires well-formed programs.
class RecordingComparison {
 public:
  /// `skipped`: regions of `second` whose branches were not run; the counterparts in `first` may hold anything.
  RecordingComparison(const ir::Program& first, const ir::Program& second, std::span<const ir::Id> skipped);

  /// A statement of `second` that nothing in `first` is to be compared with.
  void leave_out(ir::Id statement);

  /// True if the statements are the same, or both are loops with the same bounds and bodies.
  bool same_statement(ir::Id first, ir::Id second);
  bool same_region(ir::Id first, ir::Id second);
  const RecordingDifference& difference() const { return difference_; }

 private:
  bool same_node(ir::Id first, ir::Id second);
  bool same_head(const ir::Node& first, const ir::Node& second) const;
  bool same_made(ir::Id first, ir::Id second);
  bool same_variable(ir::Id first, ir::Id second);
  bool same_call(const ir::Statement& first, const ir::Statement& second);
  bool same_operands(const ir::Statement& first, const ir::Statement& second);
  bool same_go(const ir::Statement& first, const ir::Statement& second);
  bool same_state(ir::Id first, ir::Id second) const;
  bool same_branch(ir::Id first, ir::Id second, ir::Line line);
  bool same_cases(const ir::Statement& first, const ir::Statement& second);
  bool same_states(const ir::Statement& first, const ir::Statement& second);
  bool same_branches(const ir::Statement& first, const ir::Statement& second);
  bool same_place(ir::Line first, ir::Line second) const;
  bool same_array(ir::Id first, ir::Id second);
  bool same_text(ir::Id first, ir::Id second) const;
  bool differ(RecordingDifference::Kind kind, ir::Line line);
  bool differ_at(ir::Id first, ir::Id second);
  bool has_same_head(ir::Id first, ir::Id second) const;
  ir::Id next_compared(ir::Id second) const;

  const ir::Program& first_;
  const ir::Program& second_;
  std::span<const ir::Id> skipped_;
  std::vector<bool> left_out_;                                // statements of the second
  std::vector<ir::Id> nodes_, variables_, regions_, arrays_;  // the second's counterparts of the first's
  std::vector<std::pair<ir::Id, ir::Id>> work_;
  RecordingDifference difference_{};
};

}  // namespace cogent::stage
