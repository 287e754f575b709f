// Arrays first, then the difference of the indexes.
#include "analysis/dependences.h"

namespace cogent::analysis {

Dependence find_dependence(const ir::Program& program, const LinearAccess& earlier, const LinearAccess& later) {
  using Kind = Dependence::Kind;
  if (!earlier.is_store && !later.is_store) return {};
  if (!program.may_overlap(earlier.array, later.array)) return {};
  const bool comparable = earlier.array == later.array && earlier.index.valid && later.index.valid;
  if (!comparable || earlier.stride != later.stride || !earlier.index.has_same_terms(later.index))
    return {Kind::Unknown, 0};
  const auto elements = static_cast<std::int64_t>(static_cast<std::uint64_t>(later.index.constant) -
                                                  static_cast<std::uint64_t>(earlier.index.constant));
  if (elements % earlier.stride != 0) return {};  // one goes where the other leaves gaps
  return {Kind::Distant, elements / earlier.stride};
}

// What the later access does in one iteration must not be done behind what the earlier one does in a later iteration,
// if they meet.
std::int64_t most_iterations_at_once(const Dependence& dependence) {
  if (dependence.kind == Dependence::Kind::Unknown) return 1;
  const bool is_carried = dependence.kind == Dependence::Kind::Distant && dependence.distance > 0;
  return is_carried ? dependence.distance : INT64_MAX;
}

}  // namespace cogent::analysis
