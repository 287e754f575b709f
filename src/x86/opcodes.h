// The table that describes each machine instruction that instruction selection may write. To add an instruction, add
// its name to Opcode (opcode.h) and its row to `descriptors`; the vector encoder and the allocator follow the table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "x86/opcode.h"

namespace cogent::x86 {

// What an instruction does with its operand fields d, a, b, c. An empty field (`none`) is skipped.
enum Role : std::uint8_t { UseA = 1, UseB = 2, UseC = 4, UseD = 8, DefineD = 16 };

enum Trait : std::uint32_t {
  VectorInstruction = 1,  // encoded from `encoding`; its r/m operand is b, or memory at [b + c * scale + immediate]
  GeneralMemory = 2,      // always has the memory operand [b + c * scale + immediate]
  VectorMemory = 4,       // a vector instruction whose r/m operand is always memory
  ControlByte = 8,        // ends in the byte `control`
  StoreForm = 16,         // the r/m operand is written: memory, or the register d; the value is a
  GeneralRm = 32,         // the r/m operand, when it is a register, is a general one
  NoFirstSource = 64,     // only d and the r/m operand
  DestinationInV = 128,   // d is in the v field, the r/m field is the source, `extension` is an opcode digit (shifts)
  VexOnly = 256,
  EvexOnly = 512,
  Legacy = 1024,      // exists at Baseline too, there as d op= b
  KeepsUpper = 2048,  // d = op b, but the lanes above the lowest are those of the v field
  GeneralReg = 4096,  // the reg field is a general register
  Commutes = 8192,    // a op b is b op a
  MaskReg = 16384,    // the reg field is a mask register, k1; d receives the mask's expansion
  MaskRm = 32768,     // the r/m operand is a mask register
  Masked = 65536,     // only the lanes of a mask, a vector, are accessed: a of a load, d of a store
};

// How many bytes the memory operand has: the whole vector, a half, a quarter ..., or a fixed number.
enum class MemorySize : std::uint8_t { Whole, Half, Quarter, One, Two, Four, Eight, Sixteen, ThirtyTwo };

struct VectorEncoding {
  std::uint8_t opcode = 0;
  std::uint8_t map = 0;        // 1: 0F, 2: 0F38, 3: 0F3A
  std::uint8_t prefix = 0;     // 0: none, 1: 66, 2: F3, 3: F2
  bool wide_vex = false;       // the W bit under VEX
  bool wide_evex = false;      // the W bit under EVEX
  std::uint8_t extension = 0;  // the opcode digit in the reg field, with DestinationInV
  std::uint8_t broadcast = 0;  // bytes of an embedded broadcast's element under EVEX; 0: has none
  MemorySize memory = MemorySize::Whole;
};

struct Descriptor {
  Opcode opcode;
  const char* name;
  std::uint8_t roles;
  std::uint32_t traits = 0;
  VectorEncoding encoding = {};
};

namespace detail {

// Rows of the table. `code` is 0xPMOO: mandatory prefix, map, opcode byte, as in the processor's manual.
constexpr VectorEncoding encoding(unsigned code, unsigned broadcast = 0, MemorySize memory = MemorySize::Whole) {
  VectorEncoding result;
  result.opcode = static_cast<std::uint8_t>(code);
  result.map = static_cast<std::uint8_t>(code >> 8 & 15);
  result.prefix = static_cast<std::uint8_t>(code >> 12 & 15);
  result.broadcast = static_cast<std::uint8_t>(broadcast);
  result.wide_evex = broadcast == 8;
  result.memory = memory;
  return result;
}
constexpr VectorEncoding wide(VectorEncoding form) {
  form.wide_vex = form.wide_evex = true;
  return form;
}
constexpr VectorEncoding wide_evex(VectorEncoding form) {
  form.wide_evex = true;
  return form;
}

// d = a op b
constexpr Descriptor binary(Opcode opcode, const char* name, VectorEncoding form, unsigned traits = 0) {
  return {opcode, name, UseA | UseB | UseC | DefineD, VectorInstruction | traits, form};
}
// d = d op (a, b)
constexpr Descriptor accumulate(Opcode opcode, const char* name, VectorEncoding form, unsigned traits = 0) {
  return {opcode, name, UseA | UseB | UseC | UseD | DefineD, VectorInstruction | traits, form};
}
// d = op b
constexpr Descriptor unary(Opcode opcode, const char* name, VectorEncoding form, unsigned traits = 0) {
  return {opcode, name, UseB | UseC | DefineD, VectorInstruction | NoFirstSource | traits, form};
}
// d = b shifted by `control`
constexpr Descriptor shift(Opcode opcode, const char* name, unsigned code, unsigned digit, unsigned broadcast) {
  VectorEncoding form = encoding(code, broadcast);
  form.extension = static_cast<std::uint8_t>(digit);
  return {opcode, name, UseB | UseC | DefineD, VectorInstruction | NoFirstSource | DestinationInV | ControlByte, form};
}
// memory = a, or d = part of a
constexpr Descriptor store(Opcode opcode, const char* name, VectorEncoding form, unsigned traits = VectorMemory) {
  const unsigned roles = traits & VectorMemory ? UseA | UseB | UseC : UseA | UseB | UseC | DefineD;
  return {opcode, name, static_cast<std::uint8_t>(roles), VectorInstruction | NoFirstSource | StoreForm | traits, form};
}

// d = a op b on one float of `bytes` bytes; `code` is without the prefix of scalars
constexpr VectorEncoding scalar(unsigned code, unsigned bytes) {
  VectorEncoding form =
      encoding((bytes == 4 ? 0x2000u : 0x3000u) | code, 0, bytes == 4 ? MemorySize::Four : MemorySize::Eight);
  form.wide_evex = bytes == 8;
  return form;
}
// ... with the prefix 66, and the width of the float in the W bit
constexpr VectorEncoding scalar_by_w(unsigned code, unsigned bytes) {
  VectorEncoding form = encoding(0x1000u | code, 0, bytes == 4 ? MemorySize::Four : MemorySize::Eight);
  form.wide_vex = form.wide_evex = bytes == 8;
  return form;
}
// d = all bits of a lane where `control`, a predicate, holds for the lanes of a and b
constexpr Descriptor to_mask(Opcode opcode, const char* name, VectorEncoding form) {
  return binary(opcode, name, form, ControlByte | EvexOnly | MaskReg);
}
// d = memory, with 0 in the lanes that are not in the mask a; memory = a in the lanes of the mask d
constexpr Descriptor masked_load(Opcode opcode, const char* name, VectorEncoding form, unsigned traits) {
  return {opcode, name, UseA | UseB | UseC | DefineD, VectorInstruction | VectorMemory | Masked | traits, form};
}
constexpr Descriptor masked_store(Opcode opcode, const char* name, VectorEncoding form, unsigned traits) {
  return {opcode, name, UseA | UseB | UseC | UseD, VectorInstruction | VectorMemory | StoreForm | Masked | traits,
          form};
}
// general d = op b
constexpr Descriptor to_general(Opcode opcode, const char* name, VectorEncoding form, unsigned traits) {
  return unary(opcode, name, form, GeneralReg | traits);
}

inline constexpr std::array<Descriptor, static_cast<std::size_t>(Opcode::Count)> descriptors = {{
    {Opcode::Label, "label", 0, 0},
    {Opcode::LoopBegin, "loop", 0, 0},
    {Opcode::LoopEnd, "loop_end", 0, 0},
    {Opcode::Jump, "jump", 0, 0},
    {Opcode::JumpIf, "jump_if", UseA | UseB, 0},
    {Opcode::JumpTable, "jump_table", UseA, 0},
    {Opcode::JumpIfInTable, "jump_if_in_table", UseA, 0},
    {Opcode::Return, "return", 0, 0},
    {Opcode::DeclineIf, "decline_if", UseA | UseB, 0},
    {Opcode::FaultIf, "fault_if", UseA | UseB | UseC, 0},
    {Opcode::ReturnIfFailed, "return_if_failed", UseA, 0},
    {Opcode::Arguments, "arguments", DefineD, 0},
    {Opcode::LoadArgument, "load_argument", UseA | DefineD, 0},
    {Opcode::PoolAddress, "pool_address", DefineD, 0},
    {Opcode::MoveImmediate, "move_immediate", DefineD, 0},
    {Opcode::Move, "move", UseA | DefineD, 0},
    {Opcode::Add, "add", UseA | UseB | DefineD, 0},
    {Opcode::Subtract, "subtract", UseA | UseB | DefineD, 0},
    {Opcode::Multiply, "multiply", UseA | UseB | DefineD, 0},
    {Opcode::And, "and", UseA | UseB | DefineD, 0},
    {Opcode::Or, "or", UseA | UseB | DefineD, 0},
    {Opcode::Xor, "xor", UseA | UseB | DefineD, 0},
    {Opcode::Negate, "negate", UseA | DefineD, 0},
    {Opcode::Not, "not", UseA | DefineD, 0},
    {Opcode::ShiftLeft, "shift_left", UseA | UseB | DefineD, 0},
    {Opcode::ShiftRight, "shift_right", UseA | UseB | DefineD, 0},
    {Opcode::ShiftRightSigned, "shift_right_signed", UseA | UseB | DefineD, 0},
    {Opcode::Lea, "lea", UseB | UseC | DefineD, 0},
    {Opcode::DivideSigned, "divide_signed", UseA | UseB | DefineD, 0},
    {Opcode::DivideUnsigned, "divide_unsigned", UseA | UseB | DefineD, 0},
    {Opcode::RemainderSigned, "remainder_signed", UseA | UseB | DefineD, 0},
    {Opcode::RemainderUnsigned, "remainder_unsigned", UseA | UseB | DefineD, 0},
    {Opcode::MultiplyHighSigned, "multiply_high_signed", UseA | UseB | DefineD, 0},
    {Opcode::MultiplyHighUnsigned, "multiply_high_unsigned", UseA | UseB | DefineD, 0},
    {Opcode::SetIf, "set_if", UseA | UseB | DefineD, 0},
    {Opcode::MoveIf, "move_if", UseA | UseB | UseC | UseD | DefineD, 0},
    {Opcode::MinSigned, "min_signed", UseA | UseB | DefineD, 0},
    {Opcode::MaxSigned, "max_signed", UseA | UseB | DefineD, 0},
    {Opcode::MinUnsigned, "min_unsigned", UseA | UseB | DefineD, 0},
    {Opcode::MaxUnsigned, "max_unsigned", UseA | UseB | DefineD, 0},
    {Opcode::SignExtend, "sign_extend", UseA | DefineD, 0},
    {Opcode::ZeroExtend, "zero_extend", UseA | DefineD, 0},
    {Opcode::PopulationCount, "population_count", UseA | DefineD, 0},
    {Opcode::CountLeadingZeros, "count_leading_zeros", UseA | DefineD, 0},
    {Opcode::CountTrailingZeros, "count_trailing_zeros", UseA | DefineD, 0},
    {Opcode::BitScanForward, "bit_scan_forward", UseA | DefineD, 0},
    {Opcode::BitScanReverse, "bit_scan_reverse", UseA | DefineD, 0},
    {Opcode::ByteSwap, "byte_swap", UseA | DefineD, 0},
    {Opcode::RotateLeft, "rotate_left", UseA | UseB | DefineD, 0},
    {Opcode::Load, "load", UseB | UseC | DefineD, GeneralMemory},
    {Opcode::LoadSigned, "load_signed", UseB | UseC | DefineD, GeneralMemory},
    {Opcode::Store, "store", UseA | UseB | UseC, GeneralMemory},
    {Opcode::AddToMemory, "add_to_memory", UseA | UseB | UseC, GeneralMemory | StoreForm},
    {Opcode::Prefetch, "prefetch", UseB | UseC, GeneralMemory},
    {Opcode::PrefetchForWriting, "prefetch_for_writing", UseB | UseC, GeneralMemory},
    {Opcode::StoreFence, "store_fence", 0, 0},
    {Opcode::LocalAddress, "local_address", DefineD, 0},
    {Opcode::LoadErrorRecord, "load_error_record", DefineD, 0},
    {Opcode::LoadContext, "load_context", DefineD, 0},
    {Opcode::LoadCallsLeft, "load_calls_left", DefineD, 0},
    {Opcode::Call, "call", DefineD, 0},
    {Opcode::VectorConstant, "vector_constant", DefineD, 0},
    {Opcode::VectorZero, "vector_zero", DefineD, 0},
    unary(Opcode::VectorMove, "vmovdqa", wide_evex(encoding(0x116f))),
    unary(Opcode::Vmovdqu, "vmovdqu", wide_evex(encoding(0x216f)), VectorMemory),
    store(Opcode::VmovdquStore, "vmovdqu", wide_evex(encoding(0x217f))),
    store(Opcode::VmovntdqStore, "vmovntdq", encoding(0x11e7)),
    store(Opcode::VmovqStore, "vmovq", wide_evex(encoding(0x11d6, 0, MemorySize::Eight))),
    store(Opcode::VmovdStore, "vmovd", encoding(0x117e, 0, MemorySize::Four)),
    unary(Opcode::Vmovq, "vmovq", wide_evex(encoding(0x217e, 0, MemorySize::Eight))),
    unary(Opcode::Vmovd, "vmovd", encoding(0x116e, 0, MemorySize::Four), VectorMemory),
    unary(Opcode::VmovdFromGeneral, "vmovd", encoding(0x116e, 0, MemorySize::Four), GeneralRm | Legacy),
    unary(Opcode::VmovqFromGeneral, "vmovq", wide(encoding(0x116e, 0, MemorySize::Eight)), GeneralRm | Legacy),
    store(Opcode::VmovdToGeneral, "vmovd", encoding(0x117e, 0, MemorySize::Four), GeneralRm | Legacy),
    store(Opcode::VmovqToGeneral, "vmovq", wide(encoding(0x117e, 0, MemorySize::Eight)), GeneralRm | Legacy),
    unary(Opcode::Vpbroadcastb, "vpbroadcastb", encoding(0x1278, 0, MemorySize::One)),
    unary(Opcode::Vpbroadcastw, "vpbroadcastw", encoding(0x1279, 0, MemorySize::Two)),
    unary(Opcode::Vpbroadcastd, "vpbroadcastd", encoding(0x1258, 0, MemorySize::Four)),
    unary(Opcode::Vpbroadcastq, "vpbroadcastq", wide_evex(encoding(0x1259, 0, MemorySize::Eight))),
    unary(Opcode::VpbroadcastdFromGeneral, "vpbroadcastd", encoding(0x127c), GeneralRm | EvexOnly),
    unary(Opcode::VpbroadcastwFromGeneral, "vpbroadcastw", encoding(0x127b), GeneralRm | EvexOnly),
    unary(Opcode::VpbroadcastbFromGeneral, "vpbroadcastb", encoding(0x127a), GeneralRm | EvexOnly),
    unary(Opcode::Vbroadcasti128, "vbroadcasti128", encoding(0x125a, 0, MemorySize::Sixteen), VectorMemory),
    binary(Opcode::Vpaddb, "vpaddb", encoding(0x11fc)),
    binary(Opcode::Vpaddw, "vpaddw", encoding(0x11fd)),
    binary(Opcode::Vpaddd, "vpaddd", encoding(0x11fe, 4)),
    binary(Opcode::Vpaddq, "vpaddq", encoding(0x11d4, 8)),
    binary(Opcode::Vpsubb, "vpsubb", encoding(0x11f8)),
    binary(Opcode::Vpsubw, "vpsubw", encoding(0x11f9)),
    binary(Opcode::Vpsubd, "vpsubd", encoding(0x11fa, 4)),
    binary(Opcode::Vpsubq, "vpsubq", encoding(0x11fb, 8)),
    binary(Opcode::Vpaddusb, "vpaddusb", encoding(0x11dc)),
    binary(Opcode::Vpsubusb, "vpsubusb", encoding(0x11d8)),
    binary(Opcode::Vpsubusw, "vpsubusw", encoding(0x11d9)),
    binary(Opcode::Vpaddsw, "vpaddsw", encoding(0x11ed)),
    binary(Opcode::Vpsubsw, "vpsubsw", encoding(0x11e9)),
    binary(Opcode::Vpavgb, "vpavgb", encoding(0x11e0)),
    binary(Opcode::Vpavgw, "vpavgw", encoding(0x11e3)),
    binary(Opcode::Vpmullw, "vpmullw", encoding(0x11d5)),
    binary(Opcode::Vpmulhw, "vpmulhw", encoding(0x11e5)),
    binary(Opcode::Vpmulhuw, "vpmulhuw", encoding(0x11e4)),
    binary(Opcode::Vpmulhrsw, "vpmulhrsw", encoding(0x120b)),
    binary(Opcode::Vpmulld, "vpmulld", encoding(0x1240, 4)),
    binary(Opcode::Vpmuludq, "vpmuludq", encoding(0x11f4, 8)),
    binary(Opcode::Vpmuldq, "vpmuldq", encoding(0x1228, 8)),
    binary(Opcode::Vpmaddwd, "vpmaddwd", encoding(0x11f5)),
    binary(Opcode::Vpmaddubsw, "vpmaddubsw", encoding(0x1204)),
    accumulate(Opcode::Vpdpbusd, "vpdpbusd", encoding(0x1250, 4), EvexOnly),
    accumulate(Opcode::Vpdpwssd, "vpdpwssd", encoding(0x1252, 4), EvexOnly),
    binary(Opcode::Vpsadbw, "vpsadbw", encoding(0x11f6)),
    binary(Opcode::Vpminub, "vpminub", encoding(0x11da)),
    binary(Opcode::Vpmaxub, "vpmaxub", encoding(0x11de)),
    binary(Opcode::Vpminsw, "vpminsw", encoding(0x11ea)),
    binary(Opcode::Vpmaxsw, "vpmaxsw", encoding(0x11ee)),
    binary(Opcode::Vpminuw, "vpminuw", encoding(0x123a)),
    binary(Opcode::Vpmaxuw, "vpmaxuw", encoding(0x123e)),
    binary(Opcode::Vpminsb, "vpminsb", encoding(0x1238)),
    binary(Opcode::Vpmaxsb, "vpmaxsb", encoding(0x123c)),
    binary(Opcode::Vpminsd, "vpminsd", encoding(0x1239, 4)),
    binary(Opcode::Vpmaxsd, "vpmaxsd", encoding(0x123d, 4)),
    binary(Opcode::Vpminud, "vpminud", encoding(0x123b, 4)),
    binary(Opcode::Vpmaxud, "vpmaxud", encoding(0x123f, 4)),
    unary(Opcode::Vpabsb, "vpabsb", encoding(0x121c)),
    unary(Opcode::Vpabsw, "vpabsw", encoding(0x121d)),
    unary(Opcode::Vpabsd, "vpabsd", encoding(0x121e, 4)),
    binary(Opcode::Vpand, "vpand", encoding(0x11db, 4)),
    binary(Opcode::Vpandn, "vpandn", encoding(0x11df, 4)),
    binary(Opcode::Vpor, "vpor", encoding(0x11eb, 4)),
    binary(Opcode::Vpxor, "vpxor", encoding(0x11ef, 4)),
    binary(Opcode::Vpcmpeqb, "vpcmpeqb", encoding(0x1174), VexOnly),
    binary(Opcode::Vpcmpeqw, "vpcmpeqw", encoding(0x1175), VexOnly),
    binary(Opcode::Vpcmpeqd, "vpcmpeqd", encoding(0x1176), VexOnly),
    binary(Opcode::Vpcmpgtb, "vpcmpgtb", encoding(0x1164), VexOnly),
    binary(Opcode::Vpcmpgtw, "vpcmpgtw", encoding(0x1165), VexOnly),
    binary(Opcode::Vpcmpgtd, "vpcmpgtd", encoding(0x1166), VexOnly),
    shift(Opcode::Vpsllw, "vpsllw", 0x1171, 6, 0),
    shift(Opcode::Vpsrlw, "vpsrlw", 0x1171, 2, 0),
    shift(Opcode::Vpsraw, "vpsraw", 0x1171, 4, 0),
    shift(Opcode::Vpslld, "vpslld", 0x1172, 6, 4),
    shift(Opcode::Vpsrld, "vpsrld", 0x1172, 2, 4),
    shift(Opcode::Vpsrad, "vpsrad", 0x1172, 4, 4),
    shift(Opcode::Vpsllq, "vpsllq", 0x1173, 6, 8),
    shift(Opcode::Vpsrlq, "vpsrlq", 0x1173, 2, 8),
    shift(Opcode::Vpslldq, "vpslldq", 0x1173, 7, 0),
    shift(Opcode::Vpsrldq, "vpsrldq", 0x1173, 3, 0),
    binary(Opcode::Vpacksswb, "vpacksswb", encoding(0x1163)),
    binary(Opcode::Vpackuswb, "vpackuswb", encoding(0x1167)),
    binary(Opcode::Vpackssdw, "vpackssdw", encoding(0x116b, 4)),
    binary(Opcode::Vpackusdw, "vpackusdw", encoding(0x122b, 4)),
    binary(Opcode::Vpunpcklbw, "vpunpcklbw", encoding(0x1160)),
    binary(Opcode::Vpunpckhbw, "vpunpckhbw", encoding(0x1168)),
    binary(Opcode::Vpunpcklwd, "vpunpcklwd", encoding(0x1161)),
    binary(Opcode::Vpunpckhwd, "vpunpckhwd", encoding(0x1169)),
    binary(Opcode::Vpunpckldq, "vpunpckldq", encoding(0x1162, 4)),
    binary(Opcode::Vpunpckhdq, "vpunpckhdq", encoding(0x116a, 4)),
    binary(Opcode::Vpunpcklqdq, "vpunpcklqdq", encoding(0x116c, 8)),
    binary(Opcode::Vpunpckhqdq, "vpunpckhqdq", encoding(0x116d, 8)),
    unary(Opcode::Vpmovzxbw, "vpmovzxbw", encoding(0x1230, 0, MemorySize::Half)),
    unary(Opcode::Vpmovzxbd, "vpmovzxbd", encoding(0x1231, 0, MemorySize::Quarter)),
    unary(Opcode::Vpmovzxwd, "vpmovzxwd", encoding(0x1233, 0, MemorySize::Half)),
    unary(Opcode::Vpmovsxbw, "vpmovsxbw", encoding(0x1220, 0, MemorySize::Half)),
    unary(Opcode::Vpmovsxbd, "vpmovsxbd", encoding(0x1221, 0, MemorySize::Quarter)),
    unary(Opcode::Vpmovsxwd, "vpmovsxwd", encoding(0x1223, 0, MemorySize::Half)),
    store(Opcode::Vpmovwb, "vpmovwb", encoding(0x2230, 0, MemorySize::Half), VectorMemory | EvexOnly),
    store(Opcode::Vpmovdb, "vpmovdb", encoding(0x2231, 0, MemorySize::Quarter), VectorMemory | EvexOnly),
    store(Opcode::Vpmovdw, "vpmovdw", encoding(0x2233, 0, MemorySize::Half), VectorMemory | EvexOnly),
    binary(Opcode::Vpshufb, "vpshufb", encoding(0x1200)),
    unary(Opcode::Vpshufd, "vpshufd", encoding(0x1170, 4), ControlByte),
    unary(Opcode::Vpshuflw, "vpshuflw", encoding(0x3170), ControlByte),
    unary(Opcode::Vpshufhw, "vpshufhw", encoding(0x2170), ControlByte),
    binary(Opcode::Vpalignr, "vpalignr", encoding(0x130f), ControlByte),
    binary(Opcode::Valignd, "valignd", encoding(0x1303), ControlByte | EvexOnly),
    unary(Opcode::Vpermq, "vpermq", wide(encoding(0x1300, 8)), ControlByte),
    binary(Opcode::Vpermd, "vpermd", encoding(0x1236, 4)),
    binary(Opcode::Vpermb, "vpermb", encoding(0x128d), EvexOnly),
    binary(Opcode::Vpermw, "vpermw", wide_evex(encoding(0x128d)), EvexOnly),
    accumulate(Opcode::Vpermt2b, "vpermt2b", encoding(0x127d), EvexOnly),
    accumulate(Opcode::Vpermt2w, "vpermt2w", wide_evex(encoding(0x127d)), EvexOnly),
    accumulate(Opcode::Vpermt2d, "vpermt2d", encoding(0x127e, 4), EvexOnly),
    accumulate(Opcode::Vpermt2q, "vpermt2q", encoding(0x127e, 8), EvexOnly),
    binary(Opcode::Vperm2i128, "vperm2i128", encoding(0x1346), ControlByte | VexOnly),
    binary(Opcode::Vshufi64x2, "vshufi64x2", encoding(0x1343, 8), ControlByte | EvexOnly),
    store(Opcode::Vextracti128, "vextracti128", encoding(0x1339, 0, MemorySize::Sixteen), ControlByte),
    store(Opcode::Vextracti128Store, "vextracti128", encoding(0x1339, 0, MemorySize::Sixteen),
          ControlByte | VectorMemory),
    store(Opcode::Vextracti256, "vextracti256", wide_evex(encoding(0x133b, 0, MemorySize::ThirtyTwo)),
          ControlByte | EvexOnly),
    store(Opcode::Vextracti256Store, "vextracti256", wide_evex(encoding(0x133b, 0, MemorySize::ThirtyTwo)),
          ControlByte | VectorMemory | EvexOnly),
    binary(Opcode::Vinserti128, "vinserti128", encoding(0x1338, 0, MemorySize::Sixteen), ControlByte),
    binary(Opcode::Vinserti256, "vinserti256", wide_evex(encoding(0x133a, 0, MemorySize::ThirtyTwo)),
           ControlByte | EvexOnly),
    binary(Opcode::Vpblendd, "vpblendd", encoding(0x1302), ControlByte | VexOnly),
    binary(Opcode::Vpblendw, "vpblendw", encoding(0x130e), ControlByte | VexOnly),
    accumulate(Opcode::Vpternlogd, "vpternlogd", encoding(0x1325, 4), ControlByte | EvexOnly),
    unary(Opcode::Vmovaps, "vmovaps", encoding(0x0128), Legacy),
    unary(Opcode::Vmovss, "vmovss", scalar(0x110, 4), VectorMemory | Legacy),
    unary(Opcode::Vmovsd, "vmovsd", scalar(0x110, 8), VectorMemory | Legacy),
    store(Opcode::VmovssStore, "vmovss", scalar(0x111, 4), VectorMemory | Legacy),
    store(Opcode::VmovsdStore, "vmovsd", scalar(0x111, 8), VectorMemory | Legacy),
    binary(Opcode::Vaddss, "vaddss", scalar(0x158, 4), Legacy | Commutes),
    binary(Opcode::Vaddsd, "vaddsd", scalar(0x158, 8), Legacy | Commutes),
    binary(Opcode::Vsubss, "vsubss", scalar(0x15c, 4), Legacy),
    binary(Opcode::Vsubsd, "vsubsd", scalar(0x15c, 8), Legacy),
    binary(Opcode::Vmulss, "vmulss", scalar(0x159, 4), Legacy | Commutes),
    binary(Opcode::Vmulsd, "vmulsd", scalar(0x159, 8), Legacy | Commutes),
    binary(Opcode::Vdivss, "vdivss", scalar(0x15e, 4), Legacy),
    binary(Opcode::Vdivsd, "vdivsd", scalar(0x15e, 8), Legacy),
    binary(Opcode::Vminss, "vminss", scalar(0x15d, 4), Legacy),
    binary(Opcode::Vminsd, "vminsd", scalar(0x15d, 8), Legacy),
    binary(Opcode::Vmaxss, "vmaxss", scalar(0x15f, 4), Legacy),
    binary(Opcode::Vmaxsd, "vmaxsd", scalar(0x15f, 8), Legacy),
    unary(Opcode::Vsqrtss, "vsqrtss", scalar(0x151, 4), KeepsUpper | Legacy),
    unary(Opcode::Vsqrtsd, "vsqrtsd", scalar(0x151, 8), KeepsUpper | Legacy),
    unary(Opcode::Vroundss, "vroundss", encoding(0x130a, 0, MemorySize::Four), KeepsUpper | ControlByte),
    unary(Opcode::Vroundsd, "vroundsd", wide_evex(encoding(0x130b, 0, MemorySize::Eight)), KeepsUpper | ControlByte),
    accumulate(Opcode::Vfmadd213ss, "vfmadd213ss", scalar_by_w(0x2a9, 4)),
    accumulate(Opcode::Vfmadd213sd, "vfmadd213sd", scalar_by_w(0x2a9, 8)),
    accumulate(Opcode::Vfmadd231ss, "vfmadd231ss", scalar_by_w(0x2b9, 4)),
    accumulate(Opcode::Vfmadd231sd, "vfmadd231sd", scalar_by_w(0x2b9, 8)),
    binary(Opcode::Vandps, "vandps", encoding(0x0154, 4), Legacy | Commutes),
    binary(Opcode::Vandnps, "vandnps", encoding(0x0155, 4), Legacy),
    binary(Opcode::Vorps, "vorps", encoding(0x0156, 4), Legacy | Commutes),
    binary(Opcode::Vxorps, "vxorps", encoding(0x0157, 4), Legacy | Commutes),
    {Opcode::Vucomiss, "vucomiss", UseA | UseB, VectorInstruction | NoFirstSource | Legacy,
     encoding(0x012e, 0, MemorySize::Four)},
    {Opcode::Vucomisd, "vucomisd", UseA | UseB, VectorInstruction | NoFirstSource | Legacy,
     wide_evex(encoding(0x112e, 0, MemorySize::Eight))},
    unary(Opcode::Vcvtss2sd, "vcvtss2sd", encoding(0x215a, 0, MemorySize::Four), KeepsUpper | Legacy),
    unary(Opcode::Vcvtsd2ss, "vcvtsd2ss", scalar(0x15a, 8), KeepsUpper | Legacy),
    unary(Opcode::Vcvtsi2ss, "vcvtsi2ss", encoding(0x212a, 0, MemorySize::Four), KeepsUpper | GeneralRm | Legacy),
    unary(Opcode::Vcvtsi2sd, "vcvtsi2sd", encoding(0x312a, 0, MemorySize::Four), KeepsUpper | GeneralRm | Legacy),
    unary(Opcode::Vcvtsi2ssFrom64, "vcvtsi2ss", wide(encoding(0x212a, 0, MemorySize::Eight)),
          KeepsUpper | GeneralRm | Legacy),
    unary(Opcode::Vcvtsi2sdFrom64, "vcvtsi2sd", wide(encoding(0x312a, 0, MemorySize::Eight)),
          KeepsUpper | GeneralRm | Legacy),
    unary(Opcode::Vcvtusi2ssFrom64, "vcvtusi2ss", wide(encoding(0x217b, 0, MemorySize::Eight)),
          KeepsUpper | GeneralRm | EvexOnly),
    unary(Opcode::Vcvtusi2sdFrom64, "vcvtusi2sd", wide(encoding(0x317b, 0, MemorySize::Eight)),
          KeepsUpper | GeneralRm | EvexOnly),
    to_general(Opcode::Vcvttss2siTo64, "vcvttss2si", wide(encoding(0x212c, 0, MemorySize::Four)), Legacy),
    to_general(Opcode::Vcvttsd2siTo64, "vcvttsd2si", wide(encoding(0x312c, 0, MemorySize::Eight)), Legacy),
    to_general(Opcode::Vcvttss2usiTo64, "vcvttss2usi", wide(encoding(0x2178, 0, MemorySize::Four)), EvexOnly),
    to_general(Opcode::Vcvttsd2usiTo64, "vcvttsd2usi", wide(encoding(0x3178, 0, MemorySize::Eight)), EvexOnly),
    binary(Opcode::Vaddps, "vaddps", encoding(0x0158, 4)),
    binary(Opcode::Vaddpd, "vaddpd", encoding(0x1158, 8)),
    binary(Opcode::Vsubps, "vsubps", encoding(0x015c, 4)),
    binary(Opcode::Vsubpd, "vsubpd", encoding(0x115c, 8)),
    binary(Opcode::Vmulps, "vmulps", encoding(0x0159, 4)),
    binary(Opcode::Vmulpd, "vmulpd", encoding(0x1159, 8)),
    binary(Opcode::Vdivps, "vdivps", encoding(0x015e, 4)),
    binary(Opcode::Vdivpd, "vdivpd", encoding(0x115e, 8)),
    binary(Opcode::Vminps, "vminps", encoding(0x015d, 4)),
    binary(Opcode::Vminpd, "vminpd", encoding(0x115d, 8)),
    binary(Opcode::Vmaxps, "vmaxps", encoding(0x015f, 4)),
    binary(Opcode::Vmaxpd, "vmaxpd", encoding(0x115f, 8)),
    unary(Opcode::Vsqrtps, "vsqrtps", encoding(0x0151, 4)),
    unary(Opcode::Vsqrtpd, "vsqrtpd", encoding(0x1151, 8)),
    unary(Opcode::Vroundps, "vroundps", encoding(0x1308, 4), ControlByte),
    unary(Opcode::Vroundpd, "vroundpd", encoding(0x1309, 8), ControlByte),
    accumulate(Opcode::Vfmadd213ps, "vfmadd213ps", encoding(0x12a8, 4)),
    accumulate(Opcode::Vfmadd213pd, "vfmadd213pd", wide(encoding(0x12a8, 8))),
    accumulate(Opcode::Vfmadd231ps, "vfmadd231ps", encoding(0x12b8, 4)),
    accumulate(Opcode::Vfmadd231pd, "vfmadd231pd", wide(encoding(0x12b8, 8))),
    unary(Opcode::Vcvtdq2ps, "vcvtdq2ps", encoding(0x015b, 4)),
    unary(Opcode::Vcvttps2dq, "vcvttps2dq", encoding(0x215b, 4)),
    unary(Opcode::Vcvtps2pd, "vcvtps2pd", encoding(0x015a, 4, MemorySize::Half)),
    unary(Opcode::Vcvtpd2ps, "vcvtpd2ps", encoding(0x115a, 8)),
    unary(Opcode::Vcvtdq2pd, "vcvtdq2pd", encoding(0x21e6, 4, MemorySize::Half)),
    unary(Opcode::Vcvttpd2dq, "vcvttpd2dq", encoding(0x11e6, 8)),
    binary(Opcode::Vshufps, "vshufps", encoding(0x01c6, 4), ControlByte),
    binary(Opcode::Vcmpps, "vcmpps", encoding(0x01c2), ControlByte | VexOnly),
    binary(Opcode::Vcmppd, "vcmppd", encoding(0x11c2), ControlByte | VexOnly),
    unary(Opcode::Vrsqrtps, "vrsqrtps", encoding(0x0152, 4), VexOnly),
    unary(Opcode::Vrsqrt14ps, "vrsqrt14ps", encoding(0x124e, 4), EvexOnly),
    binary(Opcode::Vpcmpeqq, "vpcmpeqq", encoding(0x1229), VexOnly),
    binary(Opcode::Vpcmpgtq, "vpcmpgtq", encoding(0x1237), VexOnly),
    binary(Opcode::Vpblendvb, "vpblendvb", encoding(0x134c), ControlByte | VexOnly),  // c ? b : a, in each byte
    unary(Opcode::Vpmovzxdq, "vpmovzxdq", encoding(0x1235, 0, MemorySize::Half)),
    unary(Opcode::Vpmovsxdq, "vpmovsxdq", encoding(0x1225, 0, MemorySize::Half)),
    binary(Opcode::Vpsllvd, "vpsllvd", encoding(0x1247, 4)),
    binary(Opcode::Vpsrlvd, "vpsrlvd", encoding(0x1245, 4)),
    binary(Opcode::Vpsravd, "vpsravd", encoding(0x1246, 4)),
    binary(Opcode::Vpsllvq, "vpsllvq", wide(encoding(0x1247, 8))),
    binary(Opcode::Vpsrlvq, "vpsrlvq", wide(encoding(0x1245, 8))),
    binary(Opcode::Vpmullq, "vpmullq", encoding(0x1240, 8), EvexOnly),
    binary(Opcode::Vpminsq, "vpminsq", encoding(0x1239, 8), EvexOnly),
    binary(Opcode::Vpmaxsq, "vpmaxsq", encoding(0x123d, 8), EvexOnly),
    binary(Opcode::Vpminuq, "vpminuq", encoding(0x123b, 8), EvexOnly),
    binary(Opcode::Vpmaxuq, "vpmaxuq", encoding(0x123f, 8), EvexOnly),
    unary(Opcode::Vpopcntb, "vpopcntb", encoding(0x1254), EvexOnly),
    unary(Opcode::Vpopcntw, "vpopcntw", wide_evex(encoding(0x1254)), EvexOnly),
    unary(Opcode::Vpopcntd, "vpopcntd", encoding(0x1255, 4), EvexOnly),
    unary(Opcode::Vpopcntq, "vpopcntq", encoding(0x1255, 8), EvexOnly),
    to_mask(Opcode::VpcmpbMask, "vpcmpb", encoding(0x133f)),
    to_mask(Opcode::VpcmpubMask, "vpcmpub", encoding(0x133e)),
    to_mask(Opcode::VpcmpwMask, "vpcmpw", wide_evex(encoding(0x133f))),
    to_mask(Opcode::VpcmpuwMask, "vpcmpuw", wide_evex(encoding(0x133e))),
    to_mask(Opcode::VpcmpdMask, "vpcmpd", encoding(0x131f, 4)),
    to_mask(Opcode::VpcmpudMask, "vpcmpud", encoding(0x131e, 4)),
    to_mask(Opcode::VpcmpqMask, "vpcmpq", encoding(0x131f, 8)),
    to_mask(Opcode::VpcmpuqMask, "vpcmpuq", encoding(0x131e, 8)),
    to_mask(Opcode::VcmppsMask, "vcmpps", encoding(0x01c2, 4)),
    to_mask(Opcode::VcmppdMask, "vcmppd", encoding(0x11c2, 8)),
    unary(Opcode::Vpmovm2b, "vpmovm2b", encoding(0x2228), EvexOnly | MaskRm),
    unary(Opcode::Vpmovm2w, "vpmovm2w", wide_evex(encoding(0x2228)), EvexOnly | MaskRm),
    unary(Opcode::Vpmovm2d, "vpmovm2d", encoding(0x2238), EvexOnly | MaskRm),
    unary(Opcode::Vpmovm2q, "vpmovm2q", wide_evex(encoding(0x2238)), EvexOnly | MaskRm),
    masked_load(Opcode::Vpmaskmovd, "vpmaskmovd", encoding(0x128c), VexOnly),
    masked_load(Opcode::Vpmaskmovq, "vpmaskmovq", wide(encoding(0x128c)), VexOnly),
    masked_store(Opcode::VpmaskmovdStore, "vpmaskmovd", encoding(0x128e), VexOnly),
    masked_store(Opcode::VpmaskmovqStore, "vpmaskmovq", wide(encoding(0x128e)), VexOnly),
    masked_load(Opcode::VmovdqubMasked, "vmovdqu8", encoding(0x316f), EvexOnly | NoFirstSource),
    masked_load(Opcode::VmovdquwMasked, "vmovdqu16", wide_evex(encoding(0x316f)), EvexOnly | NoFirstSource),
    masked_load(Opcode::VmovdqudMasked, "vmovdqu32", encoding(0x216f), EvexOnly | NoFirstSource),
    masked_load(Opcode::VmovdquqMasked, "vmovdqu64", wide_evex(encoding(0x216f)), EvexOnly | NoFirstSource),
    masked_store(Opcode::VmovdqubMaskedStore, "vmovdqu8", encoding(0x317f), EvexOnly | NoFirstSource),
    masked_store(Opcode::VmovdquwMaskedStore, "vmovdqu16", wide_evex(encoding(0x317f)), EvexOnly | NoFirstSource),
    masked_store(Opcode::VmovdqudMaskedStore, "vmovdqu32", encoding(0x217f), EvexOnly | NoFirstSource),
    masked_store(Opcode::VmovdquqMaskedStore, "vmovdqu64", wide_evex(encoding(0x217f)), EvexOnly | NoFirstSource),
    unary(Opcode::Vpmovb2m, "vpmovb2m", encoding(0x2229), EvexOnly | MaskReg),
    unary(Opcode::Vpmovw2m, "vpmovw2m", wide_evex(encoding(0x2229)), EvexOnly | MaskReg),
    unary(Opcode::Vpmovd2m, "vpmovd2m", encoding(0x2239), EvexOnly | MaskReg),
    unary(Opcode::Vpmovq2m, "vpmovq2m", wide_evex(encoding(0x2239)), EvexOnly | MaskReg),
}};

// Every opcode has its row, in the enumeration's order.
constexpr bool rows_match_opcodes() {
  for (std::size_t i = 0; i < descriptors.size(); ++i)
    if (static_cast<std::size_t>(descriptors[i].opcode) != i || descriptors[i].name == nullptr) return false;
  return true;
}
static_assert(rows_match_opcodes());

}  // namespace detail

constexpr const Descriptor& describe(Opcode opcode) { return detail::descriptors[static_cast<std::size_t>(opcode)]; }
constexpr bool has_trait(const Descriptor& descriptor, Trait trait) { return (descriptor.traits & trait) != 0; }

}  // namespace cogent::x86
