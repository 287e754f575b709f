// The loops over the blocks of a stencil: down the rows and along the columns, the last block of each moved back so
// that it ends exactly with the picture and computes some pixels again. A parallel stencil does its blocks of rows (of
// columns, where there is but one block of rows) in parts, as the rounds of a loop; see scalar_parallel.cpp.
#pragma once

#include "x86/entry_convention.h"
#include "x86/stencil_block.h"

namespace cogent::x86 {

class StencilLoops {
 public:
  /// `run_parts` is called for stencils that may be done in parallel; null: it is done in one thread.
  StencilLoops(StencilBlock& block, RunParts run_parts);

  /// What comes first: the addresses, the check that the arrays do not overlap, and the way to the parts.
  void enter(const ir::Program& program);

  /// All blocks, or those of the part: `body` writes the instructions of one.
  template <class Body>
  void emit(Body&& body) {
    if (rows_.count == rows_.step) return columns(body);
    const VirtualRegister row = begin(rows_);
    if (begin_ != none && divided_ == &rows_) move_rows(row);
    repeat(rows_, row, [&] { columns(body); }, [&](std::int64_t rows) { move_rows(rows); });
  }

 private:
  struct Direction {
    std::int64_t count, step;  // count is at least step
    std::int64_t blocks() const { return (count + step - 1) / step; }
    std::int64_t rest() const { return count % step; }
  };

  template <class Body>
  void columns(Body&& body) {
    block_.column = none;
    if (columns_.count == columns_.step) return body();
    if (block_.plan.streams_results && !block_.plan.is_strip()) return block_.stream(columns_.count, body);
    block_.column = begin(columns_);
    repeat(columns_, block_.column, body, [](std::int64_t) {});
  }

  /// `position` goes from block to block; `move` follows it.
  template <class Body, class Move>
  void repeat(const Direction& direction, VirtualRegister position, Body&& body, Move&& move) {
    const bool is_divided = begin_ != none && divided_ == &direction;
    const auto count = static_cast<std::int32_t>(direction.count), step = static_cast<std::int32_t>(direction.step);
    const Operand end = is_divided ? Operand::of(end_) : Operand::of_immediate(count);
    const Label head = machine_.begin_loop(), done = machine_.new_label();
    body();
    move(step);
    advance(position, step);
    if (direction.rest() == 0) {
      machine_.jump_if(Condition::Less, 8, position, end, head);
    } else {
      const Operand last = is_divided ? Operand::of(last_) : Operand::of_immediate(count - step);
      machine_.jump_if(Condition::LessEqual, 8, position, last, head);
      machine_.jump_if(Condition::GreaterEqual, 8, position, end, done);
      move(direction.rest() - step);
      machine_.immediate_into(position, count - step);
      machine_.jump(head);
    }
    machine_.end_loop();
    machine_.place(done);
  }

  std::int64_t corner() const;
  VirtualRegister array_at(const ir::Program& program, VirtualRegister arguments, ir::Id array, std::int64_t offset);
  void decline_overlap();
  void divide(VirtualRegister arguments);
  void call_parts(VirtualRegister arguments);
  void open_part(VirtualRegister part);
  VirtualRegister at_most(VirtualRegister value, std::int64_t limit);
  VirtualRegister begin(const Direction& direction);
  void move_rows(std::int64_t rows);
  void move_rows(VirtualRegister rows);
  void advance(VirtualRegister position, std::int64_t distance);

  StencilBlock& block_;
  MachineProgram& machine_;
  const ir::Stencil& stencil_;
  const RunParts run_parts_;
  const Direction rows_, columns_;
  const Direction* divided_;  // the one that is done in parts; null: none is
  // Of the part, in rows or columns: where its first block begins, behind its last block, and where the last one begins
  // that need not be moved back.
  VirtualRegister begin_ = none, end_ = none, last_ = none;
};

}  // namespace cogent::x86
