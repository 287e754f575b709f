// Conversions. Widening takes the parts of a register one after the other; narrowing packs registers together, which
// works within each 128 bits, and puts the result in order. Floats and integers of 32 bits convert in lanes.
#include <bit>
#include <cstring>

#include "x86/lanes.h"
#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Type;
using Kind = ir::LaneStep::Kind;

namespace {

constexpr int sixteen = 16;

// Extending lanes of `from` bytes to `to` bytes, which is more.
Opcode widening(int from, int to, bool is_signed) {
  if (to == 8) return is_signed ? Opcode::Vpmovsxdq : Opcode::Vpmovzxdq;
  if (from == 2) return is_signed ? Opcode::Vpmovsxwd : Opcode::Vpmovzxwd;
  if (to == 2) return is_signed ? Opcode::Vpmovsxbw : Opcode::Vpmovzxbw;
  return is_signed ? Opcode::Vpmovsxbd : Opcode::Vpmovzxbd;
}

}  // namespace

void LaneBody::convert(std::uint32_t number) {
  const Step& made = step(number);
  const Step& source = step(made.a);
  if (uses_[number] == 0 || registers(number)[0] != none) return;
  if (takes_byte(number)) return take_bytes(number);
  const bool from_float = ir::is_float(source.type) && !source.is_mask();
  if (from_float && made.type == Type::I32) return float_to_integer(number);
  if (made.bytes > source.bytes) return widen(number);
  if (made.bytes < source.bytes)
    return from_float ? join_halves(number, Opcode::Vcvtpd2ps, registers(made.a)) : narrow(number);
  const bool to_float = ir::is_float(made.type) && !from_float;
  const Registers results = registers(number), sources = registers(made.a);
  for (std::size_t i = 0; i < results.size(); ++i)
    results[i] = to_float ? machine_->vector_unary(Opcode::Vcvtdq2ps, size_of(number), sources[i]) : sources[i];
}

// ---- wider

// The bytes of a step from `offset` on, as the low part of a register.
VirtualRegister LaneBody::part(std::uint32_t number, int offset) {
  const VirtualRegister whole = registers(number)[static_cast<std::size_t>(offset / plan_.vector_size)];
  offset %= plan_.vector_size;
  if (offset == 0) return whole;
  if (offset == 2 * sixteen) return machine_->vector_part(Opcode::Vextracti256, 64, whole, 1);
  VirtualRegister quarter = whole;
  if (offset >= sixteen)
    quarter = machine_->vector_part(Opcode::Vextracti128, static_cast<std::uint8_t>(plan_.vector_size), whole,
                                    static_cast<std::uint8_t>(offset / sixteen));
  if (offset % sixteen == 0) return quarter;
  return machine_->vector_unary(Opcode::Vpsrldq, sixteen, quarter, static_cast<std::uint8_t>(offset % sixteen));
}

void LaneBody::widen(std::uint32_t number) {
  if (plan_.interleaves && step(number).bytes == 4) return widen_words(number);
  if (halves_) return widen_halves(number);
  if (takes_twos_ && is_of_twos(step(step(number).a))) return widen_twos(number);
  const Step& made = step(number);
  const Step& source = step(made.a);
  const bool is_signed = source.is_mask() || ir::is_signed(source.type);
  const bool is_float = ir::is_float(made.type);
  const std::uint8_t size = size_of(number);
  const Registers results = registers(number);
  const int lanes = plan_.lanes / static_cast<int>(results.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    VirtualRegister from = part(made.a, static_cast<int>(i) * lanes * source.bytes);
    if (made.bytes == 8 && source.bytes < 4) {  // by way of 4 bytes
      const auto half = static_cast<std::uint8_t>(size > sixteen ? size / 2 : size);
      from = machine_->vector_unary(widening(source.bytes, 4, is_signed), half, from);
    }
    const Opcode opcode = !is_float                   ? widening(source.bytes, made.bytes, is_signed)
                          : ir::is_float(source.type) ? Opcode::Vcvtps2pd
                                                      : Opcode::Vcvtdq2pd;
    results[i] = machine_->vector_unary(opcode, size, from);
  }
}

// Of what is loaded and used for nothing else; but not past a store.
bool LaneBody::widen_from_memory(std::uint32_t number) {
  const Step& made = step(number);
  if (made.kind != Kind::Convert) return false;
  const Step& source = step(made.a);
  if (is_conditional(source) || (plan_.interleaves && made.bytes == 4)) return false;
  if (made.bytes <= source.bytes || (made.bytes == 8 && source.bytes < 4) || uses_[number] == 0) return false;
  for (std::uint32_t i = made.a + 1; i < number; ++i)
    if (step(i).kind == Kind::Store) return false;
  const bool is_float = ir::is_float(made.type);
  const Opcode opcode = !is_float                   ? widening(source.bytes, made.bytes, ir::is_signed(source.type))
                        : ir::is_float(source.type) ? Opcode::Vcvtps2pd
                                                    : Opcode::Vcvtdq2pd;
  const Registers results = registers(number);
  const int lanes = plan_.lanes / static_cast<int>(results.size());
  if (lanes * made.bytes < sixteen) return false;
  for (std::size_t i = 0; i < results.size(); ++i)
    results[i] =
        machine_->vector_load(opcode, size_of(number), address_of(source, static_cast<int>(i) * lanes * source.bytes));
  return true;
}

// ---- narrower

// Packed registers hold, in each 128 bits, a part of the first source, one of the second, ...
VirtualRegister LaneBody::order_constant(int factor, std::uint8_t size) {
  const int mark = -factor * 256 - size;
  for (const PoolConstant& known : pool_constants_)
    if (known.bytes == mark) return known.reg;
  std::uint32_t order[16] = {};
  const unsigned groups = size / sixteen, dwords = 4 / static_cast<unsigned>(factor);
  for (unsigned source = 0; source < static_cast<unsigned>(factor); ++source)
    for (unsigned group = 0; group < groups; ++group)
      for (unsigned i = 0; i < dwords; ++i)
        order[(source * groups + group) * dwords + i] = group * 4 + source * dwords + i;
  const VirtualRegister reg = begin_with(machine_->vector_constant(order, size));
  pool_constants_.push_back({0, mark, reg});
  return reg;
}

VirtualRegister LaneBody::in_order(VirtualRegister packed, int factor, std::uint8_t size) {
  return size == sixteen ? packed : machine_->vector(Opcode::Vpermd, size, order_constant(factor, size), packed);
}

// 8 bytes to 4, in registers of the same size.
void LaneBody::narrow_quads(std::uint32_t number) {
  const Step& made = step(number);
  const Registers results = registers(number), sources = registers(made.a);
  const std::uint8_t size = size_of(made.a);
  constexpr std::uint8_t even = 0x88;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const VirtualRegister a = sources[2 * i], b = 2 * i + 1 < sources.size() ? sources[2 * i + 1] : a;
    results[i] = in_order(machine_->vector(Opcode::Vshufps, size, a, b, even), 2, size);
  }
}

void LaneBody::narrow(std::uint32_t number) {
  const Step& made = step(number);
  const Step& source = step(made.a);
  if (plan_.interleaves && source.bytes == 4) return narrow_words(number);
  if (halves_) return narrow_halves(number);
  if (source.bytes == 8) return narrow_quads(number);
  const bool is_signed = made.is_mask() || (made.saturates && ir::is_signed(made.type));
  const std::uint8_t size = size_of(made.a);
  const Registers results = registers(number), sources = registers(made.a);
  const int factor = source.bytes / made.bytes;
  const auto cut = [&](VirtualRegister v) {
    if (made.saturates) return v;
    return machine_->vector(Opcode::Vpand, size, v,
                            pool_constant((std::uint64_t{1} << 8 * made.bytes) - 1, source.bytes));
  };
  const Opcode words = made.bytes == 1 || is_signed ? Opcode::Vpackssdw : Opcode::Vpackusdw;
  const Opcode bytes = is_signed ? Opcode::Vpacksswb : Opcode::Vpackuswb;
  for (std::size_t i = 0; i < results.size(); ++i) {
    VirtualRegister packed[4];
    std::size_t count = static_cast<std::size_t>(factor);
    const std::size_t first = i * count;
    for (std::size_t k = 0; k < count; ++k)
      packed[k] = first + k < sources.size() ? cut(sources[first + k]) : packed[k % (sources.size() - first)];
    for (int from = source.bytes; from > made.bytes; from /= 2, count /= 2)
      for (std::size_t k = 0; k < count / 2; ++k)
        packed[k] = machine_->vector(from == 4 ? words : bytes, size, packed[2 * k], packed[2 * k + 1]);
    results[i] = in_order(packed[0], factor, size);
  }
}

// Of results that fill the lower half of a register.
void LaneBody::join_halves(std::uint32_t number, Opcode opcode, std::span<const VirtualRegister> sources) {
  const Registers results = registers(number);
  const std::uint8_t size = size_of(step(number).a);
  for (std::size_t i = 0; i < results.size(); ++i) {
    results[i] = machine_->vector_unary(opcode, size, sources[2 * i]);
    if (2 * i + 1 >= sources.size()) continue;
    const VirtualRegister upper = machine_->vector_unary(opcode, size, sources[2 * i + 1]);
    results[i] = machine_->vector(size == 64 ? Opcode::Vinserti256 : Opcode::Vinserti128, size, results[i], upper, 1);
  }
}

// ---- floats to integers

// The instructions give the lowest number for all that does not fit. NaN becomes 0 before; what is too large becomes,
// as a double, the highest number before, and as a float, which does not have that number, by turning all bits after.
void LaneBody::float_to_integer(std::uint32_t number) {
  const Step& made = step(number);
  const Type from = step(made.a).type;
  const bool is_single = from == Type::F32;
  const std::uint8_t size = size_of(made.a);
  const int bytes = is_single ? 4 : 8;
  const Registers results = registers(number), sources = registers(made.a);
  VirtualRegister inside[8];
  Step comparison{.kind = Kind::Compute, .op = ir::Op::Equal, .type = from, .bytes = step(made.a).bytes};
  for (std::size_t i = 0; i < sources.size(); ++i) {
    inside[i] = sources[i];
    if (made.saturates) continue;
    inside[i] = machine_->vector(Opcode::Vpand, size, sources[i], compare(comparison, size, sources[i], sources[i]));
    if (!is_single)
      inside[i] = machine_->vector(Opcode::Vminpd, size, inside[i],
                                   pool_constant(std::bit_cast<std::uint64_t>(2147483647.0), bytes));
  }
  if (!is_single) return join_halves(number, Opcode::Vcvttpd2dq, {inside, sources.size()});
  comparison.op = ir::Op::LessEqual;
  for (std::size_t i = 0; i < results.size(); ++i) {
    results[i] = machine_->vector_unary(Opcode::Vcvttps2dq, size, inside[i]);
    if (made.saturates) continue;
    const VirtualRegister end = pool_constant(std::bit_cast<std::uint32_t>(2147483648.0f), bytes);
    results[i] = machine_->vector(Opcode::Vpxor, size, results[i], compare(comparison, size, end, inside[i]));
  }
}

}  // namespace cogent::x86
