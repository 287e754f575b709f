// Equal nodes are found again however many others there are, and however many of them have the same operands.
#include "ir/node_table.h"

#include <gtest/gtest.h>

namespace cogent::ir {
namespace {

constexpr Id count = 20'000;

struct Table {
  Table() { nodes.start(); }
  Id intern(Op op, Id a, Id b) { return nodes.intern(program, first_word(op, Type::I32, 0, a), second_word(b, none)); }

  Program program;
  NodeTable nodes;
};

TEST(NodeTable, FindsNodesOfLatestOperands) {
  Table table;
  for (Id id = 0; id < count; ++id) ASSERT_EQ(table.intern(Op::Add, id, 0), id);
  for (Id id = 0; id < count; ++id) ASSERT_EQ(table.intern(Op::Add, id, 0), id);
  EXPECT_EQ(table.program.nodes.size(), count);
}

TEST(NodeTable, FindsNodesThatShareTheirLatestOperand) {
  Table table;
  for (Id id = 0; id < count; ++id) ASSERT_EQ(table.intern(Op::Subtract, count, id), id);
  for (Id id = 0; id < count; ++id) ASSERT_EQ(table.intern(Op::Subtract, count, id), id);
  EXPECT_EQ(table.intern(Op::Subtract, 7, count), count);
  EXPECT_EQ(table.intern(Op::Subtract, count, 7), 7u);
}

}  // namespace
}  // namespace cogent::ir
