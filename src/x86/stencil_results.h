// The end of a row whose results are wider than its pixels: shifts and clamps the sums, brings them in order, converts
// and stores them.
#pragma once

#include "x86/stencil_order.h"

namespace cogent::x86 {

class WideResults {
 public:
  /// As what sums come.
  enum class Sums : std::uint8_t { Words, Phases, Quarters };
  /// Before all loops.
  void prepare(StencilBlock& block, Sums sums);
  /// Stores row `row` of the block from sums of 16 bits: the halves of the plan's split.
  void words(int row, VirtualRegister first, VirtualRegister second);
  /// The same from sums of 32 bits.
  void phases(int row, const StencilOrder::Quad& phases);
  /// The same from shifted sums of 32 bits, see StencilFinish::quarters.
  void quarters(int row, const StencilOrder::Quad& sums);

 private:
  using Pair = StencilOrder::Pair;
  using Quad = StencilOrder::Quad;

  Opcode packing() const { return block_->stencil.result == ir::Type::I16 ? Opcode::Vpackssdw : Opcode::Vpackusdw; }
  bool is_word() const { return block_->stencil.result_size() == 2; }
  bool sums_have_signs() const { return block_->plan.sum.fits_signed_16(); }
  VirtualRegister shifted(Opcode opcode, VirtualRegister sums) const;
  VirtualRegister clamped(VirtualRegister values) const;
  void prepare_limits(bool packs, bool clamps_words);
  void packed(int row, Quad phases);
  void store_quad(int row, const Quad& ordered);
  void store_words(int row, VirtualRegister first, VirtualRegister second);
  void widen(int row, int part, VirtualRegister words);
  void store(int row, int part, VirtualRegister values);

  StencilBlock* block_ = nullptr;
  StencilOrder order_;
  VirtualRegister low_ = none, high_ = none;  // none: no value lies below, or above
  Opcode minimum_ = Opcode::Vpminsd, maximum_ = Opcode::Vpmaxsd;
  VirtualRegister scale_ = none;
};

}  // namespace cogent::x86
