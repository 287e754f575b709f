// Which values of a program get a name in its text, and before which statement they are written.
#pragma once
#include <vector>

#include "ir/program.h"

namespace cogent::ir {

/// The region that has the label of `region`: all regions of one statement share one.
inline Id labelled_region(const Program& program, Id region) {
  return program.statements[program.regions[region].owner].body;
}

/// A pure value is written where it is used if it is used once, else it is named. It is named also where an expression
/// would nest deeper than `deepest_expression`, so that expressions can be printed and parsed recursively. A name is
/// written before the statement that holds its first use, in the innermost region that holds all its uses.
class TextLayout {
 public:
  static constexpr int deepest_expression = 8;

  explicit TextLayout(const Program& program);

  /// The pure nodes that are named before the statement, in order of their ids. To be called once for each statement,
  /// in program order.
  const std::vector<Id>& named_before(Id statement);
  bool is_named(Id node) const { return values_[node].is_named; }
  bool is_target(Id region) const { return is_target_[region]; }

  // Called by ir::walk:
  void enter(Id region) { here_ = region; }
  void leave(Id region) { here_ = program_.regions[region].parent; }
  void statement(Id id);

 private:
  struct Value {
    std::uint32_t uses = 0;
    Id home = none;   // the innermost region that holds all uses
    Id first = none;  // the statement in it that is or holds the first use
    std::uint8_t depth = 0;
    bool is_named = false;
  };
  struct Name {
    std::uint32_t time;  // of the statement before which it is written
    Id node;
    friend auto operator<=>(const Name&, const Name&) = default;
  };

  void use(Id node, Id region, Id statement);
  void use_operands(Id node);
  void decide(Id node);
  Id common(Id a, Id b) const;
  Id ancestor_in(Id region, Id statement) const;

  const Program& program_;
  Id here_ = 0;
  std::uint32_t time_ = 0;
  std::vector<std::uint32_t> times_;  // per statement
  std::vector<Id> regions_;           // per statement
  std::vector<bool> is_target_;       // per region: a Break, Continue or Go names its label
  std::vector<Value> values_;
  std::vector<Name> names_;  // sorted
  std::size_t next_name_ = 0;
  std::vector<Id> current_;
};

}  // namespace cogent::ir
