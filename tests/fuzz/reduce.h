// Makes a failing program smaller as long as it fails.
#pragma once
#include <functional>
#include <string>

#include "ir/program.h"
#include "support/execution.h"

namespace cogent::fuzz {

using StillFails = std::function<bool(const ir::Program& program)>;

/// Works on the text (ir/text.h): takes statements and whole regions away, replaces values by constants and constants
/// by smaller ones. Whatever still is a well-formed program of the same signature and fails is kept. Ends when nothing
/// can be taken away any more, or after so many attempts. The text of what is left.
std::string reduce_program(const std::string& text, const StillFails& still_fails, int most_attempts);

/// The inputs with as many 0 as can be.
testing::Inputs reduce_inputs(const ir::Program& program, testing::Inputs inputs,
                              const std::function<bool(const testing::Inputs&)>& still_fails);

}  // namespace cogent::fuzz
