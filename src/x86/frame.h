// The stack frame of generated code, and what each machine register is for. Drawn here once; linear_scan and the
// encoder follow it.
//
//   entry: rdi = argument slots, rsi = error record, rdx = context      (System V; std::int32_t comes back in eax)
//
//                 | return address             |
//        rbp ---> | the caller's rbp           |
//        rbp - 8  | the error record (rsi)     |  stored only if the program has fault sites
//        rbp - 16 | rbx, r12, r13, r14, r15    |  those of them that are used, in this order
//                 | spilled general registers  |  8 bytes each, slot 0 highest
//                 | padding                    |  so that rsp is a multiple of the vector size, if vectors are spilled
//                 | local memory               |  of the program: MachineProgram::local
//        rsp ---> | spilled vectors            |  vector_size bytes each, slot 0 lowest
//
// What is saved around calls has slots among the spilled. Where nothing is called and nothing but general registers is
// spilled, a small frame lies below rsp, in the red zone.
//
//   rax, rcx, rdx  scratch within one instruction: spilled operands, shift counts, division, calls
//   rbp, rsp       the frame, always kept
//   the others     allocated, those first that need not be saved
//   vectors        30 and 31 (AVX-512) or 15 (AVX2) are scratch, the others are allocated; in programs that have only
//                  single floats 15 and 14 are scratch below AVX-512
#pragma once

#include <cstdint>

#include "x86/cpu_features.h"

namespace cogent::x86 {

/// Machine registers of both classes, as bit masks over register numbers.
struct RegisterFile {
  std::uint32_t general = 0;
  std::uint32_t vector = 0;
};

namespace frame {

enum GeneralRegister : int {
  rax,
  rcx,
  rdx,
  rbx,
  rsp,
  rbp,
  rsi,
  rdi,
  r8,
  r9,
  r10,
  r11,
  r12,
  r13,
  r14,
  r15  // the processor's numbers
};

inline constexpr std::uint32_t callee_saved = 1u << rbx | 1u << r12 | 1u << r13 | 1u << r14 | 1u << r15;
inline constexpr std::uint32_t caller_saved = 1u << rsi | 1u << rdi | 1u << r8 | 1u << r9 | 1u << r10 | 1u << r11;

inline constexpr int error_record = -8;  // offsets from rbp
inline constexpr int first_saved_register = -16;

inline constexpr int call_arguments[6] = {rdi, rsi, rdx, rcx, r8, r9};

inline constexpr int vector_scratch_avx512[2] = {30, 31};
inline constexpr int vector_scratch[2] = {15, 14};  // the second one only in programs of single floats

constexpr RegisterFile allocatable(CpuLevel level) {
  const std::uint32_t vectors = level == CpuLevel::Avx512 ? 0x3fffffffu : level == CpuLevel::Avx2 ? 0x7fffu : 0;
  return {callee_saved | caller_saved, vectors};
}
constexpr RegisterFile allocatable_to_scalars(CpuLevel level) {
  return {callee_saved | caller_saved, level == CpuLevel::Avx512 ? 0x3fffffffu : 0x3fffu};
}

}  // namespace frame
}  // namespace cogent::x86
