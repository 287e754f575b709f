// Reads the values of a program's text: constants, names, operations.
#pragma once
#include <unordered_map>

#include "ir/node_table.h"
#include "ir/token_stream.h"

namespace cogent::ir {

class ValueParser {
 public:
  ValueParser(Program& program, TokenStream& in) : p_(program), in_(in) { table_.start(); }

  /// A value of the type; a constant need not say its type.
  Id value(Type expected);
  /// A value of any type; a constant says its type, or takes it from the expectation.
  Id value_of_any_type();
  /// A division that may fault: what follows `let %n =` if it is neither a load nor a variable.
  Id pinned_division();

  /// A new node that a statement makes.
  Id make_pinned(Op op, Type type, Id a, Id b);
  Id make_index(Type type, Id body);

  /// The number after '%' of a value that is being defined.
  void define(const Token& name, Id node);
  Type type_of(Id node) const { return p_.nodes[node].type; }
  Id array_at(const Token& token) const;  // of a word such as a0

 private:
  /// An operand: a node, or a constant that has not said its type yet.
  struct Operand {
    Id node = none;
    std::uint64_t magnitude = 0;
    bool is_negative = false;
    Token at;
  };
  class Nesting;

  Operand expression();
  Operand sum();
  Operand product();
  Operand factor();
  Operand number(bool is_negative);
  Operand word();
  Operand function(const Token& name);
  Operand size(const Token& name);
  Operand size_of_dimension(const Token& name);
  Operand select(const Token& name);
  Operand operation(Op op, const Token& name);
  Operand mathematics(Id function, const Token& name);
  Operand conversion(Op op, Type type);

  Operand binary(Op op, Operand a, Operand b, const Token& at);
  Id divide(Op op, Type type, Id a, Id b, const Token& at);
  void agree(Operand& a, Operand& b, const Token& at);
  Id give_type(const Operand& operand, Type type);
  Id node_of(const Operand& operand);
  Id pure(Op op, Type type, Id a, Id b = 0, Id c = 0) {
    return table_.intern(p_, first_word(op, type, 0, a), second_word(b, c));
  }
  Id constant(std::int64_t value, Type type);

  Program& p_;
  TokenStream& in_;
  NodeTable table_;
  std::unordered_map<std::uint64_t, Id> names_;
  std::uint32_t sequence_ = 0;
  int depth_ = 0;
  bool may_pin_ = false;  // a division that may fault is allowed here
  Id pinned_ = none;      // the last one made
};

}  // namespace cogent::ir
