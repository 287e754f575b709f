// Features 1 to 11 and 38: control flow that a C++ programmer expects to be able to say. Each function is run checked:
// plain, interpreted and as machine code.
#include <gtest/gtest.h>

#include <cogent/cogent.h>
#include <array>
#include <vector>

namespace cogent {
namespace {

GeneratedFunction digits("digits", [](GeneratedCodeBlock& code, Value<int> number) {
  auto count = code.variable(0);
  auto rest = code.variable(number);
  for (auto _ : code.loop()) {  // do ... while (rest != 0)
    ++count;
    rest /= 10;
    if (auto _ = code.when(rest == 0))
      if (code.breaks()) break;
  }
  return count;
});

TEST(Features, DoWhile) {
  EXPECT_EQ(digits.run_checked(0), 1);
  EXPECT_EQ(digits.run_checked(1234), 4);
}

GeneratedFunction vowels("vowels", [](GeneratedCodeBlock& code, In<char> text) {
  auto words = code.variable(0);
  auto at = code.variable(std::int64_t{0});
  for (int state : code.states(2, 0)) {  // 0: between words, 1: in a word
    if (auto _ = code.when(at == text.size())) {
      if (code.leave()) break;
    }
    auto letter = text[at];
    ++at;
    if (auto _ = code.when(letter == ' ')) {
      if (code.go(0)) continue;
    }
    if (state == 0) ++words;
    if (code.go(1)) continue;
  }
  return words;
});

TEST(Features, JumpsBetweenStates) {
  const std::string text = "  three small  words ";
  EXPECT_EQ(vowels.run_checked(text), 3);
}

GeneratedFunction choose("choose", [](GeneratedCodeBlock& code, Value<int> which) {
  auto result = code.variable(-1);
  for (int plain : code.cases(which, {1, 5, 70})) result = plain * plain;
  return result;
});

TEST(Features, SwitchOnARunTimeValue) {
  EXPECT_EQ(choose.run_checked(5), 25);
  EXPECT_EQ(choose.run_checked(70), 4900);
  EXPECT_EQ(choose.run_checked(6), -1);
}

GeneratedFunction first_power_above("first_power_above", [](GeneratedCodeBlock& code, Value<int> limit) {
  auto power = code.variable(1);
  for (auto _ : code.loop()) {
    if (auto _ = code.when(power > limit))
      if (code.breaks()) break;
    power *= 2;
  }
  return power;
});

TEST(Features, EndlessLoopWithBreak) {
  EXPECT_EQ(first_power_above.run_checked(100), 128);
  EXPECT_EQ(first_power_above.run_checked(0), 1);
}

GeneratedFunction sum_of_odd("sum_of_odd", [](GeneratedCodeBlock& code, In<int> numbers) {
  auto sum = code.variable(0);
  for (auto i : code.range(numbers.size())) {
    if (auto _ = code.when(numbers[i] % 2 == 0))
      if (code.continues()) continue;
    sum += numbers[i];
  }
  return sum;
});

TEST(Features, Continue) {
  const std::vector<int> numbers = {1, 2, 3, 4, -5};
  EXPECT_EQ(sum_of_odd.run_checked(numbers), -1);
}

GeneratedFunction divisors("divisors", [](GeneratedCodeBlock& code, Value<int> last) {
  auto sum = code.variable(0);
  for (auto n : code.range(2, last)) {
    for (auto d : code.range(2, last)) {
      if (auto _ = code.when(n % d == 0)) {
        sum += d;  // the smallest divisor
        if (code.breaks()) break;
      }
    }
  }
  return sum;
});

TEST(Features, BreakFromAnInnerLoop) { EXPECT_EQ(divisors.run_checked(10), 2 + 3 + 2 + 5 + 2 + 7 + 2 + 3); }

GeneratedFunction find_pair("find_pair", [](GeneratedCodeBlock& code, In<int> numbers, Value<int> sum) {
  for (auto i : code.range(numbers.size()))
    for (auto j : code.range(i))
      if (auto _ = code.when(numbers[i] + numbers[j] == sum)) code.returns(i * 100 + j);
  return Value<std::int64_t>(std::int64_t{-1});
});

TEST(Features, ReturnFromNestedLoops) {
  const std::vector<int> numbers = {1, 5, 9, 20};
  EXPECT_EQ(find_pair.run_checked(numbers, 25), 301);
  EXPECT_EQ(find_pair.run_checked(numbers, 3), -1);
}

GeneratedFunction grade("grade", [](GeneratedCodeBlock& code, Value<int> points) {
  auto mark = code.variable('F');
  if (auto _ = code.when(points >= 90)) mark = 'A';
  if (auto _ = code.otherwise_when(points >= 80)) mark = 'B';
  if (auto _ = code.otherwise_when(points >= 70)) mark = 'C';
  if (auto _ = code.otherwise()) mark = 'D';
  return mark;
});

TEST(Features, ElseIfChain) {
  EXPECT_EQ(grade.run_checked(95), 'A');
  EXPECT_EQ(grade.run_checked(85), 'B');
  EXPECT_EQ(grade.run_checked(70), 'C');
  EXPECT_EQ(grade.run_checked(0), 'D');
}

GeneratedFunction pick("pick", [](GeneratedCodeBlock&, Value<int> x) {
  return select(x < 0, 0, x) + select(x > 5, x, 7) + select(x == 1, 10, 20);
});

TEST(Features, SelectBetweenValuesAndLiterals) {
  EXPECT_EQ(pick.run_checked(-3), 0 + 7 + 20);
  EXPECT_EQ(pick.run_checked(1), 1 + 7 + 10);
  EXPECT_EQ(pick.run_checked(9), 9 + 9 + 20);
}

GeneratedFunction both("both", [](GeneratedCodeBlock&, In<int> numbers, Value<int> index, Value<int> divisor) {
  return index < numbers.size() && numbers[index] > 0 && numbers[index] / divisor > 1;
});

TEST(Features, ShortCircuitAnd) {
  const std::vector<int> numbers = {0, 10};
  EXPECT_FALSE(both.run_checked(numbers, 5, 0));  // neither the index nor the divisor matters
  EXPECT_FALSE(both.run_checked(numbers, 0, 0));
  EXPECT_TRUE(both.run_checked(numbers, 1, 5));
  EXPECT_THROW(both.run_checked(numbers, 1, 0), RunTimeError);
}

GeneratedFunction either("either", [](GeneratedCodeBlock&, Value<int> a, Value<int> b) { return b == 0 || a / b > 3; });

TEST(Features, ShortCircuitOr) {
  EXPECT_TRUE(either.run_checked(1, 0));
  EXPECT_TRUE(either.run_checked(8, 2));
  EXPECT_FALSE(either.run_checked(6, 2));
}

GeneratedFunction weights("weights", [](GeneratedCodeBlock& code, InOut<int> numbers, std::vector<int> factors) {
  for (int factor : factors)  // a plain loop: the generated one is there once for each factor
    for (auto i : code.range(numbers.size())) numbers[i] = numbers[i] * factor + 1;
});

TEST(Features, PlainLoopAroundStagedCode) {
  std::vector<int> numbers = {1, 2};
  weights.run_checked(numbers, {2, 3});
  EXPECT_EQ(numbers, (std::vector{10, 16}));
}

}  // namespace
}  // namespace cogent
