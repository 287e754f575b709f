// Folding while building: every rule gives, for all operand values, the same wrapped result as the operation it
// replaces. The rules of floats are in ir/simplify_floats.cpp.
#include <utility>

#include "ir/builder.h"
#include "ir/semantics.h"

namespace cogent::ir {
namespace {

bool commutes(Op op) {
  switch (op) {
    case Op::Add:
    case Op::Multiply:
    case Op::Minimum:
    case Op::Maximum:
    case Op::And:
    case Op::Or:
    case Op::Xor:
    case Op::Equal:
    case Op::NotEqual:
      return true;
    default:
      return false;
  }
}

// Whether (x op c1) op c2 is x op (c1 op c2).
bool associates(Op op) { return commutes(op) && !is_comparison(op); }

/// Whether every value of `from` is a value of `to`.
bool preserves(Type from, Type to) {
  if (from == Type::Bool) return true;
  if (to == Type::Bool) return false;
  if (is_float(from)) return is_float(to) && width_of(from) <= width_of(to);
  if (is_float(to)) return width_of(from) <= width_of(to) / 2;
  if (is_signed(from) && !is_signed(to)) return false;
  return width_of(from) + (is_signed(to) && !is_signed(from) ? 1 : 0) <= width_of(to);
}

/// Whether converting an `origin` to `between` and that to `type` is converting it to `type`: the first conversion
/// changes nothing, or the second keeps only bits that the first kept.
bool skips(Type origin, Type between, Type type) {
  const bool all_integers = !is_float(origin) && !is_float(between) && !is_float(type);
  if (!preserves(origin, between)) return all_integers && width_of(type) <= width_of(between);
  const bool saturates = is_float(between) && !is_float(origin) && !is_float(type);
  return !saturates || preserves(origin, type);
}

std::int64_t all_ones(Type type) { return canonical(-1, type); }

bool at_most(Type type, std::int64_t a, std::int64_t b) { return evaluate_binary(Op::LessEqual, type, a, b) != 0; }

}  // namespace

Id Builder::constant(std::int64_t value, Type type) {
  Id halves[2];
  std::memcpy(halves, &value, sizeof value);
  return node(Op::Constant, type, halves[0], halves[1]);
}

Id Builder::fold(Op op, Id a, Id b) {
  ++folded_;
  const Type type = program_->nodes[a].type;
  const std::int64_t value = evaluate_binary(op, type, program_->value(a), program_->value(b));
  return constant(value, is_comparison(op) ? Type::Bool : type);
}

Id Builder::binary(Op op, Id a, Id b) {
  Program& p = *program_;
  if (is_float(p.nodes[a].type)) return binary_of_floats(op, a, b);
  const bool divides_by_zero = is_division(op) && p.is_constant(b, 0);
  if (p.is_constant(a) && p.is_constant(b) && !divides_by_zero) return fold(op, a, b);
  if (p.is_constant(a) && commutes(op)) std::swap(a, b);
  if (is_comparison(op)) return simplify_comparison(op, a, b);
  if (is_division(op) && (divides_by_zero || !p.is_constant(b))) return pinned(op, p.nodes[a].type, a, b);
  if (a == b)
    if (const Id same = simplify_same(op, a, b); same != none) return same;
  if (p.is_constant(b)) return simplify_with_constant(op, a, b);
  const Type type = p.nodes[a].type;
  const auto is_negation = [&](Id id) { return p.nodes[id].op == Op::Subtract && p.is_constant(p.nodes[id].a, 0); };
  if (op == Op::Add && is_negation(b)) return binary(Op::Subtract, a, p.nodes[b].b);
  if (op == Op::Subtract && is_negation(b)) return binary(Op::Add, a, p.nodes[b].b);
  return node(op, type, a, b);
}

Id Builder::simplify_same(Op op, Id a, Id) {
  switch (op) {
    case Op::Subtract:
    case Op::Xor:
      return constant(0, program_->nodes[a].type);
    case Op::And:
    case Op::Or:
    case Op::Minimum:
    case Op::Maximum:
      return a;
    default:
      return none;
  }
}

// The second operand is a constant.
Id Builder::simplify_with_constant(Op op, Id a, Id b) {
  Program& p = *program_;
  const Node x = p.nodes[a];
  const Type type = x.type;
  const std::int64_t c = p.value(b);
  if (op == Op::Subtract) return binary(Op::Add, a, constant(evaluate_binary(Op::Subtract, type, 0, c), type));
  if (associates(op) && x.op == op && p.is_constant(x.b)) return binary(op, x.a, fold(op, x.b, b));
  switch (op) {
    case Op::Add:
      if (c == 0) return a;
      if (x.op == Op::Subtract && p.is_constant(x.a)) return binary(Op::Subtract, fold(Op::Add, x.a, b), x.b);
      break;
    case Op::Multiply:
      if (c == 0) return b;
      if (c == 1) return a;
      if (c == all_ones(type)) return binary(Op::Subtract, constant(0, type), a);
      break;
    case Op::Divide:
      if (c == 1) return a;
      if (x.op == Op::Subtract && p.nodes[x.b].op == Op::Remainder && p.nodes[x.b].a == x.a && p.nodes[x.b].b == b)
        return binary(Op::Divide, x.a, b);  // (i - i % c) / c
      break;
    case Op::Remainder:
      if (c == 1) return constant(0, type);
      break;
    case Op::And:
      if (c == 0) return b;
      if (c == all_ones(type)) return a;
      break;
    case Op::Or:
      if (c == 0) return a;
      if (c == all_ones(type)) return b;
      break;
    case Op::Xor:
      if (c == 0) return a;
      break;
    case Op::ShiftLeft:
    case Op::ShiftRight:
    case Op::RotateLeft: {
      const std::int64_t count = c & (width_of(type) - 1);
      if (count == 0) return a;
      return node(op, type, a, constant(count, type));
    }
    case Op::Minimum:
    case Op::Maximum: {
      const bool minimum = op == Op::Minimum;
      if (c == (minimum ? highest_of(type) : lowest_of(type))) return a;
      if (c == (minimum ? lowest_of(type) : highest_of(type))) return b;
      if (x.op != Op::Convert || !preserves(p.nodes[x.a].type, type)) break;
      const Type narrow = p.nodes[x.a].type;  // its values are few: clamp(u8, 0, 255) is the u8
      if (minimum ? at_most(type, highest_of(narrow), c) : at_most(type, c, lowest_of(narrow))) return a;
      break;
    }
    default:
      break;
  }
  return node(op, type, a, b);
}

Id Builder::simplify_comparison(Op op, Id a, Id b) {
  Program& p = *program_;
  const Type type = p.nodes[a].type;
  if (a == b) return constant(op == Op::LessEqual || op == Op::Equal, Type::Bool);
  if (type == Type::Bool && (op == Op::Equal || op == Op::NotEqual) && p.is_constant(b))
    return (op == Op::Equal) == (p.value(b) == 1) ? a : negate(a);
  if (op == Op::Equal || op == Op::NotEqual)
    if (const Id truth = p.is_constant(b, 0) ? bool_of(a) : none; truth != none)
      return op == Op::NotEqual ? truth : negate(truth);
  const auto always = [&](bool value) { return constant(value, Type::Bool); };
  if (op == Op::Less && (p.is_constant(b, lowest_of(type)) || p.is_constant(a, highest_of(type)))) return always(false);
  if (op == Op::LessEqual && (p.is_constant(a, lowest_of(type)) || p.is_constant(b, highest_of(type))))
    return always(true);
  return node(op, Type::Bool, a, b);
}

// The Bool that a number stands for: of a converted Bool, or of & | ^ on two of them (which C++ computes as int).
Id Builder::bool_of(Id number) {
  const Program& p = *program_;
  const Node x = p.nodes[number];
  const auto inner = [&](Id id) {
    const Node& node = p.nodes[id];
    return node.op == Op::Convert && p.nodes[node.a].type == Type::Bool ? node.a : none;
  };
  if (x.op == Op::Convert) return inner(number);
  if (x.op != Op::And && x.op != Op::Or && x.op != Op::Xor) return none;
  const Id a = inner(x.a), b = inner(x.b);
  return a != none && b != none ? binary(x.op, a, b) : none;
}

Id Builder::negate(Id condition) {
  Program& p = *program_;
  const Node x = p.nodes[condition];
  const bool of_bool = is_comparison(x.op) && p.nodes[x.a].type == Type::Bool;
  const bool is_unordered = (x.op == Op::Less || x.op == Op::LessEqual) && is_float(p.nodes[x.a].type);
  if (is_unordered) return node(Op::Equal, Type::Bool, condition, constant(0, Type::Bool));
  switch (x.op) {
    case Op::Constant:
      return constant(p.value(condition) == 0, Type::Bool);
    case Op::Less:
      return binary(Op::LessEqual, x.b, x.a);
    case Op::LessEqual:
      return binary(Op::Less, x.b, x.a);
    case Op::Equal:
      if (of_bool && p.is_constant(x.b, 0)) return x.a;
      return binary(Op::NotEqual, x.a, x.b);
    case Op::NotEqual:
      if (!of_bool) return binary(Op::Equal, x.a, x.b);
      [[fallthrough]];
    default:
      return node(Op::Equal, Type::Bool, condition, constant(0, Type::Bool));
  }
}

Id Builder::select(Id condition, Id if_true, Id if_false) {
  Program& p = *program_;
  if (p.is_constant(condition)) return p.value(condition) != 0 ? if_true : if_false;
  if (if_true == if_false) return if_true;
  const Id simple = simplify_select(condition, if_true, if_false);
  return simple != none ? simple : node(Op::Select, p.nodes[if_true].type, condition, if_true, if_false);
}

Id Builder::simplify_select(Id condition, Id if_true, Id if_false) {
  Program& p = *program_;
  const Node test = p.nodes[condition];
  if (p.nodes[if_true].type == Type::Bool) {
    if (p.is_constant(if_true, 1)) return binary(Op::Or, condition, if_false);
    if (p.is_constant(if_false, 0)) return binary(Op::And, condition, if_true);
    if (p.is_constant(if_true, 0)) return binary(Op::And, negate(condition), if_false);
    if (p.is_constant(if_false, 1)) return binary(Op::Or, negate(condition), if_true);
    return none;
  }
  if (is_float(p.nodes[if_true].type)) return select_of_floats(test, if_true, if_false);
  if (test.op != Op::Less && test.op != Op::LessEqual) return none;
  if (test.a == if_true && test.b == if_false) return binary(Op::Minimum, if_true, if_false);
  if (test.a == if_false && test.b == if_true) return binary(Op::Maximum, if_true, if_false);
  return none;
}

Id Builder::convert(Id value, Type type) {
  Program& p = *program_;
  const Node x = p.nodes[value];
  if (x.type == type) return value;
  if (x.op == Op::Constant) return constant(evaluate_convert(p.value(value), x.type, type), type);
  if (type == Type::Bool) return binary(Op::NotEqual, value, constant(0, x.type));
  if (x.op == Op::Convert && skips(p.nodes[x.a].type, x.type, type)) return convert(x.a, type);
  return node(Op::Convert, type, value);
}

}  // namespace cogent::ir
