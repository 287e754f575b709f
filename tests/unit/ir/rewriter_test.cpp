// A copy does what the original does, says it in the same words, and leaves out what has no effect.
#include "ir/rewriter.h"

#include <gtest/gtest.h>

#include "ir/parse.h"
#include "ir/text.h"
#include "ir/verifier.h"
#include "support/execution.h"
#include "support/random_program.h"

namespace cogent::ir {
namespace {

std::string copied(const std::string& signature, const std::string& body) {
  const Program program = parse("program \"f\"(" + signature + ") -> void {\n" + body + "\n}");
  EXPECT_EQ("", describe(verify(program)));
  Program copy;
  Rewriter rewriter;
  rewriter.run(program, copy);
  EXPECT_EQ("", describe(verify(copy)));
  const std::string text = print(copy);
  return text.substr(text.find('\n') + 1);
}

TEST(Rewriter, CopiesRandomProgramsFaithfully) {
  Rewriter rewriter;
  Program copy, second;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Program program = testing::random_program(
        seed, {.size = 20 + static_cast<int>(seed % 60), .floats = seed % 2 == 0, .shapes = seed % 3 != 0});
    rewriter.run(program, copy);
    ASSERT_EQ("", describe(verify(copy))) << "seed " << seed;
    const testing::Inputs inputs = testing::random_inputs(program, seed);
    ASSERT_EQ("", testing::find_difference(inputs, {"original", program, testing::interpreter()},
                                           {"copy", copy, testing::interpreter()}))
        << "seed " << seed;
    rewriter.run(copy, second);
    ASSERT_EQ("", testing::find_difference(inputs, {"copy", copy, testing::interpreter()},
                                           {"copy of the copy", second, testing::interpreter()}))
        << "seed " << seed;
    ASSERT_LE(second.statements.size(), copy.statements.size()) << "seed " << seed;
  }
}

TEST(Rewriter, KeepsTheSignature) {
  Program program;
  Builder b;
  b.start(program);
  program.name = "example";
  b.add_static_position();
  b.add_array({.type = Type::U16, .access = Access::In, .rank = 2});
  b.add_static_position();
  b.add_value(Type::I8);
  b.add_array({.type = Type::U8, .access = Access::Out, .size = 77});
  b.add_static_position();
  Program copy;
  Rewriter rewriter;
  rewriter.run(program, copy);
  EXPECT_EQ(print(program), print(copy));
  EXPECT_EQ(6, copy.signature_length);
  ASSERT_EQ(3u, copy.parameters.size());
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(program.parameters[i].position, copy.parameters[i].position);
    EXPECT_EQ(program.parameters[i].slot, copy.parameters[i].slot);
  }
}

TEST(Rewriter, KeepsLines) {
  const Program program = parse(R"(program "f"(inout i64[9] a0, i64 p1) -> void {
  let %1 = a0[p1] @1
  a0[0] = %1 + 5 @2
}
place 1 "a.cpp" 12 3
place 2 "a.cpp" 14 7)");
  Program copy;
  Rewriter rewriter;
  rewriter.run(program, copy);
  EXPECT_EQ(print(program, {.lines = true}), print(copy, {.lines = true}));
}

TEST(Rewriter, DropsWhatHasNoEffect) {
  EXPECT_EQ("}\n", copied("in i64[9] a0, i64 p1", R"(
    v0 = var p1 + 1
    let %1 = a0[3] proven
    if p1 < 7 {
      v0 = %1
    }
    for %2 = 0i64 to p1 step 2 {
      v0 = %2
    })"));
}

TEST(Rewriter, KeepsWhatMayFault) {
  constexpr const char* body = R"(  let %1 = a0[3]
  let %2 = 7 / p1
  for %3 = 0i64 to 5 step p1 {
  }
}
)";
  EXPECT_EQ(body, copied("in i64[9] a0, i64 p1", std::string(body, std::string(body).size() - 2)));
}

TEST(Rewriter, TakesTheBranchThatIsKnown) {
  EXPECT_EQ("  a0[0] = 1\n}\n", copied("out i64[9] a0", R"(
    if true {
      a0[0] = 1
    } else {
      a0[0] = 2
    })"));
}

TEST(Rewriter, DropsWhatFollowsAReturn) {
  EXPECT_EQ("  a0[0] = 1\n  return\n}\n", copied("out i64[9] a0", R"(
    a0[0] = 1
    if true {
      return
    }
    a0[0] = 2)"));
}

TEST(Rewriter, ForwardsVariablesAcrossLoopsThatDoNotWriteThem) {
  EXPECT_EQ(R"(  v0 = var p0
  v1 = var 0i64
  L1: loop {
    let %1 = v1
    v1 = %1 + p0
    if p0 < %1 {
      break L1
    }
  }
}
)",
            copied("i64 p0", R"(
    v0 = var p0
    v1 = var 0i64
    L1: loop {
      let %1 = v1
      let %2 = v0
      v1 = %1 + %2
      if %2 < %1 {
        break L1
      }
    })"));
}

TEST(Rewriter, NoticesLoadsThatItWouldDrop) {
  const auto drops = [](const std::string& body) {
    const Program program = parse("program \"f\"(inout i64[9] a0) -> void {\n" + body + "\n}");
    return Rewriter().drops_a_load(program);
  };
  EXPECT_TRUE(drops("let %1 = a0[3] proven"));
  EXPECT_FALSE(drops("let %1 = a0[3]"));
  EXPECT_FALSE(drops("let %1 = a0[3] proven\na0[1] = %1"));
}

}  // namespace
}  // namespace cogent::ir
