// The fixed set of loops whose vector code is measured.
#pragma once
#include <cogent/cogent.h>

#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace bench {

/// A loop with the arguments of all its ways of being run.
struct LaneLoop {
  std::string name;
  std::function<void(std::size_t number)> generate;               // that many elements fewer: new code for each number
  std::function<std::string()> source;                            // as get_source prints it
  std::function<std::string()> explain;                           // how it was vectorised
  std::function<std::function<void()>()> generated;               // a call of its specialisation
  std::function<std::function<void()>(void* function)> compiled;  // the same of the compiled source
  std::function<bool(void* function)> agree;                      // whether both leave the same behind
};

std::vector<LaneLoop> lane_loops();

}  // namespace bench
