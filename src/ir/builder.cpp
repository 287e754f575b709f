// The signature, and the nodes and statements that make values and effects.
#include "ir/builder.h"

#include <utility>

namespace cogent::ir {

void Builder::start(Program& program) {
  program_ = &program;
  program.clear();
  table_.start();
  places_.start();
  here_ = 0;
  line_ = 0;
  forwards_ = true;
  access_flags_ = 0;
  sequence_ = folded_ = 0;
  epoch_ = last_epoch_ = 1;
  knowledge_.clear();
  changes_.clear();
  scopes_.clear();
  choices_.clear();
  last_branch_ = {};
  begin_piece();
  remembers_loads_ = false;
}

Line Builder::place(const Place& place) { return places_.find(*program_, place); }

// ---- the signature

void Builder::add_static_position() { ++program_->signature_length; }

Id Builder::add_value(Type type) {
  Program& p = *program_;
  p.parameters.push_back({false, type, p.signature_length++, p.slot_count(), none});
  return node(Op::Parameter, type, static_cast<Id>(p.parameters.size() - 1));
}

// ---- values that statements make

Id Builder::fresh(Op op, Type type, Id a, Id b, Id c) {
  program_->nodes.push_back({op, type, line_, a, b, c});
  return static_cast<Id>(program_->nodes.size() - 1);
}

Id Builder::pinned(Op op, Type type, Id a, Id b) {
  const Id id = fresh(op, type, a, b, ++sequence_);
  append({.what = Do::Let, .line = line_, .a = id});
  return id;
}

bool Builder::leave_unchecked(bool unchecked) {
  const bool before = access_flags_ != 0;
  access_flags_ = unchecked ? StatementFlag::unchecked : 0;
  return before;
}

Id Builder::declare(Type type, Id initial) {
  const Id variable = static_cast<Id>(program_->variables.size());
  program_->variables.push_back({type, line_, 0});
  knowledge_.push_back({none, 0});
  set(variable, initial);
  return variable;
}

void Builder::set(Id variable, Id value) {
  append({.what = Do::Set, .line = line_, .a = variable, .b = value});
  know(variable, value);
}

Id Builder::get(Id variable) {
  if (const Id value = known(variable); value != none) return value;
  ++program_->variables[variable].reads;
  const Id value = pinned(Op::Get, program_->variables[variable].type, variable, 0);
  know(variable, value);
  return value;
}

// ---- effects

Id Builder::append(Statement statement) {
  Program& p = *program_;
  if (operations() > operation_limit) throw ProgramTooLong("more than a million operations were recorded");
  const Id id = static_cast<Id>(p.statements.size());
  statement.body = statement.other = statement.next = none;
  p.statements.push_back(statement);
  attach(id);
  return id;
}

// Whether one of the nodes made since needs the value. Few are made between an element and a store to it.
bool Builder::is_used_since(Id made) const {
  constexpr std::size_t few = 8;
  const std::vector<Node>& nodes = program_->nodes;
  if (nodes.size() - made > few) return true;  // perhaps
  for (std::size_t id = made + 1; id < nodes.size(); ++id)
    for (int i = 0; i < operand_count(nodes[id]); ++i)
      if (operand(nodes[id], i) == made) return true;
  return false;
}

bool Builder::replace_load_by_store(Id load_node, Id value) {
  const Id last = program_->regions[here_].last;
  if (last == none) return false;
  Statement& statement = program_->statements[last];
  if (statement.what != Do::Let || statement.a != load_node || value == load_node || is_used_since(load_node))
    return false;
  const Node load = program_->nodes[load_node];
  statement.what = Do::Store;
  statement.flags = access_flags(load.a);
  statement.line = line_;
  statement.a = load.a;
  statement.b = load.b;
  statement.c = value;
  return true;
}

void Builder::leave(Do how, Id region) {
  append({.what = how, .line = line_, .a = region});
  if (how != Do::Break) return;
  for (Scope& scope : scopes_)
    if (scope.region == region) scope.left = true;
}

void Builder::go(Id state) { append({.what = Do::Go, .line = line_, .a = state}); }

void Builder::go(Id selector, std::span<const Id> states) {
  if (program_->is_constant(selector)) return go(states[static_cast<std::size_t>(program_->value(selector))]);
  std::vector<Id>& operands = program_->operands;
  append({.what = Do::Go, .line = line_, .b = selector, .c = static_cast<Id>(operands.size())});
  operands.insert(operands.end(), states.begin(), states.end());
}

void Builder::returns(Id value) { append({.what = Do::Return, .line = line_, .a = value}); }

void Builder::require(Id condition, std::string text) {
  program_->texts.push_back(std::move(text));
  append({.what = Do::Require, .line = line_, .a = condition, .b = static_cast<Id>(program_->texts.size() - 1)});
}

void Builder::comment(std::string text) {
  program_->texts.push_back(std::move(text));
  append({.what = Do::Comment, .line = line_, .b = static_cast<Id>(program_->texts.size() - 1)});
}

Id Builder::call(Callee callee, std::span<const Id> arguments) {
  program_->callees.push_back(std::move(callee));
  return call(static_cast<Id>(program_->callees.size() - 1), arguments);
}

Id Builder::call(Id callee, std::span<const Id> arguments) {
  Program& p = *program_;
  const Id first = static_cast<Id>(p.operands.size());
  p.operands.insert(p.operands.end(), arguments.begin(), arguments.end());
  const Type type = p.callees[callee].result;
  const Id result = type == Type::Void ? none : fresh(Op::CallResult, type, callee, 0, ++sequence_);
  append(
      {.what = Do::Call, .line = line_, .a = result, .b = callee, .c = first, .d = static_cast<Id>(arguments.size())});
  load_count_ = 0;
  return result;
}

}  // namespace cogent::ir
