// Counting bytes: the index of a bin comes from the data, and the type of the data proves that it lies in bounds.
#include <cogent/cogent.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string_view>
#include <vector>

namespace natural {

void histogram(std::span<const std::uint8_t> data, std::span<int> bins) {
  for (int i = 0; i < std::ssize(data); ++i) ++bins[data[i]];
}

void lookup(std::span<const std::uint8_t> data, std::span<std::uint8_t> result, std::span<const std::uint8_t> table) {
  for (int i = 0; i < std::ssize(data); ++i) result[i] = table[data[i]];
}

}  // namespace natural

using namespace cogent;

GeneratedFunction histogram("histogram", [](GeneratedCodeBlock& code, In<std::uint8_t> data, InOut<int> bins) {
  for (auto i : code.range(std::ssize(data))) ++bins[data[i]];
});

GeneratedFunction lookup("lookup", [](GeneratedCodeBlock& code, In<std::uint8_t> data, Out<std::uint8_t> result,
                                      In<std::uint8_t> table) {
  for (auto i : code.range(std::ssize(data))) result[i] = table[data[i]];
});

int main() {
  constexpr std::string_view text = "a loop that counts the letters of a text";
  const std::vector<std::uint8_t> data(text.begin(), text.end());
  std::array<int, 256> bins{};
  histogram(data, bins);
  std::printf("%d spaces, %d times t\n\n%s", bins[' '], bins['t'], histogram.get_source(data, bins).c_str());
  return 0;
}
