// Which statements and ends of regions control can reach, as far as the structure tells: conditions may go either way.
#pragma once
#include <vector>

#include "ir/program.h"

namespace cogent::ir {

/// A visitor for ir::walk; what it says of a region holds once the walk has left it. Linear.
class Reachability {
 public:
  explicit Reachability(const Program& program);

  /// Before a walk that does not follow the one before it.
  void start() { reached_ = true; }
  void enter(Id region);
  void leave(Id region);
  void statement(Id id);

  bool reaches_end(Id region) const { return facts_[region].ends; }
  bool is_open(Id region) const { return facts_[region].open; }

 private:
  struct RegionFacts {
    bool open = false;     // the walk is inside
    bool entered = false;  // the owner can be reached
    bool ends = false;     // the end can be reached
    bool left = false;     // a Break leaves it
  };
  bool goes_on_after(const Statement& owner) const;

  const Program& program_;
  std::vector<RegionFacts> facts_;
  bool reached_ = true;
};

}  // namespace cogent::ir
