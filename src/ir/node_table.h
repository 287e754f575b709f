// Hash-consing: finds the node equal to a given one, and the number of a place of the user's source.
#pragma once
#include <bit>
#include <cstddef>
#include <cstring>

#include "ir/program.h"

namespace cogent::ir {

/// A node as two words, put together in registers, handed on and stored as such: a load waits long for what was just
/// stored in smaller pieces.
using NodeWord = std::uint64_t;
constexpr NodeWord first_word(Op op, Type type, Line line, Id a) {
  return static_cast<NodeWord>(op) | static_cast<NodeWord>(type) << 8 | NodeWord{line} << 16 | NodeWord{a} << 32;
}
constexpr NodeWord second_word(Id b, Id c) { return NodeWord{b} | NodeWord{c} << 32; }
static_assert(std::endian::native == std::endian::little && offsetof(Node, line) == 2 && offsetof(Node, b) == 8);

inline Id append_node(Program& program, NodeWord first, NodeWord second) {
  char* const node = reinterpret_cast<char*>(&program.nodes.emplace_back());
  std::memcpy(node, &first, sizeof first);
  std::memcpy(node + sizeof first, &second, sizeof second);
  return static_cast<Id>(program.nodes.size() - 1);
}

/// Open addressing over node ids. Begins with the size that suited the program before, but a moderate one, because
/// clearing a table grown by a large program costs microseconds.
class NodeTable {
 public:
  void start();
  /// The id of the equal pure node (its line not compared), appended if there is none.
  Id intern(Program& program, NodeWord first, NodeWord second);

 private:
  void resize(std::size_t size);
  void grow(const Program& program);
  void insert(const Program& program, Id id);

  std::vector<Id> slots_;  // a power of two
  int shift_ = 0;          // of a hash, to a slot
  std::uint32_t count_ = 0;
};

/// A body comes by the same places again and again: each place is first taken for the one that followed its forerunner
/// the last time.
class PlaceTable {
 public:
  void start();
  /// The number of a place, which is given one if it has none; 0 when there are too many.
  Line find(Program& program, const Place& place);

 private:
  void resize(std::size_t size);
  Line look_up(Program& program, const Place& place);
  void insert(const Program& program, Line line);

  std::vector<Line> slots_;      // a power of two
  int shift_ = 0;                // of a hash, to a slot
  std::vector<Line> followers_;  // by line; 0: none yet
  Line last_ = 0;
};

}  // namespace cogent::ir
