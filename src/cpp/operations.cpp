// Arithmetic, bits, shifts, conversions: plain operators where their C++ meaning is right, else casts and helpers.
#include "cpp/operations.h"

#include <utility>

#include "cpp/operators.h"

namespace cogent::cpp {

using analysis::Range;
using analysis::range_of;
using ir::Op;
using ir::Type;

namespace {

/// Makes C++ compute in a type that holds both operands' values. (Operands are never of a wider type than `type`.)
void make_common(Type type, Fragment& a, const Fragment& b) {
  const Type common = common_type(a.type, b.type);
  if (!fits(a, common) || !fits(b, common)) a = cast(std::move(a), type);
}

Fragment plain(Op op, Fragment a, Fragment b, Type type, const Range& range) {
  return infix(std::move(a), sign_of(op), std::move(b), level_of(op), type, range);
}

Helper wrapping_helper(Op op) {
  return op == Op::Add ? Helper::WrappingAdd : op == Op::Subtract ? Helper::WrappingSubtract : Helper::WrappingMultiply;
}

/// Whether the mathematical result lies within int. For operands of less than 32 bits.
bool stays_within_int(Op op, const Fragment& a, const Fragment& b) {
  return op != Op::Multiply || a.range.high * b.range.high <= INT32_MAX;  // U16 * U16 may not
}

bool may_overflow_in_division(const Fragment& a, const Fragment& b, Type type) {
  return ir::is_signed(type) && a.range.low == range_of(type).low && b.range.contains(-1);
}

}  // namespace

Fragment Operations::binary(Op op, Type type, Fragment a, Fragment b, const Outcome& result) {
  if (ir::is_float(type)) return binary_of_floats(op, type, std::move(a), std::move(b));
  switch (op) {
    case Op::Add:
    case Op::Subtract:
    case Op::Multiply:
      return arithmetic(op, type, std::move(a), std::move(b), result);
    case Op::Divide:
    case Op::Remainder:
      return divide(op, type, std::move(a), std::move(b), result);
    case Op::Minimum:
    case Op::Maximum:
      return smaller_or_larger(op, type, std::move(a), std::move(b), result);
    case Op::And:
    case Op::Or:
    case Op::Xor:
      return bits(op, type, std::move(a), std::move(b), result);
    case Op::ShiftLeft:
      return shift_left(type, std::move(a), std::move(b), result);
    case Op::ShiftRight:
      return shift_right(type, std::move(a), std::move(b), result);
    case Op::RotateLeft:
      return rotate_left(type, std::move(a), std::move(b), result);
    default:
      return type == Type::Bool ? compare_bools(op, std::move(a), std::move(b))
                                : compare(op, type, std::move(a), std::move(b));
  }
}

Fragment Operations::wrapping(Helper helper, Type type, Fragment a, Fragment b, const Outcome& result) {
  std::string name = prelude_.use(helper);
  if (a.type != type || b.type != type) name += std::string("<") + spelling(type) + ">";
  Fragment arguments[2] = {std::move(a), std::move(b)};
  return call(std::move(name), arguments, 2, type, result.range);
}

Fragment Operations::arithmetic(Op op, Type type, Fragment a, Fragment b, const Outcome& result) {
  const Type common = common_type(a.type, b.type);
  if (!result.wraps) {
    if (!fits(a, common) || !fits(b, common) || !result.range.within(range_of(common))) a = cast(std::move(a), type);
    const Type computed = common_type(a.type, b.type);
    return plain(op, std::move(a), std::move(b), computed, result.range);
  }
  if (ir::width_of(type) < 32 && stays_within_int(op, a, b))
    return cast(plain(op, std::move(a), std::move(b), Type::I32, result.range), type, result.range);
  if (ir::is_signed(type) || ir::width_of(type) < 32)
    return wrapping(wrapping_helper(op), type, std::move(a), std::move(b), result);
  if (common != type) a = cast(std::move(a), type);
  return plain(op, std::move(a), std::move(b), type, result.range);
}

Fragment Operations::negative(Type type, Fragment a, const Outcome& result) {
  const Type computed = promoted(a.type);
  if (!result.wraps) {
    if (!result.range.within(range_of(computed))) a = cast(std::move(a), type);
    const Type negated = promoted(a.type);
    return prefix('-', std::move(a), negated, result.range);
  }
  if (ir::width_of(type) < 32) return cast(prefix('-', std::move(a), Type::I32, result.range), type, result.range);
  if (ir::is_signed(type)) return wrapping(Helper::WrappingSubtract, type, literal(0, type), std::move(a), result);
  if (computed != type) a = cast(std::move(a), type);
  return prefix('-', std::move(a), type, result.range);
}

Fragment Operations::complement(Type type, Fragment a, const Outcome& result) {
  if (a.type == Type::Bool || (ir::width_of(type) >= 32 && promoted(a.type) != type)) a = cast(std::move(a), type);
  const Type computed = promoted(a.type);
  Fragment flipped = prefix('~', std::move(a), computed, result.range);
  return computed == type || ir::is_signed(type) ? flipped : cast(std::move(flipped), type, result.range);
}

Fragment Operations::logical_not(Fragment a) { return prefix('!', std::move(a), Type::Bool, {0, 1}); }

Fragment Operations::divide(Op op, Type type, Fragment a, Fragment b, const Outcome& result) {
  make_common(type, a, b);
  Type common = common_type(a.type, b.type);
  if (may_overflow_in_division(a, b, common)) {
    const Helper helper = op == Op::Divide ? Helper::WrappingDivide : Helper::WrappingRemainder;
    return wrapping(helper, type, std::move(a), std::move(b), result);
  }
  const bool narrows = may_overflow_in_division(a, b, type);  // int8_t(-128) / -1 is the int 128
  Fragment quotient = plain(op, std::move(a), std::move(b), common, result.range);
  return narrows && op == Op::Divide ? cast(std::move(quotient), type, result.range) : quotient;
}

Fragment Operations::checked_division(Op op, Type type, Fragment a, Fragment b, int where, const Outcome& result) {
  std::string name = prelude_.use(op == Op::Divide ? Helper::Divide : Helper::Remainder);
  if (a.type != type || b.type != type) name += std::string("<") + spelling(type) + ">";
  Fragment arguments[3] = {std::move(a), std::move(b), literal(where, Type::I32)};
  return call(std::move(name), arguments, 3, type, result.range);
}

Fragment Operations::smaller_or_larger(Op op, Type type, Fragment a, Fragment b, const Outcome& result) {
  prelude_.use_header("algorithm");
  std::string name = op == Op::Minimum ? "std::min" : "std::max";
  const bool alike = a.type == b.type;
  const Type computed = alike ? a.type : type;
  if (!alike) name += std::string("<") + spelling(type) + ">";
  Fragment arguments[2] = {std::move(a), std::move(b)};
  return call(std::move(name), arguments, 2, computed, result.range);
}

Fragment Operations::clamp(Type type, Fragment value, Fragment low, Fragment high, const Outcome& result) {
  prelude_.use_header("algorithm");
  std::string name = "std::clamp";
  const bool alike = value.type == low.type && value.type == high.type;
  const Type computed = alike ? value.type : type;
  if (!alike) name += std::string("<") + spelling(type) + ">";
  Fragment arguments[3] = {std::move(value), std::move(low), std::move(high)};
  return call(std::move(name), arguments, 3, computed, result.range);
}

Fragment Operations::bits(Op op, Type type, Fragment a, Fragment b, const Outcome& result) {
  if (type == Type::Bool && op == Op::Xor) return compare_bools(Op::NotEqual, std::move(a), std::move(b));
  if (type == Type::Bool)
    return infix(std::move(a), op == Op::And ? "&&" : "||", std::move(b),
                 op == Op::And ? Level::LogicalAnd : Level::LogicalOr, Type::Bool, {0, 1});
  make_common(type, a, b);
  const Type computed = common_type(a.type, b.type);
  return plain(op, std::move(a), std::move(b), computed, result.range);
}

Fragment Operations::shift_count(Type type, Fragment count) {
  const int width = ir::width_of(type);
  if (count.is_literal) return literal(static_cast<std::int64_t>(count.range.low & (width - 1)), Type::I32);
  if (count.range.low >= 0 && count.range.high < width) return count;
  return plain(Op::And, std::move(count), literal(width - 1, Type::I32), type, {0, width - 1});
}

Fragment Operations::shift_left(Type type, Fragment a, Fragment count, const Outcome& result) {
  count = shift_count(type, std::move(count));
  const Type left = promoted(a.type);
  const bool is_exact = !result.wraps && result.range.within(range_of(left)) && count.range.high < ir::width_of(left);
  if (is_exact) return plain(Op::ShiftLeft, std::move(a), std::move(count), left, result.range);
  if (ir::width_of(type) < 32)
    return cast(plain(Op::ShiftLeft, std::move(a), std::move(count), Type::I32, result.range), type, result.range);
  if (left != type) a = cast(std::move(a), type);
  return plain(Op::ShiftLeft, std::move(a), std::move(count), type, result.range);
}

Fragment Operations::shift_right(Type type, Fragment a, Fragment count, const Outcome& result) {
  count = shift_count(type, std::move(count));
  if (count.range.high >= ir::width_of(promoted(a.type))) a = cast(std::move(a), type);
  const Type left = promoted(a.type);
  return plain(Op::ShiftRight, std::move(a), std::move(count), left, result.range);
}

Fragment Operations::select(Type type, Fragment condition, Fragment a, Fragment b, const Outcome& result) {
  Type computed = a.type;
  if (ir::is_float(type)) {
    for (Fragment* operand : {&a, &b})
      if (operand->type != type) *operand = cast(std::move(*operand), type);
    computed = type;
  } else if (a.type != b.type) {
    make_common(type, a, b);
    if (!ir::is_signed(common_type(a.type, b.type)) && promoted(a.type) != promoted(b.type)) {
      if (a.type != type) a = cast(std::move(a), type);  // compilers warn when only one of the two is unsigned
      if (b.type != type) b = cast(std::move(b), type);
    }
    computed = a.type == b.type ? a.type : common_type(a.type, b.type);
  }
  return conditional(std::move(condition), std::move(a), std::move(b), computed, result.range);
}

Fragment Operations::convert(Type to, Fragment value, Type from, const Outcome& result) {
  if (ir::is_float(to) || ir::is_float(from)) return convert_floats(to, std::move(value), from, result);
  const bool widens = range_of(value.type).within(range_of(to));
  return widens && !result.wraps ? value : cast(std::move(value), to, result.range);
}

}  // namespace cogent::cpp
