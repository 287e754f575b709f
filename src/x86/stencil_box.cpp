// The vectors whose results begin before the row are written out, the others are a loop.
#include "x86/stencil_box.h"

#include <algorithm>

#include "x86/stencil_streams.h"

namespace cogent::x86 {

void BoxStencil::prepare(StencilBlock& block) {
  block_ = &block;
  MachineProgram& machine = block.machine;
  const int columns = static_cast<int>(block.plan.columns_per_block) + width() - 1;
  vectors_ = (columns + pixels - 1) / pixels;
  before_ = vectors_ * pixels - columns;
  first_in_loop_ = results_of(1) < 0 ? 2 : 1;
  finish_.prepare(block);
  tree_.prepare(block, block.has_halves(), finish_.phase_bias());
  low_bytes_ = machine.broadcast_constant(0x00ff00ff, 4);
  source_rotation_ = before_ > 0 ? rotation(-before_) : none;
  const int partial = first_in_loop_ - 1;
  result_rotation_ = results_of(partial) > -pixels ? rotation(-results_of(partial)) : none;
  tile_ = block.local_lines(vectors_ * 2 * pixels);
}

// Indexes of bytes: lane i takes lane i + lanes, around the vector.
VirtualRegister BoxStencil::rotation(int lanes) {
  std::uint8_t indexes[pixels];
  for (int i = 0; i < pixels; ++i) indexes[i] = static_cast<std::uint8_t>((i + lanes + pixels) % pixels);
  return block_->machine.vector_constant(indexes, pixels);
}

void BoxStencil::emit_block() {
  const VirtualRegister source = block_->source, destination = block_->destination, column = block_->column;
  block_->source = block_->at_column(source, 1);
  block_->destination = block_->at_column(destination, 1);
  block_->column = none;
  begin_columns();
  const int rows = block_->plan.rows_at_once;
  block_->repeat(block_->plan.rows_per_block / rows, [&] {
    emit_rows();
    block_->advance(block_->source, rows * block_->stencil.source_pitch);
    block_->advance(block_->destination, rows * block_->stencil.destination_pitch);
  });
  block_->source = source;
  block_->destination = destination;
  block_->column = column;
}

// Within, block_->column is the vector's, as if the first one began at 0.
template <class Body>
void BoxStencil::loop_over_vectors(int first, Body&& body) {
  MachineProgram& machine = block_->machine;
  block_->column = machine.immediate(first * pixels);
  in_loop_ = true;
  const Label head = machine.begin_loop();
  body();
  block_->advance(block_->column, pixels);
  machine.jump_if(Condition::Less, 8, block_->column, Operand::of_immediate(vectors_ * pixels), head);
  machine.end_loop();
  in_loop_ = false;
  block_->column = none;
}

// ---- columns

// The sums of all rows of the first window but the last.
void BoxStencil::begin_columns() {
  begin_sums(0);
  if (vectors_ > 1) loop_over_vectors(1, [&] { begin_sums(1); });
}

void BoxStencil::begin_sums(int number) {
  MachineProgram& machine = block_->machine;
  const std::uint8_t size = block_->size();
  Words sums{machine.vector_zero(size), machine.vector_zero(size)};
  const VirtualRegister first_row = block_->source;
  block_->source = machine.move(first_row);
  block_->repeat(height() - 1, [&] {
    const Words row = columns_of(0, number);
    machine.vector_into(sums.even, Opcode::Vpaddw, size, sums.even, row.even);
    machine.vector_into(sums.odd, Opcode::Vpaddw, size, sums.odd, row.odd);
    block_->advance(block_->source, block_->stencil.source_pitch);
  });
  block_->source = first_row;
  machine.vector_store(Opcode::VmovdquStore, size, sums_at(number, 0), sums.even);
  machine.vector_store(Opcode::VmovdquStore, size, sums_at(number, 1), sums.odd);
}

Address BoxStencil::sums_at(int number, int half) const {
  if (in_loop_) return {tile_, block_->column, half * pixels, 2};
  return {tile_, none, (2 * number + half) * pixels};
}

VirtualRegister BoxStencil::pixels_of(int row, int number) {
  MachineProgram& machine = block_->machine;
  const int offset = in_loop_ ? -before_ : number == 0 ? 0 : number * pixels - before_;
  const VirtualRegister loaded = machine.vector_load(Opcode::Vmovdqu, block_->size(), block_->source_at(row, offset));
  if (in_loop_ || number > 0 || source_rotation_ == none) return loaded;
  return machine.vector(Opcode::Vpermb, block_->size(), source_rotation_, loaded);
}

BoxStencil::Words BoxStencil::columns_of(int row, int number) {
  MachineProgram& machine = block_->machine;
  const VirtualRegister bytes = pixels_of(row, number);
  return {machine.vector(Opcode::Vpand, block_->size(), bytes, low_bytes_),
          machine.vector_unary(Opcode::Vpsrlw, block_->size(), bytes, 8)};
}

void BoxStencil::add(Words& sums, Opcode opcode, const Words& row) const {
  sums = {block_->machine.vector(opcode, block_->size(), sums.even, row.even),
          block_->machine.vector(opcode, block_->size(), sums.odd, row.odd)};
}

// ---- rows

void BoxStencil::emit_rows() {
  for (int row = 0; row < block_->plan.rows_at_once; ++row) tree_.begin_row(row);
  for (int number = 0; number < first_in_loop_; ++number) emit_vector(number);
  const VirtualRegister row_begin = block_->destination;
  block_->destination = block_->machine.move(row_begin);
  block_->advance(block_->destination, results_of(0));
  loop_over_vectors(first_in_loop_, [&] { emit_vector(first_in_loop_); });
  block_->destination = row_begin;
}

void BoxStencil::emit_vector(int number) {
  MachineProgram& machine = block_->machine;
  const std::uint8_t size = block_->size();
  Words sums{machine.vector_load(Opcode::Vmovdqu, size, sums_at(number, 0)),
             machine.vector_load(Opcode::Vmovdqu, size, sums_at(number, 1))};
  for (int row = 0; row < block_->plan.rows_at_once; ++row) {
    if (in_loop_) prefetch_later(*block_, row);
    emit_row(row, number, sums);
  }
  machine.vector_store(Opcode::VmovdquStore, size, sums_at(number, 0), sums.even);
  machine.vector_store(Opcode::VmovdquStore, size, sums_at(number, 1), sums.odd);
}

void BoxStencil::emit_row(int row, int number, Words& sums) {
  add(sums, Opcode::Vpaddw, columns_of(row + height() - 1, number));
  const BoxTree::Results results = tree_.next(row, sums.even, sums.odd);
  if (is_partial(number)) finish_.rotate(result_rotation_);
  if (in_loop_ || is_partial(number)) finish(row, results);
  finish_.rotate(none);
  add(sums, Opcode::Vpsubw, columns_of(row, number));
}

void BoxStencil::finish(int row, const BoxTree::Results& results) {
  if (results.even.words != none) return finish_.words(row, results.even.words, results.odd.words);
  Accumulators phases;
  phases.fill(none);
  phases[0] = results.even.even;
  phases[1] = results.odd.even;
  phases[2] = results.even.odd;
  phases[3] = results.odd.odd;
  finish_.row(row, phases);
}

}  // namespace cogent::x86
