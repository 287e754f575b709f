// Machine code as text, through Zydis where it was there when Cogent was built, else as bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "x86/encoder.h"

namespace cogent::x86 {

/// One instruction a line, labels at jump targets, constants named by their place in the pool; and where the code of
/// another line of the user's source begins, what `describe_line` says of it (nothing, if that is empty), as a comment.
std::string disassemble(const MachineCode& code, const std::function<std::string(std::uint16_t line)>& describe_line);

}  // namespace cogent::x86
