// Every kind of operation carries the line of the user's source on which it stands, on both compilers: shown by the
// lines of printed sources.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cogent {
namespace {

using Code = GeneratedCodeBlock&;
using Numbers = std::vector<int>;

/// Each fault's line tells the line of one kind of operation: the call must fail there.
template <class Function, class... A>
void expect_line(int line, const Function& function, const A&... arguments) {
  for (const bool plain : {false, true}) {
    try {
      plain ? (void)function.run_plain(arguments...) : (void)function(arguments...);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error& error) {
      EXPECT_EQ(static_cast<std::uint32_t>(line), error.position().line) << error.what();
      EXPECT_EQ(__FILE__, error.position().file);
    }
  }
}

TEST(Lines, OfReads) {
  const GeneratedFunction f("f", [](Code code, DynamicIn<int> in, Value<int> at) {
    auto sum = code.variable(0);
    sum += in[at];
    return sum;
  });
  expect_line(__LINE__ - 3, f, Numbers(2), 5);
}

TEST(Lines, OfWritesAndCompoundAssignments) {
  const GeneratedFunction write("f", [](Code, DynamicOut<int> out, Value<int> at) {
    auto x = at + 1;
    out[at] = x;
  });
  Numbers numbers(2);
  expect_line(__LINE__ - 3, write, std::span(numbers), 5);
  const GeneratedFunction add("f", [](Code, DynamicOut<int> out, Value<int> at) {
    auto x = at + 1;
    out[at] += x;
  });
  expect_line(__LINE__ - 2, add, std::span(numbers), 5);
}

TEST(Lines, OfDivisions) {
  const GeneratedFunction binary("f", [](Code, Value<int> a, Value<int> b) {
    auto c = a + 1;
    auto d = c / b;
    return d + 1;
  });
  expect_line(__LINE__ - 3, binary, 1, 0);
  const GeneratedFunction plain_left("f", [](Code, Value<int> b) {
    auto d = 100 % b;
    return d + 1;
  });
  expect_line(__LINE__ - 3, plain_left, 0);
  const GeneratedFunction compound("f", [](Code code, Value<int> b) {
    auto d = code.variable(5);
    d /= b;
    d += 1;
    return d;
  });
  expect_line(__LINE__ - 4, compound, 0);
}

TEST(Lines, OfRequirementsAndSteps) {
  const GeneratedFunction require("f", [](Code code, Value<int> b) {
    auto c = b + 1;
    code.require(c > 1, "more");
    return c + 1;
  });
  expect_line(__LINE__ - 3, require, 0);
  const GeneratedFunction step("f", [](Code code, Value<int> b) {
    auto c = code.variable(0);
    for (auto i : code.range(0, 5, b)) c += i;
    return c;
  });
  expect_line(__LINE__ - 3, step, 0);
}

// The comment before each statement of a printed source quotes the user's line.
TEST(Lines, OfEveryStatement) {
  const GeneratedFunction f("f", [](Code code, InOut<int> data, Value<int> x) {
    auto total = code.variable(0);                           // declares
    for (auto i : code.range(data.size())) {                 // loops
      if (auto _ = code.when(data[i] < x))                   // branches
        total -= data[i];                                    // subtracts
      if (auto _ = code.otherwise()) total = min(total, x);  // takes the smaller
      data[i] ^= x;                                          // changes an element
      ++total;                                               // counts
      if (auto _ = code.when(total == 77))
        if (code.breaks()) break;  // leaves
    }
    return clamp(total, -9, 900);  // bounds
  });
  Numbers data(4);
  const std::string source = f.get_source({.with_lines = true}, data, 3);
  for (const char* mark : {"// declares", "// loops", "// branches", "// subtracts", "// takes the smaller",
                           "// changes an element", "// counts", "// leaves", "// bounds"})
    EXPECT_NE(std::string::npos, source.find(mark)) << mark << "\n" << source;
}

TEST(Lines, NamesOfParametersVariablesAndIndexesAreTheUsers) {
  const GeneratedFunction f("weigh", [](Code code, In<int> weights, Value<int> scale) {
    auto total = code.variable(0);
    for (auto position : code.range(weights.size())) total += weights[position] * scale;
    return total;
  });
  const std::string source = f.get_source(Numbers(4), 3);
  for (const char* name : {"weigh(", "weights", "scale", "total", "position"})
    EXPECT_NE(std::string::npos, source.find(name)) << name << "\n" << source;
}

}  // namespace
}  // namespace cogent
