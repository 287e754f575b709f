// Words beside each other in lanes of 4 bytes: their products in pairs, and roots by way of floats. Where the plan says
// so, lanes of 4 bytes lie as unpacking leaves them, which packing undoes; neither way crosses 16 bytes.
#include <bit>

#include "x86/lanes.h"

namespace cogent::x86 {

using ir::Type;

// Of each 16 bytes the words of the lower half, or the upper one, each of `low` followed by that of `high`.
VirtualRegister LaneBody::unpack(std::size_t half, std::uint8_t size, VirtualRegister low, VirtualRegister high) {
  return machine_->vector(half == 0 ? Opcode::Vpunpcklwd : Opcode::Vpunpckhwd, size, low, high);
}

void LaneBody::widen_words(std::uint32_t number) {
  const Step& source = step(step(number).a);
  const std::uint8_t size = size_of(number);
  const Registers results = registers(number), sources = registers(step(number).a);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const VirtualRegister words = sources[i / 2];
    if (source.is_mask()) {
      results[i] = unpack(i % 2, size, words, words);
    } else if (ir::is_signed(source.type)) {
      results[i] = machine_->vector_unary(Opcode::Vpsrad, size, unpack(i % 2, size, words, words), 16);
    } else {
      results[i] = unpack(i % 2, size, words, pool_constant(0, 8));
    }
  }
}

VirtualRegister LaneBody::join_words(const Step& made, std::uint8_t size, VirtualRegister low, VirtualRegister high) {
  const bool is_signed = made.is_mask() || (made.saturates && ir::is_signed(made.type));
  const Opcode opcode = made.bytes == 1 || is_signed ? Opcode::Vpackssdw : Opcode::Vpackusdw;
  if (!made.saturates && !made.is_mask()) {
    const VirtualRegister kept = pool_constant((std::uint64_t{1} << 8 * made.bytes) - 1, 4);
    low = machine_->vector(Opcode::Vpand, size, low, kept);
    high = machine_->vector(Opcode::Vpand, size, high, kept);
  }
  return machine_->vector(opcode, size, low, high);
}

// Bytes by way of words.
void LaneBody::narrow_words(std::uint32_t number) {
  const Step& made = step(number);
  const std::uint8_t size = size_of(made.a);
  const Registers results = registers(number), sources = registers(made.a);
  VirtualRegister words[16];
  const std::size_t count = sources.size() / 2;
  for (std::size_t i = 0; i < count; ++i) words[i] = join_words(made, size, sources[2 * i], sources[2 * i + 1]);
  const bool is_signed = made.is_mask() || (made.saturates && ir::is_signed(made.type));
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (made.bytes == 2) {
      results[i] = words[i];
      continue;
    }
    const VirtualRegister low = words[2 * i], high = 2 * i + 1 < count ? words[2 * i + 1] : low;
    results[i] =
        halves_
            ? join_bytes(is_signed, low, high)
            : in_order(machine_->vector(is_signed ? Opcode::Vpacksswb : Opcode::Vpackuswb, size, low, high), 2, size);
  }
}

void LaneBody::pair(std::uint32_t number) {
  const Step& made = step(number);
  if (uses_[number] == 0) return;
  const std::uint8_t size = size_of(number);
  const Registers results = registers(number), low = registers(made.a), high = registers(made.b);
  const int lanes = plan_.lanes / static_cast<int>(results.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (plan_.interleaves) {
      results[i] = unpack(i % 2, size, low[i / 2], high[i / 2]);
      continue;
    }
    const int offset = static_cast<int>(i) * lanes * 2;
    const VirtualRegister a = machine_->vector_unary(Opcode::Vpmovzxwd, size, part(made.a, offset));
    const VirtualRegister b = machine_->vector_unary(Opcode::Vpmovzxwd, size, part(made.b, offset));
    results[i] = machine_->vector(Opcode::Vpor, size, a, machine_->vector_unary(Opcode::Vpslld, size, b, 16));
  }
}

void LaneBody::pair_dot(std::uint32_t number) {
  const Step& made = step(number);
  if (uses_[number] == 0) return;
  const std::uint8_t size = size_of(number);
  const Registers results = registers(number), a = registers(made.a), b = registers(made.b), sums = registers(made.c);
  const bool is_last_use = step(made.c).kind == Step::Kind::PairDot && uses_[made.c] == 1;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (is_constant(made.c, 0)) {
      results[i] = machine_->vector(Opcode::Vpmaddwd, size, a[i], b[i]);
    } else if (has_avx512()) {
      results[i] = is_last_use ? sums[i] : machine_->vector_unary(Opcode::VectorMove, size, sums[i]);
      machine_->vector_into(results[i], Opcode::Vpdpwssd, size, a[i], b[i]);
    } else {
      results[i] = add_lanes(4, size, machine_->vector(Opcode::Vpmaddwd, size, a[i], b[i]), sums[i]);
    }
  }
}

// What x times its reciprocal root gives is at most 0.1 away from the root of x, so that without a quarter and what is
// behind the point it is the nearest integer k or one less: it is more than k if x > k * k + k. Of 0 it is not a
// number, which becomes 0.
VirtualRegister LaneBody::nearest_root(std::uint8_t size, VirtualRegister words) {
  const VirtualRegister less = pool_constant(std::bit_cast<std::uint32_t>(-0.25F), 4);
  VirtualRegister roots[2];
  for (std::size_t half = 0; half < 2; ++half) {
    const VirtualRegister x =
        machine_->vector_unary(Opcode::Vcvtdq2ps, size, unpack(half, size, words, pool_constant(0, 8)));
    const VirtualRegister root = machine_->vector_unary(has_avx512() ? Opcode::Vrsqrt14ps : Opcode::Vrsqrtps, size, x);
    machine_->vector_into(root, Opcode::Vfmadd213ps, size, x, less);
    roots[half] = machine_->vector_unary(Opcode::Vcvttps2dq, size, root);
  }
  const VirtualRegister root = machine_->vector(Opcode::Vpackusdw, size, roots[0], roots[1]);
  const VirtualRegister last = add_lanes(2, size, machine_->vector(Opcode::Vpmullw, size, root, root), root);
  const VirtualRegister above = machine_->vector(Opcode::Vpsubusw, size, words, last);
  return add_lanes(2, size, root, machine_->vector(Opcode::Vpminuw, size, above, pool_constant(1, 2)));
}

}  // namespace cogent::x86
