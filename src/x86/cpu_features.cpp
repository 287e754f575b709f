// Detects the CPU's level, reads COGENT_CPU, and keeps each thread's mask.
#include "x86/cpu_features.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#if __has_include(<sys/platform/x86.h>)
#define _Bool bool  // the header's name for it, which clang does not know in C++
#include <sys/platform/x86.h>
#undef _Bool
// The C library has asked the CPU already. Asking again costs microseconds per question inside a virtual machine.
#define COGENT_CPU_SUPPORTS(c_library_name, compiler_name) CPU_FEATURE_ACTIVE(c_library_name)
#else
#define COGENT_CPU_SUPPORTS(c_library_name, compiler_name) __builtin_cpu_supports(compiler_name)
#endif

namespace cogent::x86 {
namespace {

constexpr CpuLevel highest_level = CpuLevel::Avx512;
constinit thread_local CpuLevel thread_mask = highest_level;
constinit thread_local bool masks_vbmi = false;

bool supports_avx2() {
  return COGENT_CPU_SUPPORTS(AVX2, "avx2") && COGENT_CPU_SUPPORTS(BMI1, "bmi") && COGENT_CPU_SUPPORTS(BMI2, "bmi2") &&
         COGENT_CPU_SUPPORTS(FMA, "fma") && COGENT_CPU_SUPPORTS(LZCNT, "lzcnt") &&
         COGENT_CPU_SUPPORTS(POPCNT, "popcnt");
}

bool supports_avx512() {
  return COGENT_CPU_SUPPORTS(AVX512F, "avx512f") && COGENT_CPU_SUPPORTS(AVX512BW, "avx512bw") &&
         COGENT_CPU_SUPPORTS(AVX512DQ, "avx512dq") && COGENT_CPU_SUPPORTS(AVX512VL, "avx512vl") &&
         COGENT_CPU_SUPPORTS(AVX512_VNNI, "avx512vnni");
}

CpuLevel detect() {
  if (!supports_avx2()) return CpuLevel::Baseline;
  return supports_avx512() ? CpuLevel::Avx512 : CpuLevel::Avx2;
}

struct Environment {
  CpuLevel level = highest_level;
  std::string error;  // empty unless COGENT_CPU is misspelt
};

Environment read_environment() {
  const char* word = std::getenv("COGENT_CPU");
  if (word == nullptr || *word == '\0') return {};
  if (std::optional<CpuLevel> level = parse_cpu_level(word)) return {*level, {}};
  return {CpuLevel::Baseline, "The environment variable COGENT_CPU is \"" + std::string(word) +
                                  "\", which names no CPU level: use baseline, avx2 or avx512."};
}

const Environment& environment() {
  static const Environment& result = *new Environment(read_environment());
  return result;
}

}  // namespace

const char* name(CpuLevel level) {
  switch (level) {
    case CpuLevel::Baseline:
      return "baseline";
    case CpuLevel::Avx2:
      return "avx2";
    case CpuLevel::Avx512:
      return "avx512";
  }
  return "unknown";
}

std::optional<CpuLevel> parse_cpu_level(std::string_view word) {
  for (CpuLevel level : {CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512}) {
    if (word == name(level)) return level;
  }
  return std::nullopt;
}

CpuLevel detected_cpu_level() {
  static const CpuLevel result = detect();
  return result;
}

CpuLevel cpu_level() {
  const Environment& allowed = environment();
  if (!allowed.error.empty()) throw CpuLevelError(allowed.error);
  return std::min({detected_cpu_level(), allowed.level, thread_mask});
}

bool has_vbmi() {
  static const bool result = detected_cpu_level() == CpuLevel::Avx512 && COGENT_CPU_SUPPORTS(AVX512_VBMI, "avx512vbmi");
  return result && !masks_vbmi;
}

bool has_bit_counts() {
  static const bool result = detected_cpu_level() == CpuLevel::Avx512 &&
                             COGENT_CPU_SUPPORTS(AVX512_BITALG, "avx512bitalg") &&
                             COGENT_CPU_SUPPORTS(AVX512_VPOPCNTDQ, "avx512vpopcntdq");
  return result && !masks_vbmi;
}

ScopedWithoutVbmi::ScopedWithoutVbmi() : outer_(masks_vbmi) { masks_vbmi = true; }

ScopedWithoutVbmi::~ScopedWithoutVbmi() { masks_vbmi = outer_; }

ScopedCpuLevel::ScopedCpuLevel(CpuLevel highest) : outer_(thread_mask) { thread_mask = std::min(outer_, highest); }

ScopedCpuLevel::~ScopedCpuLevel() { thread_mask = outer_; }

}  // namespace cogent::x86
