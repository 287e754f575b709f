// Functions of an integer's bits in each lane.
#include <bit>

#include "x86/lanes.h"

namespace cogent::x86 {

// One instruction, or the counts of the bytes added up.
VirtualRegister LaneBody::population_count(const Step& made, std::uint8_t size, VirtualRegister a) {
  constexpr Opcode counts[] = {Opcode::Vpopcntb, Opcode::Vpopcntw, Opcode::Vpopcntd, Opcode::Vpopcntq};
  if (machine_->has_bit_counts) return machine_->vector_unary(counts[std::countr_zero(made.bytes)], size, a);
  const VirtualRegister bytes = counts_in_bytes(size, a);
  if (made.bytes == 1) return bytes;
  if (made.bytes == 8) return machine_->vector(Opcode::Vpsadbw, size, bytes, pool_constant(0, 8));
  const VirtualRegister words = machine_->vector(Opcode::Vpmaddubsw, size, bytes, pool_constant(1, 1));
  return made.bytes == 2 ? words : machine_->vector(Opcode::Vpmaddwd, size, words, pool_constant(1, 2));
}

// Four bits at a time choose in a table of sixteen counts.
VirtualRegister LaneBody::counts_in_bytes(std::uint8_t size, VirtualRegister a) {
  const VirtualRegister low_bits = pool_constant(15, 1), table = nibble_counts(size);
  const VirtualRegister low = machine_->vector(Opcode::Vpand, size, a, low_bits);
  const VirtualRegister high =
      machine_->vector(Opcode::Vpand, size, machine_->vector_unary(Opcode::Vpsrlw, size, a, 4), low_bits);
  const VirtualRegister of_low = machine_->vector(Opcode::Vpshufb, size, table, low);
  return machine_->vector(Opcode::Vpaddb, size, of_low, machine_->vector(Opcode::Vpshufb, size, table, high));
}

VirtualRegister LaneBody::nibble_counts(std::uint8_t size) {
  std::uint8_t counts[64];
  for (unsigned i = 0; i < sizeof counts; ++i) counts[i] = static_cast<std::uint8_t>(std::popcount(i % 16));
  return vector_constant(counts, size);
}

}  // namespace cogent::x86
