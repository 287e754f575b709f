// Hash-consing: finds the node equal to a given one, and the number of a place of the user's source.
#pragma once
#include "ir/program.h"

namespace cogent::ir {

/// Open addressing over node ids. Starts small at each program, because clearing a table grown by a large one costs
/// microseconds.
class NodeTable {
 public:
  void start();
  /// The id of the pure node equal to `node` (its line not compared), appended if there is none.
  Id intern(Program& program, const Node& node);

 private:
  void grow(const Program& program);
  void insert(const Program& program, Id id);

  std::vector<Id> slots_;
  std::uint32_t count_ = 0;
};

class PlaceTable {
 public:
  void start();
  Line find(Program& program, const Place& place);

 private:
  void insert(const Program& program, Line line);

  std::vector<Line> slots_;
};

}  // namespace cogent::ir
