// Which variable holds which value at the current place of the text, so that the value can be printed as the variable.
#pragma once
#include <unordered_map>
#include <vector>

#include "ir/program.h"

namespace cogent::cpp {

using ir::Id;

class Contents {
 public:
  explicit Contents(std::size_t variable_count) : variables_(variable_count) {}

  /// The variable holds the node's value and no longer what it held; `none`: something unknown.
  void set(Id variable, Id node);
  /// The variable holds this node's value too.
  void also(Id variable, Id node);

  /// The first variable that came to hold the node's value and still does; none: there is none.
  Id holder(Id node) const;
  bool holds(Id variable, Id node) const;
  /// What the variable was set to last, if it still holds that.
  Id latest(Id variable) const { return variables_[variable].node; }

  std::size_t mark() const { return changes_.size(); }
  /// Back to what was known at the mark; the changes stay noted, for forget_since.
  void rewind(std::size_t mark);
  /// All that was set since the mark is unknown.
  void forget_since(std::size_t mark);

 private:
  struct State {
    std::uint32_t version = 0;
    Id node = ir::none;
  };
  struct Change {
    Id variable;
    State before;
  };
  struct Holder {
    Id variable;
    std::uint32_t version;
  };

  std::vector<State> variables_;
  std::vector<Change> changes_;
  std::unordered_map<Id, std::vector<Holder>> holders_;
  std::uint32_t last_version_ = 0;
};

}  // namespace cogent::cpp
