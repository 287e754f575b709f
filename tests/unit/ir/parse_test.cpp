// What is wrong with a text, and where.
#include "ir/parse.h"

#include <gtest/gtest.h>

#include "ir/text.h"

namespace cogent::ir {
namespace {

std::string message_of(const std::string& text) {
  try {
    parse(text);
  } catch (const ParseError& error) {
    return error.what();
  }
  return "no error";
}

/// The message for a line of the body, which is line 2 of the text.
std::string message_for(const std::string& line) {
  return message_of("program \"x\"(inout i32[10] a0, in u8[?] a1, i32 p2, bool p3) -> i32 {\n" + line + "\n}\n");
}

TEST(Parse, SaysWhatTheHeaderLacks) {
  EXPECT_EQ("1:1: expected 'program', found 'function'", message_of("function"));
  EXPECT_EQ("1:9: expected the program's name in quotes, found 'x'", message_of("program x"));
  EXPECT_EQ("1:14: expected a parameter, found 'i33'", message_of("program \"x\" (i33 a)"));
  EXPECT_EQ("1:21: expected 'p0', found 'x'", message_of("program \"name\" (i32 x)"));
  EXPECT_EQ("1:19: expected a size or '?', found ']'", message_of("program \"x\"(in u8[])"));
  EXPECT_EQ("1:16: expected the type of the result, found '{'", message_of("program \"x\"()->{"));
  EXPECT_EQ("1:10: expected '\"' at the end of the text", message_of("program \""));
}

TEST(Parse, TakesParametersNumberedBehindFieldsOfTheBody) {
  const std::string text =
      "program \"f\"(in u8[1] strides [1] of 8 bytes a0, out i32[4] a3) -> void {\n"
      "  array a1 = field i32 at 0 of a0\n"
      "  array a2 = field i32 at 4 of a0\n"
      "  let %1 = a2[0] proven\n"
      "  a3[0] = %1\n"
      "}\n";
  EXPECT_EQ(text, print(parse(text)));
}

TEST(Parse, SaysWhichNumbersOfArraysItExpects) {
  EXPECT_EQ("1:37: expected 'a1', found 'a0'", message_of("program \"f\"(in i32[1] a0, in i32[1] a0)"));
  EXPECT_EQ("1:23: expected 'a0', found 'a5000'", message_of("program \"f\"(in i32[1] a5000)"));
  EXPECT_EQ("2:1: expected an array, found 'a0'", message_of("program \"f\"(in i32[1] a1) -> i32 {\na0[0] = 1\n}\n"));
  EXPECT_EQ("4:1: expected a declaration of a0, found the end of the text",
            message_of("program \"f\"(in i32[1] a1) -> i32 {\nreturn 0\n}\n"));
}

TEST(Parse, SaysWhatAStatementLacks) {
  EXPECT_EQ("2:1: expected a statement, found 'goto'", message_for("goto"));
  EXPECT_EQ("2:6: expected ']', found '='", message_for("a0[1 = 5"));
  EXPECT_EQ("2:1: 'a1' is only read", message_for("a1[0] = 5"));
  EXPECT_EQ("2:1: expected an array, found 'a7'", message_for("a7[0] = 5"));
  EXPECT_EQ("2:1: 'v0' is not declared before its use", message_for("v0 = 5"));
  EXPECT_EQ("3:1: 'v0' is declared twice", message_for("v0 = var 5i32\nv0 = var 5i32"));
  EXPECT_EQ("2:10: expected the end of the line, found 'x'", message_for("return 5 x"));
  EXPECT_EQ("2:10: expected the end of the line, found 'proven'", message_for("return 5 proven"));
  EXPECT_EQ("2:7: expected the label of an enclosing region, found 'L1'", message_for("break L1"));
  EXPECT_EQ("2:5: expected 'for', 'loop', 'block', 'cases' or 'states' after a label, found 'return'",
            message_for("L1: return 5"));
  EXPECT_EQ("3:3: expected the end of the line: this is not the body of an `if` or a `cases`, found 'else'",
            message_for("loop {\n} else {"));
  EXPECT_EQ("2:9: the line number is too large", message_for("loop { @70000"));
}

TEST(Parse, SaysWhatAValueLacks) {
  EXPECT_EQ("2:8: '%1' is not defined before its use", message_for("return %1"));
  EXPECT_EQ("3:5: '%1' is defined twice", message_for("let %1 = a0[0]\nlet %1 = a0[0]"));
  EXPECT_EQ("2:8: expected a value of type i32, found one of type bool", message_for("return p3"));
  EXPECT_EQ("2:11: expected operands of one type, found i32 and bool", message_for("return p2 + p3"));
  EXPECT_EQ("2:11: a division whose divisor may be 0 needs a `let` of its own", message_for("return p2 / p2"));
  EXPECT_EQ("2:10: expected an element, a variable or a division whose divisor may be 0",
            message_for("let %1 = p2 / 2"));
  EXPECT_EQ("2:10: expected a number with its type, as in 5i32", message_for("v0 = var 5"));
  EXPECT_EQ("2:8: the number is no i32", message_for("return 3000000000"));
  EXPECT_EQ("2:9: the number is no u8", message_for("return -1u8"));
  EXPECT_EQ("2:8: expected a type after the number", message_for("return 5x"));
  EXPECT_EQ("2:13: expected an array whose size is not known", message_for("return size(a0)"));
  EXPECT_EQ("2:16: expected parentheses around one of the two operations, found '|'",
            message_for("return p2 & p2 | p2"));
  EXPECT_EQ("2:8: expected a value, found 'maximum'", message_for("return maximum(1)"));
  EXPECT_EQ("2:8: expected a parameter, found 'p1'", message_for("return p1"));
}

TEST(Parse, BoundsTheNestingOfValues) {
  const std::string deep(5'000, '(');
  EXPECT_NE(std::string::npos, message_for("return " + deep).find("nested too deeply"));
}

TEST(Parse, SaysThatTheTextEndsTooEarly) {
  EXPECT_EQ("2:1: expected a statement, found the end of the text", message_of("program \"x\"() -> void {\n"));
}

TEST(Parse, ReadsCommentsAndEmptyLines) {
  EXPECT_EQ("program \"x\"() -> void {\n}\n",
            print(parse("\n; first\nprogram \"x\"() -> void { ; second\n\n  ; third\n}\n\n")));
}

TEST(Parse, MakesEqualPureValuesOneNode) {
  const Program program = parse(
      "program \"x\"(inout i32[10] a0, i32 p1) -> void {\n"
      " a0[0] = p1 * 3 + 1\n a0[1] = p1 * 3 + 2\n let %1 = a0[0]\n let %2 = a0[0]\n a0[2] = %1 + %2\n}\n");
  int products = 0, loads = 0;
  for (const Node& node : program.nodes) {
    products += node.op == Op::Multiply;
    loads += node.op == Op::Load;
  }
  EXPECT_EQ(1, products);
  EXPECT_EQ(2, loads);
}

TEST(Parse, GivesSlotsAndPositions) {
  const Program program =
      parse("program \"x\"(static, in u8[?] a0, i32 p1, in u8[4] a1, static, i8 p3) -> void {\n}\n");
  EXPECT_EQ(6, program.signature_length);
  EXPECT_EQ(1, program.parameters[0].slot);
  EXPECT_EQ(3, program.parameters[1].slot);
  EXPECT_EQ(4, program.parameters[2].slot);
  EXPECT_EQ(5, program.parameters[3].slot);
  EXPECT_EQ(5, program.parameters[3].position);
}

}  // namespace
}  // namespace cogent::ir
