// Each rule of a well-formed program, broken once or more.
#include "ir/verifier.h"

#include <gtest/gtest.h>

#include <functional>

#include "ir/builder.h"
#include "ir/parse.h"
#include "support/random_program.h"
#include "unit/ir/broken_rule.h"

namespace cogent::ir {
namespace {

constexpr const char* sample = R"(program "sample"(in u8[10] a0, inout i32[?] a1, i64 p2, bool p3) -> i32 {
  v0 = var 0i32 @1
  L1: for %1 = 0i64 to 10 step 1 { @2
    let %2 = a0[%1] proven @3
    let %3 = v0 @4
    if p3 { @5
      v0 = %3 + i32(%2) * 3 @6
      continue L1 @7
    } else {
      let %4 = %1 / p2 @8
      a1[%4] = select(p3, 1i32, 2) @9
    }
    L2: block { @10
      break L2 @11
    }
  }
  require p2 < size(a1), "small" @12
  comment "end" @13
  let %5 = v0 @14
  return %5 @15
}
)";

Id find_node(const Program& program, Op op) {
  for (Id id = 0; id < program.nodes.size(); ++id)
    if (program.nodes[id].op == op) return id;
  return none;
}

int broken_rule(const std::function<void(Program&)>& spoil) { return broken_rule_of(sample, spoil); }

int rule_of_text(const char* text) {
  const std::vector<Flaw> flaws = verify(parse(text));
  return flaws.empty() ? 0 : flaws[0].rule;
}

TEST(Verifier, AcceptsTheSample) { EXPECT_EQ("", describe(verify(parse(sample)))); }

TEST(Verifier, AcceptsRandomPrograms) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed)
    ASSERT_EQ("", describe(verify(testing::random_program(seed, {.floats = seed % 2 == 0, .shapes = seed % 3 != 0}))))
        << "seed " << seed;
}

TEST(Verifier, SaysRuleTextAndLine) {
  Program program = parse(sample);
  find_statement(program, Do::Store).a = 0;
  EXPECT_EQ(
      "rule 11: a Store to an array that is only read (line 9)\nrule 11: a Store's value is not of the array's type "
      "(line 9)\n",
      describe(verify(program)));
}

TEST(Verifier, Rule1Signature) {
  EXPECT_EQ(1, broken_rule([](Program& p) { p.parameters[1].slot = 7; }));
  EXPECT_EQ(1, broken_rule([](Program& p) { p.parameters[1].position = 0; }));
  EXPECT_EQ(1, broken_rule([](Program& p) { p.signature_length = 2; }));
  EXPECT_EQ(1, broken_rule([](Program& p) { p.parameters[0].array = 9; }));
  EXPECT_EQ(1, broken_rule([](Program& p) { p.parameters[0].type = Type::I8; }));
  EXPECT_EQ(1, broken_rule([](Program& p) { p.arrays[0].parameter = 2; }));
  EXPECT_EQ(1, broken_rule([](Program& p) { p.arrays[0].size = -2; }));
}

TEST(Verifier, Rule2Constants) {
  EXPECT_EQ(2, broken_rule([](Program& p) {
              const Id constant = find_node(p, Op::Constant);
              ASSERT_EQ(Type::I32, p.nodes[constant].type);
              p.nodes[constant].b = 5;  // bits above the 32
            }));
  EXPECT_EQ(2, broken_rule([](Program& p) { p.nodes.push_back({Op::Constant, Type::Void, 0}); }));
}

TEST(Verifier, Rule3Names) {
  EXPECT_EQ(3, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Parameter)].a = 99; }));
  EXPECT_EQ(3, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Parameter)].a = 0; }));
  EXPECT_EQ(3, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Size)].a = 0; }));
  EXPECT_EQ(3, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Get)].a = 1; }));
  EXPECT_EQ(3, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Load)].a = 1; }));
  EXPECT_EQ(3, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Load)].a = 2; }));
}

TEST(Verifier, Rule4OperandsAreEarlier) {
  EXPECT_EQ(4, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Add)].b = find_node(p, Op::Add); }));
  EXPECT_EQ(4, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Convert)].a = none; }));
}

TEST(Verifier, Rule5Types) {
  EXPECT_EQ(5, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Add)].type = Type::U32; }));
  EXPECT_EQ(5, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Less)].type = Type::I64; }));
  EXPECT_EQ(5, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Multiply)].b = find_node(p, Op::Index); }));
  EXPECT_EQ(5, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Select)].a = find_node(p, Op::Index); }));
  EXPECT_EQ(5, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Select)].b = find_node(p, Op::Index); }));
  EXPECT_EQ(5, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Load)].b = 0; }));
  EXPECT_EQ(5, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Index)].type = Type::F64; }));
  EXPECT_EQ(5, rule_of_text("program \"x\"(bool p0) -> bool {\n return p0 + p0\n}\n"));
  EXPECT_EQ(5, rule_of_text("program \"x\"(f32 p0) -> f32 {\n return p0 & p0\n}\n"));
  EXPECT_EQ(0, rule_of_text("program \"x\"(f32 p0) -> f32 {\n return p0 * p0\n}\n"));
}

TEST(Verifier, Rule6Divisions) {
  EXPECT_EQ(6, broken_rule([](Program& p) { p.nodes[find_node(p, Op::Divide)].c = 0; }));
  EXPECT_EQ(6, broken_rule([](Program& p) {
              const Id index = find_node(p, Op::Index);
              p.nodes.push_back({Op::Constant, Type::I64, 0, 5});
              const Id five = static_cast<Id>(p.nodes.size() - 1);
              p.nodes.push_back({Op::Remainder, Type::I64, 0, index, five, 77});
            }));
}

TEST(Verifier, Rule7Regions) {
  EXPECT_EQ(7, broken_rule([](Program& p) { p.regions[1].parent = 2; }));
  EXPECT_EQ(7, broken_rule([](Program& p) { p.regions[2].depth = 9; }));
  EXPECT_EQ(7, broken_rule([](Program& p) { p.regions[1].is_loop = false; }));
  EXPECT_EQ(7, broken_rule([](Program& p) { p.regions[2].owner = 0; }));
  EXPECT_EQ(7, broken_rule([](Program& p) { p.regions[0].owner = 0; }));
  EXPECT_EQ(7, broken_rule([](Program& p) { find_statement(p, Do::Block).body = 1; }));
  EXPECT_EQ(7, broken_rule([](Program& p) { p.regions.push_back({.parent = 0, .owner = 0, .depth = 1}); }));
}

TEST(Verifier, Rule8Lists) {
  EXPECT_EQ(8, broken_rule([](Program& p) { p.regions[0].last = p.regions[0].first; }));
  EXPECT_EQ(8, broken_rule([](Program& p) { p.statements[p.regions[1].last].next = p.regions[0].first; }));
  EXPECT_EQ(8, broken_rule([](Program& p) { p.statements[p.regions[1].last].next = p.regions[1].first; }));
  EXPECT_EQ(8, broken_rule([](Program& p) { p.statements[p.regions[0].last].next = 1000; }));
}

TEST(Verifier, Rule9Bodies) {
  EXPECT_EQ(9, broken_rule([](Program& p) { find_statement(p, Do::Block).what = Do::Comment; }));
  EXPECT_EQ(9, broken_rule([](Program& p) { find_statement(p, Do::If).what = Do::Loop; }));
}

TEST(Verifier, Rule10Makers) {
  EXPECT_EQ(10, broken_rule([](Program& p) { find_statement(p, Do::Let).a = find_node(p, Op::Add); }));
  EXPECT_EQ(10, broken_rule([](Program& p) { find_statement(p, Do::Let).a = find_node(p, Op::Index); }));
  EXPECT_EQ(10, broken_rule([](Program& p) {
              find_statement(p, Do::Let).flags = 0;
              find_statement(p, Do::Let).a = find_node(p, Op::Get);  // which another Let makes
            }));
  EXPECT_EQ(10, broken_rule([](Program& p) { find_statement(p, Do::For).a = find_node(p, Op::Add); }));
}

TEST(Verifier, Rule11Operands) {
  EXPECT_EQ(11, broken_rule([](Program& p) { find_statement(p, Do::Set).b = find_node(p, Op::Index); }));
  EXPECT_EQ(11, broken_rule([](Program& p) { find_statement(p, Do::Set).a = 5; }));
  EXPECT_EQ(11, broken_rule([](Program& p) { find_statement(p, Do::Store).a = 0; }));
  EXPECT_EQ(11, broken_rule([](Program& p) { find_statement(p, Do::Store).b = find_node(p, Op::Get); }));
  EXPECT_EQ(11, broken_rule([](Program& p) { find_statement(p, Do::Store).c = none; }));
  EXPECT_EQ(11, broken_rule([](Program& p) { find_statement(p, Do::For).d = find_node(p, Op::Get); }));
  EXPECT_EQ(11, broken_rule([](Program& p) { find_statement(p, Do::If).a = find_node(p, Op::Get); }));
  EXPECT_EQ(11, broken_rule([](Program& p) { find_statement(p, Do::Require).a = find_node(p, Op::Get); }));
}

TEST(Verifier, Rule12Leaves) {
  EXPECT_EQ(12, broken_rule([](Program& p) { find_statement(p, Do::Break).a = 0; }));
  EXPECT_EQ(12, broken_rule([](Program& p) { find_statement(p, Do::Break).a = 2; }));  // the body of the If
  EXPECT_EQ(12, broken_rule([](Program& p) { find_statement(p, Do::Continue).a = 99; }));
  EXPECT_EQ(12, broken_rule([](Program& p) { find_statement(p, Do::Break).what = Do::Continue; }));  // of a Block
  EXPECT_EQ(0, broken_rule([](Program& p) { find_statement(p, Do::Break).a = 1; }));
}

TEST(Verifier, Rule13Results) {
  EXPECT_EQ(13, broken_rule([](Program& p) { find_statement(p, Do::Return).a = none; }));
  EXPECT_EQ(13, broken_rule([](Program& p) { p.result = Type::Void; }));
  EXPECT_EQ(13, rule_of_text("program \"x\"() -> i32 {\n}\n"));
  EXPECT_EQ(13, rule_of_text("program \"x\"(bool p0) -> i32 {\n if p0 {\n return 1\n }\n}\n"));
  EXPECT_EQ(0, rule_of_text("program \"x\"(bool p0) -> i32 {\n if p0 {\n return 1\n } else {\n return 2\n }\n}\n"));
  EXPECT_EQ(0, rule_of_text("program \"x\"() -> i32 {\n loop {\n }\n}\n"));
  EXPECT_EQ(13, rule_of_text("program \"x\"() -> i32 {\n L1: loop {\n break L1\n }\n}\n"));
  EXPECT_EQ(0, rule_of_text("program \"x\"() -> i32 {\n L1: loop {\n return 1\n break L1\n }\n}\n"));
  EXPECT_EQ(13, rule_of_text("program \"x\"() -> i32 {\n L1: block {\n break L1\n }\n}\n"));
  EXPECT_EQ(0, rule_of_text("program \"x\"() -> i32 {\n block {\n return 1\n }\n}\n"));
}

TEST(Verifier, Rule14LinesTextsAndFlags) {
  EXPECT_EQ(14, broken_rule([](Program& p) { find_statement(p, Do::Set).line = 99; }));
  EXPECT_EQ(14, broken_rule([](Program& p) { p.nodes[0].line = 99; }));
  EXPECT_EQ(14, broken_rule([](Program& p) { find_statement(p, Do::Require).b = 9; }));
  EXPECT_EQ(14, broken_rule([](Program& p) { find_statement(p, Do::Comment).b = none; }));
  EXPECT_EQ(14, broken_rule([](Program& p) {
              for (Statement& statement : p.statements)
                if (statement.what == Do::Let) statement.flags = proven_in_bounds;
            }));
  EXPECT_EQ(14, broken_rule([](Program& p) { find_statement(p, Do::Return).flags = unchecked; }));
  EXPECT_EQ(14, broken_rule([](Program& p) { find_statement(p, Do::Store).flags = 128; }));
}

TEST(Verifier, Rule15Dominance) {
  EXPECT_EQ(15, broken_rule([](Program& p) { find_statement(p, Do::Return).a = find_node(p, Op::Add); }));
}

TEST(Verifier, Rule16Declarations) {
  EXPECT_EQ(16, broken_rule([](Program& p) { p.variables[0].reads = 1; }));
  EXPECT_EQ(16, broken_rule([](Program& p) { p.regions[0].first = p.statements[p.regions[0].first].next; }));
  const auto move_declaration_into_branch = [](Program& p) {
    p.statements[p.regions[0].first].a = 1;  // the Set in the If comes first now
    p.variables.push_back({Type::I32, 0});
    for (Statement& statement : p.statements)
      if (statement.what == Do::Let && p.nodes[statement.a].op == Op::Get && statement.line == 4) {
        p.nodes[statement.a].a = 1;
        p.variables[1].reads = 1;
      }
  };
  EXPECT_EQ(16, broken_rule(move_declaration_into_branch));
}

TEST(Verifier, Rule17Functions) {
  const auto rule_of_value = [](const std::string& value) {
    const std::string text = "program \"x\"(f32 p0, f64 p1, i32 p2) -> void {\n v0 = var " + value + "\n}\n";
    return rule_of_text(text.c_str());
  };
  EXPECT_EQ(0, rule_of_value("fma(p0, p0, sqrt(p0))"));
  EXPECT_EQ(17, rule_of_value("sqrt(p2)"));
  EXPECT_EQ(17, rule_of_value("popcount(p0)"));
  EXPECT_EQ(17, rule_of_value("rotate_left(p0, p0)"));
  EXPECT_EQ(17, rule_of_value("fma(p2, p2, p2)"));
  EXPECT_EQ(17, rule_of_value("sin(p2)"));
  EXPECT_EQ(17, rule_of_value("bits_i64(p0)"));
  EXPECT_EQ(17, rule_of_value("bits_u32(p2)"));
  const auto rule_of_spoilt = [](const std::function<void(Node&)>& spoil) {
    Program program = parse("program \"x\"(f64 p0) -> f64 {\n return pow(p0, p0)\n}\n");
    spoil(program.nodes[find_node(program, Op::Mathematics)]);
    return verify(program).at(0).rule;
  };
  EXPECT_EQ(17, rule_of_spoilt([](Node& node) { node.b = none; }));
  EXPECT_EQ(17, rule_of_spoilt([](Node& node) { node.c = 1000; }));
  EXPECT_EQ(17, rule_of_spoilt([](Node& node) { node.type = Type::F32; }));
}

TEST(Verifier, Rule6DivisionsOfFloatsAreNotPinned) {
  Program program = parse("program \"x\"(f64 p0) -> f64 {\n return p0 / p0\n}\n");
  EXPECT_EQ("", describe(verify(program)));
  program.nodes[find_node(program, Op::Divide)].c = 1;
  EXPECT_EQ(6, verify(program).at(0).rule);
}

TEST(Verifier, Rule23OrderOfMaking) {
  EXPECT_EQ(23, broken_rule([](Program& p) {  // the first two Lets of the loop change places
              Statement& load = find_statement(p, Do::Let);
              Statement& get = p.statements[load.next];
              std::swap(load.a, get.a);
              std::swap(load.flags, get.flags);
            }));
}

}  // namespace
}  // namespace cogent::ir
