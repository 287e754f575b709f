// Cases and States: the rules of the verifier, what the builder knows in their regions, what copies keep.
#include <gtest/gtest.h>

#include <functional>

#include "ir/builder.h"
#include "ir/parse.h"
#include "ir/rewriter.h"
#include "ir/text.h"
#include "ir/verifier.h"
#include "unit/ir/broken_rule.h"

namespace cogent::ir {
namespace {

constexpr const char* sample = R"(program "sample"(in u8[10] a0, i32 p1) -> i32 {
  v0 = var 0i32 @1
  L1: cases p1 at 3 { @2
    v0 = 1 @3
  } at 4 { @4
    break L1 @5
  } else { @6
    v0 = 2 @7
  }
  L2: states 0 { @8
    let %1 = a0[0] @9
    go L2 by %1: 0 to 9, 5 to 255 @10
  } 5 { @11
    let %2 = v0 @12
    if %2 == 7 { @13
      break L2 @14
    }
    v0 = %2 + 1 @15
    go L2 0 @16
  }
  let %3 = v0 @17
  return %3 @18
}
)";

int broken_rule(const std::function<void(Program&)>& spoil) { return broken_rule_of(sample, spoil); }

TEST(ChoicesVerifier, TheSampleIsWellFormed) {
  EXPECT_EQ(0, broken_rule([](Program&) {}));
  const Program program = parse(sample);
  EXPECT_EQ(print(program), print(parse(print(program))));
}

TEST(ChoicesVerifier, Rule7LoopsOfStates) {
  EXPECT_EQ(7, broken_rule([](Program& p) { p.regions[find_statement(p, Do::States).body].is_loop = false; }));
  EXPECT_EQ(7, broken_rule([](Program& p) { p.regions[find_statement(p, Do::Cases).body].is_loop = true; }));
}

TEST(ChoicesVerifier, Rule9Branches) {
  EXPECT_EQ(9, broken_rule([](Program& p) {
              Statement& states = find_statement(p, Do::States);
              states.other = p.regions[states.body].sibling;
              p.regions[states.body].sibling = none;
            }));
  EXPECT_EQ(9, broken_rule([](Program& p) { find_statement(p, Do::Cases).what = Do::Block; }));
}

TEST(ChoicesVerifier, Rule11Selectors) {
  EXPECT_EQ(11, broken_rule([](Program& p) {
              Statement& cases = find_statement(p, Do::Cases);
              cases.a = static_cast<Id>(p.nodes.size());
            }));
  EXPECT_EQ(11, broken_rule([](Program& p) {
              Statement& go = find_statement(p, Do::Go);
              go.b = find_statement(p, Do::Cases).a;
            }));
  EXPECT_EQ(11, broken_rule([](Program& p) { find_statement(p, Do::Go).c = 1; }));
}

TEST(ChoicesVerifier, Rule18Constants) {
  EXPECT_EQ(18, broken_rule([](Program& p) {
              const Id first = find_statement(p, Do::Cases).body;
              p.regions[first].choice = p.regions[p.regions[first].sibling].choice;
            }));
  EXPECT_EQ(18, broken_rule([](Program& p) {
              const Statement& cases = find_statement(p, Do::Cases);
              p.regions[cases.body].choice = cases.a;
            }));
}

TEST(ChoicesVerifier, Rule19States) {
  EXPECT_EQ(19, broken_rule([](Program& p) {
              const Id second = p.regions[find_statement(p, Do::States).body].sibling;
              p.statements[p.regions[second].last].what = Do::Comment;
              p.statements[p.regions[second].last].b = 0;
              p.texts.emplace_back("no Go");
            }));
  EXPECT_EQ(19, broken_rule([](Program& p) {
              p.operands[find_statement(p, Do::Go).c + 200] = find_statement(p, Do::Cases).body;
            }));
}

// ---- the builder

Program built(const std::function<void(Builder&)>& body) {
  Program program;
  Builder builder;
  builder.start(program);
  program.name = "built";
  builder.add_array({.type = Type::I32, .access = Access::InOut, .size = 4});
  body(builder);
  EXPECT_EQ("", describe(verify(program)));
  return program;
}

TEST(ChoicesBuilder, EachCaseBeginsWithWhatWasKnownBefore) {
  const Program program = built([](Builder& b) {
    const Id zero = b.constant(0, Type::I64), variable = b.declare(Type::I32, b.constant(5, Type::I32));
    b.open_cases(b.convert(b.load(0, zero), Type::I32));
    for (const std::int64_t value : {1, 2}) {
      b.open_case(b.constant(value, Type::I32));
      b.set(variable, b.binary(Op::Add, b.get(variable), b.constant(value, Type::I32)));
      b.close_case();
    }
    b.close_cases();
    b.open_other();
    b.store(0, zero, b.get(variable));
    b.close();
    b.store(0, zero, b.get(variable));
  });
  const std::string text = print(program);
  EXPECT_NE(std::string::npos, text.find("v0 = 6\n")) << text;
  EXPECT_NE(std::string::npos, text.find("v0 = 7\n")) << text;
  EXPECT_NE(std::string::npos, text.find("a0[0] = 5\n")) << text;
  EXPECT_NE(std::string::npos, text.find("let %2 = v0\n  a0[0] = %2")) << text;
}

TEST(ChoicesBuilder, AStateForgetsWhatVariablesHeld) {
  const Program program = built([](Builder& b) {
    const Id zero = b.constant(0, Type::I64), variable = b.declare(Type::I32, b.constant(5, Type::I32));
    b.open_states();
    const Id state = b.new_state(0);
    b.open_state(state);
    b.store(0, zero, b.get(variable));
    b.set(variable, b.constant(7, Type::I32));
    b.store(0, zero, b.get(variable));
    b.go(state);
    b.close_state();
    b.close_states();
  });
  const std::string text = print(program);
  EXPECT_NE(std::string::npos, text.find("let %1 = v0\n    a0[0] = %1\n    v0 = 7\n    a0[0] = 7\n")) << text;
}

// ---- copies

std::string copied(const char* text) {
  const Program program = parse(text);
  Program copy;
  Rewriter rewriter;
  rewriter.run(program, copy);
  EXPECT_EQ("", describe(verify(copy)));
  return print(copy);
}

TEST(ChoicesRewriter, OfAKnownSelectorOneRegionStays) {
  EXPECT_EQ(R"(program "p"(out i32[4] a0) -> void {
  v0 = var 2i32
  L1: block {
    let %1 = a0[1]
    if %1 < 3 {
      break L1
    }
    a0[0] = 20
  }
}
)",
            copied(R"(program "p"(out i32[4] a0) -> void {
  v0 = var 2i32
  let %1 = v0
  L1: cases %1 at 1 {
    a0[0] = 10
  } at 2 {
    let %2 = a0[1]
    if %2 < 3 {
      break L1
    }
    a0[0] = 20
  }
}
)"));
}

TEST(ChoicesRewriter, StatesThatNothingReachesGo) {
  EXPECT_EQ(R"(program "p"(out i32[4] a0) -> void {
  L1: states 4 {
    a0[0] = 4
    go L1 2
  } 2 {
    a0[0] = 2
    break L1
  }
}
)",
            copied(R"(program "p"(out i32[4] a0) -> void {
  L1: states 4 {
    a0[0] = 4
    if false {
      go L1 3
    }
    go L1 2
  } 3 {
    a0[0] = 3
    go L1 4
  } 2 {
    a0[0] = 2
    break L1
  }
}
)"));
}

}  // namespace
}  // namespace cogent::ir
