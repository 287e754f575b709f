// What a text calls: under which names, and how these are declared before it.
#pragma once
#include <string>
#include <vector>

#include "cpp/naming.h"
#include "cpp/source_text.h"

namespace cogent::cpp {

/// Adds the names of the program's callees to the wishes: those that the user's source gives to C++ functions, those of
/// generated functions, the text's own for a Recurse.
void find_callee_names(const ir::Program& program, const std::string& own_name, SourceFiles& files, Wishes& wishes);

/// Declarations of what the text calls, each below a comment that says what it is and where it is called; `names` per
/// callee, "" for what the text does not call.
std::string declare_callees(const ir::Program& program, const Wishes& wishes, const std::vector<std::string>& names);

}  // namespace cogent::cpp
