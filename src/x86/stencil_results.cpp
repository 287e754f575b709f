// Where sums fit 16 bits all but the last step is done in them.
#include "x86/stencil_results.h"

#include <bit>

namespace cogent::x86 {

void WideResults::prepare(StencilBlock& block, Sums sums) {
  block_ = &block;
  const bool packs = sums != Sums::Words && is_word();
  const bool clamps_words = packs || sums == Sums::Words;
  if (clamps_words)
    order_.prepare_words(block, sums == Sums::Phases           ? WordOrder::PackedPhases
                                : block.plan.split.interleaves ? WordOrder::LowAndHigh
                                                               : WordOrder::EvenAndOdd);
  else
    order_.prepare_phases(block);
  prepare_limits(packs, clamps_words);
  const std::uint32_t scale = std::bit_cast<std::uint32_t>(block.stencil.scale);
  scale_ = scale == std::bit_cast<std::uint32_t>(1.0F) ? none : block.machine.broadcast_constant(scale, 4);
}

// Packing clamps to the type's own limits.
void WideResults::prepare_limits(bool packs, bool clamps_words) {
  MachineProgram& machine = block_->machine;
  const ir::StencilStage& stage = block_->stage();
  const bool is_signed_word = block_->stencil.result == ir::Type::I16;
  const bool has_signs = packs ? is_signed_word : clamps_words ? sums_have_signs() : true;
  minimum_ = !clamps_words ? Opcode::Vpminsd : has_signs ? Opcode::Vpminsw : Opcode::Vpminuw;
  maximum_ = !clamps_words ? Opcode::Vpmaxsd : has_signs ? Opcode::Vpmaxsw : Opcode::Vpmaxuw;
  const auto constant = [&](std::int32_t limit) {
    const auto bits = static_cast<std::uint32_t>(limit);
    return clamps_words ? machine.broadcast_constant(bits & 0xffff, 2) : machine.broadcast_constant(bits, 4);
  };
  const bool clamps_low = block_->plan.clamps_low(stage) && !(packs && stage.low == (is_signed_word ? INT16_MIN : 0));
  const bool clamps_high =
      block_->plan.clamps_high(stage) && !(packs && stage.high == (is_signed_word ? INT16_MAX : UINT16_MAX));
  low_ = clamps_low ? constant(stage.low) : none;
  high_ = clamps_high ? constant(stage.high) : none;
}

VirtualRegister WideResults::shifted(Opcode opcode, VirtualRegister sums) const {
  const int shift = block_->stage().shift;
  if (shift == 0) return sums;
  return block_->machine.vector_unary(opcode, block_->size(), sums, static_cast<std::uint8_t>(shift));
}

VirtualRegister WideResults::clamped(VirtualRegister values) const {
  MachineProgram& machine = block_->machine;
  if (low_ != none) values = machine.vector(maximum_, block_->size(), values, low_);
  if (high_ != none) values = machine.vector(minimum_, block_->size(), values, high_);
  return values;
}

void WideResults::words(int row, VirtualRegister first, VirtualRegister second) {
  const Opcode shift = sums_have_signs() ? Opcode::Vpsraw : Opcode::Vpsrlw;
  first = clamped(shifted(shift, first));
  second = clamped(shifted(shift, second));
  const Pair ordered = order_.words(first, second);
  for (std::size_t half = 0; half < 2; ++half) {
    const int part = static_cast<int>(half);
    if (is_word())
      store(row, part, ordered[half]);
    else
      widen(row, 2 * part, ordered[half]);
  }
}

void WideResults::phases(int row, const Quad& phases) {
  if (is_word()) return packed(row, phases);
  Quad values;
  for (std::size_t i = 0; i < 4; ++i) values[i] = clamped(shifted(Opcode::Vpsrad, phases[i]));
  store_quad(row, order_.phases(values));
}

void WideResults::store_quad(int row, const Quad& ordered) {
  for (std::size_t i = 0; i < 4; ++i) store(row, static_cast<int>(i), ordered[i]);
}

// Packing clamps to the type's range, after the shift.
void WideResults::packed(int row, Quad phases) {
  for (VirtualRegister& phase : phases) phase = shifted(Opcode::Vpsrad, phase);
  const Pair values = order_.pack(packing(), phases);
  store_words(row, values[0], values[1]);
}

void WideResults::quarters(int row, const Quad& sums) {
  MachineProgram& machine = block_->machine;
  if (!is_word())
    return store_quad(row, order_.quarters({clamped(sums[0]), clamped(sums[1]), clamped(sums[2]), clamped(sums[3])}));
  store_words(row, machine.vector(packing(), block_->size(), sums[0], sums[1]),
              machine.vector(packing(), block_->size(), sums[2], sums[3]));
}

void WideResults::store_words(int row, VirtualRegister first, VirtualRegister second) {
  const Pair ordered = order_.words(clamped(first), clamped(second));
  store(row, 0, ordered[0]);
  store(row, 1, ordered[1]);
}

// Words to results of 32 bits: those of two parts.
void WideResults::widen(int row, int part, VirtualRegister words) {
  MachineProgram& machine = block_->machine;
  const std::uint8_t size = block_->size();
  const Opcode opcode = sums_have_signs() ? Opcode::Vpmovsxwd : Opcode::Vpmovzxwd;
  const VirtualRegister upper = size == 64   ? machine.vector_part(Opcode::Vextracti256, size, words, 1)
                                : size == 32 ? machine.vector_part(Opcode::Vextracti128, size, words, 1)
                                             : machine.vector_unary(Opcode::Vpsrldq, size, words, 8);
  store(row, part, machine.vector_unary(opcode, size, words));
  store(row, part + 1, machine.vector_unary(opcode, size, upper));
}

void WideResults::store(int row, int part, VirtualRegister values) {
  MachineProgram& machine = block_->machine;
  const std::uint8_t size = block_->size();
  if (block_->stencil.result == ir::Type::F32) {
    values = machine.vector_unary(Opcode::Vcvtdq2ps, size, values);
    if (scale_ != none) values = machine.vector(Opcode::Vmulps, size, values, scale_);
  }
  machine.vector_store(Opcode::VmovdquStore, size, block_->destination_at(row, part * size), values);
}

}  // namespace cogent::x86
