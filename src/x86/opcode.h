// The names of the machine instructions; opcodes.h describes each.
#pragma once

#include <cstdint>

namespace cogent::x86 {

// Vector instructions keep Intel's mnemonics, without the element suffixes that only AVX-512 adds (Vpxor, Vmovdqu).
// clang-format off
enum class Opcode : std::uint16_t {
  // Structure and control flow.
  Label, LoopBegin, LoopEnd, Jump, JumpIf, JumpTable, JumpIfInTable, Return, DeclineIf, FaultIf, ReturnIfFailed,
  // General registers.
  Arguments, LoadArgument, PoolAddress, MoveImmediate, Move, Add, Subtract, Multiply, And, Or, Xor, Negate, Not,
  ShiftLeft, ShiftRight, ShiftRightSigned, Lea, DivideSigned, DivideUnsigned, RemainderSigned, RemainderUnsigned,
  MultiplyHighSigned, MultiplyHighUnsigned, SetIf, MoveIf, MinSigned, MaxSigned, MinUnsigned, MaxUnsigned, SignExtend,
  ZeroExtend, PopulationCount, CountLeadingZeros, CountTrailingZeros, BitScanForward, BitScanReverse, ByteSwap, RotateLeft,
  Load, LoadSigned, Store, AddToMemory, Prefetch, PrefetchForWriting, StoreFence, LocalAddress,
  LoadErrorRecord, LoadContext, LoadCallsLeft, Call,
  // Vectors: constants, loads, stores, moves.
  VectorConstant, VectorZero, VectorMove, Vmovdqu, VmovdquStore, VmovntdqStore, VmovqStore, VmovdStore, Vmovq, Vmovd,
  VmovdFromGeneral, VmovqFromGeneral, VmovdToGeneral, VmovqToGeneral, Vpbroadcastb, Vpbroadcastw, Vpbroadcastd, Vpbroadcastq,
  VpbroadcastdFromGeneral, VpbroadcastwFromGeneral, VpbroadcastbFromGeneral, Vbroadcasti128,
  // Vectors: arithmetic.
  Vpaddb, Vpaddw, Vpaddd, Vpaddq, Vpsubb, Vpsubw, Vpsubd, Vpsubq, Vpaddusb, Vpsubusb, Vpsubusw, Vpaddsw, Vpsubsw, Vpavgb, Vpavgw,
  Vpmullw, Vpmulhw, Vpmulhuw, Vpmulhrsw, Vpmulld, Vpmuludq, Vpmuldq, Vpmaddwd, Vpmaddubsw, Vpdpbusd, Vpdpwssd, Vpsadbw,
  Vpminub, Vpmaxub, Vpminsw, Vpmaxsw, Vpminuw, Vpmaxuw, Vpminsb, Vpmaxsb, Vpminsd, Vpmaxsd, Vpminud, Vpmaxud, Vpabsb, Vpabsw,
  Vpabsd, Vpand, Vpandn, Vpor, Vpxor, Vpcmpeqb, Vpcmpeqw, Vpcmpeqd, Vpcmpgtb, Vpcmpgtw, Vpcmpgtd,
  // Vectors: shifts by an immediate.
  Vpsllw, Vpsrlw, Vpsraw, Vpslld, Vpsrld, Vpsrad, Vpsllq, Vpsrlq, Vpslldq, Vpsrldq,
  // Vectors: packing, widening, permuting.
  Vpacksswb, Vpackuswb, Vpackssdw, Vpackusdw, Vpunpcklbw, Vpunpckhbw, Vpunpcklwd, Vpunpckhwd, Vpunpckldq, Vpunpckhdq,
  Vpunpcklqdq, Vpunpckhqdq, Vpmovzxbw, Vpmovzxbd, Vpmovzxwd, Vpmovsxbw, Vpmovsxbd, Vpmovsxwd, Vpmovwb, Vpmovdb, Vpmovdw,
  Vpshufb, Vpshufd, Vpshuflw, Vpshufhw, Vpalignr, Valignd, Vpermq, Vpermd, Vpermb, Vpermw, Vpermt2b, Vpermt2w, Vpermt2d, Vpermt2q,
  Vperm2i128, Vshufi64x2, Vextracti128, Vextracti128Store, Vextracti256, Vextracti256Store, Vinserti128, Vinserti256,
  Vpblendd, Vpblendw, Vpternlogd,
  // One float in a vector register (in the lowest lane; the others hold anything).
  Vmovaps, Vmovss, Vmovsd, VmovssStore, VmovsdStore, Vaddss, Vaddsd, Vsubss, Vsubsd, Vmulss, Vmulsd, Vdivss, Vdivsd,
  Vminss, Vminsd, Vmaxss, Vmaxsd, Vsqrtss, Vsqrtsd, Vroundss, Vroundsd, Vfmadd213ss, Vfmadd213sd, Vfmadd231ss,
  Vfmadd231sd, Vandps, Vandnps, Vorps, Vxorps, Vucomiss, Vucomisd, Vcvtss2sd, Vcvtsd2ss, Vcvtsi2ss, Vcvtsi2sd,
  Vcvtsi2ssFrom64, Vcvtsi2sdFrom64, Vcvtusi2ssFrom64, Vcvtusi2sdFrom64, Vcvttss2siTo64, Vcvttsd2siTo64,
  Vcvttss2usiTo64, Vcvttsd2usiTo64,
  // Floats in all lanes.
  Vaddps, Vaddpd, Vsubps, Vsubpd, Vmulps, Vmulpd, Vdivps, Vdivpd, Vminps, Vminpd, Vmaxps, Vmaxpd, Vsqrtps, Vsqrtpd,
  Vroundps, Vroundpd, Vfmadd213ps, Vfmadd213pd, Vfmadd231ps, Vfmadd231pd, Vcvtdq2ps, Vcvttps2dq, Vcvtps2pd, Vcvtpd2ps,
  Vcvtdq2pd, Vcvttpd2dq, Vshufps, Vcmpps, Vcmppd, Vrsqrtps, Vrsqrt14ps,
  // More integers in lanes.
  Vpcmpeqq, Vpcmpgtq, Vpblendvb, Vpmovzxdq, Vpmovsxdq, Vpsllvd, Vpsrlvd, Vpsravd, Vpsllvq, Vpsrlvq, Vpmullq, Vpminsq,
  Vpmaxsq, Vpminuq, Vpmaxuq, Vpopcntb, Vpopcntw, Vpopcntd, Vpopcntq,
  // Comparisons of AVX-512: k1, which is nobody's, receives the mask, which is then expanded into the lanes of d.
  VpcmpbMask, VpcmpubMask, VpcmpwMask, VpcmpuwMask, VpcmpdMask, VpcmpudMask, VpcmpqMask, VpcmpuqMask, VcmppsMask,
  VcmppdMask, Vpmovm2b, Vpmovm2w, Vpmovm2d, Vpmovm2q,
  // Accesses to the lanes of a mask, the vector a of a load and d of a store. AVX-512 makes k1 of it before.
  Vpmaskmovd, Vpmaskmovq, VpmaskmovdStore, VpmaskmovqStore, VmovdqubMasked, VmovdquwMasked, VmovdqudMasked,
  VmovdquqMasked, VmovdqubMaskedStore, VmovdquwMaskedStore, VmovdqudMaskedStore, VmovdquqMaskedStore, Vpmovb2m, Vpmovw2m,
  Vpmovd2m, Vpmovq2m,
  Count
};
// clang-format on

}  // namespace cogent::x86
