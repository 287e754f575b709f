// What explain says of parallel loops.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "ir/program.h"
#include "x86/machine_program.h"

namespace cogent::jit {

struct ParallelSentence {
  ir::Line line;
  std::string text;
};

/// One for each parallel loop of a program whose machine code, by the stencil lowering or not, does `loops` in parts:
/// that it runs in parallel, or why not.
std::vector<ParallelSentence> describe_parallel_loops(const ir::Program& program, bool is_stencil,
                                                      std::span<const x86::ParallelLoop> loops);

}  // namespace cogent::jit
