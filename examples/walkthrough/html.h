// The smallest pieces of an HTML page.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace walkthrough {

// Text as the content or attribute of an element.
std::string escaped(std::string_view text);

std::string base64(std::span<const std::uint8_t> bytes);

// Three significant digits, in ns, µs or ms.
std::string time_text(double microseconds);

// "312 times", "1.4 times": two digits, or all before the point.
std::string factor_text(double factor);

}  // namespace walkthrough
