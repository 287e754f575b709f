// Bytes and words of the same lanes where nothing else is there: the words of the even lanes, which are the low halves
// of the bytes' pairs, lie in one register, those of the odd ones in the next. Neither way crosses 16 bytes.
#include <algorithm>

#include "x86/lanes.h"

namespace cogent::x86 {

using ir::Type;
using Kind = ir::LaneStep::Kind;

// The order of words in memory would be another one.
bool LaneBody::may_halve() const {
  if (plan_.registers_of(2) != 2 * plan_.registers_of(1) || loop_->permutation.stride != 0) return false;
  for (std::uint32_t i = 0; i < loop_->steps.size(); ++i) {
    const Step& each = step(i);
    if (!is_needed(i) || each.kind == Kind::Constant || each.kind == Kind::Invariant || each.kind == Kind::Reduce)
      continue;
    if (each.bytes == 4 && plan_.interleaves) continue;
    if (each.bytes > 2 || (each.bytes == 2 && (each.kind == Kind::Load || each.kind == Kind::Store))) return false;
  }
  return true;
}

// ---- wider

void LaneBody::widen_halves(std::uint32_t number) {
  const std::uint32_t source = step(number).a;
  const Registers results = registers(number);
  for (std::size_t i = 0; i < results.size(); ++i) results[i] = half_of(source, i / 2, static_cast<int>(i % 2));
}

// Whether a store between two steps may change what a step loads. Of arrays that may overlap some accesses are a pair.
bool LaneBody::may_change(std::uint32_t load, std::uint32_t from, std::uint32_t to) const {
  const auto array_of = [&](std::uint32_t access) { return loop_->accesses[access].array; };
  const ir::Id loaded = array_of(step(load).access);
  for (const std::uint32_t number : stores_) {
    if (number < from || number > to) continue;
    const ir::Id stored = array_of(step(number).access);
    const auto joins = [&](const ir::LanePair& pair) {
      const ir::Id earlier = array_of(pair.earlier), later = array_of(pair.later);
      return (earlier == loaded && later == stored) || (earlier == stored && later == loaded);
    };
    if (stored == loaded || std::ranges::any_of(loop_->pairs, joins)) return true;
  }
  return false;
}

// What is only made halves of is loaded when the first of them is made, if at all.
VirtualRegister LaneBody::bytes_of(std::uint32_t source, std::size_t number) {
  VirtualRegister& bytes = registers(source)[number];
  if (bytes == none)
    bytes = machine_->vector_load(Opcode::Vmovdqu, size_of(source),
                                  address_of(step(source), static_cast<int>(number) * plan_.vector_size));
  return bytes;
}

// The odd bytes from an address on are the even ones from the next: neighbours that are loaded share them.
VirtualRegister LaneBody::half_of(std::uint32_t source, std::size_t number, int parity) {
  const Step& whole = step(source);
  if (whole.kind != Kind::Load || alternates(whole) || is_conditional(whole))
    return make_half(whole, registers(source)[number], parity);
  const Address address = address_of(whole, static_cast<int>(number) * plan_.vector_size);
  Half half{address.base, address.displacement + parity, source, none};
  for (const Half& known : known_halves_)
    if (known.base == half.base && known.displacement == half.displacement &&
        !may_change(source, std::min(known.load, source), std::max(known.load, source)))
      return known.reg;
  half.reg = make_half(whole, bytes_of(source, number), parity);
  known_halves_.push_back(half);
  return half.reg;
}

VirtualRegister LaneBody::make_half(const Step& source, VirtualRegister whole, int parity) {
  const auto size = static_cast<std::uint8_t>(plan_.vector_size);
  const bool is_signed = source.is_mask() || ir::is_signed(source.type);
  if (!is_signed && parity == 0) return machine_->vector(Opcode::Vpand, size, whole, pool_constant(255, 2));
  if (parity == 0) whole = machine_->vector_unary(Opcode::Vpsllw, size, whole, 8);
  return machine_->vector_unary(is_signed ? Opcode::Vpsraw : Opcode::Vpsrlw, size, whole, 8);
}

// ---- narrower

VirtualRegister LaneBody::join_bytes(bool is_signed, VirtualRegister even, VirtualRegister odd) {
  const auto size = static_cast<std::uint8_t>(plan_.vector_size);
  std::uint8_t order[64];
  for (int i = 0; i < 64; ++i) order[i] = static_cast<std::uint8_t>(i % 16 / 2 + i % 2 * 8);
  const VirtualRegister packed = machine_->vector(is_signed ? Opcode::Vpacksswb : Opcode::Vpackuswb, size, even, odd);
  return machine_->vector(Opcode::Vpshufb, size, packed, vector_constant(order, size));
}

void LaneBody::narrow_halves(std::uint32_t number) {
  const Step& made = step(number);
  const auto size = static_cast<std::uint8_t>(plan_.vector_size);
  const bool is_signed = made.is_mask() || ir::is_signed(made.type);
  const Registers results = registers(number), sources = registers(made.a);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const VirtualRegister even = sources[2 * i], odd = sources[2 * i + 1];
    if (made.saturates) {
      results[i] = join_bytes(is_signed, even, odd);
    } else {
      const VirtualRegister low = machine_->vector(Opcode::Vpand, size, even, pool_constant(255, 2));
      results[i] = machine_->vector(Opcode::Vpor, size, low, machine_->vector_unary(Opcode::Vpsllw, size, odd, 8));
    }
  }
}

}  // namespace cogent::x86
