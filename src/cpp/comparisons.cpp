// Comparisons: of values of equal signedness, the constant on the right, and none that compilers call pointless.
#include <optional>
#include <utility>

#include "cpp/operations.h"

namespace cogent::cpp {

using analysis::Range;
using analysis::range_of;
using ir::Op;
using ir::Type;

namespace {

const char* sign_of(Op op, bool is_swapped) {
  switch (op) {
    case Op::Less:
      return is_swapped ? ">" : "<";
    case Op::LessEqual:
      return is_swapped ? ">=" : "<=";
    case Op::Equal:
      return "==";
    default:
      return "!=";
  }
}

Level level_of(Op op) { return op == Op::Equal || op == Op::NotEqual ? Level::Equality : Level::Relational; }

/// The answer when it is the same for all values in the ranges.
std::optional<bool> decide(Op op, const Range& a, const Range& b) {
  const bool apart = a.high < b.low || b.high < a.low;
  if (op == Op::Less && (a.high < b.low || a.low >= b.high)) return a.high < b.low;
  if (op == Op::LessEqual && (a.high <= b.low || a.low > b.high)) return a.high <= b.low;
  if (op == Op::Equal && apart) return false;
  if (op == Op::NotEqual && apart) return true;
  return std::nullopt;
}

bool is_signed_operand(const Fragment& value) {
  if (value.is_literal && value.range.low >= 0) return false;
  return ir::is_signed(promoted(value.type)) && (ir::is_signed(value.type) || value.level != Level::Primary);
}

}  // namespace

Fragment Operations::compare(Op op, Type type, Fragment a, Fragment b) {
  const bool is_swapped = a.is_literal && !b.is_literal;
  if (a.is_literal || b.is_literal) {  // decided by the type of the other one alone: compilers would warn
    const Range left = a.is_literal ? a.range : range_of(a.type), right = b.is_literal ? b.range : range_of(b.type);
    if (const auto answer = decide(op, left, right)) return literal(*answer, Type::Bool);
  }
  for (Fragment* operand : {&a, &b})
    if (operand->type == Type::Bool) *operand = cast(std::move(*operand), type);
  if (!ir::is_signed(common_type(a.type, b.type)))
    for (Fragment* operand : {&a, &b})
      if (is_signed_operand(*operand)) *operand = cast(std::move(*operand), type);
  if (const Type common = common_type(a.type, b.type); !fits(a, common) || !fits(b, common))
    a = cast(std::move(a), type);
  if (is_swapped) std::swap(a, b);
  return infix(std::move(a), sign_of(op, is_swapped), std::move(b), level_of(op), Type::Bool, {0, 1});
}

Fragment Operations::compare_bools(Op op, Fragment a, Fragment b) {
  if (op == Op::Equal && b.is_literal) return b.range.low != 0 ? a : logical_not(std::move(a));
  if (op == Op::NotEqual && b.is_literal) return b.range.low != 0 ? logical_not(std::move(a)) : a;
  if (op == Op::Less || op == Op::LessEqual)  // compilers take an order of truth values for a mistake
    for (Fragment* operand : {&a, &b}) *operand = cast(std::move(*operand), Type::I32);
  return infix(std::move(a), sign_of(op, false), std::move(b), level_of(op), Type::Bool, {0, 1});
}

}  // namespace cogent::cpp
