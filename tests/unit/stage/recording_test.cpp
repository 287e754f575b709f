// What each construct records, as the text of the program tells; and the user's lines.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using Numbers = std::vector<int>;

/// The statements of a recorded program without its first and last line.
std::string body_of(const std::string& program) {
  const std::size_t begin = program.find('\n') + 1;
  return program.substr(begin, program.rfind("}\n") - begin);
}

TEST(Recording, SignatureOfEveryKindOfParameter) {
  const GeneratedFunction f("kinds", [](Code, In<std::uint8_t>, Out<bool>, InOut<std::int64_t>, DynamicIn<std::int16_t>,
                                        Value<std::uint32_t> x, int) { return x; });
  bool flags[2] = {};
  std::vector<std::int64_t> wide(4);
  const std::string text =
      f.get_program(std::vector<std::uint8_t>(3), flags, wide, std::vector<std::int16_t>(5), 1u, 9);
  EXPECT_EQ(
      "program \"kinds\"(in u8[3] a0, out bool[2] a1, inout i64[4] a2, in i16[?] a3, u32 p4, static) -> u32 {\n"
      "  return p4\n"
      "}\n",
      text);
}

TEST(Recording, VariablesForwardTheirLastValue) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto y = code.variable(x);
    y += 2;
    y *= 3;
    return y;
  });
  EXPECT_EQ(
      "  v0 = var p0\n"
      "  %1 = p0 + 2\n"
      "  v0 = %1\n"
      "  %2 = %1 * 3\n"
      "  v0 = %2\n"
      "  return %2\n",
      body_of(f.get_program(1)));
}

TEST(Recording, UncheckedAccesses) {
  const GeneratedFunction f("f", [](Code code, InOut<int> data, Value<int> i) {
    const auto element = code.unchecked([&] {
      data[0] = 5;
      return data[i];
    });
    data[1] += element;
  });
  Numbers data(3);
  EXPECT_EQ(
      "  a0[0] = 5 unchecked\n"
      "  let %1 = a0[i64(p1)] unchecked\n"
      "  let %2 = a0[1]\n"
      "  a0[1] = %2 + %1\n",
      body_of(f.get_program(data, 1)));
  EXPECT_EQ(std::string::npos, f.get_source(data, 1).find("fault"));
}

TEST(Recording, AssignmentToAnElementReadsNothing) {
  const GeneratedFunction f("f", [](Code, InOut<int> data) {
    data[0] = 5;
    data[1] = data[2];
  });
  Numbers data(3);
  EXPECT_EQ(
      "  a0[0] = 5\n"
      "  let %1 = a0[2]\n"
      "  a0[1] = %1\n",
      body_of(f.get_program(data)));
}

TEST(Recording, CompoundAssignmentToAnElementReadsItOnce) {
  const GeneratedFunction f("f", [](Code, InOut<int> data) { data[1] += 5; });
  Numbers data(3);
  EXPECT_EQ(
      "  let %1 = a0[1]\n"
      "  a0[1] = %1 + 5\n",
      body_of(f.get_program(data)));
}

TEST(Recording, ConstantsFoldAndCppRunsAtOnce) {
  const GeneratedFunction f("f", [](Code code, Value<int> x, int n) {
    auto sum = code.variable(0);
    for (int i = 0; i < n; ++i) sum += i;
    if (n > 2) sum += x * 1;
    return sum;
  });
  EXPECT_EQ("6", body_of(f.get_program(1, 4)).substr(body_of(f.get_program(1, 4)).rfind("= p0 + ") + 7, 1));
  EXPECT_EQ(std::string::npos, f.get_program(1, 2).find("p0 "));
}

TEST(Recording, LoopsAndBranches) {
  const GeneratedFunction f("f", [](Code code, Value<int> n, Out<int> out) {
    for (auto i : code.range(10, n, -2)) {
      if (auto _ = code.when(i == 4)) {
        if (code.continues()) continue;
      }
      if (auto _ = code.otherwise()) {
        if (code.breaks()) break;
      }
      out[i] = 1;
    }
  });
  Numbers out(20);
  EXPECT_EQ(
      "  L1: for %1 = 10i32 to p0 step -2 {\n"
      "    if %1 == 4 {\n"
      "      continue L1\n"
      "    } else {\n"
      "      break L1\n"
      "    }\n"
      "    a0[i64(%1)] = 1\n"
      "  }\n",
      body_of(f.get_program(1, out)));
}

TEST(Recording, CommentsRequirementsAndReturns) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    code.comment("first");
    code.require(x > 0, "positive");
    if (auto _ = code.when(x > 5)) code.returns(x + 1);
    return x;
  });
  const std::string text = f.get_program(1);
  EXPECT_NE(std::string::npos, text.find("first"));
  EXPECT_NE(std::string::npos, text.find("\"positive\""));
  EXPECT_NE(std::string::npos, text.find("return p0 + 1"));
  EXPECT_EQ(7, f.run_checked(6));
}

TEST(Recording, AnUnrolledLoopThatNothingLeavesIsNoBlock) {
  const GeneratedFunction f("f", [](Code code, Out<int> out) {
    for (int k : code.unroll(2)) out[k] = k;
  });
  Numbers out(2);
  EXPECT_EQ("  a0[0] = 0\n  a0[1] = 1\n", body_of(f.get_program(out)));
}

TEST(Recording, RightSideOfAndIsMovedIntoABranch) {
  const GeneratedFunction f(
      "f", [](Code, DynamicIn<int> in, Value<std::int64_t> at) { return at < in.size() && in[at] == 3; });
  const std::string text = body_of(f.get_program(Numbers(2), 1));
  const std::size_t branch = text.find("if "), load = text.find("let %");
  ASSERT_NE(std::string::npos, branch);
  ASSERT_NE(std::string::npos, load);
  EXPECT_LT(branch, load);
}

TEST(Recording, RightSideThatCannotFailIsASelection) {
  const GeneratedFunction f("f", [](Code, Value<int> x, Value<int> y) { return x > 3 && y > 4; });
  EXPECT_EQ(std::string::npos, f.get_program(1, 2).find("if "));
  EXPECT_TRUE(f.run_checked(4, 5));
  EXPECT_FALSE(f.run_checked(4, 4));
}

// ---- variables are C++ variables

TEST(Variables, CopiesAreNewVariables) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto first = code.variable(x);
    auto second = first;
    second += 1;
    auto third = code.variable(second);
    third = first;
    first = 100;
    return first * 1'000'000 + second * 1000 + third;
  });
  EXPECT_EQ(100'004'003, f.run_checked(3));
}

TEST(Variables, SwapAndChainedAssignment) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto a = code.variable(x), b = code.variable(20), c = code.variable(0);
    std::swap(a, b);
    c = b = b + 1;
    return a * 10'000 + b * 100 + c;
  });
  EXPECT_EQ(200'808, f.run_checked(7));
}

TEST(Variables, AssignmentThroughSmallerTypes) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto small = code.variable<std::uint8_t>(x);
    auto wide = code.variable(std::int64_t{0});
    wide = small = x + 1;
    return wide;
  });
  EXPECT_EQ(1, f.run_checked(256));
}

TEST(Variables, ElementsAssignedFromElements) {
  const GeneratedFunction f("f", [](Code, InOut<int> data) {
    data[0] = data[1] = data[2];
    data[3] = data[0];
  });
  Numbers data = {1, 2, 3, 4};
  f.run_checked(data);
  EXPECT_EQ((Numbers{3, 3, 3, 3}), data);
}

TEST(Variables, ArraysOfVariablesAndValues) {
  const GeneratedFunction f("f", [](Code code, In<int> in) {
    std::array<Value<int>, 3> values = {in[0], in[1], in[2]};
    std::vector<Variable<int>> sums;
    for (int k = 0; k < 3; ++k) sums.push_back(code.variable(k));
    for (auto i : code.range(in.size()))
      for (std::size_t k = 0; k < 3; ++k) sums[k] += values[k] * cast<int>(i);
    return sums[0] + sums[1] * 100 + sums[2] * 10000;
  });
  EXPECT_EQ(3 + (1 + 2 * 3) * 100 + (2 + 3 * 3) * 10000, f.run_checked(Numbers{1, 2, 3}));
}

/// A helper that serves plain numbers and staged ones.
template <class T>
auto distance(const T& a, const T& b) {
  return max(a, b) - min(a, b);
}

TEST(Variables, HelperTemplates) {
  const GeneratedFunction f("f",
                            [](Code, Value<int> x, Value<int> y, int z) { return distance(x, y) + distance(z, 3); });
  EXPECT_EQ(7, f.run_checked(2, 7, 5));
}

}  // namespace
}  // namespace cogent
