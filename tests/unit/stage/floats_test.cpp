// Floats and the functions of numbers: what a plain run computes, what is recorded, and that plain helpers agree.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "ir/mathematics.h"

namespace cogent {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Floats, PlainRunsComputeWhatCppComputes) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock& code, Value<float> x, Value<double> y, Value<int> n) {
    auto sum = code.variable(x);
    sum += y * n;
    sum /= 3;
    sum++;
    return -sum + n;
  });
  float sum = 1.1f;
  sum = static_cast<float>(sum + 2.7 * 7);
  sum /= 3;
  sum++;
  EXPECT_EQ(-sum + 7, f.run_plain(1.1f, 2.7, 7));
}

TEST(Floats, AProductIsNotFusedWithItsSum) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<double> a, Value<double> b) { return a * a - b; });
  const double a = 1 + 0x1p-30;
  EXPECT_EQ(0, f.run_plain(a, 1 + 0x1p-29));
  const GeneratedFunction g("g", [](GeneratedCodeBlock&, Value<double> x, Value<double> y) { return fma(x, x, -y); });
  EXPECT_EQ(0x1p-60, g.run_plain(a, 1 + 0x1p-29));
}

TEST(Floats, ConversionsSaturate) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<double> x, Out<int> out, Out<std::uint8_t> bytes) {
    out[0] = x;
    out[1] = cast<std::int16_t>(x);
    out[2] = cast<bool>(x);
    bytes[0] = x;
    bytes[1] = saturate_cast<std::uint8_t>(x);
  });
  int out[3];
  std::uint8_t bytes[2];
  f.run_plain(1e30, out, bytes);
  EXPECT_EQ(INT_MAX, out[0]);
  EXPECT_EQ(INT16_MAX, out[1]);
  EXPECT_EQ(255, bytes[0]);
  f.run_plain(-300.7, out, bytes);
  EXPECT_EQ(-300, out[0]);
  EXPECT_EQ(0, bytes[1]);
  f.run_plain(nan, out, bytes);
  EXPECT_EQ(0, out[0]);
  EXPECT_EQ(1, out[2]);
}

TEST(Floats, SaturateCastCutsOffTowardZero) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<double> x, Out<int> out, Out<bool> holds) {
    out[0] = saturate_cast<std::uint8_t>(x);
    out[1] = saturate_cast<std::int8_t>(x);
    out[2] = saturate_cast<std::uint8_t>(rint(x));
    holds[0] = saturate_cast<bool>(x);
  });
  const double numbers[] = {2.5, 3.5, -0.5, 254.7, 255.5, 1e300, -1e300, -1.0, nan};
  const int bytes[] = {2, 3, 0, 254, 255, 255, 0, 0, 0};
  const int signed_bytes[] = {2, 3, 0, 127, 127, 127, -128, -1, 0};
  const int to_even[] = {2, 4, 0, 255, 255, 255, 0, 0, 0};
  for (std::size_t i = 0; i < std::size(numbers); ++i) {
    SCOPED_TRACE(numbers[i]);
    int out[3];
    bool holds[1];
    f.run_checked(numbers[i], out, holds);
    EXPECT_EQ(out[0], bytes[i]);
    EXPECT_EQ(out[1], signed_bytes[i]);
    EXPECT_EQ(out[2], to_even[i]);
    EXPECT_EQ(holds[0], bytes[i] != 0);
    EXPECT_EQ(saturate_cast<std::uint8_t>(numbers[i]), bytes[i]);
    EXPECT_EQ(saturate_cast<bool>(numbers[i]), bytes[i] != 0);
  }
}

TEST(Floats, DivisionByZeroIsNoFault) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<float> x) { return x / 0.0f; });
  EXPECT_EQ(infinity, f.run_plain(1));
  EXPECT_TRUE(std::isnan(f.run_plain(0)));
}

TEST(Floats, MinimumMaximumAndClampAreThoseOfTheStandardLibrary) {
  const GeneratedFunction smaller("f", [](GeneratedCodeBlock&, Value<double> x, Value<double> y) { return min(x, y); });
  const GeneratedFunction larger("g", [](GeneratedCodeBlock&, Value<double> x, Value<double> y) { return max(x, y); });
  const GeneratedFunction within("h", [](GeneratedCodeBlock&, Value<double> x) { return clamp(x, -1.0, 1.0); });
  for (const double x : {0.0, -0.0, 3.5, -infinity, nan})
    for (const double y : {0.0, -0.0, 3.5, -infinity, nan}) {
      EXPECT_EQ(detail::canonical(std::min(x, y)), detail::canonical(smaller.run_plain(x, y)));
      EXPECT_EQ(detail::canonical(std::max(x, y)), detail::canonical(larger.run_plain(x, y)));
      EXPECT_EQ(detail::canonical(cogent::min(x, y)), detail::canonical(std::min(x, y)));
      EXPECT_EQ(detail::canonical(std::clamp(x, -1.0, 1.0)), detail::canonical(within.run_plain(x)));
    }
}

TEST(Floats, OperationsAreRecorded) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<float> x, Value<double> y, Value<std::uint16_t> n) {
    auto bits = bit_cast<std::uint32_t>(x) ^ popcount(n);
    return abs(-x) + sqrt(y) / floor(y) * (cast<double>(rotate_right(n, 3)) + bits) - round(trunc(ceil(x)));
  });
  EXPECT_EQ(R"(program "f"(f32 p0, f64 p1, u16 p2) -> f64 {
  %1 = f64(abs(p0)) + sqrt(p1) / floor(p1) * (f64(rotate_left(p2, 13)) + f64(bits_u32(p0) ^ u32(popcount(p2)))) - f64(ceil(p0))
  return %1
}
)",
            f.get_program(1.0f, 2.0, 3));
}

TEST(Floats, StaticArgumentsAreKnownByTheirBits) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<double> x, double factor) { return x + factor; });
  EXPECT_NE(f.get_program(1, 0.0), f.get_program(1, -0.0));
  detail::Key zero, minus_zero;
  detail::append_key(zero, 0.0f);
  detail::append_key(minus_zero, -0.0f);
  EXPECT_NE(zero.words()[0], minus_zero.words()[0]);
}

// ---- libm

#define COGENT_EXPECT_FUNCTION(function, x)                                                                   \
  do {                                                                                                        \
    const GeneratedFunction f(#function, [](GeneratedCodeBlock&, Value<double> v) { return function(v); });   \
    const GeneratedFunction g(#function, [](GeneratedCodeBlock&, Value<float> v) { return function(v); });    \
    EXPECT_NE(std::string::npos, f.get_program(x).find("return " #function "(p0)"));                          \
    const auto number = *ir::mathematical_function_named(#function);                                          \
    EXPECT_EQ(ir::call_mathematics(number, x, 0.0), f.run_plain(x));                                          \
    EXPECT_EQ(ir::call_mathematics(number, static_cast<float>(x), 0.0f), g.run_plain(static_cast<float>(x))); \
    EXPECT_EQ(cogent::function(x), f.run_plain(x));                                                           \
    EXPECT_DOUBLE_EQ(std::function(x), f.run_plain(x));                                                       \
    EXPECT_EQ(cogent::function(1), f.run_plain(1));                                                           \
  } while (false)

TEST(Floats, FunctionsOfOneOperandAreLibms) {
  COGENT_EXPECT_FUNCTION(exp, 1.3);
  COGENT_EXPECT_FUNCTION(exp2, 1.3);
  COGENT_EXPECT_FUNCTION(expm1, 1.3);
  COGENT_EXPECT_FUNCTION(log, 1.3);
  COGENT_EXPECT_FUNCTION(log2, 1.3);
  COGENT_EXPECT_FUNCTION(log10, 1.3);
  COGENT_EXPECT_FUNCTION(log1p, 1.3);
  COGENT_EXPECT_FUNCTION(sin, 1.3);
  COGENT_EXPECT_FUNCTION(cos, 1.3);
  COGENT_EXPECT_FUNCTION(tan, 1.3);
  COGENT_EXPECT_FUNCTION(asin, 0.3);
  COGENT_EXPECT_FUNCTION(acos, 0.3);
  COGENT_EXPECT_FUNCTION(atan, 1.3);
  COGENT_EXPECT_FUNCTION(sinh, 1.3);
  COGENT_EXPECT_FUNCTION(cosh, 1.3);
  COGENT_EXPECT_FUNCTION(tanh, 1.3);
  COGENT_EXPECT_FUNCTION(asinh, 1.3);
  COGENT_EXPECT_FUNCTION(acosh, 1.3);
  COGENT_EXPECT_FUNCTION(cbrt, 1.3);
  COGENT_EXPECT_FUNCTION(erf, 1.3);
  COGENT_EXPECT_FUNCTION(erfc, 1.3);
  COGENT_EXPECT_FUNCTION(tgamma, 1.3);
  COGENT_EXPECT_FUNCTION(rint, 2.5);
}
#undef COGENT_EXPECT_FUNCTION

TEST(Floats, TheInverseHyperbolicTangentIsLibms) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<double> x) { return atanh(x); });
  EXPECT_EQ(ir::call_mathematics(*ir::mathematical_function_named("atanh"), 0.3, 0.0), f.run_plain(0.3));
}

#define COGENT_EXPECT_FUNCTION(function, x, y)                                                                         \
  do {                                                                                                                 \
    const GeneratedFunction f(#function,                                                                               \
                              [](GeneratedCodeBlock&, Value<double> a, Value<double> b) { return function(a, b); });   \
    const GeneratedFunction g(#function, [](GeneratedCodeBlock&, Value<float> a, float b) { return function(a, b); }); \
    EXPECT_NE(std::string::npos, f.get_program(x, y).find("return " #function "(p0, p1)"));                            \
    const auto number = *ir::mathematical_function_named(#function);                                                   \
    EXPECT_EQ(ir::call_mathematics(number, x, y), f.run_plain(x, y));                                                  \
    EXPECT_EQ(ir::call_mathematics(number, static_cast<float>(x), static_cast<float>(y)),                              \
              g.run_plain(static_cast<float>(x), static_cast<float>(y)));                                              \
    EXPECT_EQ(cogent::function(x, y), f.run_plain(x, y));                                                              \
    EXPECT_DOUBLE_EQ(std::function(x, y), f.run_plain(x, y));                                                          \
  } while (false)

TEST(Floats, FunctionsOfTwoOperandsAreLibms) {
  COGENT_EXPECT_FUNCTION(atan2, 1.3, -2.2);
  COGENT_EXPECT_FUNCTION(pow, 1.3, -2.2);
  COGENT_EXPECT_FUNCTION(hypot, 1.3, -2.2);
  COGENT_EXPECT_FUNCTION(fmod, 7.3, -2.2);
  COGENT_EXPECT_FUNCTION(remainder, 7.3, -2.2);
  COGENT_EXPECT_FUNCTION(copysign, 1.3, -2.2);
  COGENT_EXPECT_FUNCTION(nextafter, 1.3, -2.2);
  COGENT_EXPECT_FUNCTION(fdim, 1.3, -2.2);
  COGENT_EXPECT_FUNCTION(fmin, 1.3, -2.2);
  COGENT_EXPECT_FUNCTION(fmax, 1.3, -2.2);
}
#undef COGENT_EXPECT_FUNCTION

TEST(Floats, ClassesOfNumbers) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<double> x) {
    return cast<int>(isnan(x)) | cast<int>(isinf(x)) << 1 | cast<int>(isfinite(x)) << 2;
  });
  EXPECT_EQ(1, f.run_plain(nan));
  EXPECT_EQ(2, f.run_plain(-infinity));
  EXPECT_EQ(4, f.run_plain(-1.5));
}

// ---- bits

template <class V>
auto mixed_bits(V x) {
  return popcount(x) + count_leading_zeros(x) * 100 + count_trailing_zeros(x) * 10000;
}

template <class T>
void expect_bits() {
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<T> x) { return mixed_bits(x); });
  const GeneratedFunction turned("g", [](GeneratedCodeBlock&, Value<T> x, Value<int> n) { return rotate_left(x, n); });
  const GeneratedFunction back("h", [](GeneratedCodeBlock&, Value<T> x, Value<int> n) { return rotate_right(x, n); });
  const GeneratedFunction swapped("i", [](GeneratedCodeBlock&, Value<T> x) { return byte_swap(x); });
  using U = std::make_unsigned_t<T>;
  for (const T x : {T{0}, T{1}, std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), static_cast<T>(-3)}) {
    const U bits = static_cast<U>(x);
    EXPECT_EQ(std::popcount(bits) + std::countl_zero(bits) * 100 + std::countr_zero(bits) * 10000, f.run_plain(x));
    EXPECT_EQ(f.run_plain(x), mixed_bits(x));
    for (const int n : {0, 1, 7, 8, 31, 64, -5}) {
      EXPECT_EQ(static_cast<T>(std::rotl(bits, n)), turned.run_plain(x, n)) << n;
      EXPECT_EQ(static_cast<T>(std::rotr(bits, n)), back.run_plain(x, n)) << n;
      EXPECT_EQ(cogent::rotate_left(x, n), turned.run_plain(x, n));
      EXPECT_EQ(cogent::rotate_right(x, n), back.run_plain(x, n));
    }
    EXPECT_EQ(x, swapped.run_plain(swapped.run_plain(x)));
  }
}

TEST(Bits, PlainRunsAgreeWithTheStandardLibrary) {
  expect_bits<std::int8_t>();
  expect_bits<std::uint8_t>();
  expect_bits<char>();
  expect_bits<std::int16_t>();
  expect_bits<std::uint16_t>();
  expect_bits<int>();
  expect_bits<unsigned>();
  expect_bits<long>();
  expect_bits<unsigned long long>();
  EXPECT_EQ(0x3412, cogent::byte_swap(std::uint16_t{0x1234}));
}

TEST(Bits, OfFloatsGoBothWays) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock&, Value<float> x) {
    return bit_cast<float>(bit_cast<int>(x) + 1);  // the next float
  });
  EXPECT_EQ(std::nextafter(1.5f, 2.0f), f.run_plain(1.5f));
  EXPECT_EQ(0x3f800000, cogent::bit_cast<int>(1.0f));
}

}  // namespace
}  // namespace cogent
