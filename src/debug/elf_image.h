// An object file in memory that describes one function where it already lies: no code, only symbols and DWARF.
#pragma once
#include <cstdint>
#include <vector>

#include "debug/native_function.h"

namespace cogent::debug {

/// A relocatable ELF object whose .text section has no bytes but the function's address (System V ABI, chapter 4).
std::vector<std::uint8_t> make_elf_image(const NativeFunction& function);

}  // namespace cogent::debug
