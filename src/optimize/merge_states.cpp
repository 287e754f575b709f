// The scan has counted the Gos; the rewriter copies the state where it is told to.
#include "optimize/merge_states.h"

#include <algorithm>

namespace cogent::optimize {

bool can_merge_a_state(const Scan& scan) { return std::ranges::find(scan.gos_to, Scan::one_go) != scan.gos_to.end(); }

bool merge_state(Transformation& transformation, Id id, bool& falls_through) {
  const ir::Statement& go = transformation.source().statements[id];
  if (go.a == ir::none || transformation.scan().gos_to[go.a] != Scan::one_go) return false;
  if (!transformation.copy_state_here(go.a)) return false;
  falls_through = false;
  if (transformation.wants_notes())
    transformation.note(go.line, "state " + std::to_string(transformation.source().regions[go.a].choice) +
                                     " was joined to this, the only place that goes to it");
  return true;
}

}  // namespace cogent::optimize
