// The user's names in printed source, recovered from this very file: so the places are those of the compiler in use.
#include <gtest/gtest.h>

#include <cogent/cogent.h>

#include <array>
#include <string>
#include <vector>

#include "cpp/names.h"
#include "cpp/source.h"
#include "ir/builder.h"

namespace cogent {
namespace {

GeneratedFunction convolve("convolve", [](GeneratedCodeBlock& code, In<uint8_t> source, Out<uint8_t> destination,
                                          std::span<const int> kernel, int width, int kernel_width) {
  const int padded_width = width + kernel_width - 1;
  for (auto i : code.range(destination.size())) {
    auto acc = code.variable(0);
    auto base = i / width * padded_width + i % width;
    for (int k = 0; k < std::ssize(kernel); ++k)
      if (kernel[k] != 0) acc += source[base + k / kernel_width * padded_width + k % kernel_width] * kernel[k];
    destination[i] = clamp(acc, 0, 255);
  }
});

std::string after_head(const std::string& text) { return text.substr(text.find("extern \"C\"")); }

TEST(Names, OfAConvolutionAreTheUsers) {
  const std::vector<int> sobel = {1, 0, -1, 2, 0, -2, 1, 0, -1};
  std::vector<uint8_t> source(12 * 7), destination(10 * 5);
  EXPECT_EQ(R"(extern "C" void convolve(const uint8_t* source, uint8_t* destination) {
  for (int64_t i = 0; i < 50; ++i) {
    const int64_t base = i / 10 * 12 + i % 10;
    int acc = source[base];
    acc -= source[base + 2];
    acc += source[base + 12] * 2;
    acc -= source[base + 14] * 2;
    acc += source[base + 24];
    acc -= source[base + 26];
    destination[i] = static_cast<uint8_t>(std::clamp(acc, 0, 255));
  }
}
)",
            after_head(convolve.get_source(source, destination, sobel, 10, 3)));
}

TEST(Names, LinesOfTheUsersSourceStandAsComments) {
  const std::vector<int> kernel = {2};
  std::vector<uint8_t> source(4), destination(4);
  const std::string text = convolve.get_source({.with_lines = true}, source, destination, kernel, 4, 1);
  for (const char* line : {": for (auto i : code.range(destination.size())) {\n  for (",
                           ": destination[i] = clamp(acc, 0, 255);\n    destination[i] = "})
    EXPECT_NE(text.npos, text.find(line)) << text;
}

Value<int> power(GeneratedCodeBlock& code, Value<int> x, int n) {
  auto result = code.variable(1);
  for (int i = 0; i < n; ++i) result *= x;
  return result & 15;
}
GeneratedFunction fast_power("power", power);

TEST(Names, OfAFreeFunction) {
  EXPECT_EQ(R"(extern "C" int power(int x) {
  int result = x;
  result = wrapping_multiply(result, x);
  return result & 15;
}
)",
            after_head(fast_power.get_source(3, 2)));
}

// clang-format off
GeneratedFunction crowded("crowded", [](GeneratedCodeBlock& code, InOut<int> table, Value<int> limit) {
  auto first = code.variable(limit & 3); auto second = code.variable(limit & 7), third = code.variable(limit | 16);
  for (auto y : code.range(2)) for (auto x : code.range(y, 4)) { first = x & 1; second += first & x; }
  for (int k = 0; k < 2; ++k) { auto part = limit & (k + 8); auto sum = code.variable(part + 1); third = third ^ sum; table[k] = third & part; }
  const Value<int> last =
      (first & second)
      | third;
  table[0] = last & last / 3;
});
// clang-format on

TEST(Names, OfSeveralThingsOnALine) {
  std::vector<int> table(4);
  const std::string text = after_head(crowded.get_source(table, 3));
  for (const char* part : {"void crowded(int* table, int limit)", "int first = limit & 3;", "int second = limit & 7;",
                           "int third = limit | 16;", "for (int y = 0; y < 2; ++y) {", "for (int x = y; x < 4; ++x) {",
                           "const int part = limit & 8;", "int sum = part + 1;", "const int part_1 = limit & 9;",
                           "int sum_1 = part_1 + 1;", "const int last = "})
    EXPECT_NE(text.npos, text.find(part)) << part << " is not in\n" << text;
}

GeneratedFunction conditions("conditions", [](GeneratedCodeBlock& code, Out<int> out, Value<int> x) {
  if (auto inside = code.when(x < 3 || x > 9)) out[0] = 1;
  for (auto _ : code.loop_while([&] { return x == 5; })) {
    auto is_odd = (x & 1) == 1;
    if (auto _ = code.when(is_odd)) out[1] = 2;
  }
});

TEST(Names, AreNotTakenFromConditions) {
  std::vector<int> out(2);
  const std::string text = after_head(conditions.get_source(out, 3));
  EXPECT_EQ(text.npos, text.find("inside")) << text;
  EXPECT_NE(text.npos, text.find("const bool is_odd = (x & 1) == 1;")) << text;
  EXPECT_NE(text.npos, text.find("while (x == 5) {")) << text;
}

// ---- programs made by hand

ir::Program program_at(const char* file, std::uint32_t line) {
  ir::Program program;
  ir::Builder b;
  b.start(program);
  program.name = "invented";
  b.at(b.place({file, line, 5}));
  const ir::Id source = b.add_array({.type = ir::Type::U8, .access = ir::Access::In, .size = 8});
  b.add_static_position();
  const ir::Id x = b.add_value(ir::Type::I64);
  const ir::Id zero = b.constant(0, ir::Type::I64), end = b.constant(8, ir::Type::I64);
  const ir::Id one = b.constant(1, ir::Type::I64), total = b.declare(ir::Type::I64, x);
  const ir::Id i = b.open_for(zero, end, one);
  const ir::Id value = b.convert(b.load(source, i), ir::Type::I64);
  b.set(total, b.binary(ir::Op::And, b.get(total), b.binary(ir::Op::Multiply, value, value)));
  b.close();
  program.result = ir::Type::I64;
  b.returns(b.get(total));
  return program;
}

TEST(Names, AreInventedWhereTheFileCannotBeRead) {
  for (const std::uint32_t line : {1u, 100000u})
    for (const char* file : {"/no/such/file.cpp", COGENT_SOURCE_DIR "/tests/unit/cpp/data/tokens.txt"})
      EXPECT_EQ(R"(extern "C" int64_t invented(const uint8_t* a0, int64_t x1) {
  int64_t v0 = x1;
  for (int64_t i = 0; i < 8; ++i) {
    const uint8_t t0 = a0[i];
    v0 &= t0 * t0;
  }
  return v0;
}
)",
                after_head(cpp::print_source(program_at(file, line), {.origin = {file, line, 5}})))
          << file << line;
}

TEST(Names, OfFunctionsAreMadeIdentifiers) {
  const auto printed = [](const char* name) {
    ir::Program program;
    ir::Builder().start(program);
    return after_head(cpp::print_source(program, {.function_name = name}));
  };
  EXPECT_EQ("extern \"C\" void my_function() {\n}\n", printed("my function"));
  EXPECT_EQ("extern \"C\" void int_() {\n}\n", printed("int"));
  EXPECT_EQ("extern \"C\" void x3d() {\n}\n", printed("3d"));
  EXPECT_EQ("extern \"C\" void at_() {\n}\n", printed("at"));
  EXPECT_EQ("extern \"C\" void a_b() {\n}\n", printed("a__b"));
  EXPECT_EQ("extern \"C\" void generated() {\n}\n", printed(""));
}

}  // namespace
}  // namespace cogent
