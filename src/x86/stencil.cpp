// Plans, then lets the form's emitter write the blocks within the loops over them.
#include "x86/stencil.h"

#include "x86/stencil_box.h"
#include "x86/stencil_loops.h"
#include "x86/stencil_rolled.h"
#include "x86/stencil_separable.h"
#include "x86/stencil_tiled.h"
#include "x86/stencil_unrolled.h"

namespace cogent::x86 {
namespace {

template <class Emitter>
void emit_with(Emitter& emitter, StencilBlock& block, StencilLoops& loops, ProductList& list) {
  emitter.prepare(block, list);
  loops.emit([&] { emitter.emit_block(); });
}

}  // namespace

struct StencilLowering::State {
  PlanResult result = PlanResult::NoVectors;
  StencilPlan plan;
  ProductList list;
  UnrolledStencil unrolled;
  RolledStencil rolled;
  SeparableStencil separable;
  TiledStencil tiled;
  BoxStencil box;
};

StencilLowering::StencilLowering() : state_(std::make_unique<State>()) {}
StencilLowering::~StencilLowering() = default;
PlanResult StencilLowering::result() const { return state_->result; }
const StencilPlan& StencilLowering::plan() const { return state_->plan; }
std::string StencilLowering::describe_plan() const { return describe(state_->plan); }

bool StencilLowering::run(const ir::Program& program, const ir::Stencil& stencil, const MachineTraits& traits,
                          MachineProgram& machine, RunParts run_parts) {
  state_->result = plan_stencil(stencil, machine.level, traits, state_->list, state_->plan);
  if (state_->result != PlanResult::Planned) return false;
  machine.line = stencil.line;
  machine.vector_size = static_cast<std::uint8_t>(state_->plan.vector_size);
  StencilBlock block{machine, stencil, state_->plan};
  StencilLoops loops(block, run_parts);
  loops.enter(program);
  switch (state_->plan.form) {
    case StencilForm::Unrolled:
      emit_with(state_->unrolled, block, loops, state_->list);
      break;
    case StencilForm::Rolled:
      emit_with(state_->rolled, block, loops, state_->list);
      break;
    case StencilForm::Separable:
      emit_with(state_->separable, block, loops, state_->list);
      break;
    case StencilForm::Tiled:
      emit_with(state_->tiled, block, loops, state_->list);
      break;
    case StencilForm::Box:
      state_->box.prepare(block);
      loops.emit([&] { state_->box.emit_block(); });
      break;
  }
  if (state_->plan.streams_results) machine.store_fence();
  machine.return_status(Status::Done);
  return true;
}

}  // namespace cogent::x86
