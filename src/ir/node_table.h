// Hash-consing: finds the node equal to a given one, and the number of a place of the user's source.
#pragma once
#include "ir/program.h"

namespace cogent::ir {

/// Open addressing over node ids. Keeps no more than a moderate size from one program to the next, because clearing a
/// table grown by a large one costs microseconds.
class NodeTable {
 public:
  void start();
  /// The id of the pure node equal to `node` (its line not compared), appended if there is none.
  Id intern(Program& program, const Node& node);

 private:
  void resize(std::size_t size);
  void grow(const Program& program);
  void insert(const Program& program, Id id);

  std::vector<Id> slots_;  // a power of two
  int shift_ = 0;          // of a hash, to a slot
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
