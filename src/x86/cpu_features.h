// Which vector instructions the generated code may use: what the machine has, what the environment allows, and a
// per-thread mask with which tests run every level in one process.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace cogent::x86 {

/// Each level includes those before it. A level counts only if the operating system saves its registers.
enum class CpuLevel : std::uint8_t {
  Baseline,  ///< plain x86-64: SSE2
  Avx2,      ///< AVX2, BMI1, BMI2, FMA, LZCNT, POPCNT
  Avx512,    ///< AVX-512 F, BW, DQ, VL and VNNI; see has_vbmi
};

/// `COGENT_CPU` holds a word that names no level.
class CpuLevelError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// "baseline", "avx2" or "avx512": the words that `COGENT_CPU` takes.
const char* name(CpuLevel level);
std::optional<CpuLevel> parse_cpu_level(std::string_view word);

/// The highest level that this machine and its operating system support.
CpuLevel detected_cpu_level();

/// The level to generate code for on this thread: the least of the detected level, the environment's `COGENT_CPU` (read
/// once) and the thread's mask. Throws `CpuLevelError` on every use while `COGENT_CPU` is misspelt.
CpuLevel cpu_level();

/// Whether code for Avx512 may use VBMI too, the permutations of bytes.
bool has_vbmi();

/// Whether it may use BITALG and VPOPCNTDQ too, counts of bits in each lane.
bool has_bit_counts();

/// Masks both on this thread until the end of the scope.
class ScopedWithoutVbmi {
 public:
  ScopedWithoutVbmi();
  ~ScopedWithoutVbmi();
  ScopedWithoutVbmi(const ScopedWithoutVbmi&) = delete;
  ScopedWithoutVbmi& operator=(const ScopedWithoutVbmi&) = delete;

 private:
  bool outer_;
};

/// Masks this thread's level downward until the end of the scope. Scopes nest; none can raise the level.
class ScopedCpuLevel {
 public:
  explicit ScopedCpuLevel(CpuLevel highest);
  ~ScopedCpuLevel();
  ScopedCpuLevel(const ScopedCpuLevel&) = delete;
  ScopedCpuLevel& operator=(const ScopedCpuLevel&) = delete;

 private:
  CpuLevel outer_;
};

}  // namespace cogent::x86
