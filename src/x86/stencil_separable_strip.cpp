// Blocks of many rows, where the sums that rows below need are kept in memory near the core. The last vector of a row
// is moved back so that it ends with the row; it keeps its own sums.
#include "x86/stencil_separable.h"
#include "x86/stencil_streams.h"

namespace cogent::x86 {

void SeparableStencil::prepare_strip() {
  const StencilPlan& plan = block_->plan;
  const std::int64_t first_and_last = plan.streams_results ? 2 : 1;
  const std::int64_t vectors = (plan.columns_per_block - 1) / plan.vector_size + first_and_last;
  strip_ = block_->local_lines(static_cast<int>(vectors) * sums_bytes());
}

void SeparableStencil::emit_strip() {
  const VirtualRegister source = block_->source, destination = block_->destination, column = block_->column;
  const ir::Stencil& stencil = block_->stencil;
  block_->source = block_->at_column(source, 1);
  block_->destination = block_->at_column(destination, stencil.result_size());
  loop_over_vectors([&] { begin_sums(); });
  const int rows = block_->plan.rows_at_once;
  block_->repeat(block_->plan.rows_per_block / rows, [&] {
    loop_over_vectors([&] { emit_rows(); });
    block_->advance(block_->source, rows * stencil.source_pitch);
    block_->advance(block_->destination, rows * stencil.destination_pitch * stencil.result_size());
  });
  block_->source = source;
  block_->destination = destination;
  block_->column = column;
}

template <class Body>
void SeparableStencil::loop_over_vectors(Body&& body) {
  MachineProgram& machine = block_->machine;
  const int pixels = block_->plan.vector_size, width = static_cast<int>(block_->plan.columns_per_block);
  sums_ = machine.move(strip_);
  const auto body_of_vector = [&] {
    body();
    block_->advance(sums_, sums_bytes());
  };
  if (block_->plan.streams_results) return block_->stream(width, body_of_vector);
  const VirtualRegister column = block_->column = machine.immediate(0);
  const Label head = machine.begin_loop(), done = machine.new_label();
  body_of_vector();
  block_->advance(column, pixels);
  machine.jump_if(Condition::LessEqual, 8, column, Operand::of_immediate(width - pixels), head);
  if (width % pixels != 0) {
    machine.jump_if(Condition::GreaterEqual, 8, column, Operand::of_immediate(width), done);
    machine.immediate_into(column, width - pixels);
    machine.jump(head);
  }
  machine.end_loop();
  machine.place(done);
}

template <class Move>
void SeparableStencil::for_each_sum(Move&& move) {
  int offset = 0;
  const auto move_words = [&](Words& words) {
    for (VirtualRegister* half : {&words.first, &words.second}) {
      move(*half, Address{sums_, none, offset});
      offset += block_->plan.vector_size;
    }
  };
  const ColumnSteps& column = block_->plan.column;
  for (int step = 0; step < column.sums + column.differences; ++step) move_words(kept_[static_cast<std::size_t>(step)]);
  for (int row = 0; row < column.rest_length - 1; ++row) move_words(history_[static_cast<std::size_t>(row)]);
}

void SeparableStencil::store_sums() {
  for_each_sum([&](VirtualRegister half, const Address& place) {
    block_->machine.vector_store(Opcode::VmovdquStore, block_->size(), place, half);
  });
}

// Of all rows of the first window but the last.
void SeparableStencil::begin_sums() {
  begin_rows();
  for (int row = 0; row < block_->plan.window().height - 1; ++row) {
    pixels_.start_row(row);
    Words none_yet;
    column_steps(row_sum(), none_yet);
  }
  store_sums();
}

void SeparableStencil::emit_rows() {
  begin_rows();
  for_each_sum([&](VirtualRegister& half, const Address& place) {
    half = block_->machine.vector_load(Opcode::Vmovdqu, block_->size(), place);
  });
  history_length_ = block_->plan.column.rest_length - 1;
  for (int row = 0; row < block_->plan.rows_at_once; ++row) {
    pixels_.start_row(row + block_->plan.window().height - 1);
    prefetch_later(*block_, row);
    Words result;
    column_steps(row_sum(), result);
    finish_.words(row, result.first, result.second);
  }
  store_sums();
}

}  // namespace cogent::x86
