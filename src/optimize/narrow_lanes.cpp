// What varies, and which bytes of it are looked at. The steps themselves are made in lane_steps.cpp.
#include "optimize/narrow_lanes.h"

#include <algorithm>
#include <bit>

#include "optimize/lane_types.h"

namespace cogent::optimize {

using analysis::Range;
using ir::Do;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Statement;

namespace {

// Operations of which the low bytes depend on nothing but the low bytes of the operands.
bool is_modular(Op op) {
  switch (op) {
    case Op::Add:
    case Op::Subtract:
    case Op::Multiply:
    case Op::And:
    case Op::Or:
    case Op::Xor:
      return true;
    default:
      return false;
  }
}

ir::Type smallest_holding(const Range& range) {
  using enum ir::Type;
  for (const ir::Type type : {U8, I8, U16, I16, U32, I32, I64})
    if (range.within(analysis::range_of(type))) return type;
  return U64;
}

}  // namespace

void LaneNarrowing::find_varying(Id statement, Id last_node) {
  const Statement& loop = program_->statements[statement];
  statement_ = statement;
  first_ = loop.a;
  values_.assign(last_node - first_ + 1, {});
  carried_.assign(values_.size(), false);
  values_[0].varies = true;
  for_each_in_lanes(*program_, loop.body, [&](Id, const Statement& inner, int) {
    if (inner.what != Do::Let) return;
    values_[inner.a - first_].varies = true;
    carried_[inner.a - first_] = program_->nodes[inner.a].op == Op::Get;
  });
  for (Id id = first_ + 1; id <= last_node; ++id) {
    const Node& node = program_->nodes[id];
    if (ir::is_pinned(node)) continue;
    for (int i = 0; i < ir::operand_count(node); ++i)
      if (const Id operand = ir::operand(node, i); varies(operand)) {
        values_[id - first_].varies = true;
        carried_[id - first_] = carried_[id - first_] || carried_[operand - first_];
      }
  }
}

bool LaneNarrowing::run(const LaneReductions& reductions, ir::LaneLoop& loop) {
  reductions_ = &reductions;
  loop_ = &loop;
  why_not_ = nullptr;
  for_each_in_lanes(*program_, program_->statements[statement_].body, [&](Id, const Statement& inner, int) {
    if (inner.what == Do::If) demand(inner.a, whole_value);
    if (inner.what == Do::Store)
      demand(inner.c, ir::is_integer(program_->arrays[inner.a].type)
                          ? static_cast<std::uint8_t>(ir::size_of(program_->arrays[inner.a].type))
                          : whole_value);
  });
  for (const Reduction& reduction : reductions) demand_terms(reduction);
  for (std::size_t i = values_.size(); i-- > 1;) {
    const Id id = first_ + static_cast<Id>(i);
    if (values_[i].demand == 0) continue;
    if (carried_[i]) return refuse("what a variable carries to the next iteration is used otherwise", id);
    demand_operands(id);
  }
  return emit_statements();
}

bool LaneNarrowing::refuse(const char* why, Id node) {
  if (why_not_ == nullptr) {
    why_not_ = why;
    line_ = program_->nodes[node].line;
  }
  return false;
}

// ---- types

ir::Type LaneNarrowing::type_of_value(Id node) const { return smallest_holding((*ranges_)[node]); }

ir::Type LaneNarrowing::type_holding(Id a, Id b) const {
  const Range &x = (*ranges_)[a], &y = (*ranges_)[b];
  return smallest_holding({std::min(x.low, y.low), std::max(x.high, y.high)});
}

// How many bytes an integer is to be computed in: those that are looked at, or those that hold its value.
std::uint8_t LaneNarrowing::bytes_of(Id node) {
  const auto bytes = static_cast<std::uint8_t>(ir::size_of(type_of_value(node)));
  const Value* value = value_of(node);
  return value == nullptr ? bytes : std::min(bytes, value->demand);
}

// ---- demands

void LaneNarrowing::demand(Id node, std::uint8_t bytes) {
  if (Value* value = value_of(node); value != nullptr) value->demand = std::max(value->demand, bytes);
}

void LaneNarrowing::demand_operands(Id id) {
  const Node& node = program_->nodes[id];
  if (node.op == Op::Load && value_of(id)->is_look_up) return demand(node.b, whole_value);
  if (node.op == Op::Load || node.op == Op::Index) return;
  std::uint8_t bytes = whole_value;
  if (Id p, q; is_distance(id, p, q)) {
    demand(p, bytes);
    return demand(q, bytes);
  }
  if (Dot dot; find_dot(id, dot)) return demand(dot.first, bytes);
  if (PairDot dot; find_pair_dot(id, dot)) {
    for (int i = 0; i < dot.count; ++i) {
      demand(dot.terms[i].word, bytes);
      if (dot.terms[i].other != none) demand(dot.terms[i].other, bytes);
    }
    return;
  }
  if (Root root; find_root(id, root)) return demand(root.of, bytes);
  if (const std::uint8_t low = low_bytes_shifted(id); low != 0) return demand(node.a, low);
  if (ir::is_integer(node.type)) {
    const bool is_resized = node.op == Op::Convert && ir::is_integer(program_->nodes[node.a].type);
    const bool shifts_left = node.op == Op::ShiftLeft && program_->is_constant(node.b);
    if (is_modular(node.op) || shifts_left || node.op == Op::Select) bytes = bytes_of(id);
    if (is_resized) {
      bytes = values_[id - first_].demand;
      if (ranges_->may_wrap(id)) bytes = std::min(bytes, static_cast<std::uint8_t>(ir::size_of(node.type)));
    }
  }
  if (node.op == Op::Select) {
    demand(node.a, whole_value);
    demand(node.b, bytes);
    return demand(node.c, bytes);
  }
  for (int i = 0; i < ir::operand_count(node); ++i) demand(ir::operand(node, i), bytes);
}

// ---- statements

bool LaneNarrowing::emit_statements() {
  next_ = first_ + 1;
  leaves_.clear();
  path_.clear();
  access_ = 0;
  if (values_[0].demand != 0) {
    const Type type = type_of_size(bytes_of(first_), (*ranges_)[first_].low < 0);
    values_[0].step = add({.kind = Step::Kind::Index, .type = type, .bytes = size_in_lanes(type)});
  }
  return emit_region(program_->statements[statement_].body) && why_not_ == nullptr;
}

bool LaneNarrowing::emit_region(Id region) {
  for (Id id = program_->regions[region].first; id != none; id = program_->statements[id].next)
    if (!emit_statement(id)) return false;
  return true;
}

bool LaneNarrowing::emit_statement(Id id) {
  const Statement& statement = program_->statements[id];
  at_ = statement.line;
  switch (statement.what) {
    case Do::Let:
      return program_->nodes[statement.a].op != Op::Load || emit_load(statement, access_++);
    case Do::Store:
      return emit_store(statement, access_++);
    case Do::If:
      return emit_branches(statement);
    case Do::Set:
      for (const Reduction& reduction : *reductions_)
        if (reduction.statement == id && (!emit_until(statement.b) || !emit_reduction(reduction))) return false;
      return true;
    default:
      return true;
  }
}

// One after the other, each in the lanes that take it.
bool LaneNarrowing::emit_branches(const Statement& branch) {
  if (varies(branch.a) && !emit_until(branch.a)) return false;
  for (const Id region : {branch.body, branch.other}) {
    if (region == none) continue;
    path_.push_back({branch.a, region == branch.body});
    if (!emit_region(region)) return false;
    path_.pop_back();
  }
  return true;
}

// Of the lanes that take the branch.
std::uint32_t LaneNarrowing::path_mask(std::uint8_t bytes) {
  std::uint32_t all = unmade;
  for (Condition& each : path_) {
    std::uint32_t& mask = each.masks[std::countr_zero(bytes)];
    if (mask == unmade) {
      mask = use_mask(each.node, bytes);
      if (!each.expected) mask = compute(Op::Xor, Type::Bool, mask, constant(Type::Bool, bytes, 1));
      if (all != unmade) mask = compute(Op::And, Type::Bool, all, mask);
    }
    all = mask;
  }
  return all;
}

bool LaneNarrowing::emit_load(const Statement& statement, std::uint32_t access) {
  const Id id = statement.a;
  Value& value = values_[id - first_];
  if (value.demand == 0) return true;
  const Type type = program_->nodes[id].type, in_memory = type == Type::Bool ? Type::U8 : type;
  Step load{.kind = Step::Kind::Load, .type = in_memory, .bytes = size_in_lanes(in_memory), .access = access};
  if (value.is_look_up) {
    if (!emit_until(program_->nodes[id].b)) return false;
    at_ = statement.line;
    load.kind = Step::Kind::LookUp;
    load.a = use(program_->nodes[id].b, Type::U8);
  }
  if (loop_->accesses[access].is_conditional) load.c = path_mask(load.bytes);
  value.step = add(load);
  if (type == Type::Bool) value.step = compute(Op::NotEqual, Type::U8, value.step, constant(Type::U8, 1, 0));
  return true;
}

bool LaneNarrowing::emit_store(const Statement& statement, std::uint32_t access) {
  if (!emit_until(statement.c)) return false;
  at_ = statement.line;
  const Type type = program_->arrays[statement.a].type, in_memory = type == Type::Bool ? Type::U8 : type;
  const std::uint32_t stored = type == Type::Bool ? bits_of_mask(statement.c, Type::U8) : use(statement.c, type);
  Step store{.kind = Step::Kind::Store, .type = in_memory, .bytes = size_in_lanes(in_memory), .a = stored};
  store.access = access;
  if (loop_->accesses[access].is_conditional) store.c = path_mask(store.bytes);
  add(store);
  return true;
}

// All that is needed up to a node. (Loads that it depends on come in earlier statements.)
bool LaneNarrowing::emit_until(Id last) {
  for (; next_ <= last; ++next_) {
    const Value* value = value_of(next_);
    if (value == nullptr || value->demand == 0 || value->step != unmade) continue;
    at_ = program_->nodes[next_].line;
    if (program_->nodes[next_].op == Op::Load) return refuse("a value is used before it is loaded", next_);
    if (!emit(next_)) return false;
  }
  return true;
}

}  // namespace cogent::optimize
