// What a debugger must know of a function in DWARF 4's sections: its name, its lines, how to leave its frame.
// (DWARF Debugging Information Format, version 4, 2010; register numbers: System V ABI for AMD64, figure 3.36.)
#pragma once
#include <cstdint>
#include <vector>

#include "debug/native_function.h"

namespace cogent::debug {

/// The sections .debug_info, .debug_abbrev, .debug_line and .debug_frame.
std::vector<std::uint8_t> make_debug_info(const NativeFunction& function);
std::vector<std::uint8_t> make_abbreviations();
std::vector<std::uint8_t> make_line_program(const NativeFunction& function);
std::vector<std::uint8_t> make_frame_description(const NativeFunction& function);

}  // namespace cogent::debug
