// What stands before the loops over blocks. An activation that has no part looks for overlaps and, if the stencil is
// done in parts, hands its blocks to the helper; one that has a part finds its blocks.
#include "x86/stencil_loops.h"

#include "ir/callee.h"

namespace cogent::x86 {
namespace {

// In tenths of cycles: so much is worth another thread's while.
constexpr std::int64_t least_work = 400'000;

}  // namespace

StencilLoops::StencilLoops(StencilBlock& block, RunParts run_parts)
    : block_(block),
      machine_(block.machine),
      stencil_(block.stencil),
      run_parts_(run_parts),
      rows_{stencil_.rows, block.plan.rows_per_block},
      columns_{stencil_.width, block.plan.columns_per_block},
      divided_(run_parts == nullptr || stencil_.parallel_loop == ir::none ? nullptr
               : rows_.blocks() > 1                                       ? &rows_
               : columns_.blocks() > 1                                    ? &columns_
                                                                          : nullptr) {}

void StencilLoops::enter(const ir::Program& program) {
  const VirtualRegister arguments = machine_.arguments();
  block_.source = array_at(program, arguments, stencil_.source, stencil_.source_offset + corner());
  block_.destination =
      array_at(program, arguments, stencil_.destination, stencil_.destination_offset * stencil_.result_size());
  if (divided_ == nullptr) return decline_overlap();
  divide(arguments);
}

// From the described window's corner to the trimmed one's.
std::int64_t StencilLoops::corner() const {
  return block_.plan.trimmed.top * stencil_.source_pitch + block_.plan.trimmed.left;
}

VirtualRegister StencilLoops::array_at(const ir::Program& program, VirtualRegister arguments, ir::Id array,
                                       std::int64_t offset) {
  const VirtualRegister begin =
      machine_.load_argument(arguments, program.parameters[program.arrays[array].parameter].slot);
  const VirtualRegister d = machine_.new_general();
  if (offset == static_cast<std::int32_t>(offset))
    return machine_.binary_into(d, Opcode::Add, 8, begin, Operand::of_immediate(static_cast<std::int32_t>(offset)));
  return machine_.binary_into(d, Opcode::Add, 8, begin, Operand::of(machine_.immediate(offset)));
}

// With s bytes read from S on and d bytes written from D on, they overlap if -d < D - S < s: one unsigned comparison.
void StencilLoops::decline_overlap() {
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

// ---- parts

void StencilLoops::divide(VirtualRegister arguments) {
  const Address place{machine_.context(), none, offsetof(ir::RunState, part), 1};
  const VirtualRegister part = machine_.load(8, false, place);
  const Label has_part = machine_.new_label();
  machine_.jump_if(Condition::NotEqual, 8, part, Operand::of_immediate(0), has_part);
  decline_overlap();
  call_parts(arguments);
  machine_.place(has_part);
  machine_.store(8, place, machine_.immediate(0));
  open_part(part);
}

void StencilLoops::call_parts(VirtualRegister arguments) {
  const std::int64_t other_blocks = divided_ == &rows_ ? columns_.blocks() : 1;
  const std::int64_t rows = divided_ == &rows_ ? rows_.step : rows_.count;
  const std::int64_t work = std::max<std::int64_t>(block_.plan.cost * rows * other_blocks, 1);
  machine_.parallel_loops.push_back(
      {stencil_.parallel_loop, static_cast<std::uint64_t>((least_work + work - 1) / work)});
  const VirtualRegister loop = machine_.local_address(machine_.local(16));  // see RunParts: it needs no values
  machine_.store(8, {loop, none, 0, 1}, machine_.immediate(0));
  machine_.store(8, {loop, none, 8, 1}, machine_.immediate(divided_->blocks()));
  const VirtualRegister passed[] = {arguments, machine_.error_record(), machine_.context(), loop};
  const VirtualRegister status = machine_.new_general();
  machine_.call(reinterpret_cast<std::uintptr_t>(run_parts_), passed, std::size(passed), status, "run_parts");
  machine_.return_if_failed(status);
  machine_.return_status(Status::Done);
}

void StencilLoops::open_part(VirtualRegister part) {
  const auto position_of = [&](std::int64_t offset) {
    const VirtualRegister number = machine_.load(8, false, {part, none, offset, 1});
    const Operand step = Operand::of_immediate(static_cast<std::int32_t>(divided_->step));
    return machine_.binary_into(number, Opcode::Multiply, 8, number, step);
  };
  begin_ = position_of(offsetof(ir::Part, first));
  end_ = position_of(offsetof(ir::Part, last));
  if (divided_->rest() == 0) return;
  at_most(begin_, divided_->count - divided_->step);
  at_most(end_, divided_->count);
  last_ = machine_.move(end_);
  advance(last_, -divided_->step);
}

VirtualRegister StencilLoops::at_most(VirtualRegister value, std::int64_t limit) {
  const Label is_less = machine_.new_label();
  machine_.jump_if(Condition::LessEqual, 8, value, Operand::of_immediate(static_cast<std::int32_t>(limit)), is_less);
  machine_.immediate_into(value, limit);
  machine_.place(is_less);
  return value;
}

// ---- positions

VirtualRegister StencilLoops::begin(const Direction& direction) {
  return begin_ != none && divided_ == &direction ? machine_.move(begin_) : machine_.immediate(0);
}

void StencilLoops::move_rows(std::int64_t rows) {
  advance(block_.source, rows * stencil_.source_pitch);
  advance(block_.destination, rows * stencil_.destination_pitch * stencil_.result_size());
}

void StencilLoops::move_rows(VirtualRegister rows) {
  const auto move = [&](VirtualRegister pointer, std::int64_t pitch) {
    const VirtualRegister distance =
        machine_.binary(Opcode::Multiply, 8, rows, Operand::of_immediate(static_cast<std::int32_t>(pitch)));
    machine_.binary_into(pointer, Opcode::Add, 8, pointer, Operand::of(distance));
  };
  move(block_.source, stencil_.source_pitch);
  move(block_.destination, stencil_.destination_pitch * stencil_.result_size());
}

void StencilLoops::advance(VirtualRegister position, std::int64_t distance) {
  machine_.binary_into(position, Opcode::Add, 8, position, Operand::of_immediate(static_cast<std::int32_t>(distance)));
}

}  // namespace cogent::x86
