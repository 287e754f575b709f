// A program for debuggers: a generated function with a loop and a branch calls C++ that calls another generated one.
#include <cogent/cogent.h>

#include <cstdio>
#include <vector>

using namespace cogent;

namespace {

GeneratedFunction sum_squares("sum_squares", [](GeneratedCodeBlock& code, Value<int> x) -> Value<int> {
  auto sum = code.variable(0);
  for (auto i : code.range(x)) sum += i * i;
  return sum;
});

int through_c_plus_plus(int x) { return sum_squares(x) + 1; }

GeneratedFunction for_each_number("for_each_number", [](GeneratedCodeBlock& code, In<int> numbers, Out<int> results) {
  for (auto i : code.range(numbers.size())) {
    auto number = code.variable(numbers[i]);
    if (auto branch = code.when(number < 0)) {
      number = 0;
    }
    auto result = code.call(through_c_plus_plus, number);
    results[i] = result;
  }
});

}  // namespace

int main(int argc, char**) {
  const int rounds = argc > 1 ? 20'000 : 1;  // for profilers: some milliseconds
  std::vector<int> numbers(100), results(100);
  for (int i = 0; i < 100; ++i) numbers[static_cast<std::size_t>(i)] = i - 10;
  for (int round = 0; round < rounds; ++round) for_each_number(numbers, results);
  std::printf("%d\n", results[99]);
}
