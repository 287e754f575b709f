// The CPU level to generate for, as the public API asks for it: a misspelt COGENT_CPU is an error of the library's own.
#pragma once
#include <cogent/error.h>

#include "x86/cpu_features.h"

namespace cogent::jit {

/// Throws GenerationError while COGENT_CPU names no level.
inline x86::CpuLevel present_level() {
  try {
    return x86::cpu_level();
  } catch (const x86::CpuLevelError& error) {
    throw GenerationError(error.what(), {});
  }
}

}  // namespace cogent::jit
