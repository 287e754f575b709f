// Steps that gather up the lanes: sums in the widest lanes that cost nothing, minimums and maximums in the narrowest.
#include "optimize/lane_types.h"
#include "optimize/narrow_lanes.h"

namespace cogent::optimize {

using analysis::range_of;
using ir::Node;
using ir::none;
using ir::Op;

// Products of numbers of 16 bits, summed in 32, which machines do at once.
bool LaneNarrowing::is_sum_of_products(const Reduction& reduction, const ReductionTerm& term) const {
  const Node& node = program_->nodes[term.value];
  return reduction.op == Op::Add && !term.is_subtracted && node.op == Op::Multiply && varies(term.value) &&
         ir::size_of(node.type) == 4 && ir::size_of(program_->nodes[reduction.read].type) == 4 &&
         (*ranges_)[node.a].within(range_of(Type::I16)) && (*ranges_)[node.b].within(range_of(Type::I16));
}

void LaneNarrowing::demand_terms(const Reduction& reduction) {
  const Type type = program_->nodes[reduction.read].type;
  const bool is_modular = reduction.op != Op::Minimum && reduction.op != Op::Maximum && type != Type::Bool;
  for (const ReductionTerm& term : reduction.terms) {
    if (term.condition != none) demand(term.condition, whole_value);
    if (is_sum_of_products(reduction, term)) {
      demand(program_->nodes[term.value].a, whole_value);
      demand(program_->nodes[term.value].b, whole_value);
    } else {
      demand(term.value, is_modular ? size_in_lanes(type) : whole_value);
    }
  }
}

void LaneNarrowing::reduce(const Reduction& reduction, Op op, Type type, std::uint32_t a, std::uint32_t b) {
  add({.kind = Step::Kind::Reduce,
       .op = op,
       .type = type,
       .bytes = type == Type::Bool ? step(a).bytes : size_in_lanes(type),
       .a = a,
       .b = b,
       .node = reduction.variable});
}

std::uint32_t LaneNarrowing::conditional(const ReductionTerm& term, std::uint32_t value, std::int64_t neutral) {
  if (term.condition == none) return value;
  const Type type = step(value).type;
  const std::uint32_t mask = use_mask(term.condition, step(value).bytes);
  const std::uint32_t otherwise = constant(type, step(value).bytes, neutral);
  return term.expected ? compute(Op::Select, type, mask, value, otherwise)
                       : compute(Op::Select, type, mask, otherwise, value);
}

void LaneNarrowing::emit_sum(const Reduction& reduction, const ReductionTerm& term) {
  const Type type = program_->nodes[reduction.read].type;
  const std::uint8_t bytes = size_in_lanes(type);
  if (is_sum_of_products(reduction, term)) {
    const Node& product = program_->nodes[term.value];
    const std::uint32_t a = conditional(term, use(product.a, Type::I16), 0);
    return reduce(reduction, Op::Multiply, Type::I32, a, use(product.b, Type::I16));
  }
  if (term.is_subtracted) {
    const std::uint32_t zero = constant(type, bytes, 0);
    const std::uint32_t value = compute(Op::Subtract, type, zero, use(term.value, type));
    return reduce(reduction, Op::Add, type, conditional(term, value, 0));
  }
  const std::uint8_t made = varies(term.value) ? step(value_of(term.value)->step).bytes : bytes;
  const analysis::Range& range = (*ranges_)[term.value];
  Type summed = type, lanes = type;
  if (bytes >= 4 && made == 1 && range.within(range_of(Type::U8))) {
    summed = Type::U8;
    lanes = Type::U64;
  } else if (bytes == 4 && made <= 2 && range.within(range_of(Type::I16))) {
    summed = Type::I16;
    lanes = Type::I32;
  }
  reduce(reduction, Op::Add, lanes, conditional(term, use(term.value, summed), 0));
}

bool LaneNarrowing::emit_reduction(const Reduction& reduction) {
  const Type type = program_->nodes[reduction.read].type;
  for (const ReductionTerm& term : reduction.terms) {
    if (type == Type::Bool) {
      if (term.condition != none || !varies(term.value)) return refuse("a sum has no form in lanes", reduction.read);
      reduce(reduction, reduction.op, type, mask_of(term.value));
    } else if (reduction.op == Op::Add) {
      emit_sum(reduction, term);
    } else if (reduction.op == Op::Minimum || reduction.op == Op::Maximum) {
      const Type lanes = term.condition != none ? type : type_of_value(term.value);
      const std::int64_t neutral = reduction.op == Op::Minimum ? ir::highest_of(lanes) : ir::lowest_of(lanes);
      reduce(reduction, reduction.op, lanes, conditional(term, use(term.value, lanes), neutral));
    } else {
      reduce(reduction, reduction.op, type, conditional(term, use(term.value, type), reduction.op == Op::And ? -1 : 0));
    }
  }
  return true;
}

}  // namespace cogent::optimize
