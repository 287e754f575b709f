// How floats, conversions and functions are written, and that no compiler makes other numbers of them.
#include <gtest/gtest.h>

#include <cstdlib>

#include "support/compiled_source.h"
#include "support/random_program.h"
#include "unit/cpp/printed.h"

namespace cogent::cpp {
namespace {

std::string of_double(const std::string& value) {
  return printed_value("f64 p0, f64 p1, f32 p2, i32 p3, i64 p4) -> f64", value);
}
std::string of_float(const std::string& value) {
  return printed_value("f32 p0, f32 p1, i16 p2, i32 p3) -> f32", value);
}
std::string of_bool(const std::string& value) { return printed_value("f64 p0, f64 p1) -> bool", value); }
std::string of_int(const std::string& value) { return printed_value("f64 p0, f32 p1, u8 p2, i32 p3) -> i32", value); }

TEST(Floats, HaveTheShortestLiterals) {
  EXPECT_EQ("x0 + 0.5", of_double("p0 + 0x3fe0000000000000_f64"));
  EXPECT_EQ("x0 * 0.1f", of_float("p0 * 0x3dcccccd_f32"));
  EXPECT_EQ("1e+30", of_double("0x46293e5939a08cea_f64"));
  EXPECT_EQ("-0.0f", of_float("0x80000000_f32"));
  EXPECT_EQ("x0 - -2.0", of_double("p0 - 0xc000000000000000_f64"));
  EXPECT_EQ("std::bit_cast<double>(uint64_t{9218868437227405312u})", of_double("0x7ff0000000000000_f64"));
}

TEST(Floats, OfTablesMayBeInfiniteOrNoNumbers) {
  const std::string text = whole_text(
      "program \"limits\"(i64 p0) -> f32 {\n  array a0 = table f32[3] {1065353216 2139095040 2143289344}\n"
      "  let %1 = a0[p0]\n  return %1\n}\n");
  EXPECT_NE(text.find("#include <bit>\n"), std::string::npos) << text;
  const testing::CompiledSources compiled({text}, {.load = false});
  EXPECT_EQ(compiled.messages(), "") << text;
}

TEST(Floats, LeaveExactConversionsToCpp) {
  EXPECT_EQ("x0 * x2", of_double("p0 * f64(p2)"));
  EXPECT_EQ("x3 - x0", of_double("f64(p3) - p0"));
  EXPECT_EQ("x2 + x0", of_float("f32(p2) + p0"));
  EXPECT_EQ("static_cast<float>(x3) + x0", of_float("f32(p3) + p0"));
  EXPECT_EQ("static_cast<double>(x4) + x0", of_double("f64(p4) + p0"));
  EXPECT_EQ("static_cast<double>(x2) * x3", of_double("f64(p2) * f64(p3)"));
  EXPECT_EQ("std::sqrt(static_cast<double>(x2))", of_double("sqrt(f64(p2))"));
}

TEST(Floats, SaturateWhereTheyBecomeIntegers) {
  EXPECT_EQ("saturate<int>(x0)", of_int("i32(p0)"));
  EXPECT_EQ("saturate<uint8_t>(x1) + x2", of_int("i32(u8(p1)) + i32(p2)"));
}

TEST(Floats, ThatAreNotLessMayBeUnordered) {
  EXPECT_EQ("!(x0 < x1)", of_bool("(p0 < p1) == false"));
  EXPECT_EQ("x0 != x0", of_bool("p0 != p0"));
  EXPECT_EQ("x0 > 1.0", of_bool("0x3ff0000000000000_f64 < p0"));
}

TEST(Floats, AreNotZeroMinus) {
  EXPECT_EQ("0.0 - x0", of_double("0x0000000000000000_f64 - p0"));
  EXPECT_EQ("-x0", of_double("negate(p0)"));
  EXPECT_EQ("-(x0 + x1)", of_double("negate(p0 + p1)"));
}

TEST(Floats, FunctionsAreThoseOfTheStandardLibrary) {
  EXPECT_EQ("std::fma(x0, x1, std::abs(x0))", of_double("fma(p0, p1, abs(p0))"));
  EXPECT_EQ("std::trunc(std::round(std::ceil(std::floor(x0))))", of_double("trunc(round(ceil(floor(p0))))"));
  EXPECT_EQ("std::clamp(x0, -1.0, 1.0)", of_double("min(max(p0, 0xbff0000000000000_f64), 0x3ff0000000000000_f64)"));
  EXPECT_EQ("libm_pow(x0, x1)", of_double("pow(p0, p1)"));
  EXPECT_EQ("libm_sinf(x0)", of_float("sin(p0)"));
  EXPECT_EQ("std::popcount(static_cast<uint32_t>(x3))", of_int("popcount(p3)"));
  EXPECT_EQ("std::popcount(x2) + std::countl_zero(x2)", of_int("i32(popcount(p2)) + i32(count_leading_zeros(p2))"));
  EXPECT_EQ("static_cast<int>(std::rotl(static_cast<uint32_t>(x3), 7))", of_int("rotate_left(p3, 39)"));
  EXPECT_EQ("static_cast<int>(byte_swap(static_cast<uint32_t>(x3)))", of_int("byte_swap(p3)"));
  EXPECT_EQ("std::bit_cast<int>(x1)", of_int("bits_i32(p1)"));
}

TEST(Floats, CallLibmThroughPointers) {
  const std::string text = whole_text("program \"f\"(f64 p0) -> f64 {\n return pow(p0, p0)\n}\n");
  EXPECT_NE(std::string::npos, text.find("double (*const volatile libm_pow)(double, double) = std::pow;")) << text;
}

/// Programs with floats, under all that a compiler may do with the instructions of this machine.
TEST(Floats, AreTheSameAfterEveryCompiler) {
  constexpr std::uint64_t programs = 16;
  std::vector<ir::Program> list;
  std::vector<std::string> sources;
  for (std::uint64_t seed = 1; seed <= programs; ++seed) {
    list.push_back(testing::random_program(5000 + seed, {.size = 60, .floats = true}));
    sources.push_back(print_source(list.back(), {.function_name = "f" + std::to_string(seed - 1), .with_entry = true}));
  }
  for (const char* compiler : {"g++", "clang++-19"}) {
    if (std::system((std::string(compiler) + " --version > /dev/null 2>&1").c_str()) != 0) continue;
    const testing::CompiledSources compiled(
        sources, {.compiler = compiler, .flags = "-std=c++20 -O2 -march=native -w -fno-strict-aliasing"});
    ASSERT_EQ("", compiled.messages());
    for (std::size_t i = 0; i < programs; ++i)
      for (std::uint64_t input = 1; input <= 3; ++input)
        ASSERT_EQ("", testing::find_difference(testing::random_inputs(list[i], input),
                                               {"recorded", list[i], testing::interpreter()},
                                               {"compiled", list[i], compiled.executor("f" + std::to_string(i))}))
            << compiler << " program " << i << '\n'
            << sources[i];
  }
}

}  // namespace
}  // namespace cogent::cpp
