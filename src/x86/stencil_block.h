// What the emitters of a block of pixels share: the machine program, the plan, and where the block is. A block is
// rows_per_block output rows of vector_size pixels.
#pragma once

#include "x86/machine_program.h"
#include "x86/stencil_plan.h"

namespace cogent::x86 {

struct StencilBlock {
  static constexpr int cache_line = 64;
  MachineProgram& machine;
  const ir::Stencil& stencil;
  const StencilPlan& plan;
  VirtualRegister source = none;       // the window's corner for the block's first row at column 0
  VirtualRegister destination = none;  // the block's first row at column 0
  VirtualRegister column = none;       // none: 0
  bool is_streaming = false;           // the column is such that results may be written past the caches

  const ir::StencilStage& stage() const { return stencil.stages.front(); }
  std::uint8_t size() const { return static_cast<std::uint8_t>(plan.vector_size); }
  bool has_avx512() const { return machine.level == CpuLevel::Avx512; }
  bool has_phases() const { return plan.split.phase_columns > 0; }
  bool has_halves() const {
    return plan.form == StencilForm::Separable || plan.split.phase_columns < plan.window().width;
  }

  Address source_at(int row, int offset) const { return {source, column, row * stencil.source_pitch + offset}; }
  Address destination_at(int row, int offset = 0) const {
    const int size = stencil.result_size();
    return {destination, column, row * stencil.destination_pitch * size + offset, static_cast<std::uint8_t>(size)};
  }

  /// The place of a picture with such elements, at the block's column.
  VirtualRegister at_column(VirtualRegister picture, int element) const {
    const VirtualRegister place = machine.move(picture);
    for (int i = 0; column != none && i < element; ++i)
      machine.binary_into(place, Opcode::Add, 8, place, Operand::of(column));
    return place;
  }
  /// Memory of this activation, at a multiple of a cache line.
  VirtualRegister local_lines(int bytes) const {
    const VirtualRegister place = machine.local_address(machine.local(static_cast<std::uint32_t>(bytes + cache_line)));
    machine.binary_into(place, Opcode::Add, 8, place, Operand::of_immediate(cache_line - 1));
    return machine.binary_into(place, Opcode::And, 8, place, Operand::of_immediate(-cache_line));
  }

  /// A loop whose body does the same `count` times.
  template <class Body>
  void repeat(int count, Body&& body) {
    if (count == 0) return;
    const VirtualRegister left = machine.immediate(count);
    const Label head = machine.begin_loop();
    body();
    machine.binary_into(left, Opcode::Subtract, 4, left, Operand::of_immediate(1));
    machine.jump_if(Condition::NotEqual, 4, left, Operand::of_immediate(0), head);
    machine.end_loop();
  }
  /// A loop along a row of `width` results, at least four vectors, from column 0 on, for results that are written past
  /// the caches, whole cache lines: the body is written twice, for these and for the lines near the row's ends, which
  /// vectors share.
  template <class Body>
  void stream(std::int64_t width, Body&& body) {
    const auto at = [&](int vectors) {
      return Operand::of_immediate(static_cast<std::int32_t>(width - vectors * plan.vector_size));
    };
    column = machine.immediate(0);
    const Label head = machine.begin_loop(), second = machine.new_label(), rest = machine.new_label(),
                done = machine.new_label();
    body();
    machine.jump_if(Condition::GreaterEqual, 8, column, at(1), done);
    machine.jump_if(Condition::Equal, 8, column, Operand::of_immediate(0), second);
    advance(column, plan.vector_size);
    machine.jump_if(Condition::Greater, 8, column, at(2), rest);
    const Label next = machine.begin_loop();
    is_streaming = true;
    body();
    is_streaming = false;
    advance(column, plan.vector_size);
    machine.jump_if(Condition::LessEqual, 8, column, at(2), next);
    machine.end_loop();
    machine.place(rest);
    machine.jump_if(Condition::LessEqual, 8, column, at(1), head);
    machine.immediate_into(column, width - plan.vector_size);
    machine.jump(head);
    machine.place(second);  // the first whole line
    advance(column, plan.vector_size);
    machine.binary_into(
        column, Opcode::Subtract, 8, column,
        Operand::of(machine.binary(Opcode::And, 8, destination, Operand::of_immediate(plan.vector_size - 1))));
    machine.jump(head);
    machine.end_loop();
    machine.place(done);
  }
  void advance(VirtualRegister place, std::int64_t bytes) {
    machine.binary_into(place, Opcode::Add, 8, place, Operand::of_immediate(static_cast<std::int32_t>(bytes)));
  }
};

}  // namespace cogent::x86
