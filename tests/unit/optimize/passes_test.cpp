// What each pass makes of small programs, by their text.
#include <gtest/gtest.h>

#include <set>

#include "ir/builder.h"
#include "ir/parse.h"
#include "ir/text.h"
#include "ir/verifier.h"
#include "optimize/pipeline.h"
#include "support/execution.h"

namespace cogent::optimize {
namespace {

class Passes : public ::testing::Test {
 protected:
  // The text of the body after the passes, without what is proven (that is prove_bounds' own test).
  std::string optimised(const std::string& signature, const std::string& body, PassSet disabled = 0) {
    const ir::Program program = ir::parse("program \"f\"(" + signature + ") -> void {\n" + body + "\n}");
    EXPECT_EQ("", ir::describe(ir::verify(program)));
    const ir::Program& result = pipeline.run(program, {.disabled = disabled, .collect_notes = true});
    EXPECT_EQ("", ir::describe(ir::verify(result)));
    for (std::uint64_t seed = 1; seed <= 3; ++seed)
      EXPECT_EQ("", testing::find_difference(testing::random_inputs(program, seed),
                                             {"recorded", program, testing::interpreter()},
                                             {"optimised", result, testing::interpreter()}));
    std::string text = ir::print(result);
    text.erase(0, text.find('\n') + 1);
    for (std::size_t at; (at = text.find(" proven")) != std::string::npos;) text.erase(at, 7);
    return text;
  }
  std::string notes() const {
    std::string all;
    for (const Note& note : pipeline.notes()) all += note.text + "\n";
    return all;
  }
  Pipeline pipeline;
};

constexpr const char* flat = R"(
    for %1 = 0i64 to 60 step 1 {
      a0[%1 / 12] = %1 % 12
    })";

TEST_F(Passes, UnflattenALoop) {
  EXPECT_EQ(R"(  for %1 = 0i64 to 5 step 1 {
    for %2 = 0i64 to 12 step 1 {
      a0[%1] = %2
    }
  }
}
)",
            optimised("out i64[60] a0", flat, pass_named("unroll_loops")));
  EXPECT_NE(std::string::npos, notes().find("split into 5 rows of 12"));
}

TEST_F(Passes, UnflattenALoopWithShiftsAndMasks) {
  EXPECT_EQ(R"(  for %1 = 0i64 to 5 step 1 {
    for %2 = 0i64 to 16 step 1 {
      a0[%1] = %2
    }
  }
}
)",
            optimised("out i64[80] a0", R"(
    for %1 = 0i64 to 80 step 1 {
      a0[%1 >> 4] = %1 & 15
    })",
                      pass_named("unroll_loops")));
  EXPECT_NE(std::string::npos, notes().find("split into 5 rows of 16"));
}

TEST_F(Passes, LeaveShiftsOfIndexesThatMayBeNegative) {
  const std::string text = optimised("out i64[80] a0", R"(
    for %1 = -32i64 to 32 step 1 {
      a0[%1 & 15] = %1 >> 4
    })");
  EXPECT_NE(std::string::npos, text.find(">> 4")) << text;
  EXPECT_NE(std::string::npos, text.find("& 15")) << text;
}

TEST_F(Passes, SayWhyALoopStaysFlat) {
  optimised("out i64[80] a0, i64 p1", R"(
    for %1 = 0i64 to p1 step 1 {
      a0[%1 / 16 % 80] = %1 % 16
    })");
  EXPECT_NE(std::string::npos,
            notes().find("not split into rows of 16, because its bounds are known only when it runs"))
      << notes();
}

TEST_F(Passes, UnflattenNothingWhenDisabled) {
  const std::string text =
      optimised("out i64[60] a0", flat, pass_named("unflatten_loops") | pass_named("unroll_loops"));
  EXPECT_NE(std::string::npos, text.find("to 60"));
  EXPECT_NE(std::string::npos, text.find("/ 12"));
}

TEST_F(Passes, UnflattenTwiceWhereDivisorsDivideEachOther) {
  EXPECT_EQ(R"(  for %1 = 0i64 to 100 step 1 {
    for %2 = 0i64 to 50 step 1 {
      for %3 = 0i64 to 40 step 1 {
        a0[%3] = %1
        a0[%2] = %2
      }
    }
  }
}
)",
            optimised("out i64[60] a0", R"(
    for %1 = 0i64 to 200000 step 1 {
      a0[%1 % 40] = %1 / 2000
      a0[%1 % 2000 / 40] = %1 / 40 % 50
    })"));
}

TEST_F(Passes, UnflattenALoopFromTheBeginningOfARow) {
  EXPECT_EQ(R"(  for %1 = 2i64 to 5 step 1 {
    for %2 = 0i64 to 12 step 1 {
      a0[%1] = %2
    }
  }
}
)",
            optimised("out i64[60] a0", R"(
    for %1 = 24i64 to 60 step 1 {
      a0[%1 / 12] = %1 % 12
    })",
                      pass_named("unroll_loops")));
}

TEST_F(Passes, LeaveALoopAloneThatIsNoWholeNumberOfRows) {
  EXPECT_NE(std::string::npos, optimised("out i64[60] a0", R"(
    for %1 = 0i64 to 61 step 1 {
      a0[%1 / 12] = 1
    })")
                                   .find("to 61"));
  EXPECT_NE(std::string::npos, notes().find("not split into rows of 12, because its 61 iterations from 0"));
  EXPECT_NE(std::string::npos, optimised("out i64[60] a0", R"(
    for %1 = 6i64 to 54 step 1 {
      a0[%1 / 12] = 1
    })")
                                   .find("6i64 to 54"));
}

TEST_F(Passes, LeaveBothLoopsAtABreakAndTheIterationAtAContinue) {
  const std::string text = optimised("out i64[60] a0, i64 p1", R"(
    L1: for %1 = 0i64 to 60 step 1 {
      if p1 < %1 {
        break L1
      }
      if p1 == %1 {
        continue L1
      }
      a0[%1 / 12] = %1 % 12
    })");
  EXPECT_EQ(R"(  L1: for %1 = 0i64 to 5 step 1 {
    L2: for %2 = 0i64 to 12 step 1 {
      %3 = %1 * 12 + %2
      if p1 < %3 {
        break L1
      }
      if p1 == %3 {
        continue L2
      }
      a0[%1] = %2
    }
  }
}
)",
            text);
}

TEST_F(Passes, SimplifyADivisionOfAnIndexThatIsAlwaysSmaller) {
  EXPECT_EQ(R"(  for %1 = 0i64 to 60 step 1 {
    a0[%1] = 0
  }
}
)",
            optimised("out i64[60] a0", R"(
    for %1 = 0i64 to 60 step 1 {
      a0[%1 % 60] = %1 / 60
    })"));
}

TEST_F(Passes, DivideNothingThatMayBeNegative) {
  EXPECT_NE(std::string::npos, optimised("out i64[60] a0", R"(
    for %1 = -12i64 to 48 step 1 {
      a0[%1 / 12 + 1] = %1 % 12
    })")
                                   .find("%1 % 12"));
}

TEST_F(Passes, UnrollALoopOverAKernel) {
  EXPECT_EQ(R"(  v0 = var 0i64
  let %1 = a0[0]
  v0 = %1
  let %2 = a0[1]
  %3 = %1 + %2
  v0 = %3
  let %4 = a0[2]
  %5 = %3 + %4
  v0 = %5
  a1[0] = %5
}
)",
            optimised("in i64[3] a0, out i64[1] a1", R"(
    v0 = var 0i64
    for %1 = 0i64 to 3 step 1 {
      let %2 = v0
      let %3 = a0[%1]
      v0 = %2 + %3
    }
    let %4 = v0
    a1[0] = %4)"));
  EXPECT_NE(std::string::npos, notes().find("unrolled, 3 iterations"));
}

TEST_F(Passes, DeclareAVariableAnewInEachUnrolledIteration) {
  const std::string text = optimised("inout i64[9] a0, i64 p1", R"(
    for %1 = 0i64 to 2 step 1 {
      if p1 == %1 {
        v0 = var 3i64
        if 3 < p1 {
          let %2 = a0[%1]
          v0 = %2
        }
        let %3 = v0
        a0[%1] = %3
      }
    })");
  EXPECT_NE(std::string::npos, text.find("v1 = var 3i64")) << text;
}

TEST_F(Passes, DropALoopThatDoesNotRun) {
  EXPECT_EQ("}\n", optimised("out i64[9] a0", R"(
    for %1 = 5i64 to 5 step 1 {
      a0[%1] = 1
    })"));
}

TEST_F(Passes, KeepALoopThatStoresMuch) {
  EXPECT_NE(std::string::npos, optimised("out i64[99] a0", R"(
    for %1 = 0i64 to 20 step 1 {
      a0[%1] = 1
      a0[%1 + 20] = 1
    })")
                                   .find("for"));
}

constexpr const char* choice = R"(
    v0 = var p1
    if p1 < 5 {
      v0 = p1 + 7
    } else {
      v0 = 9
    }
    let %1 = v0
    a0[0] = %1)";

TEST_F(Passes, ConvertABranchToASelection) {
  const std::string text = optimised("out i64[9] a0, i64 p1", choice);
  EXPECT_NE(std::string::npos, text.find("%1 = select(p1 < 5, p1 + 7, 9)")) << text;
  EXPECT_NE(std::string::npos, notes().find("became a selection"));
  EXPECT_NE(std::string::npos,
            optimised("out i64[9] a0, i64 p1", choice, pass_named("convert_branches")).find("if p1 < 5 {"));
}

TEST_F(Passes, ConvertMinimumMaximumAndClamp) {
  const auto stored = [&](const std::string& branch) {
    const std::string text =
        optimised("out i32[9] a0, i32 p1, i32 p2", "v0 = var p1\n" + branch + "\nlet %9 = v0\na0[0] = %9");
    const std::size_t at = text.find("a0[0] = ") + 8;
    std::string value = text.substr(at, text.find('\n', at) - at);
    for (std::size_t name; (name = value.find('%')) == 0;) {  // a named value
      const std::size_t definition = text.find(value + " = ") + value.size() + 3;
      value = text.substr(definition, text.find('\n', definition) - definition);
    }
    return value;
  };
  EXPECT_EQ("min(p2, p1)", stored("if p2 < p1 {\n v0 = p2\n}"));
  EXPECT_EQ("max(p2, p1)", stored("if p1 < p2 {\n v0 = p2\n}"));
  EXPECT_EQ("min(max(p1, 0), 255)", stored("if p1 < 0 {\n v0 = 0\n} else {\n if 255 < p1 {\n v0 = 255\n }\n}"));
  EXPECT_EQ("min(max(p1, 0), 255)", stored("if 255 < p1 {\n v0 = 255\n} else {\n if p1 < 0 {\n v0 = 0\n }\n}"));
  EXPECT_EQ("select(p1 < 5, 5, min(p1, 3))", stored("if p1 < 5 {\n v0 = 5\n} else {\n if 3 < p1 {\n v0 = 3\n }\n}"));
  EXPECT_EQ("min(max(p1, 0), 255)", stored("if 0 <= p1 {\n if 255 < p1 {\n v0 = 255\n }\n} else {\n v0 = 0\n}"));
}

TEST_F(Passes, ConvertNoBranchThatAccessesMemoryOrMayFault) {
  EXPECT_NE(std::string::npos, optimised("inout i64[9] a0, i64 p1", R"(
    v0 = var p1
    if p1 < 5 {
      let %1 = a0[0]
      v0 = %1
    }
    let %2 = v0
    a0[0] = %2)")
                                   .find("if"));
  EXPECT_NE(std::string::npos, optimised("inout i64[9] a0, i64 p1", R"(
    v0 = var p1
    if p1 != 0 {
      let %1 = 7 / p1
      v0 = %1
    }
    let %2 = v0
    a0[0] = %2)")
                                   .find("if"));
}

TEST_F(Passes, ForwardVariablesThatALoopDoesNotWrite) {
  const std::string text = optimised("out i64[99] a0, i64 p1", R"(
    v0 = var p1 * 3
    for %1 = 0i64 to 99 step 1 {
      let %2 = v0
      a0[%1] = %2
    })");
  EXPECT_NE(std::string::npos, text.find("a0[%2] = %1")) << text;
  EXPECT_EQ(std::string::npos, text.find("let")) << text;
}

TEST_F(Passes, DropALoadThatIsProvenAndUnused) {
  constexpr const char* body = R"(
    let %1 = a0[3]
    let %2 = a0[p2]
    a1[0] = 5)";
  EXPECT_EQ(R"(  let %1 = a0[p2]
  a1[0] = 5
}
)",
            optimised("in i64[9] a0, out i64[9] a1, i64 p2", body));
  EXPECT_NE(std::string::npos,
            optimised("in i64[9] a0, out i64[9] a1, i64 p2", body, pass_named("drop_unused_loads")).find("a0[3]"));
}

TEST_F(Passes, KeepAFaultThatStandsBeforeAnEffect) {
  const std::string text = optimised("inout i64[9] a0, i64 p1", R"(
    a0[0] = 1
    let %1 = a0[p1]
    a0[1] = 2)");
  EXPECT_EQ(R"(  a0[0] = 1
  let %1 = a0[p1]
  a0[1] = 2
}
)",
            text);
}

TEST_F(Passes, LeaveVeryDeepNestingsAlone) {
  std::string body, end;
  for (int depth = 0; depth < 1200; ++depth) {
    body += "if p1 < " + std::to_string(depth) + " {\n";
    end += "}\n";
  }
  EXPECT_NE(std::string::npos, optimised("out i64[9] a0, i64 p1", body + "a0[0] = 1\n" + end).find("1199"));
}

TEST(Pipeline, HasANameAndAReasonForEachPass) {
  std::set<std::string> names;
  for (const Pass& pass : passes()) {
    EXPECT_TRUE(names.insert(pass.name).second) << pass.name;
    EXPECT_GT(std::string(pass.why_here).size(), 10u);
    EXPECT_NE(0u, pass_named(pass.name));
    EXPECT_EQ(pass.phase == Pass::Phase::Transform, pass.has_candidate != nullptr);
  }
  EXPECT_EQ(0u, pass_named("no such pass"));
}

TEST(Pipeline, LeavesAloneWhatIsAsLongAsAProgramCanBe) {
  ir::Program program;
  ir::Builder b;
  b.start(program);
  const Id array = b.add_array({.type = ir::Type::U8, .access = ir::Access::InOut, .size = 2});
  const Id zero = b.constant(0, ir::Type::I64), one = b.constant(1, ir::Type::I64);
  const Id index = b.open_for(zero, b.constant(2, ir::Type::I64), one);  // unrolled, it would be too long
  try {
    for (;;) b.load(array, index);
  } catch (const ir::ProgramTooLong&) {
  }
  b.close();
  Pipeline pipeline;
  const ir::Program& result = pipeline.run(program);
  EXPECT_EQ(pipeline.accesses(), pipeline.proven());
  EXPECT_FALSE(pipeline.fault());
  EXPECT_LE(result.statements.size(), program.statements.size());
}

TEST(Pipeline, KeepsNoNotesOrFaultFromTheRunBefore) {
  Pipeline pipeline;
  const ir::Program bad = ir::parse("program \"f\"(out i64[9] a0) -> void {\na0[9] = 1\n}");
  const ir::Program good = ir::parse("program \"f\"(out i64[9] a0) -> void {\na0[8] = 1\n}");
  pipeline.run(bad, {.disabled = 0, .collect_notes = true});
  ASSERT_TRUE(pipeline.fault());
  EXPECT_EQ(9, pipeline.fault()->highest);
  ASSERT_EQ(1u, pipeline.notes().size());
  EXPECT_NE(std::string::npos, pipeline.notes()[0].text.find("the write to {} is checked each time"));
  pipeline.run(good);
  EXPECT_FALSE(pipeline.fault());
  EXPECT_TRUE(pipeline.notes().empty());
  EXPECT_EQ(1u, pipeline.proven());
}

}  // namespace
}  // namespace cogent::optimize
