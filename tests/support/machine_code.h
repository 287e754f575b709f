// Compiles programs to machine code, as executors of support/execution.h and as text.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "optimize/pipeline.h"
#include "support/execution.h"
#include "x86/cpu_features.h"
#include "x86/linear_scan.h"

namespace cogent::testing {

/// The levels that this machine can run, the lowest first.
std::vector<x86::CpuLevel> cpu_levels();

/// Compiles once what is then run on many inputs. Memory is kept from one program to the next.
class MachineCompiler {
 public:
  MachineCompiler();
  ~MachineCompiler();
  /// The optimised program, which lives until the next one.
  const ir::Program& optimize(const ir::Program& program, const optimize::PipelineOptions& options = {});
  std::uint32_t rewrites() const;                // that the last optimize(), and best() after it, made
  optimize::Fuel::Rewrite last_rewrite() const;  // that its fuel allowed
  x86::SpillCounts spills() const;               // in the code that was made last
  /// By the scalar lowering. What is executed must be this program.
  Executor scalar(const ir::Program& program, x86::CpuLevel level);
  /// By the best lowering, of what was optimised last, which must live as long; where that declines, scalar code runs.
  Executor best(x86::CpuLevel level);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Compiles at each call, by the scalar lowering, and reports faults as the interpreter does.
Executor machine_code(x86::CpuLevel level);

/// Optimises and takes the best lowering, as a call of a user's function does; where the code declines its arguments,
/// scalar code runs.
Executor best_machine_code(x86::CpuLevel level, optimize::PassSet disabled = 0);

/// Machine code whose parallel loops do their last rounds first; otherwise, and unless they are to, their parts come in
/// the order of the rounds.
Executor last_parts_first_of(Executor executor, bool are_to = true);

/// What best_machine_code does with a program: how the stencil is computed, or why there is none.
std::string describe_lowering(const ir::Program& program, x86::CpuLevel level);

/// The assembly of a program by the scalar lowering, with `line N` comments. Needs no machine of that level.
std::string assembly_of(const ir::Program& program, x86::CpuLevel level);

}  // namespace cogent::testing
