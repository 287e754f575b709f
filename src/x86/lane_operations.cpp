// Arithmetic, comparisons and selections: one instruction where the level has one for lanes of that size, else a few.
#include <bit>

#include "x86/lanes.h"
#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Op;
using ir::Type;

namespace {

constexpr std::uint64_t sign_of_quads = std::uint64_t{1} << 63;

/// Instructions on lanes of 1, 2, 4 and 8 bytes; Count: there is none.
struct BySize {
  Opcode opcodes[4];
  Opcode operator[](int bytes) const { return opcodes[std::countr_zero(static_cast<unsigned>(bytes))]; }
};

constexpr BySize adds{{Opcode::Vpaddb, Opcode::Vpaddw, Opcode::Vpaddd, Opcode::Vpaddq}};
constexpr BySize subtracts{{Opcode::Vpsubb, Opcode::Vpsubw, Opcode::Vpsubd, Opcode::Vpsubq}};
constexpr BySize multiplies{{Opcode::Count, Opcode::Vpmullw, Opcode::Vpmulld, Opcode::Vpmullq}};
constexpr BySize signed_minimums{{Opcode::Vpminsb, Opcode::Vpminsw, Opcode::Vpminsd, Opcode::Vpminsq}};
constexpr BySize unsigned_minimums{{Opcode::Vpminub, Opcode::Vpminuw, Opcode::Vpminud, Opcode::Vpminuq}};
constexpr BySize signed_maximums{{Opcode::Vpmaxsb, Opcode::Vpmaxsw, Opcode::Vpmaxsd, Opcode::Vpmaxsq}};
constexpr BySize unsigned_maximums{{Opcode::Vpmaxub, Opcode::Vpmaxuw, Opcode::Vpmaxud, Opcode::Vpmaxuq}};
constexpr BySize shifts_left{{Opcode::Count, Opcode::Vpsllw, Opcode::Vpslld, Opcode::Vpsllq}};
constexpr BySize shifts_right{{Opcode::Count, Opcode::Vpsrlw, Opcode::Vpsrld, Opcode::Vpsrlq}};
constexpr BySize signed_shifts_right{{Opcode::Count, Opcode::Vpsraw, Opcode::Vpsrad, Opcode::Count}};
constexpr BySize absolutes{{Opcode::Vpabsb, Opcode::Vpabsw, Opcode::Vpabsd, Opcode::Count}};
constexpr BySize equals{{Opcode::Vpcmpeqb, Opcode::Vpcmpeqw, Opcode::Vpcmpeqd, Opcode::Vpcmpeqq}};
constexpr BySize greaters{{Opcode::Vpcmpgtb, Opcode::Vpcmpgtw, Opcode::Vpcmpgtd, Opcode::Vpcmpgtq}};
constexpr BySize signed_masks{{Opcode::VpcmpbMask, Opcode::VpcmpwMask, Opcode::VpcmpdMask, Opcode::VpcmpqMask}};
constexpr BySize unsigned_masks{{Opcode::VpcmpubMask, Opcode::VpcmpuwMask, Opcode::VpcmpudMask, Opcode::VpcmpuqMask}};

// The control bytes by which instructions compare. (Of floats: Less and LessEqual are false of NaN, NotEqual is true.)
constexpr std::uint8_t predicate_of(Op op) {
  switch (op) {
    case Op::Equal:
      return 0;
    case Op::Less:
      return 1;
    case Op::LessEqual:
      return 2;
    default:
      return 4;
  }
}

// vpternlogd's table for: first ? second : third.
constexpr std::uint8_t select_by_first = 0xca;

constexpr std::uint64_t sign_bit(Type type) { return type == Type::F32 ? std::uint64_t{1} << 31 : sign_of_quads; }

Opcode float_opcode(Op op) {
  switch (op) {
    case Op::Add:
      return Opcode::Vaddps;
    case Op::Subtract:
      return Opcode::Vsubps;
    case Op::Multiply:
      return Opcode::Vmulps;
    case Op::Divide:
      return Opcode::Vdivps;
    case Op::Minimum:
      return Opcode::Vminps;
    default:
      return Opcode::Vmaxps;
  }
}

}  // namespace

void LaneBody::compute(std::uint32_t number) {
  const Step& made = step(number);
  if (uses_[number] == 0 || is_taken_out(number)) return;
  if (shifts_[number].base != none) return shift_lanes(number);
  if (is_sum_of_twos(number)) return add_twos(number);
  const bool has_b = ir::operand_count({made.op, made.type, 0}) > 1,
             has_c = ir::operand_count({made.op, made.type, 0}) > 2;
  const Registers results = all_registers(number);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::uint8_t size = size_of_register(number, i);
    const VirtualRegister a = all_registers(made.a)[i];
    const VirtualRegister b = has_b ? all_registers(made.b)[i] : none, c = has_c ? registers(made.c)[i] : none;
    if (made.op == Op::Bits)
      results[i] = a;
    else if (made.op == Op::PopulationCount)
      results[i] = population_count(made, size, a);
    else if (made.op == Op::Select)
      results[i] = selection(made, size, a, b, c);
    else if (ir::is_comparison(made.op))
      results[i] = compare(made, size, a, b);
    else if (ir::is_float(made.type))
      results[i] = float_operation(made, size, a, b, c);
    else
      results[i] = integer_operation(made, size, a, b);
  }
}

// ---- integers and masks

VirtualRegister LaneBody::integer_operation(const Step& made, std::uint8_t size, VirtualRegister a, VirtualRegister b) {
  const int bytes = made.bytes;
  switch (made.op) {
    case Op::Add:
      return add_lanes(bytes, size, a, b);
    case Op::Subtract:
      return subtract_lanes(bytes, size, a, b);
    case Op::Multiply:
      return bytes == 8 && !has_avx512() ? multiply_wide(size, a, b) : machine_->vector(multiplies[bytes], size, a, b);
    case Op::Divide:
      return divide(made, size, a);
    case Op::And:
      return machine_->vector(Opcode::Vpand, size, a, b);
    case Op::Or:
      return machine_->vector(Opcode::Vpor, size, a, b);
    case Op::Xor:
      return machine_->vector(Opcode::Vpxor, size, a, b);
    case Op::Minimum:
    case Op::Maximum:
      return extreme(made, size, a, b);
    case Op::Absolute:
      return absolute(made, size, a);
    case Op::SquareRoot:
      return nearest_root(size, a);
    default:
      return shift(made, size, a, b);
  }
}

VirtualRegister LaneBody::add_lanes(int bytes, std::uint8_t size, VirtualRegister a, VirtualRegister b) {
  return machine_->vector(adds[bytes], size, a, b);
}

VirtualRegister LaneBody::subtract_lanes(int bytes, std::uint8_t size, VirtualRegister a, VirtualRegister b) {
  return machine_->vector(subtracts[bytes], size, a, b);
}

VirtualRegister LaneBody::shift_right(Type type, std::uint8_t size, VirtualRegister a, int count) {
  if (count == 0) return a;
  const BySize& shifts = ir::is_signed(type) ? signed_shifts_right : shifts_right;
  return machine_->vector_unary(shifts[ir::size_of(type)], size, a, static_cast<std::uint8_t>(count));
}

// The low half of the product: low * low + (low * high + high * low << 32).
VirtualRegister LaneBody::multiply_wide(std::uint8_t size, VirtualRegister a, VirtualRegister b) {
  const auto high = [&](VirtualRegister v) { return machine_->vector_unary(Opcode::Vpsrlq, size, v, 32); };
  const VirtualRegister crossed = machine_->vector(Opcode::Vpmuludq, size, high(a), b);
  const VirtualRegister other = machine_->vector(Opcode::Vpmuludq, size, high(b), a);
  const VirtualRegister sum = machine_->vector(Opcode::Vpaddq, size, crossed, other);
  const VirtualRegister upper = machine_->vector_unary(Opcode::Vpsllq, size, sum, 32);
  return machine_->vector(Opcode::Vpaddq, size, machine_->vector(Opcode::Vpmuludq, size, a, b), upper);
}

VirtualRegister LaneBody::extreme(const Step& made, std::uint8_t size, VirtualRegister a, VirtualRegister b) {
  const bool is_signed = ir::is_signed(made.type), is_minimum = made.op == Op::Minimum;
  if (made.bytes == 8 && !has_avx512()) {
    Step comparison = made;
    comparison.op = Op::Less;
    const VirtualRegister less = compare_integers(comparison, size, a, b);
    return is_minimum ? select(size, less, a, b) : select(size, less, b, a);
  }
  const BySize& minimums = is_signed ? signed_minimums : unsigned_minimums;
  const BySize& maximums = is_signed ? signed_maximums : unsigned_maximums;
  return machine_->vector((is_minimum ? minimums : maximums)[made.bytes], size, a, b);
}

VirtualRegister LaneBody::absolute(const Step& made, std::uint8_t size, VirtualRegister a) {
  if (made.bytes < 8) return machine_->vector_unary(absolutes[made.bytes], size, a);
  Step maximum = made;
  maximum.op = Op::Maximum;
  return extreme(maximum, size, a, machine_->vector(Opcode::Vpsubq, size, pool_constant(0, 8), a));
}

// By a constant, which has no register, or by as many bits as each lane of b says.
VirtualRegister LaneBody::shift(const Step& made, std::uint8_t size, VirtualRegister a, VirtualRegister b) {
  const bool left = made.op == Op::ShiftLeft, is_signed = ir::is_signed(made.type);
  if (const Step& count = step(made.b); count.kind == Step::Kind::Constant) {
    if (!left) return shift_right(made.type, size, a, static_cast<int>(count.value));
    return machine_->vector_unary(shifts_left[made.bytes], size, a, static_cast<std::uint8_t>(count.value));
  }
  if (made.bytes == 8) return machine_->vector(left ? Opcode::Vpsllvq : Opcode::Vpsrlvq, size, a, b);
  return machine_->vector(left ? Opcode::Vpsllvd : is_signed ? Opcode::Vpsravd : Opcode::Vpsrlvd, size, a, b);
}

// ---- masks

VirtualRegister LaneBody::compare(const Step& made, std::uint8_t size, VirtualRegister a, VirtualRegister b) {
  if (!ir::is_float(made.type)) return compare_integers(made, size, a, b);
  const Opcode opcode = has_avx512() ? Opcode::VcmppsMask : Opcode::Vcmpps;
  return machine_->vector(of_type(opcode, made.type), size, a, b, predicate_of(made.op));
}

VirtualRegister LaneBody::negate_mask(std::uint8_t size, VirtualRegister mask) {
  return machine_->vector(Opcode::Vpxor, size, mask, all_ones());
}

// AVX2 has Equal, and Greater of signed numbers; of unsigned ones a <= b if a is the smaller of both.
VirtualRegister LaneBody::compare_integers(const Step& made, std::uint8_t size, VirtualRegister a, VirtualRegister b) {
  const int bytes = made.bytes;
  const bool is_signed = ir::is_signed(made.type);
  if (has_avx512())
    return machine_->vector((is_signed ? signed_masks : unsigned_masks)[bytes], size, a, b, predicate_of(made.op));
  if (made.op == Op::Equal) return machine_->vector(equals[bytes], size, a, b);
  if (made.op == Op::NotEqual) return negate_mask(size, machine_->vector(equals[bytes], size, a, b));
  if (!is_signed && bytes < 8) {
    const bool is_less = made.op == Op::Less;  // unless b <= a
    const VirtualRegister low = is_less ? b : a, least = machine_->vector(unsigned_minimums[bytes], size, a, b);
    const VirtualRegister at_most = machine_->vector(equals[bytes], size, least, low);
    return is_less ? negate_mask(size, at_most) : at_most;
  }
  if (!is_signed) {
    a = machine_->vector(Opcode::Vpxor, size, a, pool_constant(sign_of_quads, 8));
    b = machine_->vector(Opcode::Vpxor, size, b, pool_constant(sign_of_quads, 8));
  }
  if (made.op == Op::Less) return machine_->vector(greaters[bytes], size, b, a);
  return negate_mask(size, machine_->vector(greaters[bytes], size, a, b));
}

bool LaneBody::is_constant(std::uint32_t number, std::int64_t value) const {
  const Step& made = step(number);
  return made.kind == Step::Kind::Constant && ir::canonical(made.value, made.type) == ir::canonical(value, made.type);
}

// Of masks with no bits, or all, one operation.
VirtualRegister LaneBody::selection(const Step& made, std::uint8_t size, VirtualRegister mask, VirtualRegister a,
                                    VirtualRegister b) {
  const bool is_integer = ir::is_integer(made.type);
  const bool takes_all = is_integer && is_constant(made.b, -1), takes_none = is_constant(made.c, 0);
  if (takes_all && takes_none) return mask;
  if (takes_none) return machine_->vector(Opcode::Vpand, size, mask, a);
  if (takes_all) return machine_->vector(Opcode::Vpor, size, mask, b);
  if (is_constant(made.b, 0)) return machine_->vector(Opcode::Vpandn, size, mask, b);
  return select(size, mask, a, b);
}

VirtualRegister LaneBody::select(std::uint8_t size, VirtualRegister mask, VirtualRegister a, VirtualRegister b) {
  if (has_avx512()) {
    const VirtualRegister result = machine_->vector_unary(Opcode::VectorMove, size, mask);
    return machine_->vector_into(result, Opcode::Vpternlogd, size, a, b, select_by_first);
  }
  const VirtualRegister result = machine_->vector(Opcode::Vpblendvb, size, b, a);
  machine_->instructions.back().c = mask;
  return result;
}

// ---- floats

VirtualRegister LaneBody::float_operation(const Step& made, std::uint8_t size, VirtualRegister a, VirtualRegister b,
                                          VirtualRegister c) {
  const Type type = made.type;
  const auto rounded = [&](std::uint8_t control) {
    return machine_->vector_unary(of_type(Opcode::Vroundps, type), size, a, control);
  };
  switch (made.op) {
    case Op::Minimum:
    case Op::Maximum:  // of equal operands and when one is NaN, the instructions give the right one
      return machine_->vector(of_type(float_opcode(made.op), type), size, b, a);
    case Op::Negate:
      return machine_->vector(Opcode::Vpxor, size, a, pool_constant(sign_bit(type), made.bytes));
    case Op::Absolute:
      return machine_->vector(Opcode::Vpand, size, a, pool_constant(sign_bit(type) - 1, made.bytes));
    case Op::SquareRoot:
      return machine_->vector_unary(of_type(Opcode::Vsqrtps, type), size, a);
    case Op::Floor:
      return rounded(9);
    case Op::Ceil:
      return rounded(10);
    case Op::Truncate:
      return rounded(11);
    case Op::Round:
      return round_half_away(made, size, a);
    case Op::FusedMultiplyAdd: {
      const VirtualRegister result = machine_->vector_unary(Opcode::VectorMove, size, a);
      return machine_->vector_into(result, of_type(Opcode::Vfmadd213ps, type), size, b, c);
    }
    default:
      return machine_->vector(of_type(float_opcode(made.op), type), size, a, b);
  }
}

// As ScalarLowering::round_half_away.
VirtualRegister LaneBody::round_half_away(const Step& made, std::uint8_t size, VirtualRegister a) {
  const std::uint64_t before_half = made.type == Type::F32 ? std::bit_cast<std::uint32_t>(0x1.fffffep-2f)
                                                           : std::bit_cast<std::uint64_t>(0x1.fffffffffffffp-2);
  const VirtualRegister sign = machine_->vector(Opcode::Vpand, size, a, pool_constant(sign_bit(made.type), made.bytes));
  const VirtualRegister nearly_half =
      machine_->vector(Opcode::Vpor, size, sign, pool_constant(before_half, made.bytes));
  const VirtualRegister sum = machine_->vector(of_type(Opcode::Vaddps, made.type), size, nearly_half, a);
  return machine_->vector_unary(of_type(Opcode::Vroundps, made.type), size, sum, 11);
}

}  // namespace cogent::x86
