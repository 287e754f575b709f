// The stencil lowering: from the description of a stencil to a machine program that computes it with vectors.
#pragma once

#include <memory>
#include <string>

#include "ir/program.h"
#include "ir/stencil.h"
#include "x86/entry_convention.h"
#include "x86/machine_program.h"
#include "x86/stencil_plan.h"

namespace cogent::x86 {

class StencilLowering {
 public:
  StencilLowering();
  ~StencilLowering();
  StencilLowering(const StencilLowering&) = delete;
  StencilLowering& operator=(const StencilLowering&) = delete;

  /// Writes the machine program for the level that `machine` was cleared for. It declines if the destination overlaps
  /// the source in memory. False: no form serves this stencil, see result(), and nothing was written. The code lets
  /// `run_parts` do what may be done in parallel; null: one thread does it all.
  bool run(const ir::Program& program, const ir::Stencil& stencil, MachineProgram& machine,
           RunParts run_parts = nullptr) {
    return run(program, stencil, detected_machine_traits(), machine, run_parts);
  }
  bool run(const ir::Program& program, const ir::Stencil& stencil, const MachineTraits& traits, MachineProgram& machine,
           RunParts run_parts = nullptr);

  /// How the last run ended.
  PlanResult result() const;
  /// What the last call chose, if it was successful.
  const StencilPlan& plan() const;
  /// The same in words, for `explain`.
  std::string describe_plan() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cogent::x86
