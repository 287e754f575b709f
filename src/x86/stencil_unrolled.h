// A block of a stencil with the products of every row of its window written out: each source vector is loaded once and
// serves all output rows that need it.
#pragma once

#include <array>
#include <vector>

#include "x86/stencil_finish.h"
#include "x86/stencil_pixels.h"

namespace cogent::x86 {

/// Gives every product its constant in the pool, equal ones the same. Before all loops.
void make_product_constants(MachineProgram& machine, ProductList& list);

/// Adds products to accumulators.
class ProductSum {
 public:
  /// `phase_bias` (or none) is what phases begin with.
  void prepare(StencilBlock& block, VirtualRegister phase_bias) {
    block_ = &block;
    phase_bias_ = phase_bias;
  }
  /// accumulator += pixels * constant; an accumulator that is none begins here.
  void add(VirtualRegister& accumulator, const Product& product, VirtualRegister pixels) {
    if (product.accumulator >= even_half)
      add_half(accumulator, product, pixels);
    else
      add_phase(accumulator, product, pixels);
  }
  /// The accumulator of a phase, with the bias or 0, if it has not begun.
  void begin_phase(VirtualRegister& accumulator);

 private:
  void add_half(VirtualRegister& accumulator, const Product& product, VirtualRegister pixels);
  void add_phase(VirtualRegister& accumulator, const Product& product, VirtualRegister pixels);

  StencilBlock* block_ = nullptr;
  VirtualRegister phase_bias_ = none;
};

class UnrolledStencil {
 public:
  void prepare(StencilBlock& block, ProductList& list);
  void emit_block();

 private:
  void source_row(int source_row);
  void add(int row, const Product& product);
  void complete(int row);
  void emit_one_delayed();

  StencilBlock* block_ = nullptr;
  const ProductList* list_ = nullptr;
  PixelVectors pixels_;
  ProductSum sum_;
  StencilFinish finish_;
  std::array<Accumulators, StencilPlan::most_rows> accumulators_;
  std::array<const Product*, StencilPlan::most_rows> next_, end_;  // per output row, within the current source row
  int products_since_delayed_ = 0;
  // The end of a row is spread among the products of the next source row: packing shares a port with the products.
  std::vector<Instruction> delayed_;
  std::size_t next_delayed_ = 0;
};

}  // namespace cogent::x86
