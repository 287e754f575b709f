// What floats, conversions and functions compute, at the places where they are easily wrong.
#include "ir/semantics.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "ir/mathematics.h"

namespace cogent::ir {
namespace {

std::int64_t bits(float value) { return std::bit_cast<std::uint32_t>(value); }
std::int64_t bits(double value) { return std::bit_cast<std::int64_t>(value); }
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::int64_t from_double(double value, Type to) { return evaluate_convert(bits(value), Type::F64, to); }

TEST(Semantics, FloatsBecomeIntegersTowardZeroAndSaturate) {
  EXPECT_EQ(2, from_double(2.9, Type::I32));
  EXPECT_EQ(-2, from_double(-2.9, Type::I32));
  EXPECT_EQ(INT32_MAX, from_double(3e9, Type::I32));
  EXPECT_EQ(INT32_MIN, from_double(-3e9, Type::I32));
  EXPECT_EQ(INT32_MAX, from_double(2147483647.9, Type::I32));
  EXPECT_EQ(INT32_MIN, from_double(-2147483648.9, Type::I32));
  EXPECT_EQ(255, from_double(300, Type::U8));
  EXPECT_EQ(0, from_double(-1, Type::U8));
  EXPECT_EQ(-128, from_double(-1e300, Type::I8));
  EXPECT_EQ(INT64_MAX, from_double(9223372036854775808.0, Type::I64));
  EXPECT_EQ(INT64_MIN, from_double(-infinity, Type::I64));
  EXPECT_EQ(-1, from_double(infinity, Type::U64));
  EXPECT_EQ(static_cast<std::int64_t>(std::uint64_t{1} << 63), from_double(9223372036854775808.0, Type::U64));
  EXPECT_EQ(0, from_double(nan, Type::I32));
  EXPECT_EQ(1, from_double(nan, Type::Bool));
  EXPECT_EQ(0, from_double(-0.0, Type::Bool));
}

TEST(Semantics, IntegersBecomeTheNearestFloat) {
  EXPECT_EQ(bits(16777216.0f), evaluate_convert(16777217, Type::I32, Type::F32));
  EXPECT_EQ(bits(16777220.0f), evaluate_convert(16777219, Type::I32, Type::F32));
  EXPECT_EQ(bits(18446744073709551616.0), evaluate_convert(-1, Type::U64, Type::F64));
  EXPECT_EQ(bits(-1.0), evaluate_convert(-1, Type::I64, Type::F64));
  EXPECT_EQ(bits(1.0f), evaluate_convert(1, Type::Bool, Type::F32));
}

TEST(Semantics, MinimumAndMaximumAreThoseOfTheStandardLibrary) {
  for (const double a : {0.0, -0.0, 1.0, nan})
    for (const double b : {0.0, -0.0, 1.0, nan}) {
      EXPECT_EQ(bits(std::min(a, b)), evaluate_binary(Op::Minimum, Type::F64, bits(a), bits(b))) << a << ' ' << b;
      EXPECT_EQ(bits(std::max(a, b)), evaluate_binary(Op::Maximum, Type::F64, bits(a), bits(b))) << a << ' ' << b;
    }
}

TEST(Semantics, SignsOfFloatsAreBits) {
  EXPECT_EQ(bits(-0.0f), evaluate_unary(Op::Negate, Type::F32, bits(0.0f)));
  EXPECT_EQ(bits(0.0), evaluate_unary(Op::Absolute, Type::F64, bits(-0.0)));
  EXPECT_EQ(bits(infinity), evaluate_unary(Op::Absolute, Type::F64, bits(-infinity)));
}

TEST(Semantics, RoundGoesHalfAwayFromZero) {
  EXPECT_EQ(bits(3.0), evaluate_unary(Op::Round, Type::F64, bits(2.5)));
  EXPECT_EQ(bits(-3.0), evaluate_unary(Op::Round, Type::F64, bits(-2.5)));
  EXPECT_EQ(bits(0.0), evaluate_unary(Op::Round, Type::F64, bits(0.49999999999999994)));
  EXPECT_EQ(bits(-2.0f), evaluate_unary(Op::Floor, Type::F32, bits(-1.5f)));
  EXPECT_EQ(bits(-1.0f), evaluate_unary(Op::Ceil, Type::F32, bits(-1.5f)));
  EXPECT_EQ(bits(-1.0f), evaluate_unary(Op::Truncate, Type::F32, bits(-1.5f)));
}

TEST(Semantics, CountsOfBitsAreThoseOfTheType) {
  EXPECT_EQ(8, evaluate_unary(Op::PopulationCount, Type::I8, -1));
  EXPECT_EQ(16, evaluate_unary(Op::CountLeadingZeros, Type::U16, 0));
  EXPECT_EQ(0, evaluate_unary(Op::CountLeadingZeros, Type::I32, -1));
  EXPECT_EQ(63, evaluate_unary(Op::CountLeadingZeros, Type::I64, 1));
  EXPECT_EQ(8, evaluate_unary(Op::CountTrailingZeros, Type::U8, 0));
  EXPECT_EQ(5, evaluate_unary(Op::CountTrailingZeros, Type::I64, 32));
}

TEST(Semantics, BytesAndBitsMoveWithinTheType) {
  EXPECT_EQ(0x3412, evaluate_unary(Op::ByteSwap, Type::U16, 0x1234));
  EXPECT_EQ(-256, evaluate_unary(Op::ByteSwap, Type::I16, 0x00ff));
  EXPECT_EQ(0x78563412, evaluate_unary(Op::ByteSwap, Type::I32, 0x12345678));
  EXPECT_EQ(0x03, evaluate_binary(Op::RotateLeft, Type::U8, 0x81, 9));
  EXPECT_EQ(0x40, evaluate_binary(Op::RotateLeft, Type::I8, -128, -1));
  EXPECT_EQ(-2, evaluate_binary(Op::RotateLeft, Type::I64, INT64_MAX, 1));
}

TEST(Semantics, FusedMultiplyAddRoundsOnce) {
  const double x = 1 + 0x1p-30;
  EXPECT_EQ(bits(0x1p-60), evaluate_fused_multiply_add(Type::F64, bits(x), bits(x), bits(-(1 + 0x1p-29))));
}

TEST(Semantics, MathematicsIsLibm) {
  for (Id id = 0; id < mathematical_functions().size(); ++id) {
    const MathematicalFunction& function = mathematical_functions()[id];
    EXPECT_EQ(id, mathematical_function_named(function.name));
    EXPECT_NE(nullptr, function.address(Type::F32));
    EXPECT_NE(nullptr, function.address(Type::F64));
  }
  EXPECT_FALSE(mathematical_function_named("floor"));
  double (*volatile power)(double, double) = std::pow;
  EXPECT_EQ(bits(power(1.1, 2.3)),
            evaluate_mathematics(*mathematical_function_named("pow"), Type::F64, bits(1.1), bits(2.3)));
  float (*volatile sine)(float) = std::sin;
  EXPECT_EQ(bits(sine(0.7f)), evaluate_mathematics(*mathematical_function_named("sin"), Type::F32, bits(0.7f), 0));
}

}  // namespace
}  // namespace cogent::ir
