// What a C++ programmer expects of staged numbers: operators, promotions, variables, conditions, and C++'s own types
// made of them. Each test runs plain, as generated code and checked. docs/features.md points at these names.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;

/// All ways of running the function give the same as plain C++.
template <class R, class... P, class... A>
void expect(const std::type_identity_t<R>& result, const GeneratedFunction<Value<R>(P...)>& function,
            A&&... arguments) {
  EXPECT_EQ(result, function.run_plain(arguments...));
  EXPECT_EQ(result, function(arguments...));
  EXPECT_EQ(result, function.run_checked(arguments...));
}

// ---- conditions

TEST(StagedTypes, ShortCircuitAndGuardsAnIndexAndADivisor) {
  const GeneratedFunction f("f", [](Code, DynamicIn<int> in, Value<int> i, Value<int> d) {
    return select(i >= 0 && i < in.size() && in[i] > 3, 1, 0) + select(d != 0 && 12 / d == 4, 10, 0);
  });
  const std::vector<int> in = {1, 9};
  expect(11, f, in, 1, 3);
  expect(0, f, in, 0, 0);
  expect(0, f, in, 2, 5);
  expect(10, f, in, -1, 3);
  expect(0, f, std::vector<int>{}, 0, 0);
}

TEST(StagedTypes, ShortCircuitOrGuardsAnIndexAndADivisor) {
  const GeneratedFunction f("f", [](Code, DynamicIn<int> in, Value<int> i, Value<int> d) {
    return select(i < 0 || i >= in.size() || in[i] > 3, 1, 0) + select(d == 0 || 12 % d == 0, 10, 0);
  });
  const std::vector<int> in = {1, 9};
  expect(11, f, in, 2, 0);
  expect(10, f, in, 0, 4);
  expect(1, f, in, -1, 5);
}

TEST(StagedTypes, ShortCircuitsNestAndStandInLoops) {
  const GeneratedFunction f("f", [](Code code, In<int> in, Value<int> limit, Value<int> d) {
    auto i = code.variable<int64_t>(0);
    for ([[maybe_unused]] auto _ :
         code.loop_while([&] { return i < in.size() && (in[i] < limit || (d != 0 && in[i] % d == 0)); }))
      i++;
    return cast<int>(i);
  });
  const std::vector<int> in = {1, 2, 30, 60, 7, 31};
  expect(2, f, in, 5, 0);
  expect(5, f, in, 8, 30);
  expect(6, f, in, 100, 0);
}

TEST(StagedTypes, ComparisonUsedAsANumber) {
  const GeneratedFunction f("f",
                            [](Code, Value<int> x, Value<double> y) { return (x > 3) * 10 + (y < 0.5) - (x == y); });
  expect(11, f, 4, 0.25);
  expect(9, f, 4, 4.0);
}

TEST(StagedTypes, NumberUsedAsACondition) {
  const GeneratedFunction f("f", [](Code code, Value<int> x, Value<double> y) {
    auto result = code.variable(0);
    if (auto _ = code.when(x)) result += 1;
    if (auto _ = code.when(y)) result += 2;
    result += select(x & 4, 4, 0) + select(!y, 8, 0);
    return Value<int>(result);
  });
  expect(7, f, 4, 0.1);
  expect(8, f, 0, -0.0);
  expect(3, f, 1, std::nan(""));
}

// ---- variables

TEST(StagedTypes, ChainedAssignment) {
  const GeneratedFunction f("f", [](Code code, Value<int> x, Out<std::uint8_t> out) {
    auto a = code.variable(0), b = code.variable(0);
    a = b = x + 1;
    out[0] = out[1] = a;  // narrowed once, as in C++
    return a * 1000 + b;
  });
  std::uint8_t out[2];
  expect(301 * 1000 + 301, f, 300, out);
  EXPECT_EQ(45, out[0]);
  EXPECT_EQ(45, out[1]);
}

TEST(StagedTypes, AllCompoundAssignments) {
  const GeneratedFunction f("f", [](Code code, Value<int> x, Value<double> y) {
    auto a = code.variable(x);
    a += 7;
    a -= 2;
    a *= 3;
    a /= 2;
    a %= 100;
    a <<= 3;
    a >>= 1;
    a &= 0xff;
    a |= 0x100;
    a ^= 0x11;
    auto b = code.variable(y);
    b += 1;
    b -= a;
    b *= 2.5f;
    b /= 3;
    return b + a;
  });
  const auto plain = [](int a, double b) {
    a += 7;
    a -= 2;
    a *= 3;
    a /= 2;
    a %= 100;
    a <<= 3;
    a >>= 1;
    a &= 0xff;
    a |= 0x100;
    a ^= 0x11;
    b += 1;
    b -= a;
    b *= 2.5f;
    b /= 3;
    return b + a;
  };
  expect(plain(5, 0.1), f, 5, 0.1);
  expect(plain(1234, -7), f, 1234, -7.0);
}

TEST(StagedTypes, AutoCopiesAndExpressions) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto a = code.variable(x);
    auto copy = a;  // a variable of its own
    auto sum = a + copy;
    a = 100;
    copy += 1;
    return sum * 10000 + a * 10 + copy;
  });
  expect(6 * 10000 + 1000 + 4, f, 3);
}

// ---- types

TEST(StagedTypes, IntAndDoubleMixed) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, Value<double> x, Value<float> y) {
    auto total = code.variable(n);
    total += x * n;  // truncated, as C++ does
    return total / 2 + x / n + y * 2 - (n / 2) * 0.5;
  });
  const auto plain = [](int n, double x, float y) {
    int total = n;
    total = static_cast<int>(total + x * n);
    return total / 2 + x / n + y * 2 - (n / 2) * 0.5;
  };
  expect(plain(7, 1.37, 2.5f), f, 7, 1.37, 2.5f);
  expect(plain(-3, 0.1, 0.1f), f, -3, 0.1, 0.1f);
}

TEST(StagedTypes, SmallTypesPromoteAndWrap) {
  const GeneratedFunction f("f", [](Code code, Value<std::uint8_t> x, Out<std::uint8_t> out) {
    auto sum = code.variable(x);
    sum += 200;
    out[0] = sum;
    return x + 200 + sum + (x << 4);
  });
  std::uint8_t out[1];
  expect(100 + 200 + 44 + 1600, f, 100, out);
  EXPECT_EQ(44, out[0]);
}

TEST(StagedTypes, BitOperationsAndMathematics) {
  const GeneratedFunction f("f", [](Code, Value<unsigned> x, Value<double> y) {
    return rotate_left(x, 5) % 1000 + popcount(x) * 3 + count_leading_zeros(x) + sqrt(y) + pow(y, 0.3) + atan2(y, 2);
  });
  double (*volatile power)(double, double) = std::pow;
  double (*volatile angle)(double, double) = std::atan2;
  expect(std::rotl(0x12345u, 5) % 1000 + 21u + 15u + std::sqrt(7.5) + power(7.5, 0.3) + angle(7.5, 2), f, 0x12345u,
         7.5);
}

// ---- C++'s own types made of staged values

template <class V>
std::pair<V, V> quotient_and_remainder(V a, V b) {
  return {a / b, a % b};
}

TEST(StagedTypes, StructuredBindingOfAPair) {
  const GeneratedFunction f("f", [](Code, Value<int> x, Value<int> y) {
    const auto [quotient, remainder] = quotient_and_remainder(x, y);
    const auto [low, high] = std::minmax({3, 8});  // plain, beside it
    return quotient * 1000 + remainder * high + low;
  });
  expect(3 * 1000 + 2 * 8 + 3, f, 17, 5);
  const auto [quotient, remainder] = quotient_and_remainder(17, 5);
  EXPECT_EQ(32, quotient * 10 + remainder);
}

std::optional<Value<int>> scaled(Value<int> x, int factor) {
  if (factor == 0) return std::nullopt;
  return x * factor;
}

TEST(StagedTypes, OptionalValues) {
  const GeneratedFunction f("f", [](Code, Value<int> x, int factor) {
    const auto result = scaled(x, factor);
    return result ? *result + 1 : Value<int>(-1);
  });
  expect(22, f, 7, 3);
  expect(-1, f, 7, 0);
}

TEST(StagedTypes, ArrayOfValues) {
  const GeneratedFunction f("f", [](Code, In<int> in) {
    const std::array<Value<int>, 3> window = {in[0], in[1], in[2]};
    Value<int> sum = 0;
    return std::apply([&](const auto&... element) { return (sum + ... + (element * element)); }, window);
  });
  expect(4 + 9 + 25, f, std::vector<int>{2, 3, 5});
}

TEST(StagedTypes, VectorOfValuesAndVariables) {
  const GeneratedFunction f("f", [](Code code, In<int> in, int taps) {
    std::vector<Variable<int>> sums;
    for (int k = 0; k < taps; ++k) sums.push_back(code.variable(k));
    for (auto i : code.range(in.size()))
      for (int k = 0; k < taps; ++k) sums[static_cast<std::size_t>(k)] += in[i] * (k + 1);
    std::vector<Value<int>> results(sums.begin(), sums.end());
    auto total = code.variable(0);
    for (const auto& result : results) total = total * 100 + result;
    return Value<int>(total);
  });
  expect(60000 + 1300 + 20, f, std::vector<int>{1, 2, 3}, 3);
}

/// A type of the user's own around a staged number.
class Metres {
 public:
  explicit Metres(Value<double> value) : value_(value) {}
  Metres operator+(Metres other) const { return Metres(value_ + other.value_); }
  Metres operator*(double factor) const { return Metres(value_ * factor); }
  Value<bool> operator<(Metres other) const { return value_ < other.value_; }
  Value<double> count() const { return value_; }

 private:
  Value<double> value_;
};

TEST(StagedTypes, OwnTypesAroundValues) {
  const GeneratedFunction f("f", [](Code, Value<double> x, Value<double> y) {
    const Metres a(x), b(y);
    const Metres sum = a + b * 2;
    return select(a < b, sum.count(), -sum.count());
  });
  expect(5.0, f, 1.0, 2.0);
  expect(-4.0, f, 2.0, 1.0);
}

template <class V>
auto luminance(V r, V g, V b) {
  return (r * 299 + g * 587 + b * 114) / 1000;
}

TEST(StagedTypes, HelpersThatTakeAndReturnValues) {
  const GeneratedFunction f("f", [](Code, In<std::uint8_t> pixel) {
    const auto square = [](auto x) { return x * x; };
    return square(luminance(pixel[0], pixel[1], pixel[2])) + luminance(10, 20, 30);
  });
  expect(luminance(100, 150, 200) * luminance(100, 150, 200) + luminance(10, 20, 30), f,
         std::vector<std::uint8_t>{100, 150, 200});
}

TEST(StagedTypes, APlainVariableThatChoosesAFunctionIsNoticed) {
  const GeneratedFunction f("f", [](Code code, In<double> x) {
    auto sum = code.variable(0.0);
    int rounds = 0;
    for (auto i : code.range(x.size())) sum += rounds++ == 0 ? sin(x[i]) : cos(x[i]);
    return Value<double>(sum);
  });
  try {
    f.run_checked(std::vector<double>{1, 2});
    ADD_FAILURE() << "no error";
  } catch (const GenerationError& error) {
    EXPECT_NE(std::string::npos, std::string(error.what()).find("a plain C++ variable changes in the loop's body"))
        << error.what();
  }
}

}  // namespace
}  // namespace cogent
