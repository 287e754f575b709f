// Loops that copy elements in another order: registers are loaded, permuted and stored.
#include <bit>

#include "x86/lanes.h"

namespace cogent::x86 {

namespace {

constexpr int sixteen = 16;

}  // namespace

void LaneBody::permute_block() {
  const ir::LanePermutation& permutation = loop_->permutation;
  const int bytes = permutation.stride * permutation.bytes;  // of an iteration
  machine_->line = loop_->accesses.back().line;
  const VirtualRegister position =
      machine_->binary(Opcode::ShiftLeft, 8, surroundings_->iteration,
                       Operand::of_immediate(std::countr_zero(static_cast<unsigned>(bytes))));
  const bool is_within_registers =
      bytes <= sixteen || plan_.vector_size == 64 || (permutation.bytes >= 4 && bytes == plan_.vector_size);
  const int step = is_within_registers ? plan_.vector_size : bytes;
  for (int offset = 0; offset < plan_.lanes * bytes; offset += step) {
    Address from = surroundings_->accesses[0], to = surroundings_->accesses[1];
    from.index = to.index = position;
    from.displacement += offset;
    to.displacement += offset;
    is_within_registers ? permute_register(from, to) : permute_pieces(from, to);
  }
}

// From where byte number `to` of a register comes, if it holds as many iterations as fit.
int LaneBody::source_of_byte(int to) const {
  const ir::LanePermutation& permutation = loop_->permutation;
  const int bytes = permutation.stride * permutation.bytes, first = to - to % bytes;
  return first + permutation.sources[to % bytes / permutation.bytes] * permutation.bytes + to % permutation.bytes;
}

void LaneBody::permute_register(const Address& from, const Address& to) {
  const ir::LanePermutation& permutation = loop_->permutation;
  const auto size = static_cast<std::uint8_t>(plan_.vector_size);
  const bool is_within_pieces = permutation.stride * permutation.bytes <= sixteen;
  const int unit = is_within_pieces ? 1 : permutation.bytes == 8 ? 4 : permutation.bytes;
  std::uint8_t order[64] = {};
  for (int i = 0; i < plan_.vector_size; i += unit)
    order[i] = static_cast<std::uint8_t>(source_of_byte(i) / unit % (is_within_pieces ? sixteen : 64));
  const VirtualRegister loaded = machine_->vector_load(Opcode::Vmovdqu, size, from);
  const VirtualRegister sources = vector_constant(order, size);
  VirtualRegister result;
  if (is_within_pieces)
    result = machine_->vector(Opcode::Vpshufb, size, loaded, sources);
  else
    result = machine_->vector(unit == 1   ? Opcode::Vpermb
                              : unit == 2 ? Opcode::Vpermw
                                          : Opcode::Vpermd,
                              size, sources, loaded);
  machine_->vector_store(Opcode::VmovdquStore, size, to, result);
}

// Of one iteration: each 16 bytes come into both halves of a register, where bytes can move anywhere.
void LaneBody::permute_pieces(const Address& from, const Address& to) {
  const int bytes = loop_->permutation.stride * loop_->permutation.bytes;
  const auto size = static_cast<std::uint8_t>(plan_.vector_size);
  VirtualRegister pieces[4];
  for (int piece = 0; piece < bytes / sixteen; ++piece) {
    Address address = from;
    address.displacement += piece * sixteen;
    pieces[piece] = machine_->vector_load(Opcode::Vbroadcasti128, size, address);
  }
  for (int first = 0; first < bytes; first += size) {
    VirtualRegister result = none;
    for (int piece = 0; piece < bytes / sixteen; ++piece) {
      std::uint8_t order[64];
      bool any = false;
      for (int i = 0; i < size; ++i) {
        const int source = source_of_byte(first + i) - piece * sixteen;
        const bool is_here = source >= 0 && source < sixteen;
        order[i] = static_cast<std::uint8_t>(is_here ? source : 128);
        any = any || is_here;
      }
      if (!any) continue;
      const VirtualRegister part = machine_->vector(Opcode::Vpshufb, size, pieces[piece], vector_constant(order, size));
      result = result == none ? part : machine_->vector(Opcode::Vpor, size, result, part);
    }
    Address address = to;
    address.displacement += first;
    machine_->vector_store(Opcode::VmovdquStore, size, address, result);
  }
}

}  // namespace cogent::x86
