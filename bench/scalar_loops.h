// The fixed set of small loops by which the quality of scalar code is judged, each with its arguments.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bench {

// A call on arguments of its own: those of each contender are equal at the beginning.
struct ScalarCall {
  std::function<void()> prepare;  // the arguments as they were at the beginning
  std::function<void()> run;
  std::shared_ptr<void> arguments;  // what the call leaves behind, for ScalarLoop::differ
};

struct ScalarLoop {
  std::string name;
  std::function<std::string()> source, assembly, explain;
  std::function<ScalarCall()> generated;
  std::function<ScalarCall(void* function)> compiled;  // the function that the compiled source defines
  std::function<bool(const ScalarCall&, const ScalarCall&)> differ;
};

// In a fixed order.
const std::vector<ScalarLoop>& scalar_loops();

// The loop of random look-ups in a table, without the checks: what they cost.
const ScalarLoop& unchecked_table_lookup();

}  // namespace bench
