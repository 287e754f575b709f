// How expressions are written: parentheses, promotions, casts, and helpers where C++ itself would be undefined.
#include <gtest/gtest.h>

#include "unit/cpp/printed.h"

namespace cogent::cpp {
namespace {

std::string of_int(const std::string& value) { return printed_value("i32 p0, i32 p1, i32 p2) -> i32", value); }
std::string of_unsigned(const std::string& value) { return printed_value("u32 p0, u32 p1, u32 p2) -> u32", value); }
std::string of_bool(const std::string& value) {
  return printed_value("i32 p0, i32 p1, bool p2, bool p3) -> bool", value);
}
std::string of_bytes(const std::string& value) { return printed_value("u8 p0, u8 p1, i8 p2) -> i32", value); }

TEST(Expressions, HaveParenthesesOnlyWherePrecedenceNeedsThem) {
  EXPECT_EQ("x0 + x1 * x2", of_unsigned("p0 + p1 * p2"));
  EXPECT_EQ("(x0 + x1) * x2", of_unsigned("(p0 + p1) * p2"));
  EXPECT_EQ("x0 - x1 - x2", of_unsigned("p0 - p1 - p2"));
  EXPECT_EQ("x0 - (x1 - x2)", of_unsigned("p0 - (p1 - p2)"));
  EXPECT_EQ("x0 + (x1 + x2)", of_unsigned("p0 + (p1 + p2)"));
}

TEST(Expressions, HaveParenthesesWhereCompilersAskForThem) {
  EXPECT_EQ("(x0 * x1) & x2", of_unsigned("(p0 * p1) & p2"));
  EXPECT_EQ("(x0 & x1) | x2", of_unsigned("(p0 & p1) | p2"));
  EXPECT_EQ("x0 & x1 & x2", of_unsigned("(p0 & p1) & p2"));
  EXPECT_EQ("(x0 + x1) << 3", of_unsigned("(p0 + p1) << 3"));
  EXPECT_EQ("(x2 && x3) || x0 == x1", of_bool("(p2 & p3) | (p0 == p1)"));
  EXPECT_EQ("(x0 < x1) == x2", of_bool("(p0 < p1) == p2"));
}

TEST(Expressions, OfSignedArithmeticThatMayOverflowUseHelpers) {
  EXPECT_EQ("wrapping_add(x0, x1)", of_int("p0 + p1"));
  EXPECT_EQ("wrapping_subtract(x0, 5)", of_int("p0 + -5"));
  EXPECT_EQ("wrapping_multiply(x0, wrapping_subtract(0, x1))", of_int("p0 * (0 - p1)"));
  EXPECT_EQ("wrapping_divide(x0, -1)", of_int("p0 / -1"));
  EXPECT_EQ("wrapping_remainder(x0, -1)", of_int("p0 % -1"));
  EXPECT_EQ("(x0 & 255) + (x1 & 255)", of_int("(p0 & 255) + (p1 & 255)"));
  EXPECT_EQ("x0 / -3", of_int("p0 / -3"));
}

TEST(Expressions, MultiplyByNegativeNumbersBySubtracting) {
  EXPECT_EQ("(x0 & 7) - (x1 & 7) * 3", of_int("(p0 & 7) + (p1 & 7) * -3"));
  EXPECT_EQ("-(x0 & 7)", of_int("0 - (p0 & 7)"));
  EXPECT_EQ("(x0 & 7) - 2", of_int("(p0 & 7) + -2"));
}

TEST(Expressions, LeavePromotionsToCpp) {
  EXPECT_EQ("x0 + x1 * 3", of_bytes("i32(p0) + i32(p1) * 3"));
  EXPECT_EQ("x0 - x2", of_bytes("i32(p0) - i32(p2)"));
  EXPECT_EQ("static_cast<uint8_t>(x2)", of_bytes("i32(u8(p2))"));
  EXPECT_EQ("static_cast<uint8_t>(x0 + x1)", of_bytes("i32(p0 + p1)"));
  EXPECT_EQ("static_cast<int8_t>(-x2)", of_bytes("i32(0i8 - p2)"));
  EXPECT_EQ("wrapping_multiply(x0, x1)", printed_value("u16 p0, u16 p1) -> u16", "p0 * p1"));
  EXPECT_EQ("static_cast<uint8_t>(~x0)", of_bytes("i32(p0 ^ 255)"));
}

TEST(Expressions, CastWhereTypesMeet) {
  const auto of_wide = [](const std::string& value) {
    return printed_value("u8 p0, i32 p1, u32 p2, i64 p3) -> i64", value);
  };
  EXPECT_EQ("x0 + 1", of_wide("i64(p0) + 1"));
  EXPECT_EQ("static_cast<int64_t>(x1) + 1", of_wide("i64(p1) + 1"));
  EXPECT_EQ("static_cast<int64_t>(x1) + x2", of_wide("i64(p1) + i64(p2)"));
  EXPECT_EQ("static_cast<int64_t>(x1) * x2", of_wide("i64(p1) * i64(p2)"));
  EXPECT_EQ("static_cast<int64_t>(x2) - 1", of_wide("i64(p2) + -1"));
  EXPECT_EQ("static_cast<int64_t>(x0) << 40", of_wide("i64(p0) << 40"));
  EXPECT_EQ("static_cast<int64_t>(x1) >> 40", of_wide("i64(p1) >> 40"));
  EXPECT_EQ("x0 << 3", of_wide("i64(p0) << 3"));
  EXPECT_EQ("static_cast<uint32_t>(x1)", of_wide("i64(u32(p1))"));
}

TEST(Expressions, ShiftModuloTheWidth) {
  EXPECT_EQ("x0 << 3", of_int("p0 << 35"));
  EXPECT_EQ("x0 >> (x1 & 31)", of_int("p0 >> p1"));
  EXPECT_EQ("x0 >> (x1 & 7)", of_int("p0 >> (p1 & 7)"));
  EXPECT_EQ("static_cast<uint8_t>(x0 << (x1 & 7))", of_bytes("i32(p0 << p1)"));
}

TEST(Expressions, OfMinimaAndMaxima) {
  EXPECT_EQ("std::min(x0, x1)", of_int("min(p0, p1)"));
  EXPECT_EQ("std::max(x0, std::min(x1, x2))", of_int("max(p0, min(p1, p2))"));
  EXPECT_EQ("std::clamp(x0, -5, 255)", of_int("min(max(p0, -5), 255)"));
  EXPECT_EQ("std::min(std::max(x0, 7), 3)", of_int("min(max(p0, 7), 3)"));
  EXPECT_EQ("std::min<int>(x0, 9)", of_bytes("min(i32(p0), 9)"));
  EXPECT_EQ("std::min(x0, x1)", of_bytes("i32(min(p0, p1))"));
  EXPECT_EQ("std::clamp<int64_t>(x0, 0, 7)", printed_value("i64 p0) -> i64", "min(max(p0, 0), 7)"));
}

TEST(Expressions, Compare) {
  EXPECT_EQ("x0 < x1", of_bool("p0 < p1"));
  EXPECT_EQ("x0 > 3", of_bool("3 < p0"));
  EXPECT_EQ("x0 >= 3", of_bool("3 <= p0"));
  EXPECT_EQ("!x2", of_bool("p2 == false"));
  EXPECT_EQ("x2 != x3", of_bool("p2 ^ p3"));
  EXPECT_EQ("static_cast<int>(x2) < static_cast<int>(x3)", of_bool("p2 < p3"));
  EXPECT_EQ("!(x2 && x3)", of_bool("(p2 & p3) == false"));
}

TEST(Expressions, CompareWithoutSurprise) {
  const auto of_mixed = [](const std::string& value) {
    return printed_value("u8 p0, i32 p1, u32 p2, u64 p3, i8 p4, bool p5) -> bool", value);
  };
  EXPECT_EQ("x0 < x1", of_mixed("i32(p0) < p1"));
  EXPECT_EQ("x0 < x2", of_mixed("u32(p0) < p2"));
  EXPECT_EQ("x2 < 5u", of_mixed("p2 < 5"));
  EXPECT_EQ("static_cast<uint32_t>(x1) < x2", of_mixed("u32(p1) < p2"));
  EXPECT_EQ("static_cast<int64_t>(x1) < x2", of_mixed("i64(p1) < i64(p2)"));
  EXPECT_EQ("x3 < 18446744073709551615u", of_mixed("p3 < 18446744073709551615"));
  EXPECT_EQ("std::cmp_less(x0, 300)", of_mixed("i32(p0) < 300"));
  EXPECT_EQ("std::cmp_equal(x1 | 1, 2)", of_mixed("(p1 | 1) == 2"));
  EXPECT_EQ("(x1 & 7) == 3", of_mixed("(p1 & 7) == 3"));
  EXPECT_EQ("static_cast<int>(x5) < x1", of_mixed("i32(p5) < p1"));
}

TEST(Expressions, Select) {
  EXPECT_EQ("x2 ? x0 : x1", printed_value("i32 p0, i32 p1, bool p2) -> i32", "select(p2, p0, p1)"));
  EXPECT_EQ("(x2 ? x0 : x1) & 3", printed_value("i32 p0, i32 p1, bool p2) -> i32", "select(p2, p0, p1) & 3"));
  EXPECT_EQ("x2 ? x0 : 5", printed_value("u8 p0, i32 p1, bool p2) -> i32", "select(p2, i32(p0), 5)"));
  EXPECT_EQ("x2 ? static_cast<uint32_t>(x0) : x1",
            printed_value("u8 p0, u32 p1, bool p2) -> u32", "select(p2, u32(p0), p1)"));
}

TEST(Expressions, WriteExtremeConstants) {
  EXPECT_EQ("std::max(x0, INT32_MIN)", of_int("max(p0, -2147483648)"));
  EXPECT_EQ("x0 ^ INT64_MIN", printed_value("i64 p0) -> i64", "p0 ^ -9223372036854775808"));
  EXPECT_EQ("x0 ^ 5000000000", printed_value("i64 p0) -> i64", "p0 ^ 5000000000"));
  EXPECT_EQ("~x0", of_unsigned("p0 ^ 4294967295"));
  EXPECT_EQ("true", of_bool("true"));
}

TEST(Expressions, OfAHundredThousandOperationsAreNoTrouble) {
  std::string sum = "p0";
  for (int i = 0; i < 50'000; ++i) sum += i % 2 == 0 ? " + p1 * p2" : " - p0";
  const std::string body = printed_body("u32 p0, u32 p1, u32 p2) -> u32", "  return " + sum + "\n");
  EXPECT_NE(body.npos, body.find("const uint32_t t1 = "));
  EXPECT_NE(body.npos, body.find("return "));
}

}  // namespace
}  // namespace cogent::cpp
