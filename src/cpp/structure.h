// Facts about a program's text that do not change while it is printed: the order of statements, which of two places
// comes first for both, how a Break or Continue can be written, which variables a loop writes.
#pragma once
#include <span>
#include <vector>

#include "ir/program.h"

namespace cogent::cpp {

using ir::Id;

class Structure {
 public:
  explicit Structure(const ir::Program& program);

  /// The region that stands for all regions of its Cases or States; any other region itself.
  Id leader(Id region) const;
  /// A Go at the end of a state to the state that is printed next: nothing needs to be written for it.
  bool falls_through(Id go) const {
    const ir::Statement& statement = program_.statements[go];
    return statement.a != ir::none && statement.next == ir::none &&
           program_.regions[region_of_[go]].sibling == statement.a;
  }
  /// Whether a Go that is written leads to the state.
  bool is_go_target(Id state) const { return regions_[state].is_go_target; }
  /// Whether there are several States, so that numbers do not tell their states apart.
  bool has_many_states() const { return states_count_ > 1; }

  Id region_of(Id statement) const { return region_of_[statement]; }
  std::uint32_t order(Id statement) const { return order_[statement]; }
  /// The Let that makes a pinned node, the For of an Index; none for other nodes.
  Id maker(Id node) const { return maker_[node]; }

  /// The first Set that is printed of a variable: it declares it.
  Id declaration(Id variable) const { return declaration_[variable]; }

  /// The latest statement such that what stands right before it stands before both, visible to both. `none` is neutral.
  Id join(Id a, Id b) const;
  /// Whether the region is `inner` or contains it.
  bool contains(Id region, Id inner) const;

  /// A Set to a constant that the next use of the variable, a Set in the same region, overwrites.
  bool is_overwritten(Id statement) const { return overwritten_[statement]; }

  /// A Block that is written as do { ... } while (false), because every Break out of it can then be a plain break.
  bool is_do_block(Id region) const { return regions_[region].is_do_block; }
  /// Whether a Break or Continue must be a goto, and which labels its region needs.
  bool needs_goto(Id leave) const { return needs_goto_[leave]; }
  bool has_label_behind(Id region) const { return regions_[leader(region)].label_behind; }
  bool has_label_at_end(Id region) const { return regions_[region].label_at_end; }

  /// The variables that a loop's body, or any state of a States, sets.
  std::span<const Id> written_in(Id loop_region) const { return regions_[leader(loop_region)].written; }
  bool writes(Id loop_region, Id variable) const;

 private:
  struct RegionFacts {
    bool is_crossed = false;    // a Break or Continue of something further out stands inside
    bool crosses_loop = false;  // a Break out of this Block stands inside a loop or a switch inside
    bool is_go_target = false;
    bool is_do_block = false, label_behind = false, label_at_end = false;
    std::vector<Id> written;
  };

  void number_statements();
  void find_overwritten(Id region);
  void note_leave(Id leave);
  void decide_leave(Id leave);
  void note_set(Id statement);
  void note_go(Id go);
  bool crosses_loop(Id leave) const;
  Id owner_in(Id statement, Id region) const;

  const ir::Program& program_;
  std::vector<Id> region_of_, maker_, declaration_, leaves_;
  std::vector<std::uint32_t> order_;
  std::vector<bool> overwritten_, needs_goto_;
  std::vector<RegionFacts> regions_;
  int states_count_ = 0;
};

}  // namespace cogent::cpp
