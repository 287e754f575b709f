// Executes programs through the scalar lowering, as an executor of support/execution.h.
#pragma once

#include <memory>

#include "support/execution.h"
#include "x86/cpu_features.h"
#include "x86/frame.h"

namespace cogent::x86 {

/// A program compiled by the scalar lowering; the program must outlive it.
class CompiledProgram {
 public:
  CompiledProgram(const ir::Program& program, CpuLevel level, RegisterFile file);
  ~CompiledProgram();
  CompiledProgram(const CompiledProgram&) = delete;
  CompiledProgram& operator=(const CompiledProgram&) = delete;

  /// Runs it on argument slots and reports faults as the interpreter does.
  interpret::Outcome operator()(std::uint64_t* arguments) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Compiles at each call. Fewer registers make it spill.
testing::Executor scalar_executor(CpuLevel level);
testing::Executor scalar_executor(CpuLevel level, RegisterFile file);

}  // namespace cogent::x86
