// Reads files and splits them into lines.
#include "cpp/source_text.h"

#include <fstream>
#include <sstream>
#include <utility>

namespace cogent::cpp {
namespace {

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace

SourceFile::SourceFile(std::string content)
    : text(std::move(content)), lines(split_lines(text)), tokens(tokenize(text)), declarations(tokens) {}

std::string_view SourceFile::line(std::uint32_t number) const {
  if (number == 0 || number > lines.size()) return {};
  constexpr std::string_view space = " \t\r";
  std::string_view line = lines[number - 1];
  line.remove_prefix(std::min(line.find_first_not_of(space), line.size()));
  return line.substr(0, line.find_last_not_of(space) + 1);
}

const SourceFile& SourceFiles::read(const std::string& path) {
  std::unique_ptr<SourceFile>& file = files_[path];
  if (file == nullptr) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    if (in) content << in.rdbuf();
    file = std::make_unique<SourceFile>(std::move(content).str());
  }
  return *file;
}

}  // namespace cogent::cpp
