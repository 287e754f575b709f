// A block of a stencil with a large window: a loop over source rows, whose taps come from a table in the pool. For
// output row r of the block the table's row t - r serves source row t; rows above and below the window are zeros.
#pragma once

#include <array>
#include <vector>

#include "x86/stencil_unrolled.h"

namespace cogent::x86 {

class RolledStencil {
 public:
  void prepare(StencilBlock& block, ProductList& list);
  void emit_block();

 private:
  void make_pattern(ProductList& list);
  void make_table();
  void source_row(VirtualRegister taps);
  void add(int row, std::size_t product, VirtualRegister pixels, VirtualRegister taps);
  int row_bytes() const { return static_cast<int>(4 * list_->all().size()); }

  StencilBlock* block_ = nullptr;
  const ProductList* list_ = nullptr;  // of a row in which no tap is 0
  PixelVectors pixels_;
  ProductSum sum_;
  StencilFinish finish_;
  std::int32_t table_ = 0;
  std::vector<std::uint32_t> packed_;
  std::array<Accumulators, StencilPlan::most_rows> accumulators_;
};

}  // namespace cogent::x86
