// The entry check and the loops over blocks: down the rows and along the columns, the last block of each moved back so
// that it ends exactly with the picture and computes some pixels again.
#include "x86/stencil.h"

#include "x86/stencil_rolled.h"
#include "x86/stencil_separable.h"
#include "x86/stencil_tiled.h"
#include "x86/stencil_unrolled.h"

namespace cogent::x86 {
namespace {

class StencilLoops {
 public:
  explicit StencilLoops(StencilBlock& block) : block_(block), machine_(block.machine), stencil_(block.stencil) {}

  void enter(const ir::Program& program) {
    const VirtualRegister arguments = machine_.arguments();
    block_.source = array_at(program, arguments, stencil_.source, stencil_.source_offset + corner());
    block_.destination =
        array_at(program, arguments, stencil_.destination, stencil_.destination_offset * stencil_.result_size());
    decline_overlap();
  }

  template <class Body>
  void emit(Body&& body) {
    const std::int64_t step = block_.plan.rows_per_block;
    const std::int64_t blocks = stencil_.rows / step, rest = stencil_.rows % step;
    if (blocks == 1 && rest == 0) return columns(body);
    const VirtualRegister left = machine_.immediate(blocks);
    const Label head = machine_.begin_loop(), done = machine_.new_label();
    columns(body);
    move_rows(step);
    machine_.binary_into(left, Opcode::Subtract, 8, left, Operand::of_immediate(1));
    machine_.jump_if(Condition::Greater, 8, left, Operand::of_immediate(0), head);
    if (rest != 0) {
      machine_.jump_if(Condition::Less, 8, left, Operand::of_immediate(0), done);
      move_rows(rest - step);
      machine_.jump(head);
    }
    machine_.end_loop();
    machine_.place(done);
  }

 private:
  // From the described window's corner to the trimmed one's.
  std::int64_t corner() const { return block_.plan.trimmed.top * stencil_.source_pitch + block_.plan.trimmed.left; }

  VirtualRegister array_at(const ir::Program& program, VirtualRegister arguments, ir::Id array, std::int64_t offset) {
    const VirtualRegister begin =
        machine_.load_argument(arguments, program.parameters[program.arrays[array].parameter].slot);
    const VirtualRegister d = machine_.new_general();
    if (offset == static_cast<std::int32_t>(offset))
      return machine_.binary_into(d, Opcode::Add, 8, begin, Operand::of_immediate(static_cast<std::int32_t>(offset)));
    return machine_.binary_into(d, Opcode::Add, 8, begin, Operand::of(machine_.immediate(offset)));
  }

  // With s bytes read from S on and d bytes written from D on, they overlap if -d < D - S < s: one unsigned comparison.
  void decline_overlap() {
    const TapWindow& window = block_.plan.window();
    const std::int64_t read =
        (stencil_.rows + window.height - 2) * stencil_.source_pitch + stencil_.width + window.width - 1;
    const std::int64_t written =
        ((stencil_.rows - 1) * stencil_.destination_pitch + stencil_.width) * stencil_.result_size();
    const VirtualRegister distance = machine_.move(block_.destination);
    machine_.binary_into(distance, Opcode::Subtract, 8, distance, Operand::of(block_.source));
    machine_.binary_into(distance, Opcode::Add, 8, distance, Operand::of(machine_.immediate(written - 1)));
    machine_.decline_if(Condition::Below, 8, distance, Operand::of(machine_.immediate(read + written - 1)));
  }

  template <class Body>
  void columns(Body&& body) {
    const auto step = static_cast<std::int32_t>(block_.plan.vector_size);
    const auto width = static_cast<std::int32_t>(stencil_.width);
    block_.column = none;
    if (width == step) return body();
    const VirtualRegister column = block_.column = machine_.immediate(0);
    const Label head = machine_.begin_loop(), done = machine_.new_label();
    body();
    machine_.binary_into(column, Opcode::Add, 8, column, Operand::of_immediate(step));
    if (width % step == 0) {
      machine_.jump_if(Condition::Less, 8, column, Operand::of_immediate(width), head);
    } else {
      machine_.jump_if(Condition::LessEqual, 8, column, Operand::of_immediate(width - step), head);
      machine_.jump_if(Condition::GreaterEqual, 8, column, Operand::of_immediate(width), done);
      machine_.immediate_into(column, width - step);
      machine_.jump(head);
    }
    machine_.end_loop();
    machine_.place(done);
  }

  void move_rows(std::int64_t rows) {
    const auto move = [&](VirtualRegister pointer, std::int64_t pitch) {
      machine_.binary_into(pointer, Opcode::Add, 8, pointer,
                           Operand::of_immediate(static_cast<std::int32_t>(rows * pitch)));
    };
    move(block_.source, stencil_.source_pitch);
    move(block_.destination, stencil_.destination_pitch * stencil_.result_size());
  }

  StencilBlock& block_;
  MachineProgram& machine_;
  const ir::Stencil& stencil_;
};

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
};

StencilLowering::StencilLowering() : state_(std::make_unique<State>()) {}
StencilLowering::~StencilLowering() = default;
PlanResult StencilLowering::result() const { return state_->result; }
const StencilPlan& StencilLowering::plan() const { return state_->plan; }
std::string StencilLowering::describe_plan() const { return describe(state_->plan); }

bool StencilLowering::run(const ir::Program& program, const ir::Stencil& stencil, const MachineTraits& traits,
                          MachineProgram& machine) {
  state_->result = plan_stencil(stencil, machine.level, traits, state_->list, state_->plan);
  if (state_->result != PlanResult::Planned) return false;
  machine.line = stencil.line;
  machine.vector_size = static_cast<std::uint8_t>(state_->plan.vector_size);
  StencilBlock block{machine, stencil, state_->plan};
  StencilLoops loops(block);
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
  }
  machine.return_status(Status::Done);
  return true;
}

}  // namespace cogent::x86
