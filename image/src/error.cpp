// Errors of pipelines: the line of the text that is wrong, and a caret below it.
#include <cogent/image/error.h>

#include <algorithm>

namespace cogent::image {
namespace {

constexpr std::size_t widest = 100;  // columns of a text that are shown

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// The characters of a text that a terminal shows as they are; others become '?', tabs spaces.
std::string printable(std::string_view text) {
  std::string shown(text);
  for (char& c : shown) {
    if (c == '\t') c = ' ';
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = '?';
  }
  return shown;
}

std::size_t columns(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues_character));
}

/// The line around `offset`, cut to what fits, and the caret line.
std::string with_caret(std::string_view text, std::size_t offset, std::size_t length) {
  offset = std::min(offset, text.size());
  const std::size_t break_before = offset == 0 ? text.npos : text.rfind('\n', offset - 1);
  std::size_t start = break_before == text.npos ? 0 : break_before + 1;
  std::size_t end = std::min(text.find('\n', offset), text.size());
  std::string before = "  ", behind;
  if (offset - start > widest / 2 && end - start > widest) {
    start = offset - widest / 2;
    while (start < offset && continues_character(text[start])) ++start;
    before += "...";
  }
  if (end - start > widest) {
    end = start + widest;
    while (end > offset && end < text.size() && continues_character(text[end])) --end;
    behind = "...";
  }
  const std::string shown = printable(text.substr(start, end - start));
  const std::size_t under = std::max<std::size_t>(columns(text.substr(offset, std::min(length, end - offset))), 1);
  const std::string spaces(before.size() + columns(text.substr(start, offset - start)), ' ');
  return before + shown + behind + "\n" + spaces + "^" + std::string(under - 1, '~');
}

}  // namespace

PipelineError::PipelineError(const std::string& message, std::string_view text, std::size_t offset, std::size_t length)
    : Error(printable(message) + "\n" + with_caret(text, offset, length), {}) {}

}  // namespace cogent::image
