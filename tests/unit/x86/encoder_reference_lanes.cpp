// Xbyak's methods for floats in lanes, comparisons of lanes, and what else vectorised loops need.
#include "unit/x86/encoder_reference_row.h"

namespace cogent::x86 {
namespace {

using Xbyak::Operand;
using Xbyak::Opmask;
using Xbyak::Xmm;

Xmm vector_like(const Xmm& other, int number) { return Xmm(other.getKind(), number); }

template <void (Assembler::*Method)(const Xmm&, const Operand&, const Operand&)>
void binary(Assembler& g, const Case& c) {
  (g.*Method)(c.reg, c.v, c.rm);
}
template <void (Assembler::*Method)(const Xmm&, const Xmm&, const Operand&)>
void ternary(Assembler& g, const Case& c) {
  (g.*Method)(c.reg, c.v, c.rm);
}
template <void (Assembler::*Method)(const Xmm&, const Operand&)>
void unary(Assembler& g, const Case& c) {
  (g.*Method)(c.reg, c.rm);
}
// The result is half as wide as the operand.
template <void (Assembler::*Method)(const Xmm&, const Operand&)>
void halving(Assembler& g, const Case& c) {
  (g.*Method)(Xmm(c.reg.getBit() == 512 ? Operand::YMM : Operand::XMM, c.reg.getIdx()), c.rm);
}
template <void (Assembler::*Method)(const Xmm&, const Operand&, std::uint8_t)>
void rounding(Assembler& g, const Case& c) {
  (g.*Method)(c.reg, c.rm, c.control);
}
template <void (Assembler::*Method)(const Xmm&, const Xmm&, const Operand&, std::uint8_t)>
void controlled(Assembler& g, const Case& c) {
  (g.*Method)(c.reg, c.v, c.rm, c.control);
}
template <void (Assembler::*Method)(const Opmask&, const Xmm&, const Operand&, std::uint8_t)>
void to_mask(Assembler& g, const Case& c) {
  (g.*Method)(Opmask(c.reg.getIdx()), c.v, c.rm, c.control);
}
template <void (Assembler::*Method)(const Xmm&, const Opmask&)>
void from_mask(Assembler& g, const Case& c) {
  (g.*Method)(c.reg, Opmask(c.rm.getIdx()));
}

template <void (Assembler::*Method)(const Opmask&, const Xmm&)>
void make_mask(Assembler& g, const Case& c) {
  (g.*Method)(Opmask(c.reg.getIdx()), static_cast<const Xmm&>(c.rm));
}
const Xbyak::Address& memory(const Case& c) { return static_cast<const Xbyak::Address&>(c.rm); }
template <void (Assembler::*Method)(const Xmm&, const Operand&)>
void load(Assembler& g, const Case& c) {
  (g.*Method)(c.reg, memory(c));
}
template <void (Assembler::*Method)(const Xbyak::Address&, const Xmm&)>
void store(Assembler& g, const Case& c) {
  (g.*Method)(memory(c), c.reg);
}
template <void (Assembler::*Method)(const Xmm&, const Xmm&, const Xbyak::Address&)>
void masked_load(Assembler& g, const Case& c) {
  (g.*Method)(c.reg, c.v, memory(c));
}
template <void (Assembler::*Method)(const Xbyak::Address&, const Xmm&, const Xmm&)>
void masked_store(Assembler& g, const Case& c) {
  (g.*Method)(memory(c), c.v, c.reg);
}

const Reference references[] = {
    {Opcode::Vpopcntb, nullptr, unary<&Assembler::vpopcntb>},
    {Opcode::Vpopcntw, nullptr, unary<&Assembler::vpopcntw>},
    {Opcode::Vpopcntd, nullptr, unary<&Assembler::vpopcntd>},
    {Opcode::Vpopcntq, nullptr, unary<&Assembler::vpopcntq>},
    {Opcode::Vpmaskmovd, masked_load<&Assembler::vpmaskmovd>, nullptr},
    {Opcode::Vpmaskmovq, masked_load<&Assembler::vpmaskmovq>, nullptr},
    {Opcode::VpmaskmovdStore, masked_store<&Assembler::vpmaskmovd>, nullptr},
    {Opcode::VpmaskmovqStore, masked_store<&Assembler::vpmaskmovq>, nullptr},
    {Opcode::VmovdqubMasked, nullptr, load<&Assembler::vmovdqu8>},
    {Opcode::VmovdquwMasked, nullptr, load<&Assembler::vmovdqu16>},
    {Opcode::VmovdqudMasked, nullptr, load<&Assembler::vmovdqu32>},
    {Opcode::VmovdquqMasked, nullptr, load<&Assembler::vmovdqu64>},
    {Opcode::VmovdqubMaskedStore, nullptr, store<&Assembler::vmovdqu8>},
    {Opcode::VmovdquwMaskedStore, nullptr, store<&Assembler::vmovdqu16>},
    {Opcode::VmovdqudMaskedStore, nullptr, store<&Assembler::vmovdqu32>},
    {Opcode::VmovdquqMaskedStore, nullptr, store<&Assembler::vmovdqu64>},
    {Opcode::Vpmovb2m, nullptr, make_mask<&Assembler::vpmovb2m>},
    {Opcode::Vpmovw2m, nullptr, make_mask<&Assembler::vpmovw2m>},
    {Opcode::Vpmovd2m, nullptr, make_mask<&Assembler::vpmovd2m>},
    {Opcode::Vpmovq2m, nullptr, make_mask<&Assembler::vpmovq2m>},
    {Opcode::Vaddps, binary<&Assembler::vaddps>, binary<&Assembler::vaddps>},
    {Opcode::Vaddpd, binary<&Assembler::vaddpd>, binary<&Assembler::vaddpd>},
    {Opcode::Vsubps, binary<&Assembler::vsubps>, binary<&Assembler::vsubps>},
    {Opcode::Vsubpd, binary<&Assembler::vsubpd>, binary<&Assembler::vsubpd>},
    {Opcode::Vmulps, binary<&Assembler::vmulps>, binary<&Assembler::vmulps>},
    {Opcode::Vmulpd, binary<&Assembler::vmulpd>, binary<&Assembler::vmulpd>},
    {Opcode::Vdivps, binary<&Assembler::vdivps>, binary<&Assembler::vdivps>},
    {Opcode::Vdivpd, binary<&Assembler::vdivpd>, binary<&Assembler::vdivpd>},
    {Opcode::Vminps, binary<&Assembler::vminps>, binary<&Assembler::vminps>},
    {Opcode::Vminpd, binary<&Assembler::vminpd>, binary<&Assembler::vminpd>},
    {Opcode::Vmaxps, binary<&Assembler::vmaxps>, binary<&Assembler::vmaxps>},
    {Opcode::Vmaxpd, binary<&Assembler::vmaxpd>, binary<&Assembler::vmaxpd>},
    {Opcode::Vsqrtps, unary<&Assembler::vsqrtps>, unary<&Assembler::vsqrtps>},
    {Opcode::Vrsqrtps, unary<&Assembler::vrsqrtps>, nullptr},
    {Opcode::Vrsqrt14ps, nullptr, unary<&Assembler::vrsqrt14ps>},
    {Opcode::Vsqrtpd, unary<&Assembler::vsqrtpd>, unary<&Assembler::vsqrtpd>},
    {Opcode::Vcvtdq2ps, unary<&Assembler::vcvtdq2ps>, unary<&Assembler::vcvtdq2ps>},
    {Opcode::Vcvttps2dq, unary<&Assembler::vcvttps2dq>, unary<&Assembler::vcvttps2dq>},
    {Opcode::Vcvtps2pd, unary<&Assembler::vcvtps2pd>, unary<&Assembler::vcvtps2pd>},
    {Opcode::Vcvtdq2pd, unary<&Assembler::vcvtdq2pd>, unary<&Assembler::vcvtdq2pd>},
    {Opcode::Vpmovzxdq, unary<&Assembler::vpmovzxdq>, unary<&Assembler::vpmovzxdq>},
    {Opcode::Vpmovsxdq, unary<&Assembler::vpmovsxdq>, unary<&Assembler::vpmovsxdq>},
    {Opcode::Vcvtpd2ps, halving<&Assembler::vcvtpd2ps>, halving<&Assembler::vcvtpd2ps>},
    {Opcode::Vcvttpd2dq, halving<&Assembler::vcvttpd2dq>, halving<&Assembler::vcvttpd2dq>},
    {Opcode::Vroundps, rounding<&Assembler::vroundps>, rounding<&Assembler::vrndscaleps>},
    {Opcode::Vroundpd, rounding<&Assembler::vroundpd>, rounding<&Assembler::vrndscalepd>},
    {Opcode::Vfmadd213ps, ternary<&Assembler::vfmadd213ps>, ternary<&Assembler::vfmadd213ps>},
    {Opcode::Vfmadd213pd, ternary<&Assembler::vfmadd213pd>, ternary<&Assembler::vfmadd213pd>},
    {Opcode::Vfmadd231ps, ternary<&Assembler::vfmadd231ps>, ternary<&Assembler::vfmadd231ps>},
    {Opcode::Vfmadd231pd, ternary<&Assembler::vfmadd231pd>, ternary<&Assembler::vfmadd231pd>},
    {Opcode::Vpmuldq, ternary<&Assembler::vpmuldq>, ternary<&Assembler::vpmuldq>},
    {Opcode::Vpsllvd, ternary<&Assembler::vpsllvd>, ternary<&Assembler::vpsllvd>},
    {Opcode::Vpsrlvd, ternary<&Assembler::vpsrlvd>, ternary<&Assembler::vpsrlvd>},
    {Opcode::Vpsravd, ternary<&Assembler::vpsravd>, ternary<&Assembler::vpsravd>},
    {Opcode::Vpsllvq, ternary<&Assembler::vpsllvq>, ternary<&Assembler::vpsllvq>},
    {Opcode::Vpsrlvq, ternary<&Assembler::vpsrlvq>, ternary<&Assembler::vpsrlvq>},
    {Opcode::Vpmullq, nullptr, ternary<&Assembler::vpmullq>},
    {Opcode::Vpminsq, nullptr, ternary<&Assembler::vpminsq>},
    {Opcode::Vpmaxsq, nullptr, ternary<&Assembler::vpmaxsq>},
    {Opcode::Vpminuq, nullptr, ternary<&Assembler::vpminuq>},
    {Opcode::Vpmaxuq, nullptr, ternary<&Assembler::vpmaxuq>},
    {Opcode::Vpermt2b, nullptr, ternary<&Assembler::vpermt2b>},
    {Opcode::Vpermt2q, nullptr, ternary<&Assembler::vpermt2q>},
    {Opcode::Vpcmpeqq, ternary<&Assembler::vpcmpeqq>, nullptr},
    {Opcode::Vpcmpgtq, ternary<&Assembler::vpcmpgtq>, nullptr},
    {Opcode::Vshufps, controlled<&Assembler::vshufps>, controlled<&Assembler::vshufps>},
    {Opcode::Vcmpps, controlled<&Assembler::vcmpps>, nullptr},
    {Opcode::Vcmppd, controlled<&Assembler::vcmppd>, nullptr},
    {Opcode::Vpblendvb,
     [](Assembler& g, const Case& c) { g.vpblendvb(c.reg, c.v, c.rm, vector_like(c.reg, c.control >> 4)); }, nullptr},
    {Opcode::VpcmpbMask, nullptr, to_mask<&Assembler::vpcmpb>},
    {Opcode::VpcmpubMask, nullptr, to_mask<&Assembler::vpcmpub>},
    {Opcode::VpcmpwMask, nullptr, to_mask<&Assembler::vpcmpw>},
    {Opcode::VpcmpuwMask, nullptr, to_mask<&Assembler::vpcmpuw>},
    {Opcode::VpcmpdMask, nullptr, to_mask<&Assembler::vpcmpd>},
    {Opcode::VpcmpudMask, nullptr, to_mask<&Assembler::vpcmpud>},
    {Opcode::VpcmpqMask, nullptr, to_mask<&Assembler::vpcmpq>},
    {Opcode::VpcmpuqMask, nullptr, to_mask<&Assembler::vpcmpuq>},
    {Opcode::VcmppsMask, nullptr, to_mask<&Assembler::vcmpps>},
    {Opcode::VcmppdMask, nullptr, to_mask<&Assembler::vcmppd>},
    {Opcode::Vpmovm2b, nullptr, from_mask<&Assembler::vpmovm2b>},
    {Opcode::Vpmovm2w, nullptr, from_mask<&Assembler::vpmovm2w>},
    {Opcode::Vpmovm2d, nullptr, from_mask<&Assembler::vpmovm2d>},
    {Opcode::Vpmovm2q, nullptr, from_mask<&Assembler::vpmovm2q>},
};

}  // namespace

const Reference* find_lane_reference(Opcode opcode) {
  for (const Reference& reference : references)
    if (reference.opcode == opcode) return &reference;
  return nullptr;
}

}  // namespace cogent::x86
