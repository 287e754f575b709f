// The stages that a text test may ask for.
#pragma once
#include <string>
#include <vector>

#include "ir/program.h"

namespace cogent::programs {

struct Stage {
  const char* name;
  /// The text after the stage. Throws std::runtime_error if the options are wrong or the witnesses disagree.
  std::string (*text_after)(const ir::Program& program, const std::string& options);
  /// Whether this machine can do it with the options.
  bool (*is_possible)(const std::string& options) = [](const std::string&) { return true; };
};

/// Null if there is none of that name.
const Stage* find_stage(const std::string& name);

}  // namespace cogent::programs
