// Finds a value that is used where the statement that makes it may not have been executed.
#pragma once
#include <optional>

#include "ir/program.h"

namespace cogent::ir {

/// A value that was made inside a region is used outside of that region (or before its statement).
struct DominanceError {
  Line use;      // of the statement that uses the value, directly or through pure nodes
  Line made;     // of the value; 0 if no statement makes it
  Id use_of;     // the pinned node; none: it is a variable, declared there
  Id made_in;    // the region in which it was made; none if no statement makes it
  Do made_kind;  // the statement that owns the region: If, For, Loop or Block (an unrolled loop or an iteration of one)
};

/// The first such use in program order. Linear and without allocation once warm: fit for every recording.
/// Requires consistent links and operands (verifier rules 1 to 8).
std::optional<DominanceError> find_dominance_error(const Program& program);

}  // namespace cogent::ir
