// Breaks long lines at the soft space that costs least, and indents.
#include "cpp/layout.h"

#include <algorithm>

namespace cogent::cpp {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Where to break the line that begins `text`, of which `room` characters fit: among the soft spaces that fit, the last
/// one of those in the fewest parentheses. The first of all when none fits.
std::size_t find_break(std::string_view text, std::size_t room) {
  std::size_t best = npos;
  int depth = 0, best_cost = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > room && best != npos) break;
    const char c = text[i];
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (c != soft_space) continue;
    const bool is_early = i * 3 < room;  // a break that leaves most of the line empty is a last resort
    const bool is_in_product = i > 0 && (text[i - 1] == '*' || text[i - 1] == '/' || text[i - 1] == '%');
    const int cost = 2 * depth + (is_in_product ? 1 : 0) + (is_early ? 1000 : 0);
    if (best != npos && cost > best_cost) continue;
    best = i;
    best_cost = cost;
  }
  return best;
}

}  // namespace

std::string break_lines(std::string_view text, int indent, int columns) {
  std::string result;
  std::size_t room = static_cast<std::size_t>(std::max(20, columns - indent));
  const std::size_t continued = static_cast<std::size_t>(std::max(20, columns - indent - 4));
  while (text.size() > room) {
    const std::size_t at = find_break(text, room);
    if (at == npos) break;
    result += text.substr(0, at);
    result += '\n';
    result.append(static_cast<std::size_t>(indent) + 4, ' ');
    text.remove_prefix(at + 1);
    room = continued;
  }
  result += text;
  std::replace(result.begin(), result.end(), soft_space, ' ');
  return result;
}

void Lines::append(std::string_view lines) {
  text_ += lines;
  origins_.insert(origins_.end(), static_cast<std::size_t>(std::ranges::count(lines, '\n')), origin_);
}

void Lines::add(std::string_view text) {
  const int indent = 2 * depth_;
  append(std::string(static_cast<std::size_t>(indent), ' ') + break_lines(text, indent) + '\n');
}

void Lines::open(std::string_view text) {
  add(text);
  ++depth_;
}

void Lines::close(std::string_view text) {
  --depth_;
  add(text);
}

void Lines::turn(std::string_view text) {
  --depth_;
  open(text);
}

void Lines::comment(std::string_view text) {
  std::string safe = "// ";
  for (const char c : text) safe += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  while (safe.back() == ' ' || safe.back() == '\\') safe.pop_back();  // a backslash would continue the comment
  append(std::string(static_cast<std::size_t>(2 * depth_), ' ') + safe + '\n');
}

}  // namespace cogent::cpp
