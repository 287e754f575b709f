// Folding of operations on floats and of functions. Floats are neither reassociated nor cancelled: only what gives the
// same value for every operand, zeros of both signs, infinities and NaN included, is replaced.
#include <bit>
#include <utility>

#include "ir/builder.h"
#include "ir/semantics.h"

namespace cogent::ir {
namespace {

std::int64_t one(Type type) {
  return type == Type::F32 ? std::bit_cast<std::uint32_t>(1.0f) : std::bit_cast<std::int64_t>(1.0);
}

std::int64_t minus_one(Type type) { return evaluate_unary(Op::Negate, type, one(type)); }

}  // namespace

Id Builder::binary_of_floats(Op op, Id a, Id b) {
  Program& p = *program_;
  const Type type = p.nodes[a].type;
  if (p.is_constant(a) && p.is_constant(b)) return fold(op, a, b);
  const bool commutes = op == Op::Add || op == Op::Multiply || op == Op::Equal || op == Op::NotEqual;
  if (p.is_constant(a) && commutes) std::swap(a, b);
  if (op == Op::Multiply || op == Op::Divide) {
    if (p.is_constant(b, one(type))) return a;
    if (p.is_constant(b, minus_one(type))) return unary(Op::Negate, a);
  }
  return node(op, is_comparison(op) ? Type::Bool : type, a, b);
}

Id Builder::select_of_floats(const Node& test, Id if_true, Id if_false) {
  if (test.op != Op::Less) return none;
  if (test.a == if_true && test.b == if_false) return binary(Op::Minimum, if_false, if_true);
  if (test.a == if_false && test.b == if_true) return binary(Op::Maximum, if_false, if_true);
  return none;
}

Id Builder::bits(Id value, Type type) {
  Program& p = *program_;
  const Node x = p.nodes[value];
  if (x.type == type) return value;
  if (!is_float(x.type) && !is_float(type)) return convert(value, type);
  if (x.op == Op::Constant) return constant(canonical(p.value(value), type), type);
  return x.op == Op::Bits ? bits(x.a, type) : node(Op::Bits, type, value);
}

Id Builder::unary(Op op, Id a) {
  Program& p = *program_;
  const Node x = p.nodes[a];
  if (x.op == Op::Constant) return constant(evaluate_unary(op, x.type, p.value(a)), x.type);
  const bool of_sign = x.op == Op::Negate || x.op == Op::Absolute;
  if (op == Op::Absolute && of_sign) return unary(op, x.a);
  if (x.op == op && (op == Op::Negate || op == Op::ByteSwap)) return x.a;
  const bool is_whole = x.op >= Op::Floor && x.op <= Op::Truncate;
  if (is_whole && op >= Op::Floor && op <= Op::Truncate) return a;
  return node(op, x.type, a);
}

Id Builder::fused_multiply_add(Id a, Id b, Id c) {
  Program& p = *program_;
  const Type type = p.nodes[a].type;
  if (p.is_constant(a) && p.is_constant(b) && p.is_constant(c))
    return constant(evaluate_fused_multiply_add(type, p.value(a), p.value(b), p.value(c)), type);
  if (p.is_constant(a)) std::swap(a, b);
  return p.is_constant(b, one(type)) ? binary(Op::Add, a, c) : node(Op::FusedMultiplyAdd, type, a, b, c);
}

Id Builder::mathematics(Id function, Id a, Id b) {
  Program& p = *program_;
  const Type type = p.nodes[a].type;
  if (p.is_constant(a) && (b == none || p.is_constant(b)))
    return constant(evaluate_mathematics(function, type, p.value(a), b == none ? 0 : p.value(b)), type);
  return node(Op::Mathematics, type, a, b, function);
}

}  // namespace cogent::ir
