// Parallel loops of generated code: who runs which rounds, and which error is reported.
#pragma once
#include <vector>

#include "jit/activation.h"
#include "x86/machine_program.h"

namespace cogent::jit {

/// Code with parallel loops, as its runs need it: RunContext::parallel_code.
struct ParallelCode {
  /// An array of the signature that the rounds of a loop access.
  struct SharedArray {
    ir::Array array;
    std::uint16_t slot = 0;
    bool is_written = false;
  };
  struct Loop {
    std::uint64_t fewest = 1;  // rounds of a part
    std::vector<SharedArray> arrays;
  };

  RunnableCode code;
  std::vector<Loop> loops;
};

/// The loops of a machine program, independent of the program that it was made from.
std::vector<ParallelCode::Loop> describe_loops(const ir::Program& program, std::span<const x86::ParallelLoop> loops);

/// Runs a parallel loop of code whose context names a ParallelCode; see x86::RunParts. In parts on the thread's
/// executor, or in one where that would not be faster, where arrays overlap, within a part, or when calls are replayed.
/// When rounds fail, those before the first failing one have been executed, and its failure is the loop's.
std::int32_t run_parts(std::uint64_t* arguments, x86::ErrorRecord* error, void* context, const std::uint64_t* loop);

}  // namespace cogent::jit
