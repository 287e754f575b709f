// Breaking long lines and indenting.
#include "cpp/layout.h"

#include <gtest/gtest.h>

#include <sstream>

namespace cogent::cpp {
namespace {

std::string soft(std::string text) {
  for (char& c : text)
    if (c == '~') c = soft_space;
  return text;
}

TEST(BreakLines, KeepsShortText) { EXPECT_EQ("a + b", break_lines(soft("a +~b"), 0)); }

TEST(BreakLines, BreaksAtTheLastSoftSpaceThatFits) {
  EXPECT_EQ("aaaaaaaa + bbbbbbbb +\n    cccccccc", break_lines(soft("aaaaaaaa +~bbbbbbbb +~cccccccc"), 0, 25));
}

TEST(BreakLines, PrefersToBreakOutsideOfParentheses) {
  EXPECT_EQ("aaaaaaaaa +\n    f(bbbbb, ccccc)", break_lines(soft("aaaaaaaaa +~f(bbbbb,~ccccc)"), 0, 24));
}

TEST(BreakLines, PrefersToKeepProductsTogether) {
  EXPECT_EQ("aaaaaaaaa * 2 -\n    bbbbbbb * 3", break_lines(soft("aaaaaaaaa *~2 -~bbbbbbb *~3"), 0, 25));
}

TEST(BreakLines, NoLineOfALongSumIsTooLong) {
  std::string text = "sum = x0";
  for (int i = 1; i < 500; ++i) text += " +~x" + std::to_string(i);
  std::istringstream lines(break_lines(soft(text), 6));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) EXPECT_LE(line.size(), count == 0 ? 94u : 100u);
  EXPECT_GT(count, 20);
}

TEST(BreakLines, LeavesWhatCannotBeBroken) {
  const std::string word(150, 'x');
  EXPECT_EQ(word, break_lines(word, 0));
  EXPECT_EQ("a +\n    " + word, break_lines(soft("a +~" + word), 0));
}

TEST(Lines, IndentsWhatStandsInBraces) {
  Lines lines;
  lines.open("if (a) {");
  lines.add("b;");
  lines.turn("} else {");
  lines.add("c;");
  lines.close();
  EXPECT_EQ("if (a) {\n  b;\n} else {\n  c;\n}\n", lines.text());
}

TEST(Lines, ACommentStaysOnItsLine) {
  Lines lines;
  lines.comment("two\nlines \\");
  EXPECT_EQ("// two lines\n", lines.text());
}

}  // namespace
}  // namespace cogent::cpp
