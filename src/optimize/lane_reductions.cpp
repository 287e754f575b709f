// From the value that is written back to the one that was read: each step on the way is one term.
#include "optimize/lane_reductions.h"

namespace cogent::optimize {

using ir::Node;
using ir::none;
using ir::Op;

Reduction* LaneReductions::find(Id variable) {
  for (std::size_t i = 0; i < count_; ++i)
    if (all_[i].variable == variable) return &all_[i];
  return nullptr;
}

bool LaneReductions::add_read(Id node) {
  const Id variable = program_->nodes[node].a;
  if (find(variable) != nullptr || ir::is_float(program_->nodes[node].type)) return false;
  if (all_.size() == count_) all_.emplace_back();
  Reduction& reduction = all_[count_++];
  reduction.variable = variable;
  reduction.read = node;
  reduction.statement = none;
  reduction.op = Op::Constant;
  reduction.terms.clear();
  return true;
}

// The last write of an iteration is what counts; between two there is no read.
bool LaneReductions::add_write(Id statement) {
  Reduction* reduction = find(program_->statements[statement].a);
  if (reduction == nullptr) return false;
  reduction->statement = statement;
  return true;
}

bool LaneReductions::find_terms(Id first, const std::vector<bool>& carried) {
  first_ = first;
  carried_ = &carried;
  for (std::size_t i = 0; i < count_; ++i)
    if (all_[i].statement == none || !take_apart(all_[i])) return false;
  return true;
}

bool LaneReductions::take_apart(Reduction& reduction) {
  constexpr std::size_t most_terms = 16;
  Id id = program_->statements[reduction.statement].b;
  while (id != reduction.read) {
    const Node& node = program_->nodes[id];
    if (!is_carried(id) || reduction.terms.size() > most_terms) return false;
    Id rest = none;
    const bool resizes = node.op == Op::Convert && ir::is_integer(node.type) &&
                         ir::size_of(node.type) >= ir::size_of(program_->nodes[reduction.read].type);
    if (resizes) {  // keeps the bits that count in a sum
      if (!join(reduction, Op::Add)) return false;
      rest = node.a;
    } else if (node.op == Op::Select ? !take_select(reduction, node, rest) : !take_binary(reduction, node, rest)) {
      return false;
    }
    id = rest;
  }
  return !reduction.terms.empty();
}

bool LaneReductions::join(Reduction& reduction, Op op) {
  if (reduction.op == Op::Constant) reduction.op = op;
  return reduction.op == op;
}

bool LaneReductions::take_binary(Reduction& reduction, const Node& node, Id& rest) {
  switch (node.op) {
    case Op::Add:
    case Op::Subtract:
    case Op::Minimum:
    case Op::Maximum:
    case Op::And:
    case Op::Or:
    case Op::Xor:
      break;
    default:
      return false;
  }
  const bool subtracts = node.op == Op::Subtract;
  if (!join(reduction, subtracts ? Op::Add : node.op) || is_carried(node.a) == is_carried(node.b)) return false;
  if (subtracts && is_carried(node.b)) return false;
  rest = is_carried(node.a) ? node.a : node.b;
  reduction.terms.push_back({is_carried(node.a) ? node.b : node.a, subtracts, none, true});
  return true;
}

// c ? rest + x : rest
bool LaneReductions::take_select(Reduction& reduction, const Node& node, Id& rest) {
  if (is_carried(node.a)) return take_extreme(reduction, node, rest);
  for (const bool expected : {true, false}) {
    const Id changed = expected ? node.b : node.c, kept = expected ? node.c : node.b;
    Id inner = none;
    const std::size_t before = reduction.terms.size();
    const Op op = reduction.op;
    if (is_carried(changed) && is_carried(kept) && take_binary(reduction, program_->nodes[changed], inner) &&
        inner == kept) {
      reduction.terms.back().condition = node.a;
      reduction.terms.back().expected = expected;
      rest = kept;
      return true;
    }
    reduction.terms.resize(before);
    reduction.op = op;
  }
  return false;
}

// x < rest ? x : rest, and the like
bool LaneReductions::take_extreme(Reduction& reduction, const Node& select, Id& rest) {
  const Node& test = program_->nodes[select.a];
  if ((test.op != Op::Less && test.op != Op::LessEqual) || !ir::is_integer(program_->nodes[test.a].type)) return false;
  const bool takes_less = select.b == test.a && select.c == test.b;
  const bool takes_greater = select.b == test.b && select.c == test.a;
  if ((!takes_less && !takes_greater) || is_carried(test.a) == is_carried(test.b)) return false;
  rest = is_carried(test.a) ? test.a : test.b;
  reduction.terms.push_back({is_carried(test.a) ? test.b : test.a, false, none, true});
  return join(reduction, takes_less ? Op::Minimum : Op::Maximum);
}

}  // namespace cogent::optimize
