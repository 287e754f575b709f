// interpreter, generated, leaves the tape and the output that the plain function leaves.
#define main interpreter_main
#include "../../examples/gallery/interpreter.cpp"
#undef main
#include <gtest/gtest.h>

#include <string>

#include "random_numbers.h"

namespace gallery_test {
namespace {

void expect_same(std::string program, int seed) {
  program += '#';
  const auto tape = random_numbers<std::uint8_t>(256, 0, 5, seed);
  auto expected_tape = tape, actual_tape = tape, checked_tape = tape;
  std::vector<std::uint8_t> expected(256), actual(256), checked(256);
  natural::interpreter(program, expected_tape, expected);
  interpreter(program, actual_tape, actual);
  interpreter.run_checked(program, checked_tape, checked);
  EXPECT_EQ(actual_tape, expected_tape) << program;
  EXPECT_EQ(actual, expected) << program;
  EXPECT_EQ(checked_tape, expected_tape) << program;
  EXPECT_EQ(checked, expected) << program;
}

}  // namespace

TEST(Interpreter, ProgramsLeaveWhatThePlainFunctionLeaves) {
  int seed = 0;
  for (const char* program : {"", "+", "-.", ">+>++<.", "[-]", "[->+<]", "[->+>+<<]>>[-<<+>>].",
                              "+++[>+++[>+++<-]<-]>>.", "<<+.", ">[>]+[<]-", "comment+[-].", "[[[-]]]", "[[-]>]"})
    expect_same(program, ++seed);
}

// Straight pieces between loops that each clear their own cell: every such program ends.
TEST(Interpreter, RandomProgramsLeaveWhatThePlainFunctionLeaves) {
  for (int seed = 0; seed < 10; ++seed) {
    std::string program;
    for (const int kind : random_numbers<int>(12, 0, 6, seed))
      program += std::array{"+", "--", ">", "<", ".", "[->++<]", "[>[-]<-]"}[kind];
    expect_same(program, seed);
  }
}

}  // namespace gallery_test
