// Comparisons: of values of equal signedness, the constant on the right, and none that compilers warn of.
#include <utility>

#include "cpp/operations.h"
#include "cpp/operators.h"

namespace cogent::cpp {

using analysis::Range;
using analysis::range_of;
using ir::Op;
using ir::Type;

namespace {

/// The operator of a comparison, or that of its sides exchanged.
const char* sign_of(Op op, bool is_swapped) {
  if (is_swapped && op == Op::Less) return ">";
  if (is_swapped && op == Op::LessEqual) return ">=";
  return cpp::sign_of(op);
}

const char* function_of(Op op) {
  switch (op) {
    case Op::Less:
      return "std::cmp_less";
    case Op::LessEqual:
      return "std::cmp_less_equal";
    case Op::Equal:
      return "std::cmp_equal";
    default:
      return "std::cmp_not_equal";
  }
}

/// Whether the answer is the same for all values in the ranges.
bool is_decided(Op op, const Range& a, const Range& b) {
  if (op == Op::Less) return a.high < b.low || a.low >= b.high;
  if (op == Op::LessEqual) return a.high <= b.low || a.low > b.high;
  return a.high < b.low || b.high < a.low;
}

/// What the expression's type alone says, seen through a cast that only widens.
Range range_by_type(const Fragment& value) {
  if (value.is_literal) return value.range;
  const Range range = range_of(value.type), before = range_of(value.cast_from);
  return value.is_cast && value.cast_from != Type::Void && before.within(range) ? before : range;
}

/// Whether a signed value that was cast to a wider unsigned type cannot have become the constant.
bool is_out_of_reach(const Fragment& value, const Fragment& constant) {
  if (!value.is_cast || !ir::is_signed(value.cast_from) || ir::is_signed(value.type)) return false;
  const analysis::Wide modulus = range_of(value.type).high + 1, wanted = constant.range.low;
  const Range before = range_of(value.cast_from);
  return !before.contains(wanted) && !before.contains(wanted - modulus);
}

/// Whether (x | mask) or (x & mask) cannot be the constant.
bool is_masked_out(const Fragment& value, const Fragment& constant) {
  const std::int64_t wanted = static_cast<std::int64_t>(constant.range.low);
  return (value.sign == "|" && (value.mask & ~wanted) != 0) || (value.sign == "&" && (wanted & ~value.mask) != 0);
}

/// Whether compilers would say that the comparison always gives the same.
bool looks_pointless(Op op, const Fragment& a, const Fragment& b) {
  if (a.text == b.text) return true;
  if (a.is_literal == b.is_literal) return false;
  const Fragment &value = a.is_literal ? b : a, &constant = a.is_literal ? a : b;
  const bool is_equality = op == Op::Equal || op == Op::NotEqual;
  // Of bitwise operations compilers know the sign of what small unsigned operands become.
  const bool is_bitwise = value.sign == "^" || value.sign == "|" || value.sign == "&";
  return is_decided(op, range_by_type(a), range_by_type(b)) || (is_bitwise && is_decided(op, a.range, b.range)) ||
         (is_equality && (is_out_of_reach(value, constant) || is_masked_out(value, constant)));
}

bool is_signed_operand(const Fragment& value) {
  if (value.is_literal && value.range.low >= 0) return false;
  return ir::is_signed(promoted(value.type)) && (ir::is_signed(value.type) || value.level != Level::Primary);
}

}  // namespace

// Written with b first where `is_swapped`, and where only a is a constant.
Fragment Operations::compare(Op op, Type type, Fragment a, Fragment b, bool is_swapped) {
  is_swapped = is_swapped || (a.is_literal && !b.is_literal);
  const bool is_pointless = looks_pointless(op, a, b);
  for (Fragment* operand : {&a, &b})
    if (operand->type == Type::Bool) *operand = cast(std::move(*operand), type);
  if (is_pointless) {
    prelude_.use_header("utility");
    Fragment arguments[2] = {std::move(a), std::move(b)};
    return call(function_of(op), arguments, 2, Type::Bool, {0, 1});
  }
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
  // Compilers take an order of truth values, and a comparison with itself, for a mistake.
  if (op == Op::Less || op == Op::LessEqual || a.text == b.text)
    return compare(op, Type::I32, cast(std::move(a), Type::I32), cast(std::move(b), Type::I32));
  return infix(std::move(a), cpp::sign_of(op), std::move(b), level_of(op), Type::Bool, {0, 1});
}

}  // namespace cogent::cpp
