// Shortest digits come from the standard library.
#include "ir/number_text.h"

#include <bit>
#include <charconv>
#include <cmath>

namespace cogent::ir {
namespace {

template <class Float>
std::string shortest(Float value) {
  if (std::isnan(value)) return "nan";
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  std::string text(digits, end);
  const bool is_whole = text.find_first_not_of("-0123456789") == std::string::npos;
  return is_whole ? text + ".0" : text;
}

}  // namespace

std::string number_text(std::int64_t canonical, Type type) {
  if (type == Type::F32) return shortest(std::bit_cast<float>(static_cast<std::uint32_t>(canonical)));
  if (type == Type::F64) return shortest(std::bit_cast<double>(canonical));
  return type == Type::U64 ? std::to_string(static_cast<std::uint64_t>(canonical)) : std::to_string(canonical);
}

}  // namespace cogent::ir
