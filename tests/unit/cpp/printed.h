// Printing programs that are written as text (ir/text.h).
#pragma once
#include <string>

#include "cpp/source.h"
#include "ir/parse.h"
#include "ir/verifier.h"

namespace cogent::cpp {

/// The whole printed text of `program "NAME"(SIGNATURE) -> ... {`.
inline std::string whole_text(const std::string& program_text, const SourceOptions& options = {}) {
  const ir::Program program = ir::parse(program_text);
  const std::string flaws = ir::describe(ir::verify(program));
  return flaws.empty() ? print_source(program, options) : flaws;
}

/// What stands between the braces of the function.
inline std::string printed_body(const std::string& signature, const std::string& statements) {
  const std::string text = whole_text("program \"f\"(" + signature + " {\n" + statements + "}\n");
  const std::size_t function = text.find("extern \"C\"");
  if (function == text.npos) return text;
  const std::size_t begin = text.find("{\n", function) + 2;
  return text.substr(begin, text.size() - begin - 2);
}

/// How a value is written, as a function's result.
inline std::string printed_value(const std::string& signature, const std::string& value) {
  const std::string body = printed_body(signature, "  return " + value + "\n");
  return body.starts_with("  return ") ? body.substr(9, body.size() - 11) : body;
}

}  // namespace cogent::cpp
