// The text form: what is printed, read back, named, and hashed; and that size does not break it.
#include "ir/text.h"

#include <gtest/gtest.h>

#include "ir/builder.h"
#include "ir/parse.h"
#include "ir/verifier.h"
#include "support/execution.h"
#include "support/random_program.h"

namespace cogent::ir {
namespace {

std::string again(const std::string& text, TextOptions options = {}) { return print(parse(text), options); }

TEST(Text, OfEveryStatement) {
  const std::string text =
      R"(program "all \"kinds\""(in u8[10] a0, static, inout i32[?] a1, i64 p2, bool p3, out i16[2, 2] strides [2, 1] a2) -> i32 {
  v0 = var 0i32
  L1: for %1 = 0i64 to 10 step 1 {
    let %2 = a0[%1] proven
    let %3 = v0
    if p3 {
      v0 = %3 + i32(%2) * 3
      continue L1
    } else {
      let %4 = %1 / p2
      a1[%4] = select(p3, 1i32, 2) proven
    }
    L2: block {
      break L2
    }
  }
  require p2 < size(a1), "too small"
  comment "to the end"
  loop {
    return 1
  }
}
)";
  EXPECT_EQ(text, again(text));
}

TEST(Text, WithLinesAndPlaces) {
  const std::string text = R"(program "lines"(inout i32[10] a0, i32 p1) -> void {
  %1 = p1 + 1 @2
  a0[0] = %1 * %1 @3
  if p1 < 5 { @1
    comment "a\nb" @2
  }
}
place 1 "file.cpp" 10 3
place 2 "file.cpp" 11 5
place 3 "other.cpp" 1 1
)";
  EXPECT_EQ(text, again(text, {.lines = true}));
  const Program program = parse(text);
  EXPECT_STREQ("other.cpp", program.places[2].file);
  EXPECT_EQ(5u, program.places[1].column);
  EXPECT_EQ("a\nb", program.texts[0]);
}

TEST(Text, OfConstants) {
  const std::string text = R"(program "constants"(u8 p0, u64 p1, f32 p2) -> bool {
  v0 = var -128i8
  v1 = var 18446744073709551615u64
  v2 = var 0x3f800000_f32
  v3 = var p1 - 18446744073709551615
  v4 = var 5 - p0
  v5 = var 5i64 - 6
  v6 = var min(1i32, 2)
  v7 = var i64(-9223372036854775808i64)
  v8 = var p2 + 0xbf800000_f32
  v9 = var select(true, 200u8, 5)
  return (1i32 < 2) == true
}
)";
  EXPECT_EQ(text, again(text));
}

TEST(Text, KeepsTheBindingOfOperations) {
  const std::string text = R"(program "binding"(i32 p0, i32 p1, i32 p2) -> i32 {
  v0 = var p0 + p1 * p2 - p0
  v1 = var (p0 + p1) * p2
  v2 = var p0 - (p1 - p2)
  v3 = var p0 * (p2 * p1)
  v4 = var p0 + p2 & p2
  v5 = var (p0 & p1) + p2
  v6 = var (p2 & p1) & p2
  v7 = var p0 << (p1 | p2)
  v8 = var p0 / 3 % 5
  v9 = var -1 - p0
  return p0
}
)";
  EXPECT_EQ(text, again(text));
}

TEST(Text, OfFunctions) {
  const std::string text = R"(program "functions"(f64 p0, f32 p1, u16 p2) -> f64 {
  v0 = var negate(abs(p1)) / floor(ceil(p1))
  v1 = var rotate_left(byte_swap(p2), 3)
  v2 = var popcount(p2) + count_leading_zeros(count_trailing_zeros(p2))
  v3 = var bits_i32(p1) + 1
  v4 = var bits_f64(i64(p2))
  v5 = var u16(round(trunc(sqrt(p0))))
  v6 = var popcount(7i32)
  v7 = var rotate_left(7u64, 9)
  v8 = var i32(0x4000000000000000_f64)
  return fma(p0, f64(p1), pow(sin(p0), 0x4000000000000000_f64))
}
)";
  EXPECT_EQ(text, again(text));
  EXPECT_EQ("", describe(verify(parse(text))));
}

TEST(Text, NamesWhatIsUsedTwiceWhereAllUsesCanSeeIt) {
  const std::string text = R"(program "names"(inout i32[10] a0, i32 p1, bool p2) -> void {
  %1 = p1 * p1
  for %2 = 0i64 to 10 step 1 {
    %3 = i32(%2) + 1
    if p2 {
      a0[%2] = %1 + %3
    } else {
      a0[%2] = %1 - %3
    }
  }
  a0[0] = %1
}
)";
  EXPECT_EQ(text, again(text));
}

TEST(Text, LeavesOutWhatNobodyUsesAndNumbersByAppearance) {
  const std::string text = R"(program "x"(inout i32[10] a0, i32 p1) -> void {
  %7 = p1 * 3
  %9 = p1 * p1
  v5 = var %9 + %9
  L9: loop {
    break L9
  }
}
)";
  EXPECT_EQ(R"(program "x"(inout i32[10] a0, i32 p1) -> void {
  %1 = p1 * p1
  v0 = var %1 + %1
  L1: loop {
    break L1
  }
}
)",
            again(text));
}

TEST(Text, SaysWhenNobodyMakesAValue) {
  Program program = parse("program \"x\"(inout i32[10] a0) -> void {\n let %1 = a0[0]\n a0[1] = %1\n}\n");
  program.regions[0].first = program.regions[0].last;
  EXPECT_NE(std::string::npos, print(program).find("a0[1] = %?"));
}

TEST(Text, OfRandomProgramsIsReadBackAsTheSame) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    const Program program = testing::random_program(
        seed, {.size = 10 + static_cast<int>(seed % 80), .floats = seed % 2 == 0, .shapes = seed % 3 != 0});
    for (const bool lines : {false, true}) {
      const std::string text = print(program, {.lines = lines});
      const Program read = parse(text);
      ASSERT_EQ(text, print(read, {.lines = lines})) << "seed " << seed;
      ASSERT_EQ("", describe(verify(read))) << "seed " << seed;
      ASSERT_EQ(hash(program), hash(read)) << "seed " << seed;
    }
    const Program read = parse(print(program, {.lines = true}));
    ASSERT_EQ("", testing::find_difference(testing::random_inputs(program, seed),
                                           {"recorded", program, testing::interpreter()},
                                           {"read", read, testing::interpreter()}));
  }
}

TEST(Text, OfALongChainNeedsNoStack) {
  Program program;
  Builder builder;
  builder.start(program);
  const Id parameter = builder.add_value(Type::I32);
  Id sum = parameter;
  for (int i = 0; i < 400'000; ++i) sum = builder.binary(i % 2 == 0 ? Op::Multiply : Op::Xor, sum, parameter);
  program.result = Type::I32;
  builder.returns(sum);
  const std::string text = print(program);
  EXPECT_GT(text.size(), 3'000'000u);
  EXPECT_TRUE(text == again(text));
  EXPECT_TRUE(verify(program).empty());
}

TEST(Text, OfDeeplyNestedRegionsNeedsNoStack) {
  Program program;
  Builder builder;
  builder.start(program);
  const Id parameter = builder.add_value(Type::Bool);
  constexpr int depth = 5'000;
  for (int i = 0; i < depth; ++i) builder.open_if(parameter);
  for (int i = 0; i < depth; ++i) builder.close();
  const std::string text = print(program);
  EXPECT_TRUE(text == again(text));
  EXPECT_TRUE(verify(program).empty());
}

TEST(Text, HashTellsProgramsApartButNotLines) {
  const auto hash_of = [](const char* body) {
    return hash(parse(std::string("program \"x\"(inout i32[10] a0) -> void {\n") + body + "}\n"));
  };
  EXPECT_EQ(hash_of("a0[1] = 2 @1\n"), hash_of("a0[1] = 2 @7\n"));
  EXPECT_NE(hash_of("a0[1] = 2\n"), hash_of("a0[1] = 3\n"));
  EXPECT_NE(hash_of("a0[1] = 2\n"), hash_of("a0[1] = 2 proven\n"));
}

}  // namespace
}  // namespace cogent::ir
