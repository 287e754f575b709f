// Cuts a file into its program and its sections, and puts it together again.
#include "programs/text_case.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace cogent::programs {
namespace {

Section section_of(const std::string& header, int line, const std::filesystem::path& file) {
  std::istringstream words(header);
  std::string marker, test;
  Section section{header, "", "", "", line};
  words >> marker >> test >> section.stage;
  if (marker != ";;" || test != "test" || section.stage.empty())
    throw std::runtime_error(file.string() + ":" + std::to_string(line) + ": expected `;; test STAGE [OPTIONS]`");
  std::getline(words >> std::ws, section.options);
  return section;
}

}  // namespace

TextCase read_text_case(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  TextCase text_case;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.starts_with(";;"))
      text_case.sections.push_back(section_of(line, number, file));
    else if (text_case.sections.empty())
      text_case.program += line + "\n";
    else
      text_case.sections.back().expected += line + "\n";
  }
  for (Section& section : text_case.sections) section.expected = trimmed(section.expected);
  return text_case;
}

void write_text_case(const std::filesystem::path& file, const TextCase& text_case) {
  std::ofstream out(file);
  out << trimmed(text_case.program);
  for (const Section& section : text_case.sections) out << "\n" << section.header << "\n" << trimmed(section.expected);
}

std::string trimmed(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text + "\n";
}

}  // namespace cogent::programs
