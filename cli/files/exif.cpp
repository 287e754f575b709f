// Blocks of EXIF, as cameras put them into pictures.
#include "files/exif.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace cogent::cli {
namespace {

using Bytes = std::span<unsigned char>;

bool begins_with(Bytes bytes, std::string_view text) {
  return bytes.size() >= text.size() && std::equal(text.begin(), text.end(), bytes.begin());
}

std::uint32_t number(Bytes bytes, bool big_end_first) {
  std::uint32_t value = 0;
  for (std::size_t k = 0; k < bytes.size(); ++k) value = value << 8 | bytes[big_end_first ? k : bytes.size() - 1 - k];
  return value;
}

}  // namespace

void drop_thumbnail(Bytes exif) {
  constexpr std::string_view name("Exif\0\0", 6);
  const Bytes block = begins_with(exif, name) ? exif.subspan(name.size()) : exif;
  const bool big_end_first = begins_with(block, "MM");
  if (block.size() < 8 || (!big_end_first && !begins_with(block, "II"))) return;
  const std::size_t directory = number(block.subspan(4, 4), big_end_first);
  if (directory + 2 > block.size()) return;
  const std::size_t next = directory + 2 + std::size_t{12} * number(block.subspan(directory, 2), big_end_first);
  if (next + 4 <= block.size()) std::ranges::fill(block.subspan(next, 4), static_cast<unsigned char>(0));
}

}  // namespace cogent::cli
