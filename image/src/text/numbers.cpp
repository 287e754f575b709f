// Numbers in texts: the shortest digits that give the same number again.
#include "text/numbers.h"

#include <array>
#include <charconv>

namespace cogent::image::text {

std::optional<ScannedNumber> scan_number(std::string_view text) {
  const bool plus = text.starts_with('+');
  const std::string_view digits = text.substr(plus ? 1 : 0);
  const std::size_t first = !plus && digits.starts_with('-') ? 1 : 0;
  const std::size_t start = first + (digits.substr(first).starts_with('.') ? 1 : 0);
  if (start >= digits.size() || digits[start] < '0' || digits[start] > '9') return std::nullopt;  // nor inf nor nan
  ScannedNumber number;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number.value);
  number.length = static_cast<std::size_t>(end - digits.data()) + (plus ? 1 : 0);
  number.fits = error == std::errc();
  return number;
}

std::string to_text(double number) {
  std::array<char, 32> digits;
  const auto [end, error] = std::to_chars(digits.begin(), digits.end(), number);
  return {digits.begin(), end};
}

}  // namespace cogent::image::text
