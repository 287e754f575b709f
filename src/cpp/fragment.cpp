// Composes expression text: parentheses, literals, casts, calls.
#include "cpp/fragment.h"

#include <algorithm>
#include <utility>

#include "cpp/layout.h"
#include "ir/number_text.h"

namespace cogent::cpp {

using analysis::Range;
using ir::Type;

namespace {

void parenthesize(Fragment& value) {
  value.text.insert(0, 1, '(');
  value.text += ')';
  value.sign = {};
  value.level = Level::Primary;
  ++value.nesting;
}

bool is_bitwise(Level level) { return level >= Level::BitOr && level <= Level::BitAnd; }

/// Whether an operand needs parentheses beside an operator. Beyond precedence, mixtures that readers mistake (and
/// compilers warn of) get them: && within ||, arithmetic within shifts, anything within bit operations.
bool needs_parentheses(const Fragment& operand, Level level, bool is_right) {
  if (operand.level == Level::Primary) return false;
  if (operand.level == level) {
    const bool associates = is_bitwise(level) || level == Level::LogicalAnd || level == Level::LogicalOr;
    const bool chains = level == Level::Additive || level == Level::Multiplicative;
    return !associates && !(chains && !is_right);
  }
  if (operand.level < level) return true;
  if (operand.level == Level::Unary) return operand.text[0] == '!' && level >= Level::BitOr;
  if (level == Level::LogicalOr) return operand.level == Level::LogicalAnd;
  if (is_bitwise(level) || level == Level::Shift) return true;
  if (level == Level::Equality) return operand.level == Level::Relational || operand.level == Level::Shift;
  return level == Level::Relational && operand.level == Level::Shift;
}

std::string signed_literal(std::int64_t value, Fragment& result) {
  if (value == INT64_MIN) return "INT64_MIN";
  if (value == INT32_MIN) return "INT32_MIN";
  if (value < 0) result.level = Level::Unary;
  return std::to_string(value);
}

Fragment float_literal(std::int64_t canonical, Type type) {
  Fragment result;
  result.is_literal = true;
  result.type = type;
  if (is_spelled_by_bits(canonical, type)) {
    const std::string bits = "uint" + std::to_string(ir::width_of(type)) + "_t{" +
                             std::to_string(static_cast<std::uint64_t>(canonical)) + "u}";
    result.text = std::string("std::bit_cast<") + spelling(type) + ">(" + bits + ")";
    return result;
  }
  result.text = ir::number_text(canonical, type);
  if (type == Type::F32) result.text += 'f';
  if (result.text[0] == '-') result.level = Level::Unary;
  return result;
}

}  // namespace

const char* spelling(Type type) { return type == Type::I32 ? "int" : ir::name_of(type); }

Type promoted(Type type) { return ir::width_of(type) < 32 ? Type::I32 : type; }

Type common_type(Type a, Type b) {
  a = promoted(a);
  b = promoted(b);
  if (a == b) return a;
  if (ir::width_of(a) != ir::width_of(b)) return ir::width_of(a) > ir::width_of(b) ? a : b;
  return ir::is_signed(a) ? b : a;
}

bool fits(const Fragment& value, Type type) { return value.range.within(analysis::range_of(type)); }

Fragment literal(std::int64_t canonical, Type type) {
  if (ir::is_float(type)) return float_literal(canonical, type);
  Fragment result;
  result.is_literal = true;
  const analysis::Wide value = analysis::value_of(canonical, type);
  result.range = {value, value};
  if (type == Type::Bool) {
    result.text = canonical != 0 ? "true" : "false";
    result.type = type;
  } else if (type == Type::U32 || type == Type::U64) {
    result.text = std::to_string(static_cast<std::uint64_t>(canonical)) + "u";
    result.type = value <= UINT32_MAX ? Type::U32 : Type::U64;
  } else {
    result.type = value >= INT32_MIN && value <= INT32_MAX ? Type::I32 : Type::I64;
    result.text = signed_literal(canonical, result);
  }
  return result;
}

bool is_spelled_by_bits(std::int64_t canonical, Type type) {
  return ir::is_float(type) && ir::number_text(canonical, type).find_first_of("0123456789") == std::string::npos;
}

Fragment named(std::string name, Type type, const Range& range) {
  Fragment result;
  result.text = std::move(name);
  result.type = type;
  result.range = range;
  return result;
}

Fragment cast(Fragment value, Type type) {
  const Range range = value.range;
  return cast(std::move(value), type, range);
}

Fragment cast(Fragment value, Type type, const Range& range) {
  const std::string opening = std::string("static_cast<") + spelling(type) + ">(";
  value.text.insert(0, opening);
  value.text += ')';
  if (value.is_cast) value.sign = {};
  value.is_cast = true;
  value.cast_from = value.type;
  for (std::size_t* place : {&value.left_begin, &value.left_end, &value.right_begin, &value.right_end})
    *place += opening.size();
  value.level = Level::Primary;
  ++value.nesting;
  value.type = type;
  value.range = range;
  value.is_literal = false;
  return value;
}

Fragment infix(Fragment a, std::string_view sign, Fragment b, Level level, Type type, const Range& range) {
  const bool parenthesized_left = needs_parentheses(a, level, false);
  const bool parenthesized_right = needs_parentheses(b, level, true);
  if (parenthesized_left) parenthesize(a);
  if (parenthesized_right) parenthesize(b);
  a.left_begin = parenthesized_left ? 1 : 0;
  a.left_end = a.text.size() - a.left_begin;
  a.text += ' ';
  a.text += sign;
  a.text += soft_space;
  a.right_begin = a.text.size() + (parenthesized_right ? 1 : 0);
  a.text += b.text;
  a.right_end = a.text.size() - (parenthesized_right ? 1 : 0);
  a.sign = sign;
  a.mask = b.is_literal ? static_cast<std::int64_t>(b.range.low) : 0;
  a.is_cast = false;
  a.level = level;
  a.type = type;
  a.range = range;
  a.operators += b.operators + 1;
  a.nesting = std::max(a.nesting, b.nesting);
  a.is_literal = false;
  return a;
}

std::string assignment(const std::string& target, Type type, const Fragment& value) {
  const std::string_view text = value.text, sign = value.sign;
  const auto part = [&](std::size_t begin, std::size_t end) { return std::string(text.substr(begin, end - begin)); };
  const bool commutes = sign == "+" || sign == "*" || sign == "&" || sign == "|" || sign == "^";
  const bool has_compound = commutes || sign == "-" || sign == "/" || sign == "%" || sign == "<<" || sign == ">>";
  if (!has_compound || (value.is_cast && value.type != type)) return target + " =" + soft_space + value.text;
  const std::string left = part(value.left_begin, value.left_end), right = part(value.right_begin, value.right_end);
  const bool is_left = left == target, is_right = commutes && right == target;
  if (is_left == is_right) return target + " =" + soft_space + value.text;
  const std::string& operand = is_left ? right : left;
  if ((sign == "+" || sign == "-") && (operand == "1" || operand == "1u"))
    return std::string(sign) + std::string(sign) + target;
  return target + " " + std::string(sign) + "=" + soft_space + operand;
}

Fragment prefix(char sign, Fragment a, Type type, const Range& range) {
  if (a.level <= Level::Unary) parenthesize(a);
  a.sign = {};
  a.text.insert(0, 1, sign);
  a.level = Level::Unary;
  a.type = type;
  a.range = range;
  a.operators += 1;
  a.is_literal = false;
  return a;
}

Fragment call(std::string name, Fragment* arguments, int count, Type type, const Range& range) {
  Fragment result = named(std::move(name), type, range);
  result.operators = 1;
  result.text += '(';
  for (int i = 0; i < count; ++i) {
    if (i > 0) {
      result.text += ',';
      result.text += soft_space;
    }
    result.text += arguments[i].text;
    result.operators += arguments[i].operators;
    result.nesting = std::max(result.nesting, arguments[i].nesting);
  }
  result.text += ')';
  ++result.nesting;
  return result;
}

Fragment subscript(const std::string& array, Fragment index, Type type) {
  index.text = array + "[" + index.text + "]";
  index.sign = {};
  index.level = Level::Primary;
  index.type = type;
  index.range = analysis::range_of(type);
  index.operators += 1;
  index.nesting += 1;
  index.is_literal = false;
  return index;
}

Fragment conditional(Fragment condition, Fragment a, Fragment b, Type type, const Range& range) {
  for (Fragment* part : {&condition, &a, &b})
    if (part->level == Level::Conditional) parenthesize(*part);
  Fragment result = std::move(condition);
  result.sign = {};
  result.text += " ?";
  result.text += soft_space;
  result.text += a.text;
  result.text += " :";
  result.text += soft_space;
  result.text += b.text;
  result.level = Level::Conditional;
  result.type = type;
  result.range = range;
  result.operators += a.operators + b.operators + 1;
  result.nesting = std::max({result.nesting, a.nesting, b.nesting});
  result.is_literal = false;
  return result;
}

}  // namespace cogent::cpp
