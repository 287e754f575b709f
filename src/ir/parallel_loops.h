// What the iterations of a parallel loop may not do, because they are executed in any order and at once: rule 24.
#pragma once
#include <optional>
#include <vector>

#include "ir/program.h"

namespace cogent::ir {

enum class ParallelMisuse : std::uint8_t {
  Assigns,  // a variable that is declared outside of the loop
  Leaves,   // the loop, or one around it
  Returns,
  Prints,
  LetsWrite,  // a callee to an array that is not the iteration's own
};

/// Half a sentence about the loop.
const char* describe(ParallelMisuse kind);

struct FoundMisuse {
  ParallelMisuse kind;
  Line line;
};

/// The first misuse in a parallel loop, in program order.
std::optional<FoundMisuse> find_parallel_misuse(const Program& program);

/// Follows, in the order of ir::walk, which parallel loop is around a statement, and tells to which iterations
/// variables and scratch arrays belong.
class ParallelScopes {
 public:
  explicit ParallelScopes(const Program& program);

  void enter(Id region);
  void leave(Id region);
  /// Notes what the statement declares.
  void statement(const Statement& statement);

  /// The body of the innermost parallel loop around; none: there is none.
  Id innermost() const { return bodies_.empty() ? none : bodies_.back(); }
  /// The body of the innermost parallel loop around the declaration of a variable, which has been noted.
  Id home_of_variable(Id variable) const { return variables_[variable]; }
  /// Whether each iteration of the loop with this body has the array's memory to itself: a scratch array of which all
  /// accesses lie in it. (It is made, and so filled, where they are.)
  bool is_own(Id array, Id body) const;

 private:
  static constexpr Id unseen = none - 1;
  struct ArrayHomes;
  Id around(Id region) const;

  const Program& program_;
  std::vector<Id> variables_;  // unseen, or the innermost parallel body around the declaration
  std::vector<Id> arrays_;     // the same around all accesses to a scratch array
  std::vector<Id> bodies_;     // of the parallel loops around, the innermost last
};

}  // namespace cogent::ir
