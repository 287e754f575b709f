// Xbyak's methods by opcode. Where VEX and EVEX have different mnemonics both are named.
#include "unit/x86/encoder_reference.h"

#include <cstring>

#include "unit/x86/encoder_reference_row.h"

namespace cogent::x86 {
namespace {

Xbyak::Zmm vector_register(int number, int size) {
  const auto kind = size == 64 ? Xbyak::Operand::ZMM : size == 32 ? Xbyak::Operand::YMM : Xbyak::Operand::XMM;
  Xbyak::Zmm result;
  static_cast<Xbyak::Xmm&>(result) = Xbyak::Xmm(kind, number);
  return result;
}
const Xbyak::Xmm& narrow(const Case& c) { return static_cast<const Xbyak::Xmm&>(c.rm); }
const Xbyak::Address& address(const Case& c) { return static_cast<const Xbyak::Address&>(c.rm); }

const Reference references[] = {
    {Opcode::VectorMove, [](Assembler& g, const Case& c) { g.vmovdqa(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vmovdqa64(c.reg, c.rm); }},
    {Opcode::Vmovdqu, [](Assembler& g, const Case& c) { g.vmovdqu(c.reg, address(c)); },
     [](Assembler& g, const Case& c) { g.vmovdqu64(c.reg, address(c)); }},
    {Opcode::VmovdquStore, [](Assembler& g, const Case& c) { g.vmovdqu(address(c), c.reg); },
     [](Assembler& g, const Case& c) { g.vmovdqu64(address(c), c.reg); }},
    {Opcode::VmovntdqStore, [](Assembler& g, const Case& c) { g.vmovntdq(address(c), c.reg); },
     [](Assembler& g, const Case& c) { g.vmovntdq(address(c), c.reg); }},
    {Opcode::VmovqStore, [](Assembler& g, const Case& c) { g.vmovq(address(c), c.reg); },
     [](Assembler& g, const Case& c) { g.vmovq(address(c), c.reg); }},
    {Opcode::VmovdStore, [](Assembler& g, const Case& c) { g.vmovd(address(c), c.reg); },
     [](Assembler& g, const Case& c) { g.vmovd(address(c), c.reg); }},
    {Opcode::Vmovq,
     [](Assembler& g, const Case& c) { c.rm.isMEM() ? g.vmovq(c.reg, address(c)) : g.vmovq(c.reg, narrow(c)); },
     [](Assembler& g, const Case& c) { c.rm.isMEM() ? g.vmovq(c.reg, address(c)) : g.vmovq(c.reg, narrow(c)); }},
    {Opcode::Vmovd, [](Assembler& g, const Case& c) { g.vmovd(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vmovd(c.reg, c.rm); }},
    {Opcode::VmovdFromGeneral, [](Assembler& g, const Case& c) { g.vmovd(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vmovd(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.movd(Xbyak::Xmm(c.reg.getIdx()), static_cast<const Xbyak::Reg32&>(c.rm)); }},
    {Opcode::VmovqFromGeneral,
     [](Assembler& g, const Case& c) { g.vmovq(c.reg, static_cast<const Xbyak::Reg64&>(c.rm)); },
     [](Assembler& g, const Case& c) { g.vmovq(c.reg, static_cast<const Xbyak::Reg64&>(c.rm)); },
     [](Assembler& g, const Case& c) { g.movq(Xbyak::Xmm(c.reg.getIdx()), static_cast<const Xbyak::Reg64&>(c.rm)); }},
    {Opcode::VmovdToGeneral, [](Assembler& g, const Case& c) { g.vmovd(c.rm, c.reg); },
     [](Assembler& g, const Case& c) { g.vmovd(c.rm, c.reg); },
     [](Assembler& g, const Case& c) { g.movd(static_cast<const Xbyak::Reg32&>(c.rm), Xbyak::Xmm(c.reg.getIdx())); }},
    {Opcode::VmovqToGeneral,
     [](Assembler& g, const Case& c) { g.vmovq(static_cast<const Xbyak::Reg64&>(c.rm), c.reg); },
     [](Assembler& g, const Case& c) { g.vmovq(static_cast<const Xbyak::Reg64&>(c.rm), c.reg); },
     [](Assembler& g, const Case& c) { g.movq(static_cast<const Xbyak::Reg64&>(c.rm), Xbyak::Xmm(c.reg.getIdx())); }},
    {Opcode::Vpbroadcastb, [](Assembler& g, const Case& c) { g.vpbroadcastb(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpbroadcastb(c.reg, c.rm); }},
    {Opcode::Vpbroadcastw, [](Assembler& g, const Case& c) { g.vpbroadcastw(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpbroadcastw(c.reg, c.rm); }},
    {Opcode::Vpbroadcastd, [](Assembler& g, const Case& c) { g.vpbroadcastd(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpbroadcastd(c.reg, c.rm); }},
    {Opcode::Vpbroadcastq, [](Assembler& g, const Case& c) { g.vpbroadcastq(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpbroadcastq(c.reg, c.rm); }},
    {Opcode::VpbroadcastdFromGeneral, nullptr,
     [](Assembler& g, const Case& c) { g.vpbroadcastd(c.reg, Xbyak::Reg32(c.rm.getIdx())); }},
    {Opcode::VpbroadcastwFromGeneral, nullptr,
     [](Assembler& g, const Case& c) { g.vpbroadcastw(c.reg, Xbyak::Reg16(c.rm.getIdx())); }},
    {Opcode::VpbroadcastbFromGeneral, nullptr,
     [](Assembler& g, const Case& c) { g.vpbroadcastb(c.reg, Xbyak::Reg8(c.rm.getIdx())); }},
    {Opcode::Vbroadcasti128, [](Assembler& g, const Case& c) { g.vbroadcasti128(c.reg, address(c)); },
     [](Assembler& g, const Case& c) { g.vbroadcasti32x4(c.reg, address(c)); }},
    {Opcode::Vpaddb, [](Assembler& g, const Case& c) { g.vpaddb(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpaddb(c.reg, c.v, c.rm); }},
    {Opcode::Vpaddw, [](Assembler& g, const Case& c) { g.vpaddw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpaddw(c.reg, c.v, c.rm); }},
    {Opcode::Vpaddd, [](Assembler& g, const Case& c) { g.vpaddd(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpaddd(c.reg, c.v, c.rm); }},
    {Opcode::Vpaddq, [](Assembler& g, const Case& c) { g.vpaddq(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpaddq(c.reg, c.v, c.rm); }},
    {Opcode::Vpsubb, [](Assembler& g, const Case& c) { g.vpsubb(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpsubb(c.reg, c.v, c.rm); }},
    {Opcode::Vpsubw, [](Assembler& g, const Case& c) { g.vpsubw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpsubw(c.reg, c.v, c.rm); }},
    {Opcode::Vpsubd, [](Assembler& g, const Case& c) { g.vpsubd(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpsubd(c.reg, c.v, c.rm); }},
    {Opcode::Vpsubq, [](Assembler& g, const Case& c) { g.vpsubq(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpsubq(c.reg, c.v, c.rm); }},
    {Opcode::Vpaddusb, [](Assembler& g, const Case& c) { g.vpaddusb(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpaddusb(c.reg, c.v, c.rm); }},
    {Opcode::Vpsubusb, [](Assembler& g, const Case& c) { g.vpsubusb(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpsubusb(c.reg, c.v, c.rm); }},
    {Opcode::Vpsubusw, [](Assembler& g, const Case& c) { g.vpsubusw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpsubusw(c.reg, c.v, c.rm); }},
    {Opcode::Vpaddsw, [](Assembler& g, const Case& c) { g.vpaddsw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpaddsw(c.reg, c.v, c.rm); }},
    {Opcode::Vpsubsw, [](Assembler& g, const Case& c) { g.vpsubsw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpsubsw(c.reg, c.v, c.rm); }},
    {Opcode::Vpavgb, [](Assembler& g, const Case& c) { g.vpavgb(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpavgb(c.reg, c.v, c.rm); }},
    {Opcode::Vpavgw, [](Assembler& g, const Case& c) { g.vpavgw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpavgw(c.reg, c.v, c.rm); }},
    {Opcode::Vpmullw, [](Assembler& g, const Case& c) { g.vpmullw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmullw(c.reg, c.v, c.rm); }},
    {Opcode::Vpmulhw, [](Assembler& g, const Case& c) { g.vpmulhw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmulhw(c.reg, c.v, c.rm); }},
    {Opcode::Vpmulhuw, [](Assembler& g, const Case& c) { g.vpmulhuw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmulhuw(c.reg, c.v, c.rm); }},
    {Opcode::Vpmulhrsw, [](Assembler& g, const Case& c) { g.vpmulhrsw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmulhrsw(c.reg, c.v, c.rm); }},
    {Opcode::Vpmulld, [](Assembler& g, const Case& c) { g.vpmulld(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmulld(c.reg, c.v, c.rm); }},
    {Opcode::Vpmuludq, [](Assembler& g, const Case& c) { g.vpmuludq(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmuludq(c.reg, c.v, c.rm); }},
    {Opcode::Vpmaddwd, [](Assembler& g, const Case& c) { g.vpmaddwd(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmaddwd(c.reg, c.v, c.rm); }},
    {Opcode::Vpmaddubsw, [](Assembler& g, const Case& c) { g.vpmaddubsw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmaddubsw(c.reg, c.v, c.rm); }},
    {Opcode::Vpdpbusd, nullptr, [](Assembler& g, const Case& c) { g.vpdpbusd(c.reg, c.v, c.rm); }},
    {Opcode::Vpdpwssd, nullptr, [](Assembler& g, const Case& c) { g.vpdpwssd(c.reg, c.v, c.rm); }},
    {Opcode::Vpsadbw, [](Assembler& g, const Case& c) { g.vpsadbw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpsadbw(c.reg, c.v, c.rm); }},
    {Opcode::Vpminub, [](Assembler& g, const Case& c) { g.vpminub(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpminub(c.reg, c.v, c.rm); }},
    {Opcode::Vpmaxub, [](Assembler& g, const Case& c) { g.vpmaxub(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmaxub(c.reg, c.v, c.rm); }},
    {Opcode::Vpminsw, [](Assembler& g, const Case& c) { g.vpminsw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpminsw(c.reg, c.v, c.rm); }},
    {Opcode::Vpmaxsw, [](Assembler& g, const Case& c) { g.vpmaxsw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmaxsw(c.reg, c.v, c.rm); }},
    {Opcode::Vpminuw, [](Assembler& g, const Case& c) { g.vpminuw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpminuw(c.reg, c.v, c.rm); }},
    {Opcode::Vpmaxuw, [](Assembler& g, const Case& c) { g.vpmaxuw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmaxuw(c.reg, c.v, c.rm); }},
    {Opcode::Vpminsb, [](Assembler& g, const Case& c) { g.vpminsb(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpminsb(c.reg, c.v, c.rm); }},
    {Opcode::Vpmaxsb, [](Assembler& g, const Case& c) { g.vpmaxsb(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmaxsb(c.reg, c.v, c.rm); }},
    {Opcode::Vpminsd, [](Assembler& g, const Case& c) { g.vpminsd(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpminsd(c.reg, c.v, c.rm); }},
    {Opcode::Vpmaxsd, [](Assembler& g, const Case& c) { g.vpmaxsd(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmaxsd(c.reg, c.v, c.rm); }},
    {Opcode::Vpminud, [](Assembler& g, const Case& c) { g.vpminud(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpminud(c.reg, c.v, c.rm); }},
    {Opcode::Vpmaxud, [](Assembler& g, const Case& c) { g.vpmaxud(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmaxud(c.reg, c.v, c.rm); }},
    {Opcode::Vpabsb, [](Assembler& g, const Case& c) { g.vpabsb(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpabsb(c.reg, c.rm); }},
    {Opcode::Vpabsw, [](Assembler& g, const Case& c) { g.vpabsw(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpabsw(c.reg, c.rm); }},
    {Opcode::Vpabsd, [](Assembler& g, const Case& c) { g.vpabsd(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpabsd(c.reg, c.rm); }},
    {Opcode::Vpand, [](Assembler& g, const Case& c) { g.vpand(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpandd(c.reg, c.v, c.rm); }},
    {Opcode::Vpandn, [](Assembler& g, const Case& c) { g.vpandn(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpandnd(c.reg, c.v, c.rm); }},
    {Opcode::Vpor, [](Assembler& g, const Case& c) { g.vpor(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpord(c.reg, c.v, c.rm); }},
    {Opcode::Vpxor, [](Assembler& g, const Case& c) { g.vpxor(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpxord(c.reg, c.v, c.rm); }},
    {Opcode::Vpcmpeqb, [](Assembler& g, const Case& c) { g.vpcmpeqb(c.reg, c.v, c.rm); }, nullptr},
    {Opcode::Vpcmpeqw, [](Assembler& g, const Case& c) { g.vpcmpeqw(c.reg, c.v, c.rm); }, nullptr},
    {Opcode::Vpcmpeqd, [](Assembler& g, const Case& c) { g.vpcmpeqd(c.reg, c.v, c.rm); }, nullptr},
    {Opcode::Vpcmpgtb, [](Assembler& g, const Case& c) { g.vpcmpgtb(c.reg, c.v, c.rm); }, nullptr},
    {Opcode::Vpcmpgtw, [](Assembler& g, const Case& c) { g.vpcmpgtw(c.reg, c.v, c.rm); }, nullptr},
    {Opcode::Vpcmpgtd, [](Assembler& g, const Case& c) { g.vpcmpgtd(c.reg, c.v, c.rm); }, nullptr},
    {Opcode::Vpsllw, [](Assembler& g, const Case& c) { g.vpsllw(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpsllw(c.reg, c.rm, c.control); }},
    {Opcode::Vpsrlw, [](Assembler& g, const Case& c) { g.vpsrlw(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpsrlw(c.reg, c.rm, c.control); }},
    {Opcode::Vpsraw, [](Assembler& g, const Case& c) { g.vpsraw(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpsraw(c.reg, c.rm, c.control); }},
    {Opcode::Vpslld, [](Assembler& g, const Case& c) { g.vpslld(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpslld(c.reg, c.rm, c.control); }},
    {Opcode::Vpsrld, [](Assembler& g, const Case& c) { g.vpsrld(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpsrld(c.reg, c.rm, c.control); }},
    {Opcode::Vpsrad, [](Assembler& g, const Case& c) { g.vpsrad(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpsrad(c.reg, c.rm, c.control); }},
    {Opcode::Vpsllq, [](Assembler& g, const Case& c) { g.vpsllq(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpsllq(c.reg, c.rm, c.control); }},
    {Opcode::Vpsrlq, [](Assembler& g, const Case& c) { g.vpsrlq(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpsrlq(c.reg, c.rm, c.control); }},
    {Opcode::Vpslldq, [](Assembler& g, const Case& c) { g.vpslldq(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpslldq(c.reg, c.rm, c.control); }},
    {Opcode::Vpsrldq, [](Assembler& g, const Case& c) { g.vpsrldq(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpsrldq(c.reg, c.rm, c.control); }},
    {Opcode::Vpacksswb, [](Assembler& g, const Case& c) { g.vpacksswb(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpacksswb(c.reg, c.v, c.rm); }},
    {Opcode::Vpackuswb, [](Assembler& g, const Case& c) { g.vpackuswb(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpackuswb(c.reg, c.v, c.rm); }},
    {Opcode::Vpackssdw, [](Assembler& g, const Case& c) { g.vpackssdw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpackssdw(c.reg, c.v, c.rm); }},
    {Opcode::Vpackusdw, [](Assembler& g, const Case& c) { g.vpackusdw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpackusdw(c.reg, c.v, c.rm); }},
    {Opcode::Vpunpcklbw, [](Assembler& g, const Case& c) { g.vpunpcklbw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpunpcklbw(c.reg, c.v, c.rm); }},
    {Opcode::Vpunpckhbw, [](Assembler& g, const Case& c) { g.vpunpckhbw(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpunpckhbw(c.reg, c.v, c.rm); }},
    {Opcode::Vpunpcklwd, [](Assembler& g, const Case& c) { g.vpunpcklwd(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpunpcklwd(c.reg, c.v, c.rm); }},
    {Opcode::Vpunpckhwd, [](Assembler& g, const Case& c) { g.vpunpckhwd(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpunpckhwd(c.reg, c.v, c.rm); }},
    {Opcode::Vpunpckldq, [](Assembler& g, const Case& c) { g.vpunpckldq(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpunpckldq(c.reg, c.v, c.rm); }},
    {Opcode::Vpunpckhdq, [](Assembler& g, const Case& c) { g.vpunpckhdq(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpunpckhdq(c.reg, c.v, c.rm); }},
    {Opcode::Vpunpcklqdq, [](Assembler& g, const Case& c) { g.vpunpcklqdq(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpunpcklqdq(c.reg, c.v, c.rm); }},
    {Opcode::Vpunpckhqdq, [](Assembler& g, const Case& c) { g.vpunpckhqdq(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpunpckhqdq(c.reg, c.v, c.rm); }},
    {Opcode::Vpmovzxbw, [](Assembler& g, const Case& c) { g.vpmovzxbw(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmovzxbw(c.reg, c.rm); }},
    {Opcode::Vpmovzxbd, [](Assembler& g, const Case& c) { g.vpmovzxbd(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmovzxbd(c.reg, c.rm); }},
    {Opcode::Vpmovzxwd, [](Assembler& g, const Case& c) { g.vpmovzxwd(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmovzxwd(c.reg, c.rm); }},
    {Opcode::Vpmovsxbw, [](Assembler& g, const Case& c) { g.vpmovsxbw(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmovsxbw(c.reg, c.rm); }},
    {Opcode::Vpmovsxbd, [](Assembler& g, const Case& c) { g.vpmovsxbd(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmovsxbd(c.reg, c.rm); }},
    {Opcode::Vpmovsxwd, [](Assembler& g, const Case& c) { g.vpmovsxwd(c.reg, c.rm); },
     [](Assembler& g, const Case& c) { g.vpmovsxwd(c.reg, c.rm); }},
    {Opcode::Vpmovwb, nullptr, [](Assembler& g, const Case& c) { g.vpmovwb(c.rm, c.reg); }},
    {Opcode::Vpmovdb, nullptr, [](Assembler& g, const Case& c) { g.vpmovdb(c.rm, c.reg); }},
    {Opcode::Vpmovdw, nullptr, [](Assembler& g, const Case& c) { g.vpmovdw(c.rm, c.reg); }},
    {Opcode::Vpshufb, [](Assembler& g, const Case& c) { g.vpshufb(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpshufb(c.reg, c.v, c.rm); }},
    {Opcode::Vpshufd, [](Assembler& g, const Case& c) { g.vpshufd(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpshufd(c.reg, c.rm, c.control); }},
    {Opcode::Vpshuflw, [](Assembler& g, const Case& c) { g.vpshuflw(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpshuflw(c.reg, c.rm, c.control); }},
    {Opcode::Vpshufhw, [](Assembler& g, const Case& c) { g.vpshufhw(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpshufhw(c.reg, c.rm, c.control); }},
    {Opcode::Vpalignr, [](Assembler& g, const Case& c) { g.vpalignr(c.reg, c.v, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpalignr(c.reg, c.v, c.rm, c.control); }},
    {Opcode::Valignd, nullptr, [](Assembler& g, const Case& c) { g.valignd(c.reg, c.v, c.rm, c.control); }},
    {Opcode::Vpermq, [](Assembler& g, const Case& c) { g.vpermq(c.reg, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vpermq(c.reg, c.rm, c.control); }},
    {Opcode::Vpermd, [](Assembler& g, const Case& c) { g.vpermd(c.reg, c.v, c.rm); },
     [](Assembler& g, const Case& c) { g.vpermd(c.reg, c.v, c.rm); }},
    {Opcode::Vpermb, nullptr, [](Assembler& g, const Case& c) { g.vpermb(c.reg, c.v, c.rm); }},
    {Opcode::Vpermw, nullptr, [](Assembler& g, const Case& c) { g.vpermw(c.reg, c.v, c.rm); }},
    {Opcode::Vpermt2w, nullptr, [](Assembler& g, const Case& c) { g.vpermt2w(c.reg, c.v, c.rm); }},
    {Opcode::Vpermt2d, nullptr, [](Assembler& g, const Case& c) { g.vpermt2d(c.reg, c.v, c.rm); }},
    {Opcode::Vperm2i128, [](Assembler& g, const Case& c) { g.vperm2i128(c.reg, c.v, c.rm, c.control); }, nullptr},
    {Opcode::Vshufi64x2, nullptr, [](Assembler& g, const Case& c) { g.vshufi64x2(c.reg, c.v, c.rm, c.control); }},
    {Opcode::Vextracti128, [](Assembler& g, const Case& c) { g.vextracti128(c.rm, c.reg, c.control); },
     [](Assembler& g, const Case& c) { g.vextracti32x4(c.rm, c.reg, c.control); }},
    {Opcode::Vextracti128Store, [](Assembler& g, const Case& c) { g.vextracti128(c.rm, c.reg, c.control); },
     [](Assembler& g, const Case& c) { g.vextracti32x4(c.rm, c.reg, c.control); }},
    {Opcode::Vextracti256, nullptr, [](Assembler& g, const Case& c) { g.vextracti64x4(c.rm, c.reg, c.control); }},
    {Opcode::Vextracti256Store, nullptr, [](Assembler& g, const Case& c) { g.vextracti64x4(c.rm, c.reg, c.control); }},
    {Opcode::Vinserti128, [](Assembler& g, const Case& c) { g.vinserti128(c.reg, c.v, c.rm, c.control); },
     [](Assembler& g, const Case& c) { g.vinserti32x4(c.reg, c.v, c.rm, c.control); }},
    {Opcode::Vinserti256, nullptr, [](Assembler& g, const Case& c) { g.vinserti64x4(c.reg, c.v, c.rm, c.control); }},
    {Opcode::Vpblendd, [](Assembler& g, const Case& c) { g.vpblendd(c.reg, c.v, c.rm, c.control); }, nullptr},
    {Opcode::Vpblendw, [](Assembler& g, const Case& c) { g.vpblendw(c.reg, c.v, c.rm, c.control); }, nullptr},
    {Opcode::Vpternlogd, nullptr, [](Assembler& g, const Case& c) { g.vpternlogd(c.reg, c.v, c.rm, c.control); }},
};

const Reference* find(Opcode opcode) {
  for (const Reference& reference : references)
    if (reference.opcode == opcode) return &reference;
  const Reference* const scalar = find_scalar_reference(opcode);
  return scalar != nullptr ? scalar : find_lane_reference(opcode);
}

Encode encode_of(const Reference& reference, Encoding encoding) {
  return encoding == Encoding::Evex ? reference.evex : encoding == Encoding::Vex ? reference.vex : reference.legacy;
}

Xbyak::Address memory_operand(const VectorForm& form) {
  const Xbyak::AddressFrame frame(0, form.broadcast);
  if (form.rm == VectorForm::Rm::Pool) return frame[Xbyak::util::rip];
  Xbyak::RegExp address{Xbyak::Reg64(form.base)};
  if (form.index >= 0) address = address + Xbyak::RegExp(Xbyak::Reg64(form.index), form.scale);
  return frame[address + form.displacement];
}

// The size of a register in the r/m field, which widening and narrowing make smaller than the vector's.
int rm_size(const VectorForm& form) {
  switch (form.descriptor->encoding.memory) {
    case MemorySize::Whole:
      return form.size;
    case MemorySize::ThirtyTwo:
      return 32;
    case MemorySize::Half:
      return form.size == 64 ? 32 : 16;
    default:
      return 16;
  }
}

}  // namespace

bool has_reference(Opcode opcode, Encoding encoding) {
  const Reference* const reference = find(opcode);
  return reference != nullptr && encode_of(*reference, encoding) != nullptr;
}

ReferenceBytes encode_by_xbyak(const VectorForm& form, Encoding encoding) {
  ReferenceBytes result{};
  static Assembler assembler(4096);
  assembler.setSize(0);
  const Reference& reference = *find(form.descriptor->opcode);
  const Encode encode = encode_of(reference, encoding);
  const bool evex = encoding == Encoding::Evex;
  const Xbyak::Zmm reg = vector_register(form.reg, form.size), v = vector_register(form.v, form.size);
  if (form.rm != VectorForm::Rm::Register) {
    const Xbyak::Address rm = memory_operand(form);
    encode(assembler, {reg, v, rm, form.control});
  } else if (has_trait(*form.descriptor, GeneralRm)) {
    const bool wide = form.descriptor->encoding.wide_vex;
    const Xbyak::Reg64 as_64(form.base);
    const Xbyak::Reg32 as_32(form.base);
    encode(assembler, {reg, v, wide ? static_cast<const Xbyak::Operand&>(as_64) : as_32, form.control});
  } else if (encoding == Encoding::Legacy) {  // Xbyak looks at the kind of register
    encode(assembler, {reg, v, Xbyak::Xmm(form.base), form.control});
  } else {
    encode(assembler, {reg, v, vector_register(form.base, rm_size(form)), form.control});
  }
  result.count = assembler.getSize();
  std::memcpy(result.bytes, assembler.getCode(), result.count);
  // Moves of 8 bytes from and to memory have two EVEX encodings that do the same, and Xbyak takes the others.
  if (evex && form.descriptor->opcode == Opcode::VmovqStore) result.bytes[4] = 0xd6;
  if (evex && form.descriptor->opcode == Opcode::Vmovq && form.rm != VectorForm::Rm::Register) {
    result.bytes[2] = 0xfe;
    result.bytes[4] = 0x7e;
  }
  return result;
}

std::vector<std::uint8_t> sizes_of(Opcode opcode, bool evex) {
  const Descriptor& descriptor = describe(opcode);
  if (opcode >= Opcode::Vmovss && opcode < Opcode::Vaddps && !(opcode >= Opcode::Vandps && opcode <= Opcode::Vxorps))
    return {16};
  switch (opcode) {
    case Opcode::VmovdFromGeneral:
    case Opcode::VmovqFromGeneral:
    case Opcode::VmovdToGeneral:
    case Opcode::VmovqToGeneral:
    case Opcode::VmovqStore:
    case Opcode::VmovdStore:
    case Opcode::Vmovq:
    case Opcode::Vmovd:
      return {16};
    case Opcode::Vextracti256:
    case Opcode::Vextracti256Store:
    case Opcode::Vinserti256:
      return {64};
    case Opcode::Vextracti128:
    case Opcode::Vextracti128Store:
    case Opcode::Vinserti128:
    case Opcode::Vbroadcasti128:
    case Opcode::Vpermq:
    case Opcode::Vpermd:
    case Opcode::Vshufi64x2:
    case Opcode::Vperm2i128:
      if (has_trait(descriptor, VexOnly) || !evex) return {32};
      return {32, 64};
    default:
      if (evex) return {16, 32, 64};
      return {16, 32};
  }
}

bool has_memory_form(const Descriptor& descriptor, bool evex) {
  const bool makes_mask = descriptor.opcode >= Opcode::Vpmovb2m && descriptor.opcode <= Opcode::Vpmovq2m;
  if (has_trait(descriptor, MaskRm) || makes_mask) return false;
  if (descriptor.opcode == Opcode::Vcvtpd2ps || descriptor.opcode == Opcode::Vcvttpd2dq)
    return false;  // Xbyak's differ
  if (has_trait(descriptor, GeneralRm)) return false;
  if (has_trait(descriptor, StoreForm)) return has_trait(descriptor, VectorMemory);
  return evex || !has_trait(descriptor, DestinationInV);
}

}  // namespace cogent::x86
