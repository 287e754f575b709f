// Reads the text form of a program (described in ir/text.h).
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

#include "ir/program.h"

namespace cogent::ir {

/// What the text lacks and where: "3:14: expected ']', found 'step'".
struct ParseError : std::runtime_error {
  ParseError(int line, int column, const std::string& message)
      : std::runtime_error(std::to_string(line) + ":" + std::to_string(column) + ": " + message),
        line(line),
        column(column) {}
  int line, column;
};

/// The program as written: equal pure values become one node, but nothing is folded or forwarded. Operands, types and
/// links are checked while reading; order (verifier rules 13, 15 and 16) is not. Throws ParseError. A line `@n` for
/// which the text has no place gets one in an unnamed file.
Program parse(std::string_view text);

}  // namespace cogent::ir
