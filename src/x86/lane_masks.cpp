// Accesses that a condition decides about: those lanes alone whose mask holds are loaded or stored, and nothing is
// touched in memory for the others.
#include <bit>

#include "x86/lanes.h"

namespace cogent::x86 {

namespace {

// By the bytes of a lane: 1, 2, 4, 8. AVX2 has no others than those of 4 and 8.
constexpr Opcode masked_loads[] = {Opcode::VmovdqubMasked, Opcode::VmovdquwMasked, Opcode::VmovdqudMasked,
                                   Opcode::VmovdquqMasked};
constexpr Opcode masked_stores[] = {Opcode::VmovdqubMaskedStore, Opcode::VmovdquwMaskedStore,
                                    Opcode::VmovdqudMaskedStore, Opcode::VmovdquqMaskedStore};

}  // namespace

void LaneBody::load_masked(std::uint32_t number) {
  const Step& made = step(number);
  const Opcode in_avx2 = made.bytes == 4 ? Opcode::Vpmaskmovd : Opcode::Vpmaskmovq;
  const Opcode opcode = has_avx512() ? masked_loads[std::countr_zero(made.bytes)] : in_avx2;
  const Registers results = registers(number), masks = registers(made.c);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Address address = address_of(made, static_cast<int>(i) * plan_.vector_size);
    results[i] = machine_->vector_load(opcode, size_of(number), address);
    machine_->instructions.back().a = masks[i];
  }
}

void LaneBody::store_masked(const Step& stored) {
  const Opcode in_avx2 = stored.bytes == 4 ? Opcode::VpmaskmovdStore : Opcode::VpmaskmovqStore;
  const Opcode opcode = has_avx512() ? masked_stores[std::countr_zero(stored.bytes)] : in_avx2;
  const Registers values = registers(stored.a), masks = registers(stored.c);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Address address = address_of(stored, static_cast<int>(i) * plan_.vector_size);
    machine_->vector_store(opcode, size_of(stored.a), address, values[i]);
    machine_->instructions.back().d = masks[i];
  }
}

}  // namespace cogent::x86
