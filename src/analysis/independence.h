// Whether the iterations of a program's parallel loops may be executed at once: whether none stores to an element that
// another one accesses.
#pragma once
#include <optional>

#include "analysis/linear_forms.h"

namespace cogent::analysis {

/// A store in a parallel loop that is not proven to keep away from what other iterations access.
struct Conflict {
  ir::Line line;
  Id array;
};

/// The first conflict, by the loop that ends first. Arrays that are different arguments are taken to be apart: whether
/// they overlap is looked at when the loop runs. Requires that the loops keep rule 24 (ir/verifier.h).
///
/// Iterations of a loop with the index i are proven apart for two accesses to the same memory if both indexes are
///   c * i + v + what no iteration changes,
/// c and what is not changed the same of both, and v lies, by the ranges of what it consists of, within so few elements
/// that the next iteration's begin behind them; or if the two accesses never meet at all.
std::optional<Conflict> find_conflict(const ir::Program& program);

}  // namespace cogent::analysis
