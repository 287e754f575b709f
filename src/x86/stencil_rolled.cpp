// The loop over source rows and its table of taps.
#include "x86/stencil_rolled.h"

namespace cogent::x86 {

void RolledStencil::prepare(StencilBlock& block, ProductList& list) {
  block_ = &block;
  list_ = &list;
  make_pattern(list);
  make_table();
  finish_.prepare(block);
  pixels_.prepare(block, list);
  sum_.prepare(block, finish_.phase_bias());
}

void RolledStencil::make_pattern(ProductList& list) {
  std::array<std::int32_t, ir::StencilStage::largest_side> ones;
  ones.fill(1);
  const int width = block_->plan.window().width;
  list_products({ones.data(), width, 1, width}, block_->plan.split, list);
}

void RolledStencil::make_table() {
  const TapWindow& window = block_->plan.window();
  const std::size_t row_length = list_->all().size();
  const std::size_t zero_rows = static_cast<std::size_t>(block_->plan.rows_per_block - 1);
  packed_.assign(row_length * (static_cast<std::size_t>(window.height) + 2 * zero_rows), 0);
  std::uint32_t* next = packed_.data() + row_length * zero_rows;
  for (int row = 0; row < window.height; ++row)
    for (const Product& product : list_->all())
      *next++ = pack_phase_taps(window, row, product.pixels, product.accumulator, product.offset);
  table_ = block_->machine.add_to_pool(packed_.data(), 4 * packed_.size(), 4);
}

void RolledStencil::emit_block() {
  MachineProgram& machine = block_->machine;
  const int rows = block_->plan.rows_per_block;
  for (int row = 0; row < rows; ++row) {
    Accumulators& accumulators = accumulators_[static_cast<std::size_t>(row)];
    accumulators.fill(none);
    for (int phase = 0; phase < 4; ++phase) sum_.begin_phase(accumulators[static_cast<std::size_t>(phase)]);
  }
  const VirtualRegister first_row = block_->source;
  const VirtualRegister source = block_->source = machine.move(first_row);
  const VirtualRegister taps = machine.pool_address(table_);
  const VirtualRegister left = machine.immediate(block_->plan.window().height + rows - 1);
  const Label head = machine.begin_loop();
  source_row(taps);
  machine.binary_into(source, Opcode::Add, 8, source,
                      Operand::of_immediate(static_cast<std::int32_t>(block_->stencil.source_pitch)));
  machine.binary_into(taps, Opcode::Add, 8, taps, Operand::of_immediate(row_bytes()));
  machine.binary_into(left, Opcode::Subtract, 4, left, Operand::of_immediate(1));
  machine.jump_if(Condition::NotEqual, 4, left, Operand::of_immediate(0), head);
  machine.end_loop();
  block_->source = first_row;
  for (int row = 0; row < rows; ++row) finish_.row(row, accumulators_[static_cast<std::size_t>(row)]);
}

void RolledStencil::source_row(VirtualRegister taps) {
  pixels_.start_block();
  pixels_.start_row(0);
  const std::vector<Product>& products = list_->all();
  for (std::size_t i = 0; i < products.size(); ++i) {
    const VirtualRegister pixels = pixels_(products[i]);
    for (int row = 0; row < block_->plan.rows_per_block; ++row) add(row, i, pixels, taps);
  }
}

void RolledStencil::add(int row, std::size_t product, VirtualRegister pixels, VirtualRegister taps) {
  MachineProgram& machine = block_->machine;
  const std::uint8_t size = block_->size();
  const Product& form = list_->all()[product];
  const VirtualRegister accumulator = accumulators_[static_cast<std::size_t>(row)][form.accumulator];
  const Address packed{taps, none,
                       (block_->plan.rows_per_block - 1 - row) * row_bytes() + static_cast<std::int64_t>(4 * product)};
  if (block_->has_avx512()) {
    const Opcode opcode = form.pixels == Pixels::Bytes ? Opcode::Vpdpbusd : Opcode::Vpdpwssd;
    machine.vector_from_memory_into(accumulator, opcode, size, pixels, packed, true);
    return;
  }
  const VirtualRegister all = machine.vector_load(Opcode::Vpbroadcastd, size, packed);
  const VirtualRegister value = machine.vector(Opcode::Vpmaddwd, size, pixels, all);
  machine.vector_into(accumulator, Opcode::Vpaddd, size, accumulator, value);
}

}  // namespace cogent::x86
