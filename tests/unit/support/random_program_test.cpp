// The random programs cover what they are meant to cover.
#include "support/random_program.h"

#include <gtest/gtest.h>

#include <set>

#include "ir/text.h"
#include "ir/verifier.h"
#include "support/execution.h"

namespace cogent::testing {
namespace {

TEST(RandomProgram, IsTheSameForTheSameSeed) {
  EXPECT_EQ(ir::print(random_program(7)), ir::print(random_program(7)));
  EXPECT_NE(ir::print(random_program(7)), ir::print(random_program(8)));
}

TEST(RandomProgram, IsWellFormedAtEverySize) {
  for (const int size : {1, 2, 5, 20, 100, 400})
    for (std::uint64_t seed = 1; seed <= 100; ++seed)
      for (const bool all : {false, true})
        ASSERT_EQ("", ir::describe(ir::verify(random_program(seed, {.size = size, .floats = all, .shapes = all}))))
            << seed;
}

TEST(RandomProgram, CoversOperationsStatementsAndTypes) {
  std::set<ir::Op> operations;
  std::set<ir::Do> statements;
  std::set<ir::Type> types;
  std::set<ir::Access> accesses;
  std::set<ir::Storage> storages;
  std::set<int> ranks;
  bool has_structs = false, has_gaps = false;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const ir::Program program = random_program(seed, {.floats = true, .shapes = true});
    for (const ir::Node& node : program.nodes) {
      operations.insert(node.op);
      types.insert(node.type);
    }
    for (const ir::Statement& statement : program.statements) statements.insert(statement.what);
    for (const ir::Array& array : program.arrays) {
      accesses.insert(array.access);
      storages.insert(array.storage);
      ranks.insert(array.rank);
      has_structs |= array.element_bytes != 0;
      has_gaps |= array.is_shaped && array.size != ir::dynamic_size && array.strides[array.rank - 1] > 1;
    }
  }
  EXPECT_EQ(static_cast<std::size_t>(ir::Op::Mathematics) + 1, operations.size());
  EXPECT_EQ(static_cast<std::size_t>(ir::Do::Go) + 2, statements.size());  // all but Call
  EXPECT_EQ(11u, types.size());
  EXPECT_EQ(3u, accesses.size());
  EXPECT_EQ(3u, storages.size());
  EXPECT_EQ(3u, ranks.size());
  EXPECT_TRUE(has_structs && has_gaps);
}

TEST(RandomProgram, EndsAndFaultsNowAndThen) {
  int done = 0;
  std::set<ir::FaultKind> faults;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    const ir::Program program = random_program(seed);
    const auto aftermath = run_on_copy(program, random_inputs(program, seed), interpreter());
    ASSERT_NE(interpret::Outcome::End::Limit, aftermath.outcome.end) << "seed " << seed;
    done += aftermath.outcome.end == interpret::Outcome::End::Done;
    faults.insert(aftermath.outcome.fault.kind);
  }
  EXPECT_GT(done, 300);
  EXPECT_LT(done, 600);
  EXPECT_EQ(5u, faults.size());  // all four, and none
}

}  // namespace
}  // namespace cogent::testing
