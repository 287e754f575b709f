// What explain says of the calls of a program: what is called, from how many places, and what a call costs.
#pragma once
#include <string>
#include <vector>

#include "ir/program.h"

namespace cogent::jit {

/// One sentence for each line of the user's source and what it calls, in the order of the program.
struct CallSentence {
  ir::Line line;
  std::string text;
};
std::vector<CallSentence> describe_calls(const ir::Program& program);

}  // namespace cogent::jit
