// Recursive descent; the nesting is bounded. A constant without type waits for the other operand to tell it.
#include "ir/parse_values.h"

#include <algorithm>
#include <array>

#include "ir/function_names.h"
#include "ir/mathematics.h"
#include "ir/parse.h"
#include "ir/text.h"

namespace cogent::ir {
namespace {

constexpr int deepest_nesting = 100;

struct Symbol {
  std::string_view text;
  Op op;
};
constexpr std::array weak_symbols = {
    Symbol{"&", Op::And},        Symbol{"|", Op::Or},          Symbol{"^", Op::Xor},
    Symbol{"<<", Op::ShiftLeft}, Symbol{">>", Op::ShiftRight}, Symbol{"<", Op::Less},
    Symbol{"<=", Op::LessEqual}, Symbol{"==", Op::Equal},      Symbol{"!=", Op::NotEqual}};
constexpr std::array sum_symbols = {Symbol{"+", Op::Add}, Symbol{"-", Op::Subtract}};
constexpr std::array product_symbols = {Symbol{"*", Op::Multiply}, Symbol{"/", Op::Divide}, Symbol{"%", Op::Remainder}};

template <std::size_t count>
const Symbol* find_symbol(const std::array<Symbol, count>& symbols, const Token& token) {
  const auto found =
      std::find_if(symbols.begin(), symbols.end(), [&](const Symbol& symbol) { return token.is_symbol(symbol.text); });
  return found == symbols.end() ? nullptr : &*found;
}

bool fits(std::uint64_t magnitude, bool is_negative, Type type) {
  const auto highest = static_cast<std::uint64_t>(highest_of(type));
  if (is_negative) return is_signed(type) ? magnitude <= highest + 1 : magnitude == 0;
  return magnitude <= highest;
}

}  // namespace

/// Counts how deep the descent is.
class ValueParser::Nesting {
 public:
  explicit Nesting(ValueParser& parser) : parser_(parser) {
    if (++parser.depth_ > deepest_nesting) TokenStream::fail_at(parser.in_.peek(), "the value is nested too deeply");
  }
  ~Nesting() { --parser_.depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  ValueParser& parser_;
};

// ---- what the statements ask for

Id ValueParser::value(Type expected) {
  const Token at = in_.peek();
  const Id node = give_type(expression(), expected);
  if (type_of(node) != expected)
    TokenStream::fail_at(at, std::string("expected a value of type ") + short_name(expected) + ", found one of type " +
                                 short_name(type_of(node)));
  return node;
}

Id ValueParser::value_of_any_type() { return node_of(expression()); }

Id ValueParser::pinned_division() {
  const Token at = in_.peek();
  may_pin_ = true;
  pinned_ = none;
  const Operand made = expression();
  may_pin_ = false;
  if (pinned_ == none || made.node != pinned_)
    TokenStream::fail_at(at, "expected an element, a variable or a division whose divisor may be 0");
  return pinned_;
}

Id ValueParser::make_pinned(Op op, Type type, Id a, Id b) {
  p_.nodes.push_back({op, type, 0, a, b, ++sequence_});
  return static_cast<Id>(p_.nodes.size() - 1);
}

Id ValueParser::make_index(Type type, Id body) {
  p_.nodes.push_back({Op::Index, type, 0, body});
  return static_cast<Id>(p_.nodes.size() - 1);
}

void ValueParser::define(const Token& name, Id node) {
  if (!names_.emplace(name.number, node).second) TokenStream::fail_at(name, describe(name) + " is defined twice");
}

Id ValueParser::array_at(const Token& token) const {
  const auto number = numbered(token, "a");
  if (!number || *number >= p_.arrays.size() || p_.arrays[*number].type == Type::Void)
    TokenStream::fail_at(token, "expected an array, found " + describe(token));
  return static_cast<Id>(*number);
}

// ---- descent

ValueParser::Operand ValueParser::expression() {
  const Nesting nesting(*this);
  Operand left = sum();
  const Token at = in_.peek();
  const Symbol* symbol = find_symbol(weak_symbols, at);
  if (symbol == nullptr) return left;
  in_.take();
  Operand result = binary(symbol->op, std::move(left), sum(), at);
  if (find_symbol(weak_symbols, in_.peek()) != nullptr) in_.fail("parentheses around one of the two operations");
  return result;
}

ValueParser::Operand ValueParser::sum() {
  Operand left = product();
  for (;;) {
    const Token at = in_.peek();
    const Symbol* symbol = find_symbol(sum_symbols, at);
    if (symbol == nullptr) return left;
    in_.take();
    left = binary(symbol->op, std::move(left), product(), at);
  }
}

ValueParser::Operand ValueParser::product() {
  Operand left = factor();
  for (;;) {
    const Token at = in_.peek();
    const Symbol* symbol = find_symbol(product_symbols, at);
    if (symbol == nullptr) return left;
    in_.take();
    left = binary(symbol->op, std::move(left), factor(), at);
  }
}

ValueParser::Operand ValueParser::factor() {
  const Token& token = in_.peek();
  if (in_.accept_symbol("(")) {
    Operand inner = expression();
    in_.expect_symbol(")");
    return inner;
  }
  if (in_.accept_symbol("-")) return number(true);
  if (token.kind == Token::Kind::Number) return number(false);
  if (token.kind == Token::Kind::Word) return word();
  const Token name = in_.expect(Token::Kind::Name, "a value");
  const auto found = names_.find(name.number);
  if (found == names_.end()) TokenStream::fail_at(name, describe(name) + " is not defined before its use");
  return {.node = found->second, .at = name};
}

ValueParser::Operand ValueParser::number(bool is_negative) {
  const Token token = in_.expect(Token::Kind::Number, "a number");
  Operand operand{.magnitude = token.number, .is_negative = is_negative, .at = token};
  if (token.text.empty()) return operand;
  const auto type = type_named(token.text);
  if (!type || *type == Type::Void) TokenStream::fail_at(token, "expected a type after the number");
  operand.node = give_type(operand, *type);
  return operand;
}

ValueParser::Operand ValueParser::word() {
  const Token token = in_.take();
  if (token.text == "true" || token.text == "false")
    return {.node = constant(token.text == "true", Type::Bool), .at = token};
  if (const auto type = type_named(token.text); type && *type != Type::Void) return conversion(Op::Convert, *type);
  if (const auto parameter = numbered(token, "p")) {
    if (*parameter >= p_.parameters.size() || p_.parameters[*parameter].is_array)
      TokenStream::fail_at(token, "expected a parameter, found " + describe(token));
    return {.node = pure(Op::Parameter, p_.parameters[*parameter].type, static_cast<Id>(*parameter)), .at = token};
  }
  return function(token);
}

ValueParser::Operand ValueParser::function(const Token& name) {
  if (name.text == "size") return size(name);
  if (name.text == "extent" || name.text == "stride") return size_of_dimension(name);
  if (name.text == "select") return select(name);
  if (name.text.starts_with(bits_prefix))
    if (const auto type = type_named(std::string_view(name.text).substr(bits_prefix.size())))
      return conversion(Op::Bits, *type);
  for (const FunctionName& known : function_names)
    if (name.text == known.name) return operation(known.op, name);
  const auto function = mathematical_function_named(name.text);
  if (!function) TokenStream::fail_at(name, "expected a value, found " + describe(name));
  return mathematics(*function, name);
}

ValueParser::Operand ValueParser::size(const Token& name) {
  in_.expect_symbol("(");
  const Token at = in_.take();
  const Id array = array_at(at);
  if (p_.arrays[array].size != dynamic_size) TokenStream::fail_at(at, "expected an array whose size is not known");
  in_.expect_symbol(")");
  return {.node = pure(Op::Size, Type::I64, array), .at = name};
}

ValueParser::Operand ValueParser::select(const Token& name) {
  in_.expect_symbol("(");
  const Id condition = value(Type::Bool);
  in_.expect_symbol(",");
  Operand a = expression();
  in_.expect_symbol(",");
  Operand b = expression();
  in_.expect_symbol(")");
  agree(a, b, name);
  return {.node = pure(Op::Select, type_of(a.node), condition, a.node, b.node), .at = name};
}

/// A function of operands of one type.
ValueParser::Operand ValueParser::operation(Op op, const Token& name) {
  in_.expect_symbol("(");
  Operand a = expression();
  Id b = 0, c = 0;
  if (!is_unary(op)) {
    in_.expect_symbol(",");
    Operand second = expression();
    agree(a, second, name);
    b = second.node;
  }
  a.node = node_of(a);
  if (op == Op::FusedMultiplyAdd) {
    in_.expect_symbol(",");
    c = value(type_of(a.node));
  }
  in_.expect_symbol(")");
  return {.node = pure(op, type_of(a.node), a.node, b, c), .at = name};
}

ValueParser::Operand ValueParser::mathematics(Id function, const Token& name) {
  in_.expect_symbol("(");
  const Id a = value_of_any_type();
  Id b = none;
  if (mathematical_functions()[function].operands == 2) {
    in_.expect_symbol(",");
    b = value(type_of(a));
  }
  in_.expect_symbol(")");
  return {.node = pure(Op::Mathematics, type_of(a), a, b, function), .at = name};
}

ValueParser::Operand ValueParser::size_of_dimension(const Token& name) {
  in_.expect_symbol("(");
  const Token at = in_.take();
  const Id array = array_at(at);
  in_.expect_symbol(",");
  const Token dimension = in_.expect(Token::Kind::Number, "a dimension");
  in_.expect_symbol(")");
  const Array& what = p_.arrays[array];
  if (what.size != dynamic_size || dimension.number >= what.rank)
    TokenStream::fail_at(at, "expected an array whose sizes are not known, and one of its dimensions");
  const Id first = name.text == "stride" ? what.rank : 0;
  return {.node = pure(Op::Size, Type::I64, array, first + static_cast<Id>(dimension.number)), .at = name};
}

ValueParser::Operand ValueParser::conversion(Op op, Type type) {
  in_.expect_symbol("(");
  const Token at = in_.peek();
  const Id converted = value_of_any_type();
  in_.expect_symbol(")");
  return {.node = pure(op, type, converted), .at = at};
}

// ---- operations and types

ValueParser::Operand ValueParser::binary(Op op, Operand a, Operand b, const Token& at) {
  agree(a, b, at);
  const Type type = type_of(a.node);
  if (is_division(op)) return {.node = divide(op, type, a.node, b.node, at), .at = at};
  return {.node = pure(op, is_comparison(op) ? Type::Bool : type, a.node, b.node), .at = at};
}

Id ValueParser::divide(Op op, Type type, Id a, Id b, const Token& at) {
  if (is_float(type) || (p_.is_constant(b) && p_.value(b) != 0)) return pure(op, type, a, b);
  if (!may_pin_) TokenStream::fail_at(at, "a division whose divisor may be 0 needs a `let` of its own");
  may_pin_ = false;
  return pinned_ = make_pinned(op, type, a, b);
}

void ValueParser::agree(Operand& a, Operand& b, const Token& at) {
  if (a.node == none && b.node != none) a.node = give_type(a, type_of(b.node));
  a.node = node_of(a);
  b.node = give_type(b, type_of(a.node));
  if (type_of(a.node) != type_of(b.node))
    TokenStream::fail_at(at, std::string("expected operands of one type, found ") + short_name(type_of(a.node)) +
                                 " and " + short_name(type_of(b.node)));
}

/// Only a constant without type gets the type.
Id ValueParser::give_type(const Operand& operand, Type type) {
  if (operand.node != none) return operand.node;
  if (is_float(type)) {
    const bool says_bits = !operand.at.text.empty() && !operand.is_negative;
    if (!says_bits) TokenStream::fail_at(operand.at, "expected the bits of a float and its type, as in 0x3f800000_f32");
    return constant(static_cast<std::int64_t>(operand.magnitude), type);
  }
  if (!is_integer(type) || !fits(operand.magnitude, operand.is_negative, type))
    TokenStream::fail_at(operand.at, std::string("the number is no ") + short_name(type));
  return constant(static_cast<std::int64_t>(operand.is_negative ? 0 - operand.magnitude : operand.magnitude), type);
}

Id ValueParser::node_of(const Operand& operand) {
  if (operand.node == none) TokenStream::fail_at(operand.at, "expected a number with its type, as in 5i32");
  return operand.node;
}

Id ValueParser::constant(std::int64_t value, Type type) {
  const std::int64_t kept = canonical(value, type);
  Id halves[2];
  std::memcpy(halves, &kept, sizeof kept);
  return pure(Op::Constant, type, halves[0], halves[1]);
}

}  // namespace cogent::ir
