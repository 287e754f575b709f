// Tiny machine code for the tests of this folder: functions that return a constant, padded to any size.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "jit/executable_memory.h"

namespace cogent::jit {

/// `mov eax, value; ret`, followed by zeros up to `bytes`.
inline std::vector<std::uint8_t> code_returning(std::int32_t value, std::size_t bytes = 6) {
  std::vector<std::uint8_t> code(bytes, 0);
  code[0] = 0xB8;
  std::memcpy(&code[1], &value, sizeof value);
  code[5] = 0xC3;
  return code;
}

inline std::int32_t run(CodeBlock block) {
  return reinterpret_cast<std::int32_t (*)()>(reinterpret_cast<std::uintptr_t>(block.entry))();
}

}  // namespace cogent::jit
