// What is said about texts that are no pipelines, and where the caret stands.
#include <gtest/gtest.h>

#include "images/sample_filters.h"
#include "text/parser.h"

namespace cogent::testing {
namespace {

/// A text of one line, the message, and what stands under the text.
void expect_error(const std::string& text, const std::string& message, const std::string& carets) {
  EXPECT_EQ(parse_error(text), message + "\n  " + text + "\n  " + carets);
}

TEST(PipelineErrors, SayWhatWasMeant) {
  expect_error("gray | gausian(1.2)", "there is no filter 'gausian'; did you mean 'gaussian'?", "       ^~~~~~~");
  expect_error("let edges = gray; edgse", "there is no filter 'edgse'; did you mean 'edges'?",
               "                  ^~~~~");
  expect_error("gray | qqqqqq", "there is no filter 'qqqqqq'", "       ^~~~~~");
  expect_error("gaussian(sgima=2)",
               "gaussian has no argument 'sgima'; did you mean 'sigma'? (gaussian takes sigma, border)",
               "         ^~~~~~~");
  expect_error(
      "gaussian(1, warp)",
      "border: expected one of constant, replicate, reflect, reflect101, wrap, not 'warp'; did you mean 'wrap'?",
      "            ^~~~");
}

TEST(PipelineErrors, NameTheArgument) {
  expect_error("gaussian", "gaussian needs sigma: standard deviation in pixels", "^~~~~~~~");
  expect_error("gray(1)", "one argument too many: gray takes no arguments", "     ^");
  expect_error("gaussian(1, wrap, 2)", "one argument too many: gaussian takes sigma, border", "                  ^");
  expect_error("gaussian(1, sigma=2)", "sigma: this argument is given twice", "            ^~~~~~~");
  expect_error("gaussian(sigma=2, wrap)", "an argument without a name cannot follow one with a name",
               "                  ^~~~");
  expect_error("gaussian(500)", "sigma: expected a number from 0.1 to 100, not 500", "         ^~~");
  expect_error("gaussian(wide)", "sigma: expected a number, not 'wide'", "         ^~~~");
  expect_error("gaussian(1, 2)", "border: expected a word, not the number 2", "            ^");
  expect_error("rotate(0.5)", "quarters: expected a whole number, not the number 0.5", "       ^~~");
  expect_error("convolve(5)",
               "kernel: expected a kernel, such as [-1 0 1; -2 0 2; -1 0 1] or sobel_x, not the number 5",
               "         ^");
  expect_error("convolve(\"2x2: 1 2 3\")", "kernel: the kernel has 3 numbers, its size says 4",
               "         ^~~~~~~~~~~~");
  expect_error("convolve(sobel_z)", "kernel: there is no kernel 'sobel_z'; did you mean 'sobel_x'?",
               "         ^~~~~~~");
  expect_error("identity(1)", "identity takes no arguments", "         ^");
}

TEST(PipelineErrors, SayWhatWasExpected) {
  expect_error("gray |", "expected a filter, '{' or '(', but the text ends here", "      ^");
  expect_error("gray | | sobel", "expected a filter, '{' or '(', not '|'", "       ^");
  expect_error("gray sobel", "expected '|' or the end, not 'sobel'", "     ^~~~~");
  expect_error("gray; sobel", "expected '|' or the end, not ';'", "    ^");
  expect_error("{gray; sobel", "expected '|', ';' or '}', but the text ends here", "            ^");
  expect_error("(gray", "expected '|' or ')', but the text ends here", "     ^");
  expect_error("gaussian(1", "expected ',' or ')', but the text ends here", "          ^");
  expect_error("gaussian(,1)", "expected an argument or ')', not ','", "         ^");
  expect_error("gaussian(1,)", "expected an argument or ')', not ')'", "           ^");
  expect_error("gaussian(sigma=)", "expected a number, a word, \"text\" or a kernel, not ')'", "               ^");
  expect_error("gaussian(1.2.3)", "a number ends here; expected a space, ',' or a mark behind it", "            ^");
  expect_error("gaussian(1e999)", "this number is too large or too small", "         ^~~~~");
  expect_error("gray & sobel", "this character means nothing here; expected a filter, a number, \"text\" or a mark",
               "     ^");
  expect_error("curves(\"abc)", "this quoted text has no end; expected '\"'", "       ^");
  expect_error("curves(\"\\q\")", R"(expected \", \\, \n, \t or \x and two of 0-9a-f)", "        ^~");
}

TEST(PipelineErrors, CheckKernels) {
  expect_error("convolve([1 2; 3])", "row 2 of the kernel has 1 numbers, the first has 2", "         ^~~~~~~~");
  expect_error("convolve([])", "a kernel needs numbers: [-1 0 1; -2 0 2; -1 0 1]", "         ^~");
  expect_error("convolve([1-2])", "expected a space, ',' or ';' behind the number", "           ^");
  expect_error("convolve([1 a])", "expected a number of the kernel, ';' or ']', not 'a'", "            ^");
  expect_error("convolve([1] / 0)", "a kernel cannot be divided by 0", "               ^");
  std::string wide = "convolve([";
  for (int k = 0; k < 64; ++k) wide += "1 ";
  EXPECT_TRUE(parse_error(wide + "])").starts_with("a kernel has at most 63 rows and columns\n"));
  std::string endless = "convolve([";
  for (int k = 0; k < 5000; ++k) endless += "1;";
  EXPECT_TRUE(parse_error(endless + "])").starts_with("a kernel has at most 63 rows and columns\n"));
}

TEST(PipelineErrors, CountPictures) {
  expect_error("gray | hypot", "hypot joins 2 pictures, here is 1; write them as {chain; chain}", "       ^~~~~");
  expect_error("{gray} | add", "add joins at least 2 pictures, here is 1; write them as {chain; chain}",
               "         ^~~");
  expect_error("{gray; gray; gray} | hypot", "hypot takes 2 pictures, here are 3", "                     ^~~~~");
  expect_error("{gray; gray} | gray", "gray takes 1 picture, here are 2; join them first, by a filter such as sum",
               "               ^~~~");
  expect_error("gray | {gray; sobel}", "these branches are 2 pictures; a filter must join them, such as sum",
               "       ^");
  expect_error("{gray; {gray; sobel}} | hypot", "these branches are 2 pictures; a filter must join them, such as sum",
               "       ^");
  expect_error("{gray; sobel} | {gray; sobel} | hypot", "branches take one picture; join the 2 pictures before them",
               "                ^");
  expect_error("let both = {gray; sobel}; gray | both",
               "these branches are 2 pictures; a filter must join them, such as sum",
               "                                 ^~~~");
}

TEST(PipelineErrors, CheckDefinitions) {
  expect_error("let gray = sobel; gray", "'gray' is a filter; a definition needs another name", "    ^~~~");
  expect_error("let a = gray; let a = sobel; a", "'a' is defined already", "                  ^");
  expect_error("let file = gray; gray", "'file' cannot be a definition's name", "    ^~~~");
  expect_error("let a = gray;", "expected the pipeline, after the definitions, but the text ends here",
               "             ^");
  expect_error("let a gray", "expected '=' and the chain that the name stands for, not 'gray'", "      ^~~~");
  expect_error("let a = gray", "expected '|', or ';' at the end of the definition, but the text ends here",
               "            ^");
  expect_error("let a = a; a", "there is no filter 'a'", "        ^");
  expect_error("let a = gray; a(1)", "a definition takes no arguments", "               ^");
}

TEST(PipelineErrors, ShowTheLineOfManyAndOfItWhatFits) {
  EXPECT_EQ(parse_error("gray\n | sobl\n | gray"),
            "there is no filter 'sobl'; did you mean 'sobel'?\n   | sobl\n     ^~~~");
  EXPECT_EQ(parse_error("gray(\"\xc3\xa4\t\x07\") | x"),
            "one argument too many: gray takes no arguments\n  gray(\"\xc3\xa4 ?\") | x\n       ^~~~~");
  const std::string far(300, ' ');
  const std::string error = parse_error("gray" + far + "| sobl" + far + "| gray");
  EXPECT_EQ(error, "there is no filter 'sobl'; did you mean 'sobel'?\n  ..." + std::string(48, ' ') + "| sobl" +
                       std::string(46, ' ') + "...\n" + std::string(55, ' ') + "^~~~");
}

TEST(PipelineErrors, KeepHostileTextsSmall) {
  const std::string deep(100000, '(');
  EXPECT_TRUE(parse_error(deep).starts_with("this is nested more than 64 deep\n"));
  EXPECT_TRUE(parse_error(std::string(100000, '{')).starts_with("this is nested more than 64 deep\n"));
  std::string wide = "gray";
  for (int k = 0; k < 2000; ++k) wide += "|gray";
  EXPECT_TRUE(parse_error(wide).starts_with("this pipeline has more than 1024 steps\n"));
  EXPECT_TRUE(parse_error("{" + std::string(5000, ';') + "}").starts_with("this pipeline has more than 1024 steps\n"));
  EXPECT_EQ(parse_error(std::string(2 << 20, ' ')), "the text of this pipeline has more than 1048576 characters");
  std::string doubled = "let a0 = gray | gray;";
  std::string nested = "let a0 = gray;";
  for (int k = 1; k < 70; ++k) {
    const std::string last = "a" + std::to_string(k - 1), name = "a" + std::to_string(k);
    doubled += "let " + name + " = " + last + " | " + last + ";";
    nested += "let " + name + " = {" + last + "};";
  }
  EXPECT_TRUE(parse_error(doubled + "a69").starts_with("this pipeline has more than 1024 steps\n"));
  EXPECT_TRUE(parse_error(nested + "a69").starts_with("branches stand in branches more than 64 deep\n"));
  std::string many = "let a = gray";
  for (int k = 0; k < 1000; ++k) many += "|gray";
  many += ";";
  for (int k = 0; k < 100; ++k) many += "let b" + std::to_string(k) + " = a;";
  EXPECT_TRUE(
      parse_error(many + "gray").starts_with("the definitions of this pipeline are used for more than 16384 steps\n"));
}

}  // namespace
}  // namespace cogent::testing
