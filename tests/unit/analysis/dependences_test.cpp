// When accesses of a loop may meet, and how many iterations may then be done at once.
#include "analysis/dependences.h"

#include <gtest/gtest.h>

#include "ir/builder.h"

namespace cogent::analysis {
namespace {

using Kind = Dependence::Kind;

class Dependences : public testing::Test {
 protected:
  Dependences() {
    builder_.start(program_);
    for (const ir::Access access : {ir::Access::In, ir::Access::InOut, ir::Access::Out}) {
      ir::Array array{};
      array.type = ir::Type::I32;
      array.access = access;
      array.size = 100;
      arrays_.push_back(builder_.add_array(array));
    }
  }
  LinearAccess access(std::size_t array, bool is_store, std::int64_t constant, Id atom = ir::none) const {
    LinearForm form;
    form.constant = constant;
    if (atom != ir::none) form.add(atom, 1);
    return {.array = arrays_[array], .is_store = is_store, .index = form};
  }

  ir::Program program_;
  ir::Builder builder_;
  std::vector<Id> arrays_;
};

TEST_F(Dependences, ReadsDoNotDependOnEachOther) {
  EXPECT_EQ(find_dependence(program_, access(1, false, 0), access(1, false, 0)).kind, Kind::None);
}

TEST_F(Dependences, DifferentArgumentsMayOverlap) {
  const Dependence found = find_dependence(program_, access(0, false, 0), access(1, true, 0));
  EXPECT_EQ(found.kind, Kind::Unknown);
  EXPECT_EQ(most_iterations_at_once(found), 1);
}

TEST_F(Dependences, WithinAnArrayTheDistanceDecides) {
  const auto most = [&](std::int64_t earlier, std::int64_t later) {
    return most_iterations_at_once(find_dependence(program_, access(1, false, earlier), access(1, true, later)));
  };
  EXPECT_EQ(most(0, 0), INT64_MAX);
  EXPECT_EQ(most(5, 0), INT64_MAX);  // reads ahead of the writes
  EXPECT_EQ(most(0, 5), 5);          // reads what was written five iterations before
  EXPECT_EQ(most(0, 1), 1);
}

TEST_F(Dependences, UnlikeIndexesAreNotCompared) {
  EXPECT_EQ(find_dependence(program_, access(1, false, 0), access(1, true, 0, 7)).kind, Kind::Unknown);
  EXPECT_EQ(find_dependence(program_, access(1, false, 2, 7), access(1, true, 3, 7)).distance, 1);
}

TEST_F(Dependences, CountStridesInIterations) {
  LinearAccess earlier = access(1, false, 0), later = access(1, true, 6);
  earlier.stride = later.stride = 3;
  EXPECT_EQ(find_dependence(program_, earlier, later).distance, 2);
  later.index.constant = 7;
  EXPECT_EQ(find_dependence(program_, earlier, later).kind, Kind::None);
  later.stride = 2;
  EXPECT_EQ(find_dependence(program_, earlier, later).kind, Kind::Unknown);
}

}  // namespace
}  // namespace cogent::analysis
