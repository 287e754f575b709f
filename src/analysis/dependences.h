// Whether two accesses of a loop's body may meet in memory, and at which distance.
#pragma once
#include "analysis/linear_forms.h"

namespace cogent::analysis {

/// A load or store whose index is linear.
struct LinearAccess {
  Id array;
  bool is_store;
  LinearForm index;         // in elements, in the loop's first iteration
  std::int64_t stride = 1;  // from one iteration to the next
};

struct Dependence {
  enum class Kind : std::uint8_t {
    None,     // they never meet, or both only read
    Distant,  // the later access meets in an iteration what the earlier one meets `distance` iterations later
    Unknown,  // how far apart they are is known only when the loop begins
  };
  Kind kind = Kind::None;
  std::int64_t distance = 0;  // in iterations
};

/// Of two accesses of the same iteration, `earlier` executed first.
Dependence find_dependence(const ir::Program& program, const LinearAccess& earlier, const LinearAccess& later);

/// How many iterations may be done at once, each access for all of them before the next access: INT64_MAX if there is
/// no limit, 1 if it is not known.
std::int64_t most_iterations_at_once(const Dependence& dependence);

}  // namespace cogent::analysis
