// code.print as C++: std::printf where that prints the same, else with helpers.
#pragma once
#include <string>
#include <vector>

#include "cpp/prelude.h"
#include "ir/program.h"

namespace cogent::cpp {

/// The statement, without the semicolon. `arguments`: expressions of exactly the types that the callee takes.
std::string print_statement(const ir::Callee& callee, const std::vector<std::string>& arguments, Prelude& prelude);

}  // namespace cogent::cpp
