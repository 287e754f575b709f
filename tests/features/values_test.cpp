// Features 12 to 25 and 50: numbers, operators and conversions, each beside what C++ itself computes.
#include <gtest/gtest.h>

#include <cogent/cogent.h>
#include <bit>
#include <cmath>
#include <vector>

namespace cogent {
namespace {

GeneratedFunction toggles("toggles", [](GeneratedCodeBlock& code, In<bool> flags) {
  auto any = code.variable(false);
  auto parity = code.variable(false);
  for (auto i : code.range(flags.size())) {
    any |= flags[i];
    parity = parity != flags[i];
  }
  return !parity && any;
});

TEST(Features, BoolVariables) {
  EXPECT_TRUE(toggles.run_checked(std::array{true, false, true}));
  EXPECT_FALSE(toggles.run_checked(std::array{true, false, false}));
  EXPECT_FALSE(toggles.run_checked(std::array{false, false, false}));
}

GeneratedFunction sign("sign", [](GeneratedCodeBlock&, Value<int> x) { return (x > 0) - (x < 0); });

TEST(Features, ComparisonUsedAsANumber) {
  EXPECT_EQ(sign.run_checked(-7), -1);
  EXPECT_EQ(sign.run_checked(0), 0);
  EXPECT_EQ(sign.run_checked(7), 1);
}

GeneratedFunction odd("odd", [](GeneratedCodeBlock& code, Value<int> x, Value<double> y) {
  auto count = code.variable(0);
  if (auto _ = code.when(x & 1)) count += 1;
  if (auto _ = code.when(y)) count += 10;
  return count;
});

TEST(Features, NumberUsedAsACondition) {
  EXPECT_EQ(odd.run_checked(3, 0.0), 1);
  EXPECT_EQ(odd.run_checked(4, 0.5), 10);
}

GeneratedFunction chained("chained", [](GeneratedCodeBlock& code, Value<int> x) {
  auto a = code.variable(0), b = code.variable(0);
  auto small = code.variable<std::uint8_t>(0);
  a = small = b = x;
  return a * 1000 + b;
});

TEST(Features, ChainedAssignment) { EXPECT_EQ(chained.run_checked(300), (300 & 255) * 1000 + 300); }

template <class Number, class Other>
void change(Number& x, const Other& y) {
  x += y;
  x -= 3;
  x *= y;
  x /= 7;
  x %= 1000;
  x <<= 3;
  x >>= 1;
  x &= 0xfff;
  x |= 5;
  x ^= y;
}

GeneratedFunction compound("compound", [](GeneratedCodeBlock& code, Value<int> start, Value<int> y) {
  auto x = code.variable(start);
  change(x, y);
  return x;
});

TEST(Features, AllCompoundAssignments) {
  for (int start : {0, 17, 12345}) {
    int x = start;
    change(x, 91);
    EXPECT_EQ(compound.run_checked(start, 91), x);
  }
}

GeneratedFunction unary("unary", [](GeneratedCodeBlock&, Value<std::int16_t> x, Value<double> y) {
  return +x + -x * 2 + ~x * 3 + !x * 1000 + cast<int>(-y);
});

TEST(Features, UnaryOperators) {
  for (const int x : {0, 5, -32768})
    EXPECT_EQ(unary.run_checked(static_cast<std::int16_t>(x), 2.5), +x + -x * 2 + ~x * 3 + !x * 1000 - 2);
}

GeneratedFunction steps("steps", [](GeneratedCodeBlock& code, Value<int> start) {
  auto x = code.variable(start);
  auto before = x++;
  auto after = ++x;
  auto down = x--;
  --x;
  return before + after * 10 + down * 100 + x * 1000;
});

TEST(Features, IncrementsOfBothForms) { EXPECT_EQ(steps.run_checked(5), 5 + 70 + 700 + 5000); }

GeneratedFunction mixed("mixed", [](GeneratedCodeBlock&, Value<int> i, Value<double> d, Value<float> f) {
  return i / 2 + d * i - f / 4;
});

TEST(Features, IntAndDoubleMixed) {
  EXPECT_EQ(mixed.run_checked(7, 0.1, 3.0f), 7 / 2 + 0.1 * 7 - 3.0f / 4);
  const auto to_int = GeneratedFunction("to_int", [](GeneratedCodeBlock&, Value<double> x) { return cast<int>(x); });
  EXPECT_EQ(to_int.run_checked(1e20), 2147483647);
  EXPECT_EQ(to_int.run_checked(std::nan("")), 0);
}

GeneratedFunction bytes("bytes", [](GeneratedCodeBlock& code, Value<std::uint8_t> a, Value<std::uint8_t> b) {
  auto wrapped = code.variable<std::uint8_t>(a + b);
  return (a + b) * 1000 + wrapped;
});

TEST(Features, BytesWrapAndArePromoted) { EXPECT_EQ(bytes.run_checked(200, 100), 300 * 1000 + 44); }

GeneratedFunction mix("mix", [](GeneratedCodeBlock&, Value<std::uint64_t> x) {
  return (x ^ x >> 33) * 0xff51afd7ed558ccdull;
});

TEST(Features, Integers64Bit) {
  const std::uint64_t x = 0x123456789abcdef0;
  EXPECT_EQ(mix.run_checked(x), (x ^ x >> 33) * 0xff51afd7ed558ccdull);
}

GeneratedFunction below("below", [](GeneratedCodeBlock&, Value<unsigned> a, Value<unsigned> b) { return a < b; });

TEST(Features, UnsignedComparison) {
  EXPECT_TRUE(below.run_checked(1u, 0xffffffffu));
  EXPECT_FALSE(below.run_checked(0x80000000u, 1u));
}

GeneratedFunction divide("divide", [](GeneratedCodeBlock&, Value<int> a, Value<int> b) { return a / b * 100 + a % b; });

TEST(Features, NegativeQuotientsAndRemainders) {
  for (int a : {-7, 7})
    for (int b : {-3, 3}) EXPECT_EQ(divide.run_checked(a, b), a / b * 100 + a % b);
}

GeneratedFunction later("later", [](GeneratedCodeBlock& code, Value<int> x) {
  auto y = code.variable(0);
  auto z = code.variable<std::int64_t>(0);
  y = x * 2;
  z = y;
  y = 1;
  return z + y;
});

TEST(Features, AssignmentAfterDeclaration) { EXPECT_EQ(later.run_checked(21), 43); }

GeneratedFunction copies("copies", [](GeneratedCodeBlock& code, Value<int> x) {
  auto a = code.variable(x);
  auto copy = a;        // a new variable
  auto sum = a + copy;  // an expression: keeps what it was made from
  a = 100;
  copy += 1;
  return sum + a + copy;
});

TEST(Features, CopiesAndExpressions) { EXPECT_EQ(copies.run_checked(5), 10 + 100 + 6); }

GeneratedFunction bits("bits", [](GeneratedCodeBlock&, Value<std::uint32_t> x) {
  return popcount(x) + count_leading_zeros(x) * 100 + count_trailing_zeros(x) * 10000 +
         cast<int>(rotate_left(x, 8) == byte_swap(byte_swap(rotate_left(x, 8)))) * 1000000;
});
GeneratedFunction mathematics("mathematics", [](GeneratedCodeBlock&, Value<double> x) {
  return sqrt(x) + floor(x) + exp(x) * sin(x) - atan2(x, 2.0) + pow(x, 1.5) + fma(x, x, 1.0);
});

TEST(Features, BitOperationsAndMathematics) {
  const std::uint32_t x = 0x00f01200;
  EXPECT_EQ(bits.run_checked(x), std::popcount(x) + std::countl_zero(x) * 100 + std::countr_zero(x) * 10000 + 1000000);
  const double y = 1.75;
  const double product = std::exp(y) * std::sin(y);
  EXPECT_EQ(mathematics.run_checked(y),
            std::sqrt(y) + std::floor(y) + product - std::atan2(y, 2.0) + std::pow(y, 1.5) + std::fma(y, y, 1.0));
}

}  // namespace
}  // namespace cogent
