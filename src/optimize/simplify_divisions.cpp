// Splits a linear form into a multiple of the divisor and a rest.
#include "optimize/simplify_divisions.h"

#include <algorithm>

namespace cogent::optimize {

using analysis::LinearForm;
using analysis::Range;
using ir::Op;
using ir::Type;

namespace {

struct Parts {
  LinearForm quotient, rest;  // form = divisor * quotient + rest
};

Parts split(const LinearForm& form, std::int64_t divisor) {
  Parts parts;
  for (int i = 0; i < form.count; ++i) {
    const analysis::Term& term = form.terms[i];
    if (term.coefficient % divisor == 0)
      parts.quotient.add(term.atom, term.coefficient / divisor);
    else
      parts.rest.add(term.atom, term.coefficient);
  }
  parts.quotient.constant = form.constant / divisor;
  parts.rest.constant = form.constant % divisor;
  if (parts.rest.constant < 0) {  // rounded down instead of toward zero
    parts.rest.constant += divisor;
    parts.quotient.constant -= 1;
  }
  return parts;
}

Id build(ir::Builder& builder, const LinearForm& form, Type type) {
  const auto constant = [&](std::int64_t value) { return builder.constant(ir::canonical(value, type), type); };
  Id sum = ir::none;
  for (int i = 0; i < form.count; ++i) {
    const Id atom = builder.convert(form.terms[i].atom, type);
    const Id product = builder.binary(Op::Multiply, atom, constant(form.terms[i].coefficient));
    sum = sum == ir::none ? product : builder.binary(Op::Add, sum, product);
  }
  if (sum == ir::none) return constant(form.constant);
  return builder.binary(Op::Add, sum, constant(form.constant));
}

}  // namespace

Id simplify_division(Transformation& transformation, Op op, Id a, Id b) {
  ir::Builder& builder = transformation.builder();
  const Type type = builder.program().nodes[a].type;
  const std::int64_t divisor = builder.program().value(b);
  if (divisor <= 0 || !ir::is_integer(type)) return ir::none;
  analysis::LinearForms& forms = transformation.forms();
  const LinearForm form = forms.of(a);
  Range whole, rest;
  if (!forms.exact_bounds(form, type, whole) || whole.low < 0) return ir::none;
  const Parts parts = split(form, divisor);
  if (!forms.exact_bounds(parts.rest, type, rest) || rest.low < 0) return ir::none;
  if (rest.high < divisor) return build(builder, op == Op::Divide ? parts.quotient : parts.rest, type);
  if (parts.quotient.count == 0) return ir::none;
  const Id of_rest = builder.binary(op, build(builder, parts.rest, type), b);
  return op == Op::Divide ? builder.binary(Op::Add, build(builder, parts.quotient, type), of_rest) : of_rest;
}

bool can_simplify_a_division(const Scan& scan) {
  const ir::Program& program = *scan.program;
  return std::any_of(scan.divisions.begin(), scan.divisions.end(), [&](const Scan::Division& division) {
    const Id owner = program.regions[program.nodes[division.index].a].owner;
    const ir::Statement& loop = program.statements[owner];
    return program.is_constant(loop.b) && program.is_constant(loop.c) && program.value(loop.b) >= 0 &&
           program.value(loop.c) <= division.divisor;
  });
}

}  // namespace cogent::optimize
