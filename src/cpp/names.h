// The user's own names for what a program computes, recovered by reading the user's source at the recorded places.
#pragma once
#include <cstdint>
#include <string>

#include "cpp/naming.h"
#include "cpp/source_text.h"

namespace cogent::cpp {

/// Where a function was given to Cogent: GeneratedFunction name("name", body).
struct Origin {
  std::string file = {};
  std::uint32_t line = 0, column = 0;
};

/// The names that the user's source gives to the program's parameters, variables, loop indexes and values; empty where
/// it gives none or cannot be read.
Wishes find_names(const ir::Program& program, const Origin& origin, SourceFiles& files);

/// The name of the variable in whose initialiser the place lies; empty where there is none.
std::string find_declared_name(const ir::Place& place, SourceFiles& files);

}  // namespace cogent::cpp
