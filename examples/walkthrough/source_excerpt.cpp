// Cuts marked lines out of source files.
#include "source_excerpt.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace walkthrough {
namespace {

// Removes the indentation that all lines share and joins them.
std::string without_common_indentation(const std::vector<std::string>& lines) {
  std::size_t indentation = std::string::npos;
  for (const std::string& line : lines)
    if (!line.empty()) indentation = std::min(indentation, line.find_first_not_of(' '));
  std::string text;
  for (const std::string& line : lines) text += (line.empty() ? line : line.substr(indentation)) + '\n';
  return text;
}

}  // namespace

Excerpt read_excerpt(const std::string& path_from_here, const std::string& name) {
  const auto path = std::filesystem::path(__FILE__).parent_path() / path_from_here;
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read this program's source file " + path.string());
  Excerpt excerpt{path.filename().string(), 0, ""};
  std::vector<std::string> lines;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.ends_with("// excerpt: " + name)) {
      excerpt.first_line = number + 1;
    } else if (excerpt.first_line != 0) {
      if (line.ends_with("// end of excerpt")) {
        excerpt.text = without_common_indentation(lines);
        return excerpt;
      }
      lines.push_back(line);
    }
  }
  throw std::runtime_error("no excerpt '" + name + "' in " + path.string());
}

}  // namespace walkthrough
