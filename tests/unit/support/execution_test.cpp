// The comparison of two executors notices every kind of difference.
#include "support/execution.h"

#include <gtest/gtest.h>

#include "ir/parse.h"
#include "support/guarded_memory.h"

namespace cogent::testing {
namespace {

ir::Program program_of(const std::string& body) {
  return ir::parse("program \"x\"(inout i32[4] a0, i32 p1, in u8[?] a1) -> i32 {\n" + body + "}\n");
}

std::string difference(const std::string& first, const std::string& second) {
  const ir::Program expected = program_of(first), actual = program_of(second);
  return find_difference(random_inputs(expected, 1), {"first", expected, interpreter()},
                         {"second", actual, interpreter()});
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(FindDifference, IsEmptyForTheSame) {
  EXPECT_EQ("", difference("return p1 + p1\n", "return p1 * 2\n"));
  EXPECT_EQ("", difference("let %1 = a0[9] @1\n return 1\n", "let %1 = a0[9] @1\n return 2\n"));
}

TEST(FindDifference, TellsResultsApart) {
  EXPECT_TRUE(
      contains(difference("return 1\n", "return 2\n"), "second differs from first: result: 1 expected, 2 found"));
}

TEST(FindDifference, TellsMemoriesApart) {
  const std::string text = difference("a0[2] = 7\n return 1\n", "a0[2] = 8\n return 1\n");
  EXPECT_TRUE(contains(text, "memory differs first at a0[2]: byte 7 expected, 8 found")) << text;
  EXPECT_TRUE(contains(text, "---- first\nprogram \"x\"")) << text;
}

TEST(FindDifference, TellsOutcomesApart) {
  EXPECT_TRUE(contains(difference("let %1 = a0[9] @1\n return 1\n", "let %1 = a0[8] @1\n return 1\n"),
                       "outcome: \"index 9 of a0 (size 4) at line 1\" expected, \"index 8 of a0"));
  EXPECT_TRUE(contains(difference("let %1 = a0[9] @1\n return 1\n", "let %1 = a0[9] @2\n return 1\n"), "at line 2"));
  EXPECT_TRUE(
      contains(difference("let %1 = a0[9]\n return 1\n", "let %1 = a0[9] proven\n return 1\n"), "wrongly proven"));
  EXPECT_TRUE(
      contains(difference("return 1\n", "let %1 = p1 / 0\n return 1\n"), "\"done\" expected, \"division by zero"));
}

TEST(FindDifference, NoticesAWriteBetweenTheArrays) {
  const ir::Program program = program_of("return 1\n");
  const Inputs inputs = random_inputs(program, 1);
  const Executor careless = [](const ir::Program& executed, std::uint64_t* arguments) {
    auto* behind = reinterpret_cast<std::uint8_t*>(arguments[executed.parameters[0].slot]) - 1;
    *behind = static_cast<std::uint8_t>(*behind + 1);
    return interpreter()(executed, arguments);
  };
  const std::string text = find_difference(inputs, {"first", program, interpreter()}, {"second", program, careless});
  EXPECT_TRUE(contains(text, "memory differs first at outside of all arrays")) << text;
}

TEST(RandomInputs, AreAlignedAndEndAtTheUnreadablePage) {
  const ir::Program program =
      ir::parse("program \"x\"(in u8[7] a0, in i64[?] a1, in i16[5] a2, in bool[3] a3) -> void {\n}\n");
  int at_end = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const Inputs inputs = random_inputs(program, seed);
    for (std::size_t i = 0; i < inputs.arrays.size(); ++i) {
      const std::size_t element = static_cast<std::size_t>(ir::size_of(program.arrays[i].type));
      const Inputs::Place& place = inputs.arrays[i];
      const std::size_t to_end = inputs.memory.size() - place.offset;
      EXPECT_EQ(0u, to_end % element);
      ASSERT_LE(element * static_cast<std::size_t>(place.size), to_end);
      at_end += to_end == element * static_cast<std::size_t>(place.size);
    }
    for (std::int64_t i = 0; i < 3; ++i) {
      const auto value = std::to_integer<int>(inputs.memory[inputs.arrays[3].offset + static_cast<std::size_t>(i)]);
      EXPECT_TRUE(value == 0 || value == 1);
    }
  }
  EXPECT_GE(at_end, 50);
}

TEST(RandomInputs, OverlapNowAndThen) {
  const ir::Program program = ir::parse("program \"x\"(in u8[20] a0, out u8[20] a1) -> void {\n}\n");
  int overlaps = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const Inputs inputs = random_inputs(program, seed);
    const auto distance =
        static_cast<std::int64_t>(inputs.arrays[0].offset) - static_cast<std::int64_t>(inputs.arrays[1].offset);
    overlaps += distance < 20 && distance > -20;
  }
  EXPECT_GT(overlaps, 10);
  EXPECT_LT(overlaps, 200);
}

TEST(GuardedMemoryDeathTest, CannotBeReadPastItsEnd) {
  GuardedMemory memory(10);
  memory.data()[9] = std::byte{1};
  EXPECT_EQ(std::byte{1}, memory.data()[9]);
  EXPECT_DEATH(
      {
        volatile std::byte read = *(static_cast<volatile std::byte*>(memory.data()) + memory.size());
        (void)read;
      },
      "");
}

}  // namespace
}  // namespace cogent::testing
