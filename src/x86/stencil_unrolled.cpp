// Emitting products source row by source row.
#include "x86/stencil_unrolled.h"

#include <algorithm>

#include "x86/stencil_streams.h"

namespace cogent::x86 {
namespace {

constexpr int products_between_delayed = 2;

// Equal constants are found by a hash; where two different ones have the same, the later one is remembered.
class MadeConstants {
 public:
  /// The place where the product with these taps may be, or is to be written.
  const Product*& place_of(std::uint32_t taps) { return places_[taps * 0x9E3779B1u >> (32 - log_of_size)]; }

 private:
  static constexpr int log_of_size = 6;
  std::array<const Product*, std::size_t{1} << log_of_size> places_{};
};

}  // namespace

void make_product_constants(MachineProgram& machine, ProductList& list) {
  MadeConstants made;
  for (Product& product : list.all()) {
    const Product*& place = made.place_of(product.taps);
    const bool is_made = place != nullptr && place->taps == product.taps;
    product.constant = is_made ? place->constant : machine.broadcast_constant(product.taps, 4);
    place = &product;
  }
}

void ProductSum::begin_phase(VirtualRegister& accumulator) {
  if (accumulator != none) return;
  MachineProgram& machine = block_->machine;
  accumulator = phase_bias_ == none ? machine.vector_zero(block_->size())
                                    : machine.vector_unary(Opcode::VectorMove, block_->size(), phase_bias_);
}

void ProductSum::add_phase(VirtualRegister& accumulator, const Product& product, VirtualRegister pixels) {
  MachineProgram& machine = block_->machine;
  if (block_->has_avx512()) {
    begin_phase(accumulator);
    const Opcode opcode = product.pixels == Pixels::Bytes ? Opcode::Vpdpbusd : Opcode::Vpdpwssd;
    machine.vector_into(accumulator, opcode, block_->size(), pixels, product.constant);
    return;
  }
  const VirtualRegister value = machine.vector(Opcode::Vpmaddwd, block_->size(), pixels, product.constant);
  if (accumulator == none && phase_bias_ == none)
    accumulator = value;
  else if (accumulator == none)
    accumulator = machine.vector(Opcode::Vpaddd, block_->size(), value, phase_bias_);
  else
    machine.vector_into(accumulator, Opcode::Vpaddd, block_->size(), accumulator, value);
}

void ProductSum::add_half(VirtualRegister& accumulator, const Product& product, VirtualRegister pixels) {
  MachineProgram& machine = block_->machine;
  const VirtualRegister value = machine.vector(Opcode::Vpmaddubsw, block_->size(), pixels, product.constant);
  if (accumulator == none)
    accumulator = value;
  else
    machine.vector_into(accumulator, Opcode::Vpaddw, block_->size(), accumulator, value);
}

void UnrolledStencil::prepare(StencilBlock& block, ProductList& list) {
  block_ = &block;
  list_ = &list;
  if (!block.plan.is_listed) list_products(block.plan.window(), block.plan.split, list);
  finish_.prepare(block);
  pixels_.prepare(block, list);
  sum_.prepare(block, finish_.phase_bias());
  make_product_constants(block.machine, list);
}

void UnrolledStencil::emit_block() {
  const int rows = block_->plan.rows_per_block, height = block_->plan.window().height;
  for (Accumulators& accumulators : accumulators_) accumulators.fill(none);
  delayed_.clear();
  next_delayed_ = 0;
  pixels_.start_block();
  for (int source_row = 0; source_row < rows + height - 1; ++source_row) {
    pixels_.start_row(source_row);
    if (source_row < rows) prefetch_later(*block_, source_row);
    this->source_row(source_row);
    if (source_row >= height - 1) complete(source_row - height + 1);
  }
  while (next_delayed_ < delayed_.size()) emit_one_delayed();
}

// One source vector after the other, each for all output rows that need it: then it can be forgotten.
void UnrolledStencil::source_row(int source_row) {
  const TapWindow& window = block_->plan.window();
  const int first = std::max(0, source_row - window.height + 1);
  const int last = std::min(block_->plan.rows_per_block - 1, source_row);
  for (int row = first; row <= last; ++row) {
    next_[static_cast<std::size_t>(row)] = list_->begin_of(source_row - row);
    end_[static_cast<std::size_t>(row)] = list_->end_of(source_row - row);
  }
  for (int offset = 0; offset <= window.width; ++offset)
    for (int row = first; row <= last; ++row) {
      const Product*& next = next_[static_cast<std::size_t>(row)];
      for (; next != end_[static_cast<std::size_t>(row)] && next->offset == offset; ++next) add(row, *next);
    }
}

void UnrolledStencil::add(int row, const Product& product) {
  sum_.add(accumulators_[static_cast<std::size_t>(row)][product.accumulator], product, pixels_(product));
  if (++products_since_delayed_ < products_between_delayed) return;
  products_since_delayed_ = 0;
  emit_one_delayed();
}

void UnrolledStencil::complete(int row) {
  while (next_delayed_ < delayed_.size()) emit_one_delayed();
  std::vector<Instruction>& instructions = block_->machine.instructions;
  const std::size_t begin = instructions.size();
  finish_.row(row, accumulators_[static_cast<std::size_t>(row)]);
  const auto first = instructions.begin() + static_cast<std::ptrdiff_t>(begin);
  delayed_.assign(first, instructions.end());
  instructions.erase(first, instructions.end());
  next_delayed_ = 0;
}

void UnrolledStencil::emit_one_delayed() {
  if (next_delayed_ < delayed_.size()) block_->machine.instructions.push_back(delayed_[next_delayed_++]);
}

}  // namespace cogent::x86
