// Tokens, declarations and parameter lists of C++ text.
#include "cpp/declarations.h"

#include <gtest/gtest.h>

#include "cpp/source_text.h"

namespace cogent::cpp {
namespace {

const SourceFile& data(const std::string& name) {
  static SourceFiles files;
  return files.read(COGENT_SOURCE_DIR "/tests/unit/cpp/data/" + name);
}

/// The name of the declaration that the place of `text`, which stands once in body.txt, belongs to.
std::string declared_at(const std::string& text, std::size_t offset = 0) {
  const SourceFile& file = data("body.txt");
  const std::size_t at = file.text.find(text);
  EXPECT_NE(file.text.npos, at) << text;
  const std::string before = file.text.substr(0, at + offset);
  const auto line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const auto column = static_cast<std::uint32_t>(before.size() - (before.rfind('\n') + 1)) + 1;
  const auto found = file.declarations.find(line, column);
  return found ? file.declarations.name(*found) : "";
}

using Names = std::vector<std::string>;

Names parameters_of(const std::string& text) {
  const Tokens tokens = tokenize(text);
  return parameter_names(tokens, 1);
}

TEST(Tokens, PassOverCommentsStringsAndDirectives) {
  const SourceFile& file = data("tokens.txt");
  Names names;
  for (std::size_t i = 0; i < file.declarations.size(); ++i) names.push_back(file.declarations.name(i));
  EXPECT_EQ((Names{"first", "text", "c", "raw", "joined", "last"}), names);
}

TEST(Tokens, KnowTheirPlaces) {
  const Tokens tokens = tokenize("a\n  \"b\" + /*\n*/ c");
  ASSERT_EQ(5u, tokens.size());
  EXPECT_EQ(2u, tokens[2].line);
  EXPECT_EQ(3u, tokens[2].column);
  EXPECT_EQ("b", tokens[2].text);
  EXPECT_EQ(3u, tokens[4].line);
  EXPECT_EQ(4u, tokens[4].column);
  EXPECT_EQ(3u, token_at(tokens, 2, 8));
  EXPECT_EQ(0u, token_at(tokens, 0, 0));
}

TEST(Tokens, SurviveWhatIsNotClosed) {
  for (const char* text : {"\"open", "'x", "/* open", "R\"a(open", "f(a[b{", "R\"", "\\", "auto x = ", "for (auto i :"})
    EXPECT_GE(SourceFile(text).tokens.size(), 1u) << text;
}

TEST(Declarations, OfVariablesAndValues) {
  EXPECT_EQ("acc", declared_at("code.variable(0)"));
  EXPECT_EQ("acc", declared_at("code.variable(0)", 14));
  EXPECT_EQ("base", declared_at("/ width * padded"));
  EXPECT_EQ("twice", declared_at("base * 2"));
  EXPECT_EQ("pairs", declared_at("base + 9"));
}

TEST(Declarations, SeveralOnOneLine) {
  EXPECT_EQ("sum", declared_at("code.variable(1)"));
  EXPECT_EQ("other", declared_at("code.variable(2)"));
}

TEST(Declarations, OverSeveralLines) { EXPECT_EQ("long_one", declared_at("+ 3;")); }

TEST(Declarations, OfLoops) {
  EXPECT_EQ("i", declared_at("code.range(destination"));
  EXPECT_EQ("y", declared_at("code.range(4)"));
  EXPECT_EQ("x", declared_at("code.range(y, 9)"));
  EXPECT_EQ("_", declared_at("code.loop_while"));
}

TEST(Declarations, NoneWhereNothingIsDeclared) {
  EXPECT_EQ("", declared_at("acc += x"));
  EXPECT_EQ("", declared_at("clamp(acc"));
  EXPECT_EQ("", declared_at("acc * base"));
  EXPECT_EQ("", declared_at("pair(base)"));  // a structured binding
}

TEST(Declarations, NotFromWithinTheBodyOfALambda) {
  EXPECT_EQ("", declared_at("acc < 9"));
  EXPECT_EQ("", declared_at("k + 1"));
}

TEST(Declarations, OfAnUnknownColumnAreTheLastOfTheLine) {
  const auto found = data("body.txt").declarations.find(6, 0);
  ASSERT_TRUE(found);
  EXPECT_EQ("base", data("body.txt").declarations.name(*found));
  EXPECT_FALSE(data("body.txt").declarations.find(1000, 0));
}

TEST(Parameters, HaveTheirNames) {
  EXPECT_EQ((Names{"a", "b", "c"}), parameters_of("(int a, const std::map<int, Foo<2>>& b, auto c)"));
  EXPECT_EQ((Names{"a", "b"}), parameters_of("(int a = f(1, 2), std::span<const int> b = {})"));
  EXPECT_EQ((Names{"a"}), parameters_of("([[maybe_unused]] int a[3])"));
  EXPECT_TRUE(parameters_of("()").empty());
}

TEST(Parameters, MayHaveNone) {
  EXPECT_EQ((Names{"", "", "", "", ""}), parameters_of("(int, const Foo, std::string, In<int>, unsigned int)"));
}

TEST(Parameters, AreFoundByTheNameOfTheFunction) {
  const Tokens& tokens = data("body.txt").tokens;
  EXPECT_EQ((Names{"code", "x", "table", "", "", "flags"}),
            parameter_names(tokens, parameters_of_function(tokens, "power")));
  EXPECT_EQ((Names{"code", "on"}), parameter_names(tokens, parameters_of_function(tokens, "body")));
  EXPECT_EQ(0u, parameters_of_function(tokens, "nobody"));
}

TEST(SourceFiles, ThatCannotBeReadAreEmpty) {
  SourceFiles files;
  const SourceFile& file = files.read("/no/such/file.cpp");
  EXPECT_EQ("", file.line(1));
  EXPECT_EQ(0u, file.declarations.size());
  EXPECT_EQ(&file, &files.read("/no/such/file.cpp"));
}

TEST(SourceFiles, GiveLinesWithoutTheSpaceAround) {
  EXPECT_EQ("const int padded_width = width + 2;", data("body.txt").line(3));
  EXPECT_EQ("", data("body.txt").line(0));
  EXPECT_EQ("", data("body.txt").line(100000));
}

}  // namespace
}  // namespace cogent::cpp
