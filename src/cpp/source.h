// A program as C++ that a person reads and a compiler takes as it is.
#pragma once
#include <string>
#include <vector>

#include "cpp/names.h"
#include "ir/program.h"

namespace cogent::cpp {

struct SourceOptions {
  /// Where the function was given to Cogent: the names that the user chose are found from there.
  Origin origin = {};
  /// The C++ function's name; the program's own when empty.
  std::string function_name = {};
  /// What the code was made for, beside the sizes of arrays: lines for the comment at the top ("kernel = {1, 0, -1}").
  std::vector<std::string> facts = {};
  /// Before each statement the line of the user's source that it comes from, as a comment.
  bool with_lines = false;
  /// Adds NAME_entry, callable like machine code: int32_t(uint64_t* arguments, EntryError* error, void*). Faults then
  /// tell the number of their statement instead of a line.
  bool with_entry = false;
};

/// C++20 text that compiles by itself, without warnings. It computes exactly what the program means, without undefined
/// behaviour; where a run of the program faults, the function throws. The program is best the recorded one: what the
/// optimiser does is for the machine. Reads the user's source files; never part of generating code.
std::string print_source(const ir::Program& program, const SourceOptions& options = {});

/// The text, and of each of its lines the line of the user's source that it comes from; 0: from none.
struct PrintedSource {
  std::string text;
  std::vector<ir::Line> origins;
};
PrintedSource print_source_with_origins(const ir::Program& program, const SourceOptions& options = {});

}  // namespace cogent::cpp
