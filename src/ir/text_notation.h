// How the parts of a program that need no context are written: operators and how tightly they bind, texts, bits.
#pragma once
#include <string>
#include <string_view>

#include "ir/function_names.h"
#include "ir/program.h"

namespace cogent::ir {

/// How tightly an operation holds its operands in text.
enum Binding { weakest, sum, product, tightest };

inline Binding binding_of(Op op) {
  if (op == Op::Add || op == Op::Subtract) return sum;
  if (op == Op::Multiply || is_division(op)) return product;
  if (!is_binary(op) || function_name(op) != nullptr) return tightest;
  return weakest;
}

/// The operator of a binary operation, with the spaces around it.
inline const char* symbol_of(Op op) {
  switch (op) {
    case Op::Divide:
      return " / ";
    case Op::Remainder:
      return " % ";
    case Op::Add:
      return " + ";
    case Op::Subtract:
      return " - ";
    case Op::Multiply:
      return " * ";
    case Op::And:
      return " & ";
    case Op::Or:
      return " | ";
    case Op::Xor:
      return " ^ ";
    case Op::ShiftLeft:
      return " << ";
    case Op::ShiftRight:
      return " >> ";
    case Op::Less:
      return " < ";
    case Op::LessEqual:
      return " <= ";
    case Op::Equal:
      return " == ";
    default:
      return " != ";
  }
}

/// The text in quotes, as the parser reads it.
inline std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n')
      result += "\\n";
    else
      result += c;
  }
  return result + '"';
}

/// The bits as a hexadecimal number of so many digits.
inline std::string hexadecimal(std::uint64_t bits, int digits) {
  std::string text = "0x";
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) text += "0123456789abcdef"[bits >> shift & 15];
  return text;
}

/// How an array is accessed, with a space behind.
inline const char* word_of(Access access) {
  return access == Access::In ? "in " : access == Access::Out ? "out " : "inout ";
}

}  // namespace cogent::ir
