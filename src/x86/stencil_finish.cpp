// Narrowing sums to bytes. Packing saturates, which is the clamp to 0 .. 255.
#include "x86/stencil_finish.h"

#include <cstring>

namespace cogent::x86 {
namespace {

// Where the bytes of 16 pixels lie after packing phases, and after packing halves.
constexpr std::uint8_t order_of_phases[16] = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};
constexpr std::uint8_t order_of_halves[16] = {0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15};

constexpr std::uint8_t or_of_first_and_masked = 0xf8;  // first | (second & third)

VirtualRegister repeated_constant(StencilBlock& block, const std::uint8_t (&bytes)[16]) {
  std::uint8_t all[64];
  for (int i = 0; i < 64; i += 16) std::memcpy(all + i, bytes, 16);
  return block.machine.vector_constant(all, block.size());
}

}  // namespace

void StencilFinish::prepare(StencilBlock& block) {
  block_ = &block;
  MachineProgram& machine = block.machine;
  const ir::StencilStage& stage = block.stage();
  forget_constants();
  const bool has_phases = block.has_phases(), has_halves = block.has_halves();
  merges_ = has_phases && (has_halves || block.plan.merges_phases);
  if (stage.bias != 0 && has_phases)
    phase_bias_ = machine.broadcast_constant(static_cast<std::uint32_t>(stage.bias), 4);
  if (stage.bias != 0 && !has_phases)
    word_bias_ = machine.broadcast_constant(static_cast<std::uint16_t>(stage.bias), 2);
  if (merges_) low_words_ = machine.broadcast_constant(0x0000ffff, 4);
  if (block.stencil.result_size() == 1)
    prepare_bytes(has_halves || merges_);
  else
    wide_.prepare(block, has_halves || merges_ ? WideResults::Sums::Words : WideResults::Sums::Phases);
}

void StencilFinish::prepare_quarters(StencilBlock& block) {
  block_ = &block;
  forget_constants();
  if (block.stencil.result_size() > 1) return wide_.prepare(block, WideResults::Sums::Quarters);
  order_ = repeated_constant(block, order_of_halves);
  prepare_limits();
}

void StencilFinish::forget_constants() {
  phase_bias_ = word_bias_ = order_ = rotation_ = low_words_ = high_bytes_ = low_ = high_ = none;
}

void StencilFinish::prepare_bytes(bool has_words) {
  StencilBlock& block = *block_;
  MachineProgram& machine = block.machine;
  const ir::StencilStage& stage = block.stage();
  const bool clamps_closer = stage.low > 0 || stage.high < 255;
  const bool in_order = block.plan.split.interleaves;
  takes_high_bytes_ = has_words && !in_order && block.has_avx512() && stage.shift == 8 && !clamps_closer &&
                      block.plan.sum.fits_unsigned_16();
  if (takes_high_bytes_)
    high_bytes_ = machine.broadcast_constant(0xff00ff00, 4);
  else if (!in_order)
    order_ = repeated_constant(block, has_words ? order_of_halves : order_of_phases);
  prepare_limits();
}

void StencilFinish::prepare_limits() {
  MachineProgram& machine = block_->machine;
  const ir::StencilStage& stage = block_->stage();
  if (stage.low > 0) low_ = machine.broadcast_constant(static_cast<std::uint8_t>(stage.low), 1);
  if (stage.high < 255) high_ = machine.broadcast_constant(static_cast<std::uint8_t>(stage.high), 1);
}

void StencilFinish::row(int row, const Accumulators& accumulators) {
  if (merges_) return merged_phases(row, accumulators);
  if (block_->has_phases()) return phases(row, accumulators);
  words(row, accumulators[even_half], accumulators[odd_half]);
}

void StencilFinish::phases(int row, const Accumulators& accumulators) {
  if (block_->stencil.result_size() > 1)
    return wide_.phases(row, {accumulators[0], accumulators[1], accumulators[2], accumulators[3]});
  const int shift = block_->stage().shift;
  const bool shift_first = shift != 0 && !block_->plan.sum.fits_signed_16();
  if (shift_first)
    for (int phase = 0; phase < 4; ++phase)
      shift_into(accumulators[static_cast<std::size_t>(phase)], Opcode::Vpsrad, shift);
  op_into(accumulators[0], Opcode::Vpackssdw, accumulators[1]);
  op_into(accumulators[2], Opcode::Vpackssdw, accumulators[3]);
  if (shift != 0 && !shift_first) {
    shift_into(accumulators[0], Opcode::Vpsraw, shift);
    shift_into(accumulators[2], Opcode::Vpsraw, shift);
  }
  op_into(accumulators[0], Opcode::Vpackuswb, accumulators[2]);
  op_into(accumulators[0], Opcode::Vpshufb, order_);
  store(row, accumulators[0]);
}

// Two phases as one vector of 16-bit sums: pixels 4i and 4i + 2, or 4i + 1 and 4i + 3. What does not fit wraps.
VirtualRegister StencilFinish::merge(VirtualRegister even, VirtualRegister odd) {
  shift_into(odd, Opcode::Vpslld, 16);
  block_->machine.vector_into(odd, Opcode::Vpternlogd, block_->size(), even, low_words_, or_of_first_and_masked);
  return odd;
}

void StencilFinish::merged_phases(int row, const Accumulators& accumulators) {
  const VirtualRegister even = merge(accumulators[0], accumulators[2]), odd = merge(accumulators[1], accumulators[3]);
  if (block_->has_halves()) {
    op_into(even, Opcode::Vpaddw, accumulators[even_half]);
    op_into(odd, Opcode::Vpaddw, accumulators[odd_half]);
  }
  words(row, even, odd);
}

void StencilFinish::words(int row, VirtualRegister first, VirtualRegister second) {
  if (word_bias_ != none) {
    first = op(Opcode::Vpaddw, first, word_bias_);
    second = op(Opcode::Vpaddw, second, word_bias_);
  }
  if (block_->stencil.result_size() > 1) return wide_.words(row, first, second);
  if (takes_high_bytes_) {
    MachineProgram& machine = block_->machine;
    const VirtualRegister bytes = machine.vector_unary(Opcode::Vpsrlw, block_->size(), first, 8);
    machine.vector_into(bytes, Opcode::Vpternlogd, block_->size(), second, high_bytes_, or_of_first_and_masked);
    return store(row, bytes);
  }
  shift_and_pack(row, first, second, order_);
}

void StencilFinish::quarters(int row, StencilOrder::Quad sums) {
  if (const int shift = block_->stage().shift; shift != 0)
    for (const VirtualRegister sum : sums) shift_into(sum, Opcode::Vpsrad, shift);
  if (block_->stencil.result_size() > 1) return wide_.quarters(row, sums);
  op_into(sums[0], Opcode::Vpackssdw, sums[1]);
  op_into(sums[2], Opcode::Vpackssdw, sums[3]);
  op_into(sums[0], Opcode::Vpackuswb, sums[2]);
  op_into(sums[0], Opcode::Vpshufb, order_);
  store(row, sums[0]);
}

void StencilFinish::shift_and_pack(int row, VirtualRegister first, VirtualRegister second, VirtualRegister order) {
  const int shift = block_->stage().shift;
  if (shift != 0) {
    const Opcode opcode = block_->plan.sum.fits_signed_16() ? Opcode::Vpsraw : Opcode::Vpsrlw;
    first = block_->machine.vector_unary(opcode, block_->size(), first, static_cast<std::uint8_t>(shift));
    second = block_->machine.vector_unary(opcode, block_->size(), second, static_cast<std::uint8_t>(shift));
  }
  const VirtualRegister bytes = op(Opcode::Vpackuswb, first, second);
  if (order != none) op_into(bytes, Opcode::Vpshufb, order);
  store(row, bytes);
}

void StencilFinish::store(int row, VirtualRegister bytes) {
  if (low_ != none) op_into(bytes, Opcode::Vpmaxub, low_);
  if (high_ != none) op_into(bytes, Opcode::Vpminub, high_);
  if (rotation_ != none) bytes = op(Opcode::Vpermb, rotation_, bytes);
  const Opcode opcode = block_->is_streaming ? Opcode::VmovntdqStore : Opcode::VmovdquStore;
  block_->machine.vector_store(opcode, block_->size(), block_->destination_at(row), bytes);
}

}  // namespace cogent::x86
