// A value that is used outside of where it was made, and what the error says about it.
#include "ir/dominance.h"

#include <gtest/gtest.h>

#include "ir/parse.h"
#include "support/random_program.h"

namespace cogent::ir {
namespace {

std::optional<DominanceError> error_of(const char* body) {
  const std::string text = std::string("program \"x\"(inout i32[10] a0, bool p1) -> void {\n") + body + "}\n";
  return find_dominance_error(parse(text));
}

void expect_error(const char* body, Line use, Line made, Do kind) {
  const auto error = error_of(body);
  ASSERT_TRUE(error.has_value()) << body;
  EXPECT_EQ(use, error->use);
  EXPECT_EQ(made, error->made);
  EXPECT_EQ(kind, error->made_kind);
  EXPECT_NE(none, error->use_of);
  EXPECT_NE(none, error->made_in);
}

TEST(Dominance, AcceptsUsesBelowAndAfter) {
  EXPECT_FALSE(
      error_of("let %1 = a0[0]\n"
               "for %2 = 0i64 to 10 step 1 {\n if p1 {\n a0[%2] = %1\n } else {\n a0[%2] = %1 + i32(%2)\n }\n }\n"));
  EXPECT_FALSE(error_of(""));
}

TEST(Dominance, AcceptsRandomPrograms) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed)
    ASSERT_FALSE(find_dominance_error(testing::random_program(seed))) << "seed " << seed;
}

TEST(Dominance, FindsAValueOfABranch) {
  expect_error("if p1 { @1\n let %1 = a0[0] @2\n }\n a0[1] = %1 @3\n", 3, 2, Do::If);
  expect_error("if p1 { @1\n let %1 = a0[0] @2\n } else {\n a0[1] = %1 @3\n }\n", 3, 2, Do::If);
}

TEST(Dominance, FindsAValueOfALoop) {
  expect_error("for %1 = 0i64 to 10 step 1 { @1\n let %2 = a0[%1] @2\n }\n a0[1] = %2 + 1 @3\n", 3, 2, Do::For);
  expect_error("for %1 = 0i64 to 10 step 1 { @1\n }\n a0[%1] = 1 @3\n", 3, 1, Do::For);
  expect_error("L1: loop { @1\n let %1 = a0[0] @2\n break L1\n }\n let %2 = a0[i64(%1)] @4\n", 4, 2, Do::Loop);
}

TEST(Dominance, FindsAValueOfABlock) {
  expect_error("L1: block { @1\n if p1 {\n break L1\n }\n let %1 = a0[0] @2\n }\n if %1 < 5 { @3\n }\n", 3, 2,
               Do::Block);
}

TEST(Dominance, LooksThroughPureValues) {
  expect_error("if p1 { @1\n let %1 = a0[0] @2\n %2 = %1 * 3 @2\n a0[0] = %2 @2\n }\n a0[1] = min(%2 + 1, 7) @3\n", 3,
               2, Do::If);
}

// Neither branch contains the other, so the sum can be used nowhere.
TEST(Dominance, FindsAValueOfTwoBranches) {
  expect_error("if p1 { @1\n let %1 = a0[0] @2\n } else {\n let %2 = a0[1] @3\n a0[2] = %1 + %2 @4\n }\n", 4, 2,
               Do::If);
}

TEST(Dominance, FindsAUseBeforeTheStatement) {
  Program program = parse("program \"x\"(inout i32[10] a0) -> void {\n let %1 = a0[0] @1\n a0[1] = %1 @2\n}\n");
  Region& body = program.regions[0];
  std::swap(body.first, body.last);
  program.statements[body.first].next = body.last;
  program.statements[body.last].next = none;
  const auto error = find_dominance_error(program);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(2, error->use);
  EXPECT_EQ(1, error->made);
  EXPECT_EQ(0u, error->made_in);
}

TEST(Dominance, FindsAValueThatNobodyMakes) {
  Program program = parse("program \"x\"(inout i32[10] a0) -> void {\n let %1 = a0[0] @1\n a0[1] = %1 @2\n}\n");
  program.regions[0].first = program.regions[0].last;
  const auto error = find_dominance_error(program);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(2, error->use);
  EXPECT_EQ(0, error->made);
  EXPECT_EQ(none, error->made_in);
}

TEST(Dominance, ReportsTheFirstInProgramOrder) {
  const auto error =
      error_of("if p1 { @1\n let %1 = a0[0] @2\n let %2 = a0[1] @3\n }\n a0[1] = %2 @4\n a0[1] = %1 @5\n");
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(4, error->use);
  EXPECT_EQ(3, error->made);
}

}  // namespace
}  // namespace cogent::ir
