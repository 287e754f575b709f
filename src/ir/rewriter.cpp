// Copies a program: what is needed, the pure nodes, the statements.
#include "ir/rewriter.h"

#include "ir/index_division.h"
#include "ir/walk.h"

namespace cogent::ir {

void Rewriter::run(const Program& source, Program& result, bool reuses_loads) {
  source_ = &source;
  builder_.start(result);
  builder_.remember_loads(reuses_loads);
  reuses_loads_ = reuses_loads;
  map_.assign(source.nodes.size(), none);
  variables_.assign(source.variables.size(), none);
  declared_.clear();
  fixed_.clear();
  regions_.assign(source.regions.size(), {});
  added_flags_.clear();
  cursor_ = highest_ = 0;
  merged_depth_ = 0;
  waiting_states_.clear();
  copy_signature();
  find_needed();
  collect_writes();
  copy_region(0);
}

void Rewriter::copy_signature() {
  const Program& source = *source_;
  Program& copy = builder_.program();
  copy.name = source.name;
  copy.result = source.result;
  copy.places = source.places;
  copy.texts = source.texts;
  copy.callees = source.callees;
  parameters_.clear();
  for (const Parameter& parameter : source.parameters) {
    while (copy.signature_length < parameter.position) builder_.add_static_position();
    if (parameter.is_array) builder_.add_array(source.arrays[parameter.array]);
    parameters_.push_back(parameter.is_array ? none : builder_.add_value(parameter.type));
  }
  while (copy.signature_length < source.signature_length) builder_.add_static_position();
  copy.arrays = source.arrays;
  for (std::size_t i = 0; i < copy.parameters.size(); ++i) copy.parameters[i].array = source.parameters[i].array;
  copy.table_bytes = source.table_bytes;
}

// ---- what is needed

bool Rewriter::drops_a_load(const Program& source) {
  source_ = &source;
  find_needed();
  for (const Statement& statement : source.statements)
    if (statement.what == Do::Let && source.nodes[statement.a].op == Op::Load && !needed_[statement.a]) return true;
  return false;
}

void Rewriter::find_needed() {
  const Program& source = *source_;
  needed_.assign(source.nodes.size(), 0);
  for (const Statement& statement : source.statements) need_statement(statement);
  for (Id id = static_cast<Id>(source.nodes.size()); id-- > 0;) {
    if (!needed_[id]) continue;
    const Node& node = source.nodes[id];
    if (is_binary(node.op)) {
      needed_[node.a] = needed_[node.b] = 1;
    } else {
      for (int i = 0; i < operand_count(node); ++i) needed_[operand(node, i)] = 1;
    }
  }
}

void Rewriter::need_statement(const Statement& statement) {
  switch (statement.what) {
    case Do::Let: {
      const Op op = source_->nodes[statement.a].op;
      if (is_division(op) || (op == Op::Load && needs_check(statement))) needed_[statement.a] = 1;
      break;
    }
    case Do::Set:
      if (source_->is_dead(statement)) break;
      [[fallthrough]];
    case Do::Check:
      if (!needs_check(statement)) break;
      [[fallthrough]];
    case Do::Store:
    case Do::For:
    case Do::If:
    case Do::Require:
    case Do::Return:
    case Do::Cases:
    case Do::Go:
    case Do::Call:
      for_each_used_node(*source_, statement, [&](Id node) { needed_[node] = 1; });
      break;
    case Do::Loop:
    case Do::Block:
    case Do::Break:
    case Do::Continue:
    case Do::Comment:
    case Do::States:
      break;
  }
}

struct Rewriter::WriteCollector {
  Rewriter& rewriter;

  void enter(Id region) { rewriter.regions_[region].writes_begin = size(); }
  void leave(Id region) { rewriter.regions_[region].writes_end = size(); }
  void statement(Id id) {
    const Statement& statement = rewriter.source_->statements[id];
    if (statement.what == Do::Set && !rewriter.source_->is_dead(statement)) rewriter.writes_.push_back(statement.a);
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(rewriter.writes_.size()); }
};

void Rewriter::collect_writes() {
  writes_.clear();
  for (const Variable& variable : source_->variables)
    if (variable.reads != 0) return walk(*source_, WriteCollector{*this});
}

std::span<const Id> Rewriter::written_in(Id first, Id last) {
  written_.clear();
  for (std::uint32_t i = regions_[first].writes_begin; i < regions_[last].writes_end; ++i)
    if (const Id copy = variables_[writes_[i]]; copy != none) written_.push_back(copy);
  return written_;
}

void Rewriter::map_leaves(Id body, Id left, Id continued) {
  regions_[body].left = left;
  regions_[body].continued = continued;
}

bool Rewriter::is_droppable(const Statement& statement) const {
  switch (statement.what) {
    case Do::Let:
      return !needed_[statement.a];
    case Do::Set:
      return source_->is_dead(statement);
    case Do::Check:
      return !needs_check(statement);
    case Do::If:
    case Do::Cases: {
      bool any_effect = false;
      for_each_region(*source_, statement, [&](Id region) { any_effect = any_effect || has_effect(region); });
      return !any_effect;
    }
    case Do::For:  // a step of 0 is a fault
      return source_->is_constant(statement.d) && !source_->is_constant(statement.d, 0) && !has_effect(statement.body);
    case Do::Block:
      return !has_effect(statement.body);
    default:
      return false;
  }
}

bool Rewriter::has_effect(Id region) const {
  for (Id id = source_->regions[region].first; id != none; id = source_->statements[id].next)
    if (!is_droppable(source_->statements[id])) return true;
  return false;
}

// ---- nodes

void Rewriter::map_to(Id node, Id copy) {
  map_[node] = copy;
  if (node > highest_) highest_ = node;
}

// False also where an operand was not executed: in a branch that is known not to be taken.
inline bool Rewriter::can_copy(Id id) const {
  const Node& node = source_->nodes[id];
  if (map_[id] != none || is_pinned(node)) return false;
  for (int i = 0; i < operand_count(node); ++i)
    if (map_[operand(node, i)] == none) return false;
  return true;
}

void Rewriter::advance(Id end) {
  for (; cursor_ < end; ++cursor_)
    if (needed_[cursor_] && can_copy(cursor_)) map_to(cursor_, copy_pure(source_->nodes[cursor_], cursor_));
}

Id Rewriter::map(Id node) {
  if (map_[node] != none) return map_[node];
  advance(node + 1);
  if (map_[node] != none) return map_[node];
  stack_.assign(1, node);
  while (!stack_.empty()) {
    const Id id = stack_.back();
    const Node& top = source_->nodes[id];
    if (is_pinned(top)) throw std::logic_error("a value is used before it is made");
    const std::size_t size = stack_.size();
    for (int i = 0; i < operand_count(top); ++i)
      if (map_[operand(top, i)] == none) stack_.push_back(operand(top, i));
    if (stack_.size() != size) continue;
    stack_.pop_back();
    if (map_[id] == none) map_to(id, copy_pure(top, id));
  }
  return map_[node];
}

Id Rewriter::divide(const Node& node) {
  const Id a = map_[node.a], b = map_[node.b];
  const Program& copy = builder_.program();
  if (is_float(node.type)) return builder_.binary(node.op, a, b);
  if (!copy.is_constant(b) || copy.is_constant(b, 0) || copy.is_constant(a)) return builder_.binary(node.op, a, b);
  const Id better = rewrite_division(node.op, a, b);
  return better != none ? better : builder_.binary(node.op, a, b);
}

// Shifts and masks of an index may be its row and column.
Id Rewriter::shift_or_mask(const Node& node) {
  const Id a = map_[node.a];
  if (const IndexDivision division = division_of_index(*source_, node); division.index != none) {
    builder_.at(node.line);
    const Id divisor = builder_.constant(division.divisor, node.type);
    if (const Id better = rewrite_division(division.op, a, divisor); better != none) return better;
  }
  return builder_.binary(node.op, a, map_[node.b]);
}

Id Rewriter::copy_pure(const Node& node, Id id) {
  builder_.at(node.line);
  switch (node.op) {
    case Op::Constant:
      return builder_.constant(source_->value(id), node.type);
    case Op::Parameter:
      return parameters_[node.a];
    case Op::Size:
      return builder_.copy_size(node);
    case Op::Select:
      return builder_.select(map_[node.a], map_[node.b], map_[node.c]);
    case Op::Convert:
      return builder_.convert(map_[node.a], node.type);
    case Op::Divide:
    case Op::Remainder:
      return divide(node);
    case Op::ShiftRight:
    case Op::And:
      return shift_or_mask(node);
    case Op::Bits:
      return builder_.bits(map_[node.a], node.type);
    case Op::FusedMultiplyAdd:
      return builder_.fused_multiply_add(map_[node.a], map_[node.b], map_[node.c]);
    case Op::Mathematics:
      return builder_.mathematics(node.c, map_[node.a], node.b == none ? none : map_[node.b]);
    default:
      if (is_unary(node.op)) return builder_.unary(node.op, map_[node.a]);
      return builder_.binary(node.op, map_[node.a], map_[node.b]);
  }
}

void Rewriter::forget_iteration(Id index, std::size_t declared) {
  for (Id id = index + 1; id <= highest_; ++id) map_[id] = none;
  highest_ = index;
  cursor_ = index + 1;
  for (const auto& [node, copy] : fixed_) map_[node] = copy;
  for (; declared_.size() > declared; declared_.pop_back()) variables_[declared_.back()] = none;
}

// Without a part in highest_, up to which others are forgotten.
void Rewriter::fix(Id node, Id copy) {
  fixed_.emplace_back(node, copy);
  map_[node] = copy;
}

void Rewriter::unfix(std::size_t count) {
  for (; fixed_.size() > count; fixed_.pop_back()) map_[fixed_.back().first] = none;
}

// ---- statements

bool Rewriter::copy_region(Id region) {
  for (Id id = source_->regions[region].first; id != none; id = source_->statements[id].next)
    if (!is_droppable(source_->statements[id]) && !copy_statement(id)) return false;
  return true;
}

bool Rewriter::copy_statement(Id id) {
  const Statement& statement = source_->statements[id];
  bool falls_through = true;
  switch (statement.what) {
    case Do::Let:
      copy_let(statement);
      return true;
    case Do::Set:
      copy_set(statement);
      return true;
    case Do::Store:
      copy_store(statement);
      return true;
    case Do::Check:
      copy_check(statement);
      return true;
    case Do::For:
      if (!rewrite_for(id, falls_through)) copy_for(statement);
      return falls_through;
    case Do::If:
      return rewrite_if(id, falls_through) ? falls_through : copy_if(statement);
    case Do::Loop:
    case Do::Block: {
      builder_.at(statement.line);
      const Id copy =
          statement.what == Do::Loop ? builder_.open_loop(written_in(statement.body)) : builder_.open_block();
      map_leaves(statement.body, copy, copy);
      copy_region(statement.body);
      builder_.close();
      return true;
    }
    case Do::Break:
    case Do::Continue: {
      const RegionCopy& target = regions_[statement.a];
      builder_.at(statement.line);
      builder_.leave(statement.what, statement.what == Do::Break ? target.left : target.continued);
      return false;
    }
    case Do::Cases:
      return copy_cases(statement);
    case Do::States:
      return copy_states(statement);
    case Do::Go:
      if (!rewrite_go(id, falls_through)) copy_go(statement);
      return false;
    case Do::Return:
    case Do::Require:
    case Do::Comment:
      copy_plain(statement);
      return statement.what != Do::Return;
    case Do::Call:
      copy_call(statement);
      return true;
  }
  return true;
}

std::uint8_t Rewriter::flags_of(const Statement& statement) const {
  const std::size_t id = static_cast<std::size_t>(&statement - source_->statements.data());
  const unsigned added = id < added_flags_.size() ? added_flags_[id] : 0u;
  return static_cast<std::uint8_t>(statement.flags | added);
}

void Rewriter::keep_flags(const Statement& statement) {
  builder_.program().statements.back().flags = flags_of(statement);
}

void Rewriter::copy_let(const Statement& statement) {
  const Node& node = source_->nodes[statement.a];
  advance(statement.a);
  for (int i = 0; i < operand_count(node); ++i) map(operand(node, i));
  builder_.at(statement.line);
  if (node.op == Op::Get) return map_to(statement.a, builder_.get(variables_[node.a]));
  if (node.op != Op::Load) return map_to(statement.a, divide(node));
  copy_load(statement);
}

// What was read before has been checked, too, or the user vouches for the index.
void Rewriter::copy_load(const Statement& statement) {
  const Node& node = source_->nodes[statement.a];
  if (reuses_loads_)
    if (const Id same = builder_.loaded(node.a, map_[node.b]); same != none) return map_to(statement.a, same);
  const std::size_t statements = builder_.program().statements.size();
  map_to(statement.a, builder_.load(node.a, map_[node.b]));
  if (builder_.program().statements.size() != statements) keep_flags(statement);
}

void Rewriter::copy_set(const Statement& statement) {
  const Id value = map(statement.b);
  builder_.at(statement.line);
  Id& variable = variables_[statement.a];
  if (variable != none) return builder_.set(variable, value);
  builder_.at(source_->variables[statement.a].line);
  variable = builder_.declare(source_->variables[statement.a].type, value);
  declared_.push_back(statement.a);
}

void Rewriter::copy_store(const Statement& statement) {
  const Id index = map(statement.b), value = map(statement.c);
  builder_.at(statement.line);
  builder_.store(statement.a, index, value);
  keep_flags(statement);
}

void Rewriter::copy_call(const Statement& statement) {
  const Callee& callee = source_->callees[statement.b];
  std::vector<Id> arguments(source_->arguments(statement).begin(), source_->arguments(statement).end());
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (!callee.arguments[i].is_array) arguments[i] = map(arguments[i]);
  if (statement.a != none) advance(statement.a);
  builder_.at(statement.line);
  const Id result = builder_.call(statement.b, arguments);
  if (statement.a != none) map_to(statement.a, result);
}

void Rewriter::copy_check(const Statement& statement) {
  if ((flags_of(statement) & proven_in_bounds) != 0) return;
  const Id index = map(statement.b), extent = map(statement.c);
  builder_.at(statement.line);
  builder_.check({.what = Do::Check,
                  .flags = statement.flags,
                  .line = statement.line,
                  .a = statement.a,
                  .b = index,
                  .c = extent,
                  .d = statement.d});
}

void Rewriter::copy_for(const Statement& statement) {
  const Id first = map(statement.b), last = map(statement.c), step = map(statement.d);
  advance(statement.a);
  builder_.at(statement.line);
  map_to(statement.a, builder_.open_for(first, last, step, written_in(statement.body)));
  keep_flags(statement);
  map_leaves(statement.body, builder_.here(), builder_.here());
  copy_region(statement.body);
  builder_.close();
}

std::size_t Rewriter::begin_versions(Id loop) {
  advance(source_->statements[loop].a);
  return declared_.size();
}

void Rewriter::copy_version(Id loop, std::size_t begun) {
  const Statement& statement = source_->statements[loop];
  forget_iteration(statement.a, begun);
  copy_for(statement);
}

bool Rewriter::copy_if(const Statement& statement) {
  const Id condition = map(statement.a);
  const Program& copy = builder_.program();
  if (copy.is_constant(condition)) {
    const Id taken = copy.value(condition) != 0 ? statement.body : statement.other;
    return taken == none || copy_region(taken);
  }
  builder_.at(statement.line);
  builder_.open_if(condition);
  bool falls_through = copy_region(statement.body);
  builder_.close();
  if (statement.other == none || !has_effect(statement.other)) return true;
  builder_.open_other();
  falls_through |= copy_region(statement.other);
  builder_.close();
  return falls_through;
}

void Rewriter::copy_plain(const Statement& statement) {
  const bool has_operand = statement.what != Do::Comment && statement.a != none;
  const Id a = has_operand ? map(statement.a) : none;
  builder_.at(statement.line);
  builder_.append({.what = statement.what, .line = statement.line, .a = a, .b = statement.b});
}

}  // namespace cogent::ir
