// Visits all statements of a program in program order, without recursion: regions may be nested very deeply.
#pragma once
#include "ir/program.h"

namespace cogent::ir {

/// Calls visitor.enter(region), visitor.statement(id) and visitor.leave(region) in the order of the text: a statement,
/// then its body, then the body's siblings, then its other branch. Begins and ends with the region `root`. Requires
/// consistent links (verifier rules 6 to 8).
template <class Visitor>
void walk(const Program& program, Visitor&& visitor, Id root = 0) {
  Id region = root;
  visitor.enter(region);
  for (Id at = program.regions[root].first;;) {
    if (at == none) {
      visitor.leave(region);
      if (region == root) return;
      if (const Id next = next_region(program, region); next != none) {
        region = next;
        visitor.enter(region);
        at = program.regions[region].first;
      } else {
        at = program.statements[program.regions[region].owner].next;
        region = program.regions[region].parent;
      }
      continue;
    }
    visitor.statement(at);
    const Statement& statement = program.statements[at];
    if (statement.body == none) {
      at = statement.next;
    } else {
      region = statement.body;
      visitor.enter(region);
      at = program.regions[region].first;
    }
  }
}

/// The node that a Let, a For or a Call makes; none for other statements.
inline Id made_node(const Statement& statement) {
  const bool makes = statement.what == Do::Let || statement.what == Do::For || statement.what == Do::Call;
  return makes ? statement.a : none;
}

/// The operands of a statement: visit(node) for each node it uses (of a Let, the operands of the node it makes).
template <class Visit>
void for_each_used_node(const Program& program, const Statement& statement, Visit&& visit) {
  switch (statement.what) {
    case Do::Let: {
      const Node& made = program.nodes[statement.a];
      for (int i = 0; i < operand_count(made); ++i) visit(operand(made, i));
      break;
    }
    case Do::Set:
      visit(statement.b);
      break;
    case Do::Store:
      visit(statement.b);
      visit(statement.c);
      break;
    case Do::For:
      visit(statement.b);
      visit(statement.c);
      visit(statement.d);
      break;
    case Do::Check:
      visit(statement.b);
      visit(statement.c);
      break;
    case Do::If:
    case Do::Require:
    case Do::Cases:
      visit(statement.a);
      break;
    case Do::Go:
      if (statement.b != none) visit(statement.b);
      break;
    case Do::Return:
      if (statement.a != none) visit(statement.a);
      break;
    case Do::Call: {
      const Callee& callee = program.callees[statement.b];
      const std::span<const Id> arguments = program.arguments(statement);
      for (std::size_t i = 0; i < arguments.size(); ++i)
        if (!callee.arguments[i].is_array) visit(arguments[i]);
      break;
    }
    case Do::Loop:
    case Do::Block:
    case Do::Break:
    case Do::Continue:
    case Do::Comment:
    case Do::States:
      break;
  }
}

}  // namespace cogent::ir
