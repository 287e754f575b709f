// A C++ host: makes generated functions for the C program beside it.
#include "host.h"

#include <cogent/cogent.h>

using namespace cogent;

cogent_handle* make_scaled_sum(int offset) {
  const GeneratedFunction scaled_sum(
      "scaled_sum", [](GeneratedCodeBlock& code, DynamicIn<std::int32_t> numbers, Value<double> factor, int added) {
        auto sum = code.variable(0.0);
        for (auto i : code.range(numbers.size())) sum += cast<double>(numbers[i] + added);
        return sum * factor;
      });
  return scaled_sum.make_handle({}, 0, offset).release();
}

cogent_handle* make_pick() {
  const GeneratedFunction pick(
      "pick", [](GeneratedCodeBlock&, In<std::uint8_t> bytes, Value<int> index) { return cast<int>(bytes[index]); });
  const std::uint8_t bytes[4] = {};
  return pick.make_handle(bytes, 0).release();
}
