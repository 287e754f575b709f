// From the sums of a row to its results: merges the accumulators; then bytes are shifted, clamped, brought in order and
// stored here, wider results in stencil_results.h.
#pragma once

#include <array>

#include "x86/stencil_results.h"

namespace cogent::x86 {

using Accumulators = std::array<VirtualRegister, accumulator_count>;

class StencilFinish {
 public:
  /// Before all loops: makes the constants.
  void prepare(StencilBlock& block);
  /// The same for quarters() alone.
  void prepare_quarters(StencilBlock& block);
  /// The bias in lanes of 32 bits, with which phases begin; none: it is 0, or added here.
  VirtualRegister phase_bias() const { return phase_bias_; }
  /// From now on bytes are stored in another order: those of a vector of indexes (none: as they are).
  void rotate(VirtualRegister indexes) { rotation_ = indexes; }
  /// Stores row `row` of the block from its accumulators.
  void row(int row, const Accumulators& accumulators);
  /// Stores it from two vectors of 16-bit sums without the bias: the halves of the plan's split.
  void words(int row, VirtualRegister first, VirtualRegister second);
  /// Stores it from sums of 32 bits with the bias: the even pixels as what unpacking words gives, low and high, then
  /// the odd ones. Overwrites them.
  void quarters(int row, StencilOrder::Quad sums);

 private:
  void forget_constants();
  void prepare_limits();
  void prepare_bytes(bool has_words);
  void phases(int row, const Accumulators& accumulators);
  void merged_phases(int row, const Accumulators& accumulators);
  void shift_and_pack(int row, VirtualRegister first, VirtualRegister second, VirtualRegister order);
  void store(int row, VirtualRegister bytes);
  VirtualRegister merge(VirtualRegister even, VirtualRegister odd);
  VirtualRegister op(Opcode opcode, VirtualRegister a, VirtualRegister b) {
    return block_->machine.vector(opcode, block_->size(), a, b);
  }
  void op_into(VirtualRegister d, Opcode opcode, VirtualRegister b) {
    block_->machine.vector_into(d, opcode, block_->size(), d, b);
  }
  void shift_into(VirtualRegister d, Opcode opcode, int count) {
    block_->machine.vector_into(d, opcode, block_->size(), none, d, static_cast<std::uint8_t>(count));
  }

  StencilBlock* block_ = nullptr;
  WideResults wide_;
  bool merges_ = false;            // phases become halves
  bool takes_high_bytes_ = false;  // the result is the high byte of each 16-bit sum
  VirtualRegister phase_bias_ = none, word_bias_ = none;
  VirtualRegister order_ = none;  // of bytes, within 16; none: as they are
  VirtualRegister rotation_ = none;
  VirtualRegister low_words_ = none, high_bytes_ = none, low_ = none, high_ = none;
};

}  // namespace cogent::x86
