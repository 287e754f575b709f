// Row sums by products, column sums by additions. All of it modulo 2^16: only the end result has to fit.
#include "x86/stencil_separable.h"

#include <algorithm>
#include <bit>

#include "x86/stencil_streams.h"

namespace cogent::x86 {

void SeparableStencil::prepare(StencilBlock& block, ProductList& list) {
  block_ = &block;
  list_ = &list;
  finish_.prepare(block);
  prepare_row(list);
  prepare_rest();
  if (block.plan.keeps_sums) prepare_strip();
}

void SeparableStencil::prepare_row(ProductList& list) {
  const StencilPlan& plan = block_->plan;
  const int width = plan.window().width;
  const TapWindow row{plan.factors.row_factor.data(), width, 1, width};
  if (!plan.is_listed) list_products(row, plan.split, list);
  make_product_constants(block_->machine, list);
  pixels_.prepare(*block_, list);
  sum_.prepare(*block_, none);
}

void SeparableStencil::prepare_rest() {
  const ColumnSteps& column = block_->plan.column;
  for (int k = 0; k < column.rest_length; ++k) {
    Term& term = terms_[static_cast<std::size_t>(k)];
    term = {column.rest[static_cast<std::size_t>(k)]};
    const std::uint32_t size = static_cast<std::uint32_t>(term.tap < 0 ? -std::int64_t{term.tap} : term.tap);
    if (size < 2) continue;
    if (std::has_single_bit(size))
      term.shift = std::countr_zero(size);
    else
      term.constant = block_->machine.broadcast_constant((size & 0xffff) | size << 16, 4);
  }
}

void SeparableStencil::begin_rows() {
  kept_.fill({});
  history_.fill({});
  history_length_ = 0;
  pixels_.start_block();
}

void SeparableStencil::emit_block() {
  if (block_->plan.keeps_sums) return emit_strip();
  const int rows = block_->plan.rows_per_block, height = block_->plan.window().height;
  begin_rows();
  for (int source_row = 0; source_row < rows + height - 1; ++source_row) {
    pixels_.start_row(source_row);
    if (source_row < rows) prefetch_later(*block_, source_row);
    Words result;
    if (column_steps(row_sum(), result)) finish_.words(source_row - height + 1, result.first, result.second);
  }
}

SeparableStencil::Words SeparableStencil::row_sum() {
  Accumulators accumulators;
  accumulators.fill(none);
  for (const Product& product : list_->all()) sum_.add(accumulators[product.accumulator], product, pixels_(product));
  return {accumulators[even_half], accumulators[odd_half]};
}

// False as long as rows above are missing.
bool SeparableStencil::column_steps(Words value, Words& result) {
  const ColumnSteps& column = block_->plan.column;
  for (int step = 0; step < column.sums + column.differences; ++step) {
    const Opcode opcode = step < column.sums ? Opcode::Vpaddw : Opcode::Vpsubw;
    if (!add_neighbour(kept_[static_cast<std::size_t>(step)], opcode, value)) return false;
  }
  return rest(value, result);
}

bool SeparableStencil::add_neighbour(Words& kept, Opcode opcode, Words& value) {
  const Words before = kept;
  kept = value;
  if (before.first == none) return false;
  value = combine(opcode, before, value);
  return true;
}

bool SeparableStencil::rest(Words value, Words& result) {
  const int length = block_->plan.column.rest_length;
  if (length > 1) std::copy_backward(history_.begin(), history_.begin() + length - 1, history_.begin() + length);
  history_[0] = value;
  history_length_ = std::min(history_length_ + 1, length);
  if (history_length_ < length) return false;
  Words sum;
  bool is_negative = false;  // the sum so far has the wrong sign
  for (int k = 0; k < length; ++k) {
    const Term& term = terms_[static_cast<std::size_t>(k)];
    if (term.tap == 0) continue;
    const Words product = scaled(history_[static_cast<std::size_t>(length - 1 - k)], term);
    if (sum.first == none) {
      sum = product;
      is_negative = term.tap < 0;
    } else {
      sum = combine((term.tap < 0) == is_negative ? Opcode::Vpaddw : Opcode::Vpsubw, sum, product);
    }
  }
  if (is_negative) {
    const VirtualRegister zero = block_->machine.vector_zero(block_->size());
    sum = combine(Opcode::Vpsubw, {zero, zero}, sum);
  }
  result = sum;
  return true;
}

SeparableStencil::Words SeparableStencil::scaled(const Words& value, const Term& term) {
  MachineProgram& machine = block_->machine;
  const std::uint8_t size = block_->size();
  if (term.constant != none)
    return {machine.vector(Opcode::Vpmullw, size, value.first, term.constant),
            machine.vector(Opcode::Vpmullw, size, value.second, term.constant)};
  if (term.shift == 0) return value;
  const auto count = static_cast<std::uint8_t>(term.shift);
  return {machine.vector_unary(Opcode::Vpsllw, size, value.first, count),
          machine.vector_unary(Opcode::Vpsllw, size, value.second, count)};
}

SeparableStencil::Words SeparableStencil::combine(Opcode opcode, const Words& a, const Words& b) {
  MachineProgram& machine = block_->machine;
  return {machine.vector(opcode, block_->size(), a.first, b.first),
          machine.vector(opcode, block_->size(), a.second, b.second)};
}

}  // namespace cogent::x86
