// A block of a stencil whose taps are all 1: sums of columns that run down the rows, then sums of those along the row.
//
// A row is done in vectors of 64 source columns, from left to right; the last one ends with the row, so the first one
// begins before it, or with it. The sums of columns stay in memory near the core, in words, the even columns of a
// vector apart from the odd ones. A block has many rows, as the sums of columns have to begin with each.
#pragma once

#include "x86/stencil_box_tree.h"
#include "x86/stencil_finish.h"

namespace cogent::x86 {

class BoxStencil {
 public:
  static constexpr int pixels = 64;                 // of a vector
  static constexpr int most_columns = 64 * pixels;  // of a row of the source

  void prepare(StencilBlock& block);
  void emit_block();

 private:
  struct Words {
    VirtualRegister even = none, odd = none;
  };

  void begin_columns();
  void begin_sums(int number);
  void emit_rows();
  void emit_vector(int number);
  void emit_row(int row, int number, Words& sums);
  template <class Body>
  void loop_over_vectors(int first, Body&& body);

  VirtualRegister pixels_of(int row, int number);
  Words columns_of(int row, int number);
  Address sums_at(int number, int half) const;
  void add(Words& sums, Opcode opcode, const Words& row) const;
  void finish(int row, const BoxTree::Results& results);
  VirtualRegister rotation(int lanes);

  int width() const { return block_->plan.window().width; }
  int height() const { return block_->plan.window().height; }
  /// The column of the results at which those of a vector begin.
  int results_of(int number) const { return pixels * number - before_ - (width() - 1); }
  /// Of its results only the later part exists, and is stored at the beginning of the row.
  bool is_partial(int number) const { return !in_loop_ && results_of(number) > -pixels; }

  StencilBlock* block_ = nullptr;
  StencilFinish finish_;
  BoxTree tree_;
  int vectors_ = 0;        // of a row
  int before_ = 0;         // columns that the first one begins before the row
  int first_in_loop_ = 0;  // of the vectors; all results of these exist
  bool in_loop_ = false;
  VirtualRegister tile_ = none, low_bytes_ = none;
  VirtualRegister source_rotation_ = none, result_rotation_ = none;  // of the first vector; of the partial one
};

}  // namespace cogent::x86
