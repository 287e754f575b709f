// Writes values: digits first, then sign and prefix, then fill.
#include "format/format.h"

#include <algorithm>
#include <bit>
#include <charconv>

namespace cogent::format {
namespace {

struct Number {
  std::string prefix;  // the sign, 0x
  std::string digits;
  bool takes_zeros = true;  // not infinity and NaN
};

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

void pad(std::string& out, const Spec& spec, std::string_view text, char usual_align) {
  const std::size_t size = characters(text), width = static_cast<std::size_t>(spec.width);
  const std::size_t missing = width > size ? width - size : 0;
  const char align = spec.align != 0 ? spec.align : usual_align;
  const std::size_t before = align == '<' ? 0 : align == '>' ? missing : missing / 2;
  for (std::size_t i = 0; i < before; ++i) out += spec.fill;
  out += text;
  for (std::size_t i = before; i < missing; ++i) out += spec.fill;
}

void append_number(std::string& out, const Spec& spec, Number number) {
  if (spec.zero && spec.align == 0 && number.takes_zeros) {
    const std::size_t size = number.prefix.size() + number.digits.size(), width = static_cast<std::size_t>(spec.width);
    if (size < width) number.digits.insert(0, width - size, '0');
  }
  pad(out, spec, number.prefix + number.digits, '>');
}

std::string sign_of(const Spec& spec, bool is_negative) {
  return is_negative ? "-" : spec.sign == '-' ? "" : std::string(1, spec.sign);
}

void make_upper(std::string& text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
}

Number number_of(const Spec& spec, bool is_negative, std::uint64_t magnitude) {
  int base = 10;
  std::string prefix;
  if (spec.type == 'x' || spec.type == 'X') base = 16, prefix = std::string("0") + spec.type;
  if (spec.type == 'o') base = 8, prefix = magnitude == 0 ? "" : "0";
  if (spec.type == 'b' || spec.type == 'B') base = 2, prefix = std::string("0") + spec.type;
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, magnitude, base).ptr;
  Number number{sign_of(spec, is_negative) + (spec.alternate ? prefix : ""), std::string(digits, end)};
  if (spec.type == 'X') make_upper(number.digits);
  return number;
}

void append_integer(std::string& out, const Spec& spec, ir::Type type, std::uint64_t value) {
  if (spec.type == 'c') {
    const char character = static_cast<char>(value);
    return pad(out, spec, {&character, 1}, '<');
  }
  const bool is_negative = ir::is_signed(type) && static_cast<std::int64_t>(value) < 0;
  append_number(out, spec, number_of(spec, is_negative, is_negative ? 0 - value : value));
}

std::chars_format format_of(char lower) {
  return lower == 'e'   ? std::chars_format::scientific
         : lower == 'f' ? std::chars_format::fixed
         : lower == 'a' ? std::chars_format::hex
                        : std::chars_format::general;
}

template <class T>
std::string digits_of(const Spec& spec, T magnitude) {
  const char lower = spec.type >= 'A' && spec.type <= 'Z' ? static_cast<char>(spec.type - 'A' + 'a') : spec.type;
  char digits[1500];  // 309 digits and a precision of at most 1000
  char* const last = digits + sizeof digits;
  const bool needs_precision = lower == 'e' || lower == 'f' || lower == 'g';
  const int precision = spec.precision >= 0 ? spec.precision : needs_precision ? 6 : -1;
  const auto end = precision >= 0 ? std::to_chars(digits, last, magnitude, format_of(lower), precision).ptr
                   : lower == 'a' ? std::to_chars(digits, last, magnitude, std::chars_format::hex).ptr
                                  : std::to_chars(digits, last, magnitude).ptr;
  std::string text(digits, end);
  const bool has_point = text.find('.') != text.npos;
  if (spec.alternate && !has_point) text.insert(std::min(text.find(lower == 'a' ? 'p' : 'e'), text.size()), ".");
  return text;
}

template <class T>
void append_float(std::string& out, const Spec& spec, T value) {
  const bool has_sign = std::bit_cast<std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>>(value) < 0;
  const bool is_negative = has_sign && value == value;  // the sign of a NaN is unspecified, so it is not printed
  Number number{sign_of(spec, is_negative), {}};
  const T magnitude = is_negative ? -value : value;
  number.takes_zeros = magnitude - magnitude == 0;
  number.digits = magnitude != magnitude ? "nan" : !number.takes_zeros ? "inf" : digits_of(spec, magnitude);
  if (number.takes_zeros && (spec.type == 'a' || spec.type == 'A')) number.prefix += "0x";
  if (spec.type >= 'A' && spec.type <= 'Z') {
    make_upper(number.prefix);
    make_upper(number.digits);
  }
  append_number(out, spec, number);
}

constexpr std::size_t longest_number = 20;  // of 64 bits, with its sign

bool is_plain_integer(const Spec& spec, ir::Type type) {
  const bool is_decimal = (spec.type == 0 && type != ir::Type::Bool) || spec.type == 'd';
  return is_decimal && !ir::is_float(type) && spec.width == 0 && spec.sign == '-';
}

}  // namespace

void append(std::string& out, const Spec& spec, ir::Type type, std::uint64_t value) {
  if (type == ir::Type::F32) return append_float(out, spec, std::bit_cast<float>(static_cast<std::uint32_t>(value)));
  if (type == ir::Type::F64) return append_float(out, spec, std::bit_cast<double>(value));
  if (type == ir::Type::Bool && (spec.type == 0 || spec.type == 's'))
    return pad(out, spec, value ? "true" : "false", '<');
  append_integer(out, spec, type, value);
}

void append(std::string& out, const Spec& spec, std::string_view text) {
  if (spec.precision >= 0) {
    std::size_t bytes = 0;
    for (int left = spec.precision; bytes < text.size(); ++bytes)
      if ((static_cast<unsigned char>(text[bytes]) & 0xC0) != 0x80 && left-- == 0) break;
    text = text.substr(0, bytes);
  }
  pad(out, spec, text, '<');
}

std::string format(std::span<const Piece> pieces, std::span<const ir::Type> types, const std::uint64_t* values) {
  std::string text;
  for (const Piece& piece : pieces) {
    text += piece.text;
    if (piece.has_field) append(text, piece.spec, types[piece.argument], values[piece.argument]);
  }
  return text;
}

std::size_t most_plain_characters(std::span<const Piece> pieces, std::span<const ir::Type> types) {
  std::size_t count = 0;
  for (const Piece& piece : pieces) {
    count += piece.text.size();
    if (!piece.has_field) continue;
    if (!is_plain_integer(piece.spec, types[piece.argument])) return 0;
    count += longest_number;
  }
  return count;
}

char* write_plain(char* to, std::span<const Piece> pieces, std::span<const ir::Type> types,
                  const std::uint64_t* values) {
  for (const Piece& piece : pieces) {
    to = std::copy(piece.text.begin(), piece.text.end(), to);
    if (!piece.has_field) continue;
    const std::uint64_t value = values[piece.argument];
    to = ir::is_signed(types[piece.argument])
             ? std::to_chars(to, to + longest_number, static_cast<std::int64_t>(value)).ptr
             : std::to_chars(to, to + longest_number, value).ptr;
  }
  return to;
}

}  // namespace cogent::format
