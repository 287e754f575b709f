// The states that the text of a program names by their numbers, perhaps before it comes to them.
#pragma once
#include <map>
#include <utility>
#include <vector>

#include "ir/token_stream.h"

namespace cogent::ir {

class StateTargets {
 public:
  /// The region of a States statement's state; false: there is one with this number already.
  bool define(Id states, std::uint64_t number, Id region);
  /// The Go, or the element of Program::operands, is to lead to the state with this number.
  void want_statement(Id states, const Token& number, Id go) { wanted_.push_back({states, number, go, none}); }
  void want_operand(Id states, const Token& number, Id operand) { wanted_.push_back({states, number, none, operand}); }
  /// Throws ParseError where there is no such state.
  void resolve(Program& program) const;

 private:
  struct Wanted {
    Id states;
    Token number;
    Id go, operand;
  };
  std::map<std::pair<Id, std::uint64_t>, Id> regions_;
  std::vector<Wanted> wanted_;
};

}  // namespace cogent::ir
