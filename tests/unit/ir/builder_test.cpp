// What the builder knows of variables across regions, and how it moves what was recorded.
#include <gtest/gtest.h>

#include "ir/builder.h"
#include "ir/verifier.h"

namespace cogent::ir {
namespace {

class BuilderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    builder.start(program);
    flag = builder.add_value(Type::Bool);
    array = builder.add_array({.type = Type::I32, .access = Access::InOut, .size = 10});
    variable = builder.declare(Type::I32, number(1));
  }
  void TearDown() override { EXPECT_EQ(describe(verify(program)), ""); }

  Id number(std::int64_t value) { return builder.constant(value, Type::I32); }
  Id index(std::int64_t value) { return builder.constant(value, Type::I64); }
  bool is_known() { return builder.get(variable) == number(1); }

  Builder builder;
  Program program;
  Id flag = none, array = none, variable = none;
};

TEST_F(BuilderTest, EqualNodesAreOne) {
  const Id x = builder.load(array, index(0)), y = builder.load(array, index(0));
  EXPECT_NE(x, y);
  EXPECT_EQ(builder.binary(Op::Add, x, y), builder.binary(Op::Add, x, y));
  EXPECT_NE(builder.constant(1, Type::I64), builder.constant(1, Type::I32));
}

TEST_F(BuilderTest, NodesStayOneInALargeProgram) {
  const Id x = builder.load(array, index(0));
  for (int i = 1; i < 5000; ++i) builder.binary(Op::Add, x, number(i));
  const std::size_t before = program.nodes.size();
  for (int i = 1; i < 5000; ++i) builder.binary(Op::Add, x, number(i));
  EXPECT_EQ(program.nodes.size(), before);
}

TEST_F(BuilderTest, EqualPlacesAreOneLine) {
  const char* file = "a.cpp";
  const Line first = builder.place({file, 3, 5});
  for (std::uint32_t line = 10; line < 1000; ++line) builder.place({file, line, 1});
  EXPECT_EQ(builder.place({file, 3, 5}), first);
  EXPECT_NE(builder.place({file, 3, 6}), first);
}

TEST_F(BuilderTest, PlacesKeepTheirNumbersInAnyOrder) {
  const char* file = "body.cpp";
  const std::uint32_t orders[][3] = {{1, 2, 3}, {1, 2, 3}, {1, 3, 2}, {3, 3, 1}, {2, 1, 2}};
  Line numbers[4] = {};
  for (const auto& order : orders)
    for (const std::uint32_t column : order) {
      const Line number = builder.place({file, 7, column});
      if (numbers[column] == 0) numbers[column] = number;
      EXPECT_EQ(number, numbers[column]);
    }
  EXPECT_EQ(program.places.size(), 3u);
}

TEST_F(BuilderTest, KnowsWhetherItGoesOnBehindARegion) {
  EXPECT_FALSE(builder.goes_on_behind_a_region());
  builder.open_for(index(0), index(10), index(1));
  builder.open_if(flag);
  builder.set(variable, number(2));
  EXPECT_FALSE(builder.goes_on_behind_a_region());
  builder.close();
  builder.close();
  EXPECT_FALSE(builder.goes_on_behind_a_region());
  builder.set(variable, number(3));
  EXPECT_TRUE(builder.goes_on_behind_a_region());
}

TEST_F(BuilderTest, AStraightLineForwardsTheLastValue) {
  EXPECT_TRUE(is_known());
  builder.set(variable, number(7));
  EXPECT_EQ(builder.get(variable), number(7));
  EXPECT_EQ(program.variables[variable].reads, 0u);
}

TEST_F(BuilderTest, ALoopForgetsAndItsEndForgetsWhatItChanged) {
  const Id untouched = builder.declare(Type::I32, number(5));
  builder.open_for(index(0), index(3), index(1));
  EXPECT_FALSE(is_known());
  builder.set(variable, number(2));
  builder.close();
  EXPECT_FALSE(is_known());
  EXPECT_EQ(builder.get(untouched), number(5));
}

TEST_F(BuilderTest, ABranchKnowsWhatWasBeforeAndItsEndForgetsWhatItChanged) {
  builder.open_if(flag);
  EXPECT_TRUE(is_known());
  builder.set(variable, number(2));
  builder.close();
  builder.open_other();
  EXPECT_TRUE(is_known());
  builder.close();
  EXPECT_FALSE(is_known());
}

TEST_F(BuilderTest, AReadInABranchIsNotKnownAfterIt) {
  builder.open_loop();
  builder.open_if(flag);
  const Id inside = builder.get(variable);
  builder.leave(Do::Break, 1);
  builder.close();
  EXPECT_NE(builder.get(variable), inside);
  builder.close();
}

TEST_F(BuilderTest, ABlockThatNothingLeavesVanishes) {
  builder.open_block();
  builder.store(array, index(1), number(2));
  builder.close();
  EXPECT_TRUE(is_known());
  for_each_statement(program, 0, [](Id, const Statement& statement) { EXPECT_NE(statement.what, Do::Block); });
}

TEST_F(BuilderTest, ABlockThatIsLeftForgetsWhatItChanged) {
  const Id block = builder.open_block();
  builder.open_if(flag);
  builder.leave(Do::Break, block);
  builder.close();
  builder.set(variable, number(2));
  builder.close();
  EXPECT_FALSE(is_known());
}

TEST_F(BuilderTest, WhatComputesTheRightSideMovesIntoABranch) {
  const Builder::Moment moment = builder.now();
  const Id right = builder.binary(Op::Less, builder.load(array, index(3)), number(0));
  const Id both = builder.skip_unless(moment, flag, builder.constant(0, Type::Bool), right);
  EXPECT_EQ(program.nodes[both].op, Op::Get);
  int loads = 0;
  for_each_statement(program, 0, [&](Id, const Statement& statement) {
    loads += statement.what == Do::Let && program.nodes[statement.a].op == Op::Load;
  });
  EXPECT_EQ(loads, 0);
}

TEST_F(BuilderTest, ARightSideWithoutEffectsIsASimpleAnd) {
  const Id other = builder.binary(Op::Less, builder.load(array, index(3)), number(0));
  EXPECT_EQ(builder.skip_unless(builder.now(), flag, builder.constant(0, Type::Bool), other),
            builder.binary(Op::And, flag, other));
}

TEST_F(BuilderTest, AStoreToTheElementJustReadReplacesTheRead) {
  const Id unused = builder.load(array, index(2));
  EXPECT_TRUE(builder.replace_load_by_store(unused, number(3)));
  EXPECT_EQ(program.statements.back().what, Do::Store);
  const Id used = builder.load(array, index(2));
  EXPECT_FALSE(builder.replace_load_by_store(used, builder.binary(Op::Add, used, number(1))));
}

TEST_F(BuilderTest, AMillionOperationsAreTooMany) {
  EXPECT_THROW(
      {
        for (std::size_t i = 0; i <= operation_limit; ++i) builder.store(array, index(0), number(1));
      },
      ProgramTooLong);
}

}  // namespace
}  // namespace cogent::ir
