// How deep blocks may be nested: what visits them by recursion then needs at most about 300 KiB of stack.
#pragma once
#include "stage/recorder.h"

namespace cogent::stage {

/// Also of a chain of code.otherwise_when, each of which is nested in the one before.
inline constexpr int deepest_nesting = 1000;

/// Raises an error with the user's line where one more block inside the region would be too deep.
inline void require_shallow_nesting(const Recorder& recorder, ir::Id region) {
  if (recorder.builder().program().regions[region].depth >= deepest_nesting)
    recorder.fail("blocks are nested more than " + std::to_string(deepest_nesting) +
                  " deep (each code.otherwise_when(...) is nested in the one before); write  code.cases(...)  or "
                  "several functions that call each other");
}
inline void require_shallow_nesting(const Recorder& recorder) {
  require_shallow_nesting(recorder, recorder.builder().here());
}

}  // namespace cogent::stage
