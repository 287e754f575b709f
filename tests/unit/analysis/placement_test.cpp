// Placement: operands before users, out of loops but not out of branches, sums beside their loads, fused comparisons.
#include "analysis/placement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "ir/builder.h"
#include "ir/parse.h"
#include "ir/text.h"
#include "ir/walk.h"
#include "support/random_program.h"

namespace cogent::analysis {
namespace {

using ir::Do;
using ir::none;
using ir::Op;
using ir::Program;
using ir::Statement;
using ir::Type;

// Follows a placement as a code generator would, and collects what is used before it is made.
class Follower {
 public:
  Follower(const Program& program, const Placement& placement) : program_(program), placement_(placement) {
    ir::walk(program, *this);
  }

  void enter(Id region) {
    scopes_.push_back(made_);
    const Id owner = program_.regions[region].owner;
    if (owner != none && program_.statements[owner].what == Do::For) made_.insert(program_.statements[owner].a);
  }
  void leave(Id) {
    made_ = scopes_.back();
    scopes_.pop_back();
  }
  void statement(Id id) {
    for (const Id node : placement_.before(id)) {
      for (int i = 0; i < ir::operand_count(program_.nodes[node]); ++i) use(ir::operand(program_.nodes[node], i), node);
      if (!made_.insert(node).second) problems += "made twice: " + std::to_string(node) + "\n";
      ++placed[node];
    }
    const Statement& statement = program_.statements[id];
    if (program_.is_dead(statement)) return;
    ir::for_each_used_node(program_, statement, [&](Id node) { use(node, none); });
    if (statement.what == Do::Let) made_.insert(statement.a);
  }

  std::string problems;
  std::map<Id, int> placed;

 private:
  void use(Id node, Id user) {
    if (program_.is_constant(node) || made_.count(node) != 0) return;
    if (placement_.is_fused(node)) {
      use(program_.nodes[node].a, node);
      use(program_.nodes[node].b, node);
      return;
    }
    problems += "node " + std::to_string(node) + " is not made for " + std::to_string(user) + "\n";
  }

  const Program& program_;
  const Placement& placement_;
  std::set<Id> made_;
  std::vector<std::set<Id>> scopes_;
};

TEST(Placement, MakesEveryOperandBeforeItsUseInRandomPrograms) {
  Placement placement;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    const Program program = testing::random_program(
        seed, {.size = 60, .faults = seed % 2 == 0, .floats = seed % 3 == 0, .shapes = seed % 5 != 0});
    placement.run(program);
    const Follower follower(program, placement);
    ASSERT_EQ("", follower.problems) << "seed " << seed << '\n' << ir::print(program);
    for (const auto& [node, times] : follower.placed) ASSERT_EQ(1, times) << "seed " << seed << " node " << node;
  }
}

// The statement of a kind, counted from 0 in program order.
Id find(const Program& program, Do what, int skip = 0) {
  struct Finder {
    const Program& program;
    Do what;
    int skip;
    Id found = none;
    void enter(Id) {}
    void leave(Id) {}
    void statement(Id id) {
      if (program.statements[id].what == what && skip-- == 0) found = id;
    }
  } finder{program, what, skip};
  ir::walk(program, finder);
  return finder.found;
}

Id find(const Program& program, Op op) {
  for (Id id = 0; id < program.nodes.size(); ++id)
    if (program.nodes[id].op == op) return id;
  return none;
}

bool is_before(const Placement& placement, Id node, Id statement) {
  const auto list = placement.before(statement);
  return std::find(list.begin(), list.end(), node) != list.end();
}

class PlacementOf : public ::testing::Test {
 protected:
  void place(const char* text, bool fold_offsets = false) {
    program = ir::parse(text);
    placement.run(program, fold_offsets);
  }
  Program program;
  Placement placement;
};

TEST_F(PlacementOf, AnInvariantIsOutsideOfAllLoopsItDoesNotDependOn) {
  place(R"(program "f"(i64 p0, out i64[100] a0) -> void {
    for %1 = 0i64 to 10 step 1 {
      for %2 = 0i64 to 10 step 1 {
        a0[%1 * 10 + %2] = p0 * 3 + %1
      }
    }
  })");
  const Id outer = find(program, Do::For), inner = find(program, Do::For, 1);
  for (Id id = 0; id < program.nodes.size(); ++id) {
    const ir::Node& node = program.nodes[id];
    if (node.op == Op::Multiply) {
      EXPECT_TRUE(is_before(placement, id, node.a == program.statements[outer].a ? inner : outer));
    }
    if (node.op == Op::Parameter) {
      EXPECT_TRUE(is_before(placement, id, outer));
    }
  }
  EXPECT_EQ(program.statements[outer].body, placement.region_of(inner));
}

TEST_F(PlacementOf, ABranchKeepsWhatOnlyItNeeds) {
  place(R"(program "f"(i64 p0, out i64[100] a0) -> void {
    if p0 < 7 {
      a0[0] = p0 * 3
    }
  })");
  EXPECT_EQ(program.statements[find(program, Do::If)].body, placement.home(find(program, Op::Multiply)));
}

TEST_F(PlacementOf, ABranchWithinALoopIsLeftTogetherWithTheLoop) {
  place(R"(program "f"(i64 p0, out i64[100] a0) -> void {
    for %1 = 0i64 to 10 step 1 {
      if %1 < 7 {
        a0[%1] = p0 * 3
      }
    }
  })");
  EXPECT_EQ(0u, placement.home(find(program, Op::Multiply)));
}

TEST_F(PlacementOf, SumsStandBesideTheLoadsTheyAddUp) {
  place(R"(program "f"(in i64[100] a0, out i64[100] a1) -> void {
    let %1 = a0[0]
    let %2 = a0[1]
    %3 = %1 + %2
    let %4 = a0[2]
    %5 = %3 + %4
    let %6 = a0[3]
    a1[0] = %5 + %6
  })");
  EXPECT_EQ(1u, placement.before(find(program, Do::Let, 2)).size());
  EXPECT_EQ(1u, placement.before(find(program, Do::Let, 3)).size());
  EXPECT_EQ(1u, placement.before(find(program, Do::Store)).size());
}

TEST_F(PlacementOf, AComparisonWithOneTestIsFused) {
  place(R"(program "f"(i64 p0, i64 p1, out i64[100] a0) -> void {
    if p0 * 2 < p1 {
      a0[0] = select(p0 == p1, p0, p1)
    }
  })");
  EXPECT_TRUE(placement.is_fused(find(program, Op::Less)));
  EXPECT_TRUE(placement.is_fused(find(program, Op::Equal)));
  EXPECT_EQ(none, placement.home(find(program, Op::Less)));
  EXPECT_TRUE(is_before(placement, find(program, Op::Multiply), find(program, Do::If)));
}

TEST_F(PlacementOf, AComparisonThatIsAlsoAValueIsNotFused) {
  place(R"(program "f"(i64 p0, i64 p1, out bool[100] a0) -> void {
    %1 = p0 < p1
    if %1 {
      a0[0] = %1
    }
  })");
  EXPECT_FALSE(placement.is_fused(find(program, Op::Less)));
  EXPECT_EQ(2u, placement.uses(find(program, Op::Less)));
  EXPECT_TRUE(is_before(placement, find(program, Op::Less), find(program, Do::If)));
}

TEST_F(PlacementOf, ADeadSetNeedsNothing) {
  place(R"(program "f"(i64 p0) -> void {
    v0 = var p0 * 3
  })");
  EXPECT_EQ(0u, placement.uses(find(program, Op::Multiply)));
  EXPECT_EQ(none, placement.home(find(program, Op::Multiply)));
}

constexpr const char* offsets = R"(program "f"(in u8[100] a0, out u8[100] a1) -> void {
    for %1 = 0i64 to 90 step 1 {
      let %2 = a0[%1 + 1] proven
      let %3 = a0[%1 + 2]
      a1[%1 + 1] = %2 + %3 proven
    }
  })";

TEST_F(PlacementOf, OffsetsOfProvenAccessesAreFoldedOnRequest) {
  place(offsets, true);
  const Id loop = find(program, Do::For);
  EXPECT_EQ(3u, placement.uses(program.statements[loop].a));  // two accesses, and the sum of the checked one
  for (Id id = 0; id < program.nodes.size(); ++id)
    if (program.nodes[id].op == Op::Add && program.is_constant(program.nodes[id].b, 1)) {
      EXPECT_EQ(0u, placement.uses(id));
    }
  place(offsets, false);
  for (Id id = 0; id < program.nodes.size(); ++id)
    if (program.nodes[id].op == Op::Add && program.is_constant(program.nodes[id].b, 1)) {
      EXPECT_EQ(2u, placement.uses(id));
    }
}

TEST_F(PlacementOf, EarlyIsTheDeepestRegionOfTheOperands) {
  place(R"(program "f"(in i64[100] a0, out i64[100] a1) -> void {
    let %1 = a0[0]
    for %2 = 0i64 to 10 step 1 {
      a1[%2] = %2 * 3 + %1 * 5
    }
  })");
  const Id body = program.statements[find(program, Do::For)].body;
  EXPECT_EQ(body, placement.early(find(program, Op::Index)));
  EXPECT_EQ(body, placement.early(find(program, Op::Add)));
  EXPECT_EQ(0u, placement.early(find(program, Op::Load)));
  for (Id id = 0; id < program.nodes.size(); ++id)
    if (program.nodes[id].op == Op::Multiply) {
      EXPECT_EQ(program.nodes[program.nodes[id].a].op == Op::Index ? body : 0, placement.early(id));
    }
}

TEST(Placement, HasNoEarlyRegionForValuesOfTwoBranches) {
  Program program;
  ir::Builder b;
  b.start(program);
  const Id array = b.add_array({.type = Type::I64, .access = ir::Access::InOut, .size = 4});
  const Id condition = b.add_value(Type::Bool), zero = b.constant(0, Type::I64);
  b.open_if(condition);
  const Id x = b.load(array, zero);
  b.close();
  b.open_other();
  const Id y = b.load(array, zero);
  b.close();
  const Id sum = b.binary(Op::Add, x, y);
  Placement placement;
  placement.run(program);
  EXPECT_EQ(none, placement.early(sum));
}

}  // namespace
}  // namespace cogent::analysis
