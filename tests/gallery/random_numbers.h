// Random inputs for the gallery's tests; equal seeds give equal numbers.
#pragma once

#include <random>
#include <vector>

namespace gallery_test {

template <class T>
std::vector<T> random_numbers(std::size_t count, int lowest, int highest, int seed) {
  std::mt19937 generator(seed);
  std::uniform_int_distribution<int> distribution(lowest, highest);
  std::vector<T> numbers(count);
  for (T& number : numbers) number = static_cast<T>(distribution(generator));
  return numbers;
}

}  // namespace gallery_test
