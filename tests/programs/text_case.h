// A file of the text tests: a program and what is expected of it, stage by stage.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace cogent::programs {

struct Section {
  std::string header;   // the whole line
  std::string stage;    // the word after `;; test`
  std::string options;  // what follows it
  std::string expected;
  int line = 0;  // of the header
};

struct TextCase {
  std::string program;  // up to the first section
  std::vector<Section> sections;
};

/// Throws std::runtime_error for a line that begins with `;;` and is no header.
TextCase read_text_case(const std::filesystem::path& file);
void write_text_case(const std::filesystem::path& file, const TextCase& text_case);

/// Without blank lines at the end, which separate sections.
std::string trimmed(std::string text);

}  // namespace cogent::programs
