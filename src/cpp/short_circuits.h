// Finds what a && b and a || b have become where b has effects of its own (reads): v = false; if (a) { ...; v = b; }
#pragma once
#include <vector>

#include "ir/program.h"

namespace cogent::cpp {

using ir::Id;

struct ShortCircuit {
  Id value;      // the Get that reads the outcome: its only reader
  Id condition;  // of the If
  Id right;      // what the variable is set to within the If
  Id body;       // the If's region: Lets, other short circuits and the Set
  bool is_or;    // v = true; if (!a) { ...; v = b; }
};

class ShortCircuits {
 public:
  explicit ShortCircuits(const ir::Program& program);

  std::size_t size() const { return all_.size(); }
  const ShortCircuit& operator[](Id number) const { return all_[number]; }

  /// The numbers of what a statement belongs to (as one of the two Sets or as the If), a node is the outcome of, a
  /// region is the body of; none if there is none.
  Id of_statement(Id statement) const { return of_statement_[statement]; }
  Id of_value(Id node) const { return of_value_[node]; }
  Id of_body(Id region) const { return of_body_[region]; }

 private:
  void count_uses();
  void look_at(Id set);
  bool is_plain_body(Id region, Id variable) const;

  const ir::Program& program_;
  std::vector<ShortCircuit> all_;
  std::vector<Id> of_statement_, of_value_, of_body_;
  std::vector<std::uint32_t> sets_, gets_;  // per variable
};

}  // namespace cogent::cpp
