// The stencil lowering: from the description of a stencil to a machine program that computes it with vectors.
#pragma once

#include <memory>

#include "ir/program.h"
#include "ir/stencil.h"
#include "x86/machine_program.h"
#include "x86/stencil_plan.h"

namespace cogent::x86 {

class StencilLowering {
 public:
  StencilLowering();
  ~StencilLowering();
  StencilLowering(const StencilLowering&) = delete;
  StencilLowering& operator=(const StencilLowering&) = delete;

  /// Writes the machine program for a CPU level. It declines if the destination overlaps the source in memory. Only if
  /// the result is Planned has anything been written. Memory is kept between calls.
  PlanResult lower(const ir::Program& program, const ir::Stencil& stencil, CpuLevel level, MachineProgram& machine) {
    return lower(program, stencil, level, detected_machine_traits(), machine);
  }
  PlanResult lower(const ir::Program& program, const ir::Stencil& stencil, CpuLevel level, const MachineTraits& traits,
                   MachineProgram& machine);

  /// What the last call chose, if it returned Planned.
  const StencilPlan& plan() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cogent::x86
