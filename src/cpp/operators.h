// The operators of C++ that print an operation as it stands, and how tightly they bind.
#pragma once
#include "cpp/fragment.h"
#include "ir/program.h"

namespace cogent::cpp {

/// The operator of arithmetic, bits, shifts and comparisons.
inline const char* sign_of(ir::Op op) {
  using ir::Op;
  switch (op) {
    case Op::Add:
      return "+";
    case Op::Subtract:
      return "-";
    case Op::Multiply:
      return "*";
    case Op::Divide:
      return "/";
    case Op::Remainder:
      return "%";
    case Op::And:
      return "&";
    case Op::Or:
      return "|";
    case Op::Xor:
      return "^";
    case Op::ShiftLeft:
      return "<<";
    case Op::ShiftRight:
      return ">>";
    case Op::Less:
      return "<";
    case Op::LessEqual:
      return "<=";
    case Op::Equal:
      return "==";
    default:
      return "!=";
  }
}

/// The level of that operator.
inline Level level_of(ir::Op op) {
  using ir::Op;
  switch (op) {
    case Op::Add:
    case Op::Subtract:
      return Level::Additive;
    case Op::Multiply:
    case Op::Divide:
    case Op::Remainder:
      return Level::Multiplicative;
    case Op::And:
      return Level::BitAnd;
    case Op::Or:
      return Level::BitOr;
    case Op::Xor:
      return Level::BitXor;
    case Op::ShiftLeft:
    case Op::ShiftRight:
      return Level::Shift;
    case Op::Less:
    case Op::LessEqual:
      return Level::Relational;
    default:
      return Level::Equality;
  }
}

}  // namespace cogent::cpp
