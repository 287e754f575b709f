// A block of a rank-1 stencil, marching down: the weighted sum of each source row is formed once, as two vectors of
// 16-bit sums, and combined with those of the rows above it, which stay in registers.
#pragma once

#include <array>

#include "x86/stencil_unrolled.h"

namespace cogent::x86 {

class SeparableStencil {
 public:
  void prepare(StencilBlock& block, ProductList& list);
  void emit_block();

 private:
  static constexpr std::size_t most_height = 8;
  struct Words {  // the 16-bit sums of a row: even and odd pixels, or as unpacking leaves them
    VirtualRegister first = none, second = none;
  };
  struct Term {  // of the rest of the column factor
    std::int32_t tap = 0;
    VirtualRegister constant = none;  // none: 1, -1, or a shift
    int shift = 0;
  };

  void prepare_row(ProductList& list);
  void prepare_rest();
  void begin_rows();
  void prepare_strip();
  void emit_strip();
  void begin_sums();
  void emit_rows();
  template <class Body>
  void loop_over_vectors(Body&& body);
  template <class Move>
  void for_each_sum(Move&& move);
  void store_sums();
  int sums_bytes() const { return 2 * (block_->plan.window().height - 1) * block_->plan.vector_size; }
  Words row_sum();
  bool column_steps(Words value, Words& result);
  bool add_neighbour(Words& kept, Opcode opcode, Words& value);
  bool rest(Words value, Words& result);
  Words scaled(const Words& value, const Term& term);
  Words combine(Opcode opcode, const Words& a, const Words& b);

  StencilBlock* block_ = nullptr;
  const ProductList* list_ = nullptr;
  PixelVectors pixels_;
  ProductSum sum_;
  StencilFinish finish_;
  std::array<Words, most_height> kept_;     // of each sum and difference, the row before
  std::array<Words, most_height> history_;  // of the rest, the rows before, the last one first
  int history_length_ = 0;
  VirtualRegister strip_ = none;  // the sums that the vectors of a row keep for the rows below
  VirtualRegister sums_ = none;   // those of the current vector
  std::array<Term, most_height> terms_;
};

}  // namespace cogent::x86
