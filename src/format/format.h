// The format strings of code.print: a subset of {fmt}'s, parsed and checked once, applied to values in slots.
#pragma once
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "ir/type.h"

namespace cogent::format {

/// What is wrong with a format, in words.
struct FormatError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// {index:fill align sign # 0 width .precision type}
struct Spec {
  std::string fill = " ";  // one character, perhaps of several bytes
  char align = 0;          // < > ^, or 0: numbers to the right, others to the left
  char sign = '-';         // - + or space
  bool alternate = false;  // #
  bool zero = false;       // zeros after the sign up to the width, unless there is an alignment
  int width = 0;
  int precision = -1;  // -1: none
  char type = 0;       // d x X o b B c  e E f F g G a A  s, or 0
};

/// Text, then a field; the last piece has none.
struct Piece {
  std::string text;
  bool has_field = false;
  std::size_t argument = 0;
  Spec spec{};
};

/// Splits a format, with {{ and }} as braces, and checks each field against the type of its argument; `argument_types`
/// empty: for anything. Throws FormatError.
std::vector<Piece> parse(std::string_view text, std::span<const ir::Type> argument_types);
/// Checks one field.
void check(const Spec& spec, ir::Type type);

/// Appends a value in its canonical form.
void append(std::string& out, const Spec& spec, ir::Type type, std::uint64_t value);
/// Appends a text: cut to the precision, filled up to the width.
void append(std::string& out, const Spec& spec, std::string_view text);
/// All pieces with the values of their arguments.
std::string format(std::span<const Piece> pieces, std::span<const ir::Type> types, const std::uint64_t* values);

/// How many characters the pieces are at most, where each field is an integer in plain decimal; else 0.
std::size_t most_plain_characters(std::span<const Piece> pieces, std::span<const ir::Type> types);
/// Writes such pieces to memory that has room for so many characters, and gives their end.
char* write_plain(char* to, std::span<const Piece> pieces, std::span<const ir::Type> types,
                  const std::uint64_t* values);

/// The format that parse() turns into these pieces.
std::string to_text(std::span<const Piece> pieces);
std::string to_text(const Spec& spec);

}  // namespace cogent::format
