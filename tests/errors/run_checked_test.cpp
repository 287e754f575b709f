// What run_checked and re-staging find: C++'s control flow where code's was meant, and what C++ would call undefined.
#include <vector>

#include "errors/expect_error.h"

namespace cogent::errors {
namespace {

using Code = GeneratedCodeBlock&;
using Numbers = std::vector<int>;

TEST(RunChecked, CppElseAfterWhen) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto result = code.variable(0);
    if (auto _ = code.when(x > 3)) {
      result = 1;
    } else {
      result = 2;
    }
    return result;
  });
  expect_generation_error(
      [&] { f.run_checked(5); },
      {"a C++ else does not belong to code.when; write  if (auto _ = code.otherwise())", __LINE__ - 6});
}

TEST(RunChecked, FindsAnUncheckedIndexThatIsWrong) {
  const int line = __LINE__ + 2;
  const GeneratedFunction f(
      "f", [](Code code, In<int> in, Value<int> at) { return code.unchecked([&] { return in[at]; }); });
  const Numbers in = {1, 2, 3};
  EXPECT_EQ(3, f(in, 2));
  EXPECT_EQ(3, f.run_checked(in, 2));
  const auto expect_error = [&](auto run) {
    expect_run_time_error(run, {"index 3 is outside of in, which has 3 elements", line});
  };
  expect_error([&] { f.run_checked(in, 3); });
  expect_error([&] { f.run_plain(in, 3); });
}

TEST(RunChecked, CppContinueInAWhen) {
  const GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out) {
    for (auto i : code.range(in.size())) {
      if (auto _ = code.when(in[i] < 0)) {
        continue;
      }
      out[i] = in[i];
    }
  });
  Numbers out(3);
  expect_generation_error([&] { f.run_checked(Numbers{1, -2, 3}, out); },
                          {"a C++ return, break or continue in a block of code.when(...)", __LINE__ - 5});
}

// Recording notices it by itself where the result is made in the block.
TEST(RunChecked, CppReturnInAWhen) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) -> Value<int> {
    if (auto _ = code.when(x > 3)) return x * 2;
    return x;
  });
  const char* const words = "a C++ return in a block of code.when(...) ends the body while it is generated";
  expect_generation_error([&] { f.run_checked(5); }, {words, __LINE__ - 4});
  expect_generation_error([&] { f(1); }, {words, __LINE__ - 5});
}

TEST(RunChecked, CppReturnOfAnEarlierValueInAWhen) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) -> Value<int> {
    auto doubled = x * 2;
    if (auto _ = code.when(x > 3)) return doubled;
    return x + 1;
  });
  expect_generation_error(
      [&] { f.run_checked(5); },
      {"a plain C++ variable changes in that block, or a C++ return left it; use code.variable(...) or write  "
       "code.returns(...)"});
}

TEST(RunChecked, ResultsThatAreMadeInNoBlock) {
  const GeneratedFunction again("again", [](Code code, Value<int> x, Out<int> out) {
    if (auto _ = code.when(x > 3)) out[0] = x * 2;
    return x * 2;
  });
  const GeneratedFunction before("before", [](Code code, Value<int> x, Out<int> out) {
    auto doubled = x * 2;
    if (auto _ = code.when(x > 3)) out[0] = x * 2;
    return doubled;
  });
  const GeneratedFunction variable("variable", [](Code code, Value<int> x, Out<int> out) {
    auto result = code.variable(x);
    if (auto _ = code.when(x > 3)) {
      result *= 2;
      out[0] = result;
    }
    return result;
  });
  Numbers out(1);
  EXPECT_EQ(again.run_checked(5, out), 10);
  EXPECT_EQ(before.run_checked(5, out), 10);
  EXPECT_EQ(variable.run_checked(5, out), 10);
  EXPECT_EQ(variable.run_checked(2, out), 2);
}

TEST(RunChecked, CppBreakOfAPlainLoopInAWhen) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto result = code.variable(0);
    for (int k = 0; k < 4; ++k) {
      if (auto _ = code.when(x == k)) {
        result = k;
        break;
      }
    }
    return result;
  });
  expect_generation_error([&] { f.run_checked(2); },
                          {"a C++ return, break or continue in a block of code.when(...)", __LINE__ - 8});
}

TEST(RunChecked, CppContinueOfAPlainLoopInAWhen) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto result = code.variable(0);
    for (int k = 0; k < 4; ++k) {
      if (auto _ = code.when(x == k)) continue;
      result += 1 << k;
    }
    return result;
  });
  expect_generation_error([&] { f.run_checked(2); },
                          {"a C++ return, break or continue in a block of code.when(...)", __LINE__ - 5});
}

TEST(RunChecked, PlainCounterChangedInALoop) {
  const GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out) {
    int count = 0;
    for (auto i : code.range(in.size())) {
      out[i] = in[i] + count;
      ++count;
    }
  });
  Numbers out(3);
  expect_generation_error(
      [&] { f.run_checked(Numbers(3), out); },
      {"a plain C++ variable changes in the loop's body, which is generated only once", __LINE__ - 7});
}

TEST(RunChecked, PlainCounterChangedInAWhen) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    int count = 0;
    auto result = code.variable(0);
    if (auto _ = code.when(x > 3)) ++count;
    result += count;
    return result;
  });
  expect_generation_error([&] { f.run_checked(1); }, {"a plain C++ variable changes in that block", __LINE__ - 3});
}

TEST(RunChecked, PlainCounterInAnInnerLoop) {
  const GeneratedFunction f("f", [](Code code, In<int> in, Out<int> out) {
    for (auto i : code.range(in.size())) {
      int count = 0;
      for (auto j : code.range(3)) {
        out[i] += j * count;
        ++count;
      }
    }
  });
  Numbers out(3);
  expect_generation_error([&] { f.run_checked(Numbers(3), out); },
                          {"a plain C++ variable changes in the loop's body", __LINE__ - 7});
}

TEST(RunChecked, FindsNothingInLocalMemoryMadeBehindAWhen) {
  const GeneratedFunction f("f", [](Code code, Value<int> x) {
    auto sum = code.variable(0);
    if (auto _ = code.when(x > 3)) {
      sum = 1;
      sum += x * 2;
    }
    auto memory = code.scratch(4, 7);
    memory[x & 3] = sum;
    return memory[1] + memory[2];
  });
  EXPECT_EQ(7 + 11, f.run_checked(5));
  EXPECT_EQ(7 + 0, f.run_checked(2));
}

TEST(RunChecked, SignedOverflow) {
  const GeneratedFunction f("f", [](Code, Value<int> x, Value<int> y) { return x * y; });
  expect_check_error([&] { f.run_checked(100'000, 100'000); }, {"in C++ this would be undefined", __LINE__ - 1});
  EXPECT_EQ(6, f.run_checked(2, 3));
  EXPECT_EQ(1410065408, f(100'000, 100'000));
  EXPECT_EQ(1410065408, f.run_plain(100'000, 100'000));
}

TEST(RunChecked, ShiftByTooMuch) {
  const GeneratedFunction f("f", [](Code, Value<int> x, Value<int> y) { return x >> y; });
  expect_check_error([&] { f.run_checked(8, 33); }, {"a shift by too much", __LINE__ - 1});
  EXPECT_EQ(4, f(8, 33));
  EXPECT_EQ(4, f.run_plain(8, 33));
}

int state_of_the_world = 0;

TEST(RunChecked, BodyThatIsDifferentEachTime) {
  const GeneratedFunction f("f", [](Code, Value<int> x) { return x + state_of_the_world++; });
  EXPECT_THROW(f.run_checked(5), CheckError);
}

// What is behind a loop must not tell how often its body was generated, whatever the data: here both runs agree.
TEST(RunChecked, FindsACounterThatIsReadBehindItsLoop) {
  const GeneratedFunction behind_range("f", [](GeneratedCodeBlock& code, In<int> a, Out<int> b) {
    int count = 0;
    for (auto i : code.range(a.size())) {
      count += 1;
      b[i] = a[i];
    }
    b[0] = count;
  });
  const std::vector<int> a(1);
  std::vector<int> b(1);
  expect_generation_error([&] { behind_range.run_checked(a, b); },
                          {"this depends on how often the body of the loop before it is generated", __LINE__ - 5});
  const GeneratedFunction behind_while("f", [](GeneratedCodeBlock& code, Value<int> x) {
    int count = 0;
    auto i = code.variable(0);
    for (auto _ : code.loop_while([&] { return i < x; })) {
      i += 1;
      ++count;
    }
    return i + count;
  });
  expect_generation_error([&] { behind_while.run_checked(1); }, {"how often the body of the loop before it"});
  const GeneratedFunction behind_cases("f", [](GeneratedCodeBlock& code, Value<int> x) {
    int count = 0;
    auto result = code.variable(0);
    for (int c : code.cases(x, {7})) {
      result = c;
      ++count;
    }
    return result + count;
  });
  expect_generation_error([&] { behind_cases.run_checked(7); }, {"how often the body of the loop before it"});
}

TEST(RunChecked, FindsAFlagThatALoopSets) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock& code, In<int> a, Out<int> b) {
    bool any = false;
    for (auto i : code.range(a.size())) {
      b[i] = a[i];
      any = true;
    }
    if (any) b[0] = 1;
  });
  const std::vector<int> a(3);
  std::vector<int> b(3);
  expect_generation_error([&] { f.run_checked(a, b); }, {"or a loop's body before it is generated", __LINE__ - 4});
}

TEST(RunChecked, FindsNothingInLoopsThatAreNotEntered) {
  const GeneratedFunction f("f", [](GeneratedCodeBlock& code, In<int> a) {
    auto sum = code.variable(0);
    for (auto i : code.range(a.size()).named("outer")) {
      for (auto _ : code.loop()) {
        sum += a[i];
        if (auto b = code.when(sum > 10)) {
          if (code.breaks("outer")) break;
        }
        if (auto b = code.when(sum > 3)) {
          if (code.breaks()) break;
        }
        sum += 1;
      }
      if (code.left()) continue;
    }
    for (auto _ : code.loop_while([&] { return sum > 5; })) sum -= 2;
    return sum;
  });
  EXPECT_EQ(f.run_checked(std::vector<int>{1, 2, 3}), f.run_plain(std::vector<int>{1, 2, 3}));
}

}  // namespace
}  // namespace cogent::errors
