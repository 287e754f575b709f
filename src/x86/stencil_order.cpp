// AVX-512 has permutations of two vectors; AVX2 unpacks within each 128 bits and then joins those.
#include "x86/stencil_order.h"

namespace cogent::x86 {
namespace {

constexpr std::uint8_t first_lanes = 0x20, second_lanes = 0x31;    // of vperm2i128
constexpr std::uint8_t first_halves = 0x44, second_halves = 0xee;  // of vshufi64x2

struct Place {
  int vector, element;
};

Place place_of(int pixel, WordOrder order) {
  switch (order) {
    case WordOrder::EvenAndOdd:
      return {pixel % 2, pixel / 2};
    case WordOrder::LowAndHigh:
      return {pixel % 16 / 8, pixel / 16 * 8 + pixel % 8};
    case WordOrder::PackedPhases:
      return {pixel % 4 / 2, pixel / 16 * 8 + pixel % 2 * 4 + pixel % 16 / 4};
  }
  return {0, 0};
}

// For each element of the results its number among those of both vectors.
template <class Element>
std::array<VirtualRegister, 2> make_indexes(StencilBlock& block, WordOrder order) {
  constexpr int largest = 64 / sizeof(Element);
  const int count = block.size() / static_cast<int>(sizeof(Element));
  std::array<VirtualRegister, 2> result;
  for (int half = 0; half < 2; ++half) {
    std::array<Element, largest> indexes{};
    for (int i = 0; i < count; ++i) {
      const Place place = place_of(half * count + i, order);
      indexes[static_cast<std::size_t>(i)] = static_cast<Element>(place.vector * count + place.element);
    }
    result[static_cast<std::size_t>(half)] = block.machine.vector_constant(indexes.data(), block.size());
  }
  return result;
}

}  // namespace

void StencilOrder::prepare_words(StencilBlock& block, WordOrder order) {
  block_ = &block;
  order_ = order;
  if (block.has_avx512()) indexes_ = make_indexes<std::uint16_t>(block, order);
}

void StencilOrder::prepare_phases(StencilBlock& block) {
  block_ = &block;
  if (block.has_avx512()) indexes_ = make_indexes<std::uint32_t>(block, WordOrder::EvenAndOdd);
}

// Permutations of two vectors overwrite the first.
StencilOrder::Pair StencilOrder::interleave(Opcode opcode, VirtualRegister first, VirtualRegister second) {
  MachineProgram& machine = block_->machine;
  Pair result;
  for (std::size_t half = 0; half < 2; ++half) {
    result[half] = machine.vector_unary(Opcode::VectorMove, block_->size(), first);
    machine.vector_into(result[half], opcode, block_->size(), indexes_[half], second);
  }
  return result;
}

StencilOrder::Pair StencilOrder::unpack(Opcode low, Opcode high, VirtualRegister first, VirtualRegister second) {
  return {vector(low, first, second), vector(high, first, second)};
}

// Of vectors whose 128-bit lanes alternate.
StencilOrder::Pair StencilOrder::join_lanes(VirtualRegister low, VirtualRegister high) {
  if (block_->size() == 16) return {low, high};
  return {vector(Opcode::Vperm2i128, low, high, first_lanes), vector(Opcode::Vperm2i128, low, high, second_lanes)};
}

StencilOrder::Pair StencilOrder::words(VirtualRegister first, VirtualRegister second) {
  if (block_->has_avx512()) return interleave(Opcode::Vpermt2w, first, second);
  Pair lanes{first, second};
  if (order_ != WordOrder::LowAndHigh) lanes = unpack(Opcode::Vpunpcklwd, Opcode::Vpunpckhwd, first, second);
  if (order_ == WordOrder::PackedPhases) lanes = unpack(Opcode::Vpunpckldq, Opcode::Vpunpckhdq, lanes[0], lanes[1]);
  return join_lanes(lanes[0], lanes[1]);
}

// With AVX-512 neighbouring phases are packed together, else those that unpacking interleaves.
StencilOrder::Pair StencilOrder::pack(Opcode opcode, const Quad& phases) {
  if (block_->has_avx512()) return {vector(opcode, phases[0], phases[1]), vector(opcode, phases[2], phases[3])};
  return {vector(opcode, phases[0], phases[2]), vector(opcode, phases[1], phases[3])};
}

StencilOrder::Quad StencilOrder::phases(const Quad& phases) {
  if (block_->has_avx512()) {
    const Pair even = interleave(Opcode::Vpermt2d, phases[0], phases[2]);
    const Pair odd = interleave(Opcode::Vpermt2d, phases[1], phases[3]);
    const Pair low = interleave(Opcode::Vpermt2d, even[0], odd[0]),
               high = interleave(Opcode::Vpermt2d, even[1], odd[1]);
    return {low[0], low[1], high[0], high[1]};
  }
  const Pair a = unpack(Opcode::Vpunpckldq, Opcode::Vpunpckhdq, phases[0], phases[1]);
  const Pair b = unpack(Opcode::Vpunpckldq, Opcode::Vpunpckhdq, phases[2], phases[3]);
  const Pair first = unpack(Opcode::Vpunpcklqdq, Opcode::Vpunpckhqdq, a[0], b[0]);
  const Pair second = unpack(Opcode::Vpunpcklqdq, Opcode::Vpunpckhqdq, a[1], b[1]);
  if (block_->size() == 16) return {first[0], first[1], second[0], second[1]};
  const Pair low = join_lanes(first[0], first[1]), high = join_lanes(second[0], second[1]);
  return {low[0], high[0], low[1], high[1]};
}

// Within every 16 pixels the low vectors have the first 8.
StencilOrder::Quad StencilOrder::quarters(const Quad& sums) {
  const auto interleaved = [&](VirtualRegister even, VirtualRegister odd) {
    if (block_->has_avx512()) return interleave(Opcode::Vpermt2d, even, odd);
    const Pair lanes = unpack(Opcode::Vpunpckldq, Opcode::Vpunpckhdq, even, odd);
    return join_lanes(lanes[0], lanes[1]);
  };
  const Pair low = interleaved(sums[0], sums[2]), high = interleaved(sums[1], sums[3]);
  if (block_->size() == 16) return {low[0], low[1], high[0], high[1]};
  if (block_->size() == 32) return {low[0], high[0], low[1], high[1]};
  const auto halves = [&](std::size_t i, std::uint8_t control) {
    return vector(Opcode::Vshufi64x2, low[i], high[i], control);
  };
  return {halves(0, first_halves), halves(0, second_halves), halves(1, first_halves), halves(1, second_halves)};
}

}  // namespace cogent::x86
