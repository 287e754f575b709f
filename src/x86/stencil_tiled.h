// A block of a rank-1 stencil with many rows: first the weighted sums of all its source rows, which stay in memory near
// the core, then the weighted sums of those down the columns.
//
// Row sums are words, even and odd pixels (see stencil_products.h), less an offset that lets them fit; neighbouring
// rows are kept interleaved, so that one multiplication serves two of them. Rows 2k and 2k + 1 make such a pair: an
// even result row takes the taps 0 and 1 of its first pair, an odd one nothing and tap 0 of the pair that it begins in.
// Where all rows weigh the same, they are kept one by one: a result's sums are those above it plus a row minus a row.
#pragma once

#include <array>

#include "x86/stencil_unrolled.h"

namespace cogent::x86 {

class TiledStencil {
 public:
  void prepare(StencilBlock& block, ProductList& list);
  void emit_block();

 private:
  using Quad = StencilOrder::Quad;
  static constexpr std::size_t most_pairs = ir::StencilStage::largest_side / 2 + 1;
  struct Words {
    VirtualRegister even = none, odd = none;
  };

  void prepare_row(ProductList& list);
  void prepare_column();
  void prepare_memory();
  void sum_rows();
  void sum_one_row(VirtualRegister place);
  void sum_row_pair(VirtualRegister place, int rows);
  Words row_sum(int row);
  VirtualRegister merge(VirtualRegister even, VirtualRegister odd);
  void sum_columns();
  void run_down_columns();
  void add_running(Quad& sums, const Words& first, const Words& second, VirtualRegister taps);
  Words kept_row(VirtualRegister place, int row) const;
  void result_rows(VirtualRegister place, int rows);
  void prefetch_results(int rows);
  void add(VirtualRegister& sum, VirtualRegister words, VirtualRegister taps);
  int source_rows() const { return block_->plan.rows_per_block + block_->plan.window().height - 1; }
  int row_bytes() const { return 2 * block_->plan.vector_size; }
  int pair_bytes() const { return 2 * row_bytes(); }

  StencilBlock* block_ = nullptr;
  const ProductList* list_ = nullptr;
  PixelVectors pixels_;
  ProductSum sum_;
  StencilFinish finish_;
  VirtualRegister tile_ = none;                         // where the pairs are kept, at a multiple of a cache line
  VirtualRegister low_words_ = none;                    // AVX-512: of each 32 bits
  VirtualRegister offset_words_ = none;                 // of rows without phases
  VirtualRegister bias_ = none;                         // none: 0
  std::array<VirtualRegister, most_pairs> even_, odd_;  // the taps of each pair for both kinds of rows; none: all 0
};

}  // namespace cogent::x86
