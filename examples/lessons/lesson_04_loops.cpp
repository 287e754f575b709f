// Lesson 4: the loops of a code block, and how they are left.
#include <cogent/cogent.h>

#include <cstdio>
#include <vector>

using namespace cogent;

// The greatest common divisor: a loop with a condition that is computed before each round.
GeneratedFunction gcd("gcd", [](GeneratedCodeBlock& code, Value<int> first, Value<int> second) {
  auto a = code.variable(first), b = code.variable(second);
  for (auto _ : code.loop_while([&] { return b != 0; })) {
    auto rest = a % b;
    a = b;
    b = rest;
  }
  return a;
});

// The last index of a number, or -1: a loop downward, left by `breaks`. The C++ `break` behind it ends the recording of
// the loop's body; without it the compiler warns.
GeneratedFunction find_last("find_last", [](GeneratedCodeBlock& code, In<int> numbers, Value<int> wanted) {
  auto found = code.variable<std::int64_t>(-1);
  for (auto i : code.range(numbers.size() - 1, -1, -1)) {
    if (auto _ = code.when(numbers[i] == wanted)) {
      found = i;
      if (code.breaks()) break;
    }
  }
  return found;
});

// How many rounds it takes until the number is 1: a loop for ever, left by `returns`.
GeneratedFunction collatz("collatz", [](GeneratedCodeBlock& code, Value<std::uint64_t> start) {
  auto number = code.variable(start);
  auto rounds = code.variable(0);
  for (auto _ : code.loop()) {
    if (auto _ = code.when(number <= 1u)) code.returns(rounds);
    number = select(number % 2u == 0u, number / 2u, number * 3u + 1u);
    ++rounds;
  }
  return rounds;
});

int main() {
  const std::vector<int> numbers = {4, 7, 4, 1};
  std::printf("gcd %d\n", gcd(84, 36));
  std::printf("last 4 at %d, last 9 at %d\n", static_cast<int>(find_last(numbers, 4)),
              static_cast<int>(find_last(numbers, 9)));
  std::printf("27 takes %d rounds\n", collatz(27));
}
