// Numbers in texts: the shortest digits that give the same number again.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cogent::image::text {

/// The finite number at the beginning of a text; none where no number begins there. `length` becomes the number of its
/// characters, `fits` false if a double cannot hold it.
struct ScannedNumber {
  double value = 0;
  std::size_t length = 0;
  bool fits = true;
};
std::optional<ScannedNumber> scan_number(std::string_view text);

/// The shortest decimal digits that scan_number reads as this number.
std::string to_text(double number);

}  // namespace cogent::image::text
