// Kernels as text: in brackets, and in the forms of libvips, ImageMagick and ffmpeg.
#include "text/kernel_text.h"

#include <cmath>
#include <optional>

#include "text/numbers.h"

namespace cogent::image::text {
namespace {

bool is_size(double number) { return number >= 1 && number <= largest_kernel && number == std::floor(number); }

/// Rows that end with a line's end or a semicolon, as far as the text goes: all that all forms have in common.
struct Rows {
  std::vector<double> numbers;
  std::vector<std::size_t> ends;  // how many numbers there are at the end of each row
  bool first_is_line = false;     // the first row ends with the line
  void end_row() {
    if (numbers.size() > (ends.empty() ? 0 : ends.back())) ends.push_back(numbers.size());
  }
  std::size_t length(std::size_t row) const { return ends[row] - (row == 0 ? 0 : ends[row - 1]); }
};

void append(Rows& rows, double number, std::size_t offset) {
  constexpr std::size_t header = 4;
  if (rows.numbers.size() >= header + largest_kernel * largest_kernel)
    throw TextError{"a kernel has at most 63 rows and columns", offset, 1};
  rows.numbers.push_back(number);
}

Kernel rectangular(const Rows& rows, TextError place) {
  const auto fail = [&](std::string message) -> Kernel {
    place.message = std::move(message);
    throw place;
  };
  if (rows.ends.empty()) return fail("a kernel needs numbers: [-1 0 1; -2 0 2; -1 0 1]");
  const std::size_t width = rows.length(0), height = rows.ends.size();
  for (std::size_t row = 1; row < height; ++row) {
    if (rows.length(row) != width)
      return fail("row " + std::to_string(row + 1) + " of the kernel has " + std::to_string(rows.length(row)) +
                  " numbers, the first has " + std::to_string(width));
  }
  if (width > largest_kernel || height > largest_kernel) return fail("a kernel has at most 63 rows and columns");
  return {.width = static_cast<int>(width), .height = static_cast<int>(height), .weights = rows.numbers};
}

/// "/ 16 + 128" behind a kernel in brackets.
void scaling(Lexer& in, Kernel& kernel) {
  if (in.take_mark('/')) {
    if (in.peek().kind != TokenKind::Number) in.fail_expected("the number that divides the sum");
    if (in.peek().number == 0) throw TextError{"a kernel cannot be divided by 0", in.peek().offset, in.peek().length};
    kernel.divisor = in.take().number;
  }
  const bool minus = in.at_mark('-');
  if (in.peek().kind == TokenKind::Number) {
    if (in.peek().text[0] == '+' || in.peek().text[0] == '-') kernel.offset = in.take().number;
  } else if (in.take_mark('+') || in.take_mark('-')) {
    const bool signed_again = in.peek().text.starts_with('+') || in.peek().text.starts_with('-');
    if (in.peek().kind != TokenKind::Number || signed_again) in.fail_expected("the number to add");
    kernel.offset = minus ? -in.take().number : in.take().number;
  }
}

Rows rows_of_lines(std::string_view text) {
  Rows rows;
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == ';' || c == '\n') {
      rows.end_row();
      if (rows.ends.size() == 1 && c == '\n') rows.first_is_line = true;
    } else if (const auto number = scan_number(text.substr(at))) {
      if (!number->fits) throw TextError{"this number is too large or too small", at, number->length};
      append(rows, number->value, at);
      at += number->length;
      if (at < text.size() && std::string_view(" \t\r\n,;").find(text[at]) == std::string_view::npos)
        throw TextError{"expected a space, ',' or ';' behind the number", at, 1};
      continue;
    } else if (std::string_view(" \t\r,").find(c) == std::string_view::npos) {
      throw TextError{"expected a number of the kernel", at, 1};
    }
    ++at;
  }
  rows.end_row();
  return rows;
}

/// libvips's matrix: "width height [scale [offset]]" on the first line, then so many rows of so many numbers. A text
/// that could be both is this rather than a kernel with that first row.
std::optional<Kernel> libvips_matrix(const Rows& rows) {
  if (!rows.first_is_line || rows.ends.size() < 2 || rows.length(0) < 2 || rows.length(0) > 4) return std::nullopt;
  const std::vector<double>& numbers = rows.numbers;
  const std::size_t header = rows.length(0);
  if (!is_size(numbers[0]) || !is_size(numbers[1])) return std::nullopt;
  if (static_cast<double>(rows.ends.size() - 1) != numbers[1]) return std::nullopt;
  for (std::size_t row = 1; row < rows.ends.size(); ++row)
    if (static_cast<double>(rows.length(row)) != numbers[0]) return std::nullopt;
  Kernel kernel{.width = static_cast<int>(numbers[0]), .height = static_cast<int>(numbers[1])};
  kernel.weights.assign(numbers.begin() + static_cast<std::ptrdiff_t>(header), numbers.end());
  if (header > 2) kernel.divisor = numbers[2];
  if (header > 3) kernel.offset = numbers[3];
  if (kernel.divisor == 0) throw TextError{"the scale of a kernel cannot be 0", 0, 1};
  return kernel;
}

/// ffmpeg's list of the numbers of a square with an odd side, with spaces between them.
std::optional<Kernel> ffmpeg_square(const Rows& rows) {
  if (rows.ends.size() != 1) return std::nullopt;
  const auto side = static_cast<int>(std::lround(std::sqrt(static_cast<double>(rows.numbers.size()))));
  if (side % 2 == 0 || static_cast<std::size_t>(side * side) != rows.numbers.size() || side > largest_kernel)
    return std::nullopt;
  return Kernel{.width = side, .height = side, .weights = rows.numbers};
}

/// ImageMagick's "3x3: 1,2,1 ..." or "3: ..."; "-" and "nan" stand for what is not part of the kernel.
Kernel imagemagick(std::string_view text, std::size_t colon) {
  const std::string_view size = text.substr(0, colon);
  const auto fail_size = [&]() -> Kernel {
    throw TextError{"expected the kernel's size before ':', as in 3x3", 0, std::max<std::size_t>(colon, 1)};
  };
  const auto width = scan_number(size);
  if (!width || !is_size(width->value)) return fail_size();
  double height = width->value;
  if (width->length < size.size() && size[width->length] == 'x') {
    const auto scanned = scan_number(size.substr(width->length + 1));
    if (!scanned || !is_size(scanned->value) || width->length + 1 + scanned->length != size.size()) return fail_size();
    height = scanned->value;
  } else if (width->length != size.size()) {
    return fail_size();
  }
  std::string values(text.substr(colon + 1));
  for (std::size_t at = 0; at < values.size(); ++at) {
    const bool alone = at + 1 == values.size() || std::string_view(" \t\r\n,").find(values[at + 1]) != values.npos;
    if (values.compare(at, 3, "nan") == 0) values.replace(at, 3, "0  ");
    if (values[at] == '-' && alone) values[at] = '0';
  }
  Rows rows;
  try {
    rows = rows_of_lines(values);
  } catch (TextError& error) {
    error.offset += colon + 1;
    throw;
  }
  if (static_cast<double>(rows.numbers.size()) != width->value * height)
    throw TextError{"the kernel has " + std::to_string(rows.numbers.size()) + " numbers, its size says " +
                        to_text(width->value * height),
                    0, text.size()};
  return {.width = static_cast<int>(width->value), .height = static_cast<int>(height), .weights = rows.numbers};
}

}  // namespace

Kernel parse_bracketed(Lexer& in) {
  const std::size_t start = in.peek().offset;
  in.expect_mark('[', "'['");
  Rows rows;
  std::size_t last_end = in.peek().offset;
  bool first = true;
  while (!in.at_mark(']')) {
    if (in.take_mark(';')) {
      rows.end_row();
      first = true;
      continue;
    }
    if (!first && in.take_mark(',')) first = true;
    if (in.peek().kind != TokenKind::Number) in.fail_expected("a number of the kernel, ';' or ']'");
    if (!first && in.peek().offset == last_end)
      throw TextError{"expected a space, ',' or ';' behind the number", in.peek().offset, 1};
    append(rows, in.peek().number, in.peek().offset);
    last_end = in.peek().offset + in.peek().length;
    first = false;
    in.take();
  }
  rows.end_row();
  Kernel kernel = rectangular(rows, {.offset = start, .length = in.peek().offset + 1 - start});
  in.expect_mark(']', "']'");
  scaling(in, kernel);
  return kernel;
}

Kernel parse_kernel_text(std::string_view text) {
  if (const std::size_t start = text.find_first_not_of(" \t\r\n"); start != text.npos && text[start] == '[') {
    Lexer in(text);
    Kernel kernel = parse_bracketed(in);
    if (in.peek().kind != TokenKind::End) in.fail_expected("the end of the kernel");
    return kernel;
  }
  if (const std::size_t colon = text.find(':'); colon != text.npos) return imagemagick(text, colon);
  const Rows rows = rows_of_lines(text);
  if (auto kernel = libvips_matrix(rows)) return *std::move(kernel);
  if (auto kernel = ffmpeg_square(rows)) return *std::move(kernel);
  return rectangular(rows, {.offset = 0, .length = std::max<std::size_t>(text.size(), 1)});
}

std::string to_text(const Kernel& kernel) {
  std::string text = "[";
  for (int row = 0; row < kernel.height; ++row) {
    if (row > 0) text += "; ";
    for (int column = 0; column < kernel.width; ++column)
      text += (column > 0 ? " " : "") + to_text(kernel.at(row, column));
  }
  text += ']';
  if (kernel.divisor != 1) text += " / " + to_text(kernel.divisor);
  if (kernel.offset != 0) text += (kernel.offset < 0 ? " - " : " + ") + to_text(std::abs(kernel.offset));
  return text;
}

}  // namespace cogent::image::text
