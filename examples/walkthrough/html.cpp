// The smallest pieces of an HTML page.
#include "html.h"

#include <cmath>
#include <cstdio>

namespace walkthrough {
namespace {

std::string with_digits(double number, int after_point) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", std::max(0, after_point), number);
  return text;
}

int digits_before_point(double number) { return number < 1 ? 1 : static_cast<int>(std::log10(number)) + 1; }

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string base64(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  result.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t present = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) group = group << 8 | (j < present ? bytes[i + j] : 0);
    for (std::size_t j = 0; j < 4; ++j) result += j <= present ? digits[group >> (18 - 6 * j) & 63] : '=';
  }
  return result;
}

std::string time_text(double microseconds) {
  if (microseconds < 1) return with_digits(microseconds * 1000, 0) + " ns";
  if (microseconds < 1000) return with_digits(microseconds, 3 - digits_before_point(microseconds)) + " µs";
  const double milliseconds = microseconds / 1000;
  return with_digits(milliseconds, 3 - digits_before_point(milliseconds)) + " ms";
}

std::string factor_text(double factor) { return with_digits(factor, 2 - digits_before_point(factor)); }

}  // namespace walkthrough
