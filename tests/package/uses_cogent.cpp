// A program of a user's project: generates functions, calls them, meets an error, and answers whether all went right.
// With the argument "without-onetbb" the library must have been built so.
#include <cogent/cogent.h>

#include <numeric>
#include <string_view>
#include <vector>

cogent::Value<int> power(cogent::GeneratedCodeBlock& code, cogent::Value<int> x, int n) {
  auto result = code.variable(1);
  for (int i = 0; i < n; ++i) result *= x;
  return result;
}

cogent::GeneratedFunction doubled("doubled", [](cogent::GeneratedCodeBlock& code, cogent::InOut<int> numbers) {
  for (auto i : code.range(numbers.size()).parallel()) numbers[i] = numbers[i] * 2;
});

cogent::GeneratedFunction pick("pick", [](cogent::GeneratedCodeBlock&, cogent::In<int> numbers, cogent::Value<int> i) {
  return numbers[i] + 0;
});

// The message of an error that the library throws, which must be found by its type.
std::string_view error_of(const std::vector<int>& numbers, int index) {
  try {
    pick(numbers, index);
  } catch (const cogent::RunTimeError& error) {
    return error.array();
  }
  return "";
}

int main(int count, char** arguments) {
  const bool wants_onetbb = count < 2 || std::string_view(arguments[1]) != "without-onetbb";
  if (!wants_onetbb && cogent::onetbb_executor() != nullptr) return 1;
  cogent::GeneratedFunction fast_power("power", power);
  if (fast_power(3, 5) != 243) return 2;
  std::vector<int> numbers(100'000, 21);
  doubled(numbers);
  if (std::accumulate(numbers.begin(), numbers.end(), 0) != 4'200'000) return 3;
  return error_of(numbers, 100'000) == "numbers" && error_of(numbers, 1).empty() ? 0 : 4;
}
