// Where sums fit 16 bits all but the last step is done in them.
#include "x86/stencil_results.h"

#include <bit>

namespace cogent::x86 {

void WideResults::prepare(StencilBlock& block, bool has_words) {
  block_ = &block;
  const bool packs = !has_words && is_word();
  const bool has_signs = has_words ? sums_have_signs() : !packs || block.stencil.result == ir::Type::I16;
  if (has_words || packs) {
    order_.prepare_words(block, packs                          ? WordOrder::PackedPhases
                                : block.plan.split.interleaves ? WordOrder::LowAndHigh
                                                               : WordOrder::EvenAndOdd);
    minimum_ = has_signs ? Opcode::Vpminsw : Opcode::Vpminuw;
    maximum_ = has_signs ? Opcode::Vpmaxsw : Opcode::Vpmaxuw;
  } else {
    order_.prepare_phases(block);
    minimum_ = Opcode::Vpminsd;
    maximum_ = Opcode::Vpmaxsd;
  }
  const std::uint8_t element = has_words || packs ? 2 : 4;
  const auto limit = [&](bool is_needed, std::int32_t bound) {
    const std::uint32_t bits = static_cast<std::uint32_t>(bound);
    return is_needed ? block.machine.broadcast_constant(element == 2 ? bits & 0xffff : bits, element) : none;
  };
  const bool is_signed = block.stencil.result == ir::Type::I16;
  const ir::StencilStage& stage = block.stage();
  low_ = limit(block.plan.clamps_low(stage) && !(packs && stage.low == (is_signed ? INT16_MIN : 0)), stage.low);
  high_ = limit(block.plan.clamps_high(stage) && !(packs && stage.high == (is_signed ? INT16_MAX : UINT16_MAX)),
                stage.high);
  const float scale = block.stencil.scale;
  scale_ = std::bit_cast<std::uint32_t>(scale) == std::bit_cast<std::uint32_t>(1.0F)
               ? none
               : block.machine.broadcast_constant(std::bit_cast<std::uint32_t>(scale), 4);
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
  values = order_.phases(values);
  for (std::size_t i = 0; i < 4; ++i) store(row, static_cast<int>(i), values[i]);
}

// Packing clamps to the type's range, after the shift.
void WideResults::packed(int row, Quad phases) {
  for (VirtualRegister& phase : phases) phase = shifted(Opcode::Vpsrad, phase);
  Pair values = order_.pack(block_->stencil.result == ir::Type::I16 ? Opcode::Vpackssdw : Opcode::Vpackusdw, phases);
  values = order_.words(clamped(values[0]), clamped(values[1]));
  store(row, 0, values[0]);
  store(row, 1, values[1]);
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
