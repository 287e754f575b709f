// Bytes looked up in tables of up to 256 bytes, which four registers hold: permutations of two of them at a time.
#include "x86/lanes.h"

namespace cogent::x86 {

namespace {

constexpr std::uint8_t whole = 64;  // bytes of a register, and of what its table has at least

}  // namespace

void LaneBody::begin_look_up(std::uint32_t number, const LaneSurroundings& surroundings) {
  step_tables_[number] = static_cast<std::uint32_t>(tables_.size());
  const std::uint32_t access = step(number).access;
  Address address = surroundings.accesses[access];
  for (int offset = 0; offset < loop_->accesses[access].table; offset += whole) {
    tables_.push_back(machine_->vector_load(Opcode::Vmovdqu, whole, address));
    address.displacement += whole;
  }
}

// The seven low bits of an index choose in two registers, the highest one between two pairs.
void LaneBody::look_up(std::uint32_t number) {
  if (uses_[number] == 0) return;
  const Step& made = step(number);
  const int table = loop_->accesses[made.access].table;
  const Registers results = registers(number), indexes = registers(made.a);
  const auto permuted = [&](std::size_t i, std::uint32_t first) {
    const VirtualRegister low = tables_[step_tables_[number] + first];
    const VirtualRegister high = table == whole ? low : tables_[step_tables_[number] + first + 1];
    const VirtualRegister result = machine_->vector_unary(Opcode::VectorMove, whole, low);
    return machine_->vector_into(result, Opcode::Vpermt2b, whole, indexes[i], high);
  };
  constexpr std::uint8_t less = 1;
  for (std::size_t i = 0; i < results.size(); ++i) {
    results[i] = permuted(i, 0);
    if (table < 256) continue;
    const VirtualRegister upper = machine_->vector(Opcode::VpcmpbMask, whole, indexes[i], pool_constant(0, 8), less);
    results[i] = select(whole, upper, permuted(i, 2), results[i]);
  }
}

}  // namespace cogent::x86
