// Reads the environment once, and gathers what the writers of src/debug want to know.
#include "jit/debugger.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "cpp/source.h"
#include "debug/elf_image.h"
#include "debug/perf_files.h"
#include "ir/text.h"
#include "jit/specialized.h"
#include "stage/recorder.h"
#include "x86/disassemble.h"
#include "x86/frame.h"

namespace cogent::jit {
namespace {

namespace fs = std::filesystem;

/// The words of a variable of the environment, divided by commas.
std::vector<std::string> words_of(const char* variable) {
  const char* value = std::getenv(variable);
  std::vector<std::string> words;
  std::istringstream text(value == nullptr ? "" : value);
  for (std::string word; std::getline(text, word, ',');)
    if (!word.empty()) words.push_back(word);
  return words;
}

/// What is asked for; each word that is not known is complained of.
struct Wishes {
  bool gdb = false, perf = false, stages = false;

  Wishes() {
    for (const std::string& word : words_of("COGENT_DEBUG"))
      note(word == "gdb"    ? &gdb
           : word == "perf" ? &perf
                            : nullptr,
           "COGENT_DEBUG", word, "gdb, perf, or both as gdb,perf");
    for (const std::string& word : words_of("COGENT_DUMP"))
      note(word == "stages" ? &stages : nullptr, "COGENT_DUMP", word, "stages");
  }

 private:
  static void note(bool* wish, const char* variable, const std::string& word, const char* known) {
    if (wish != nullptr)
      *wish = true;
    else
      std::fprintf(stderr, "cogent: %s does not know \"%s\"; it takes: %s\n", variable, word.c_str(), known);
  }
};

const Wishes& wishes() {
  static const Wishes result;
  return result;
}

fs::path output_folder() {
  const char* chosen = std::getenv("COGENT_FOLDER");
  const char* temporary = std::getenv("TMPDIR");
  const fs::path folder =
      chosen != nullptr ? fs::path(chosen)
                        : fs::path(temporary != nullptr ? temporary : "/tmp") / ("cogent-" + std::to_string(getpid()));
  std::error_code failed, ignored;
  fs::create_directories(folder, failed);
  if (failed || access(folder.c_str(), W_OK) != 0)
    std::fprintf(stderr, "cogent: no files can be written to the folder %s (COGENT_FOLDER chooses it): %s\n",
                 folder.c_str(), failed ? failed.message().c_str() : std::strerror(errno));
  return fs::absolute(folder, ignored);
}

std::string file_name(std::string_view function, bool is_general) {
  static std::atomic<int> count = 0;
  std::string name;
  for (const char c : function) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name + (is_general ? "-general-" : "-") + std::to_string(++count);
}

void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

/// The lines of the printed text by the places of the user's source that they come from.
class PrintedLines {
 public:
  PrintedLines(const ir::Program& program, const std::vector<ir::Line>& origins) : program_(program) {
    for (std::size_t i = 0; i < origins.size(); ++i) {
      if (origins[i] == 0) continue;
      const auto line = static_cast<std::uint32_t>(i + 1);
      by_origin_.emplace(origins[i], line);
      by_place_.emplace(place_of(origins[i]), line);
      if (first_ == 0) first_ = line;
    }
  }
  /// The line of the same origin or, where none is printed, one from the same line of the user's source; 0: none.
  std::uint32_t find(ir::Line origin) const {
    if (origin == 0) return 0;
    if (const auto found = by_origin_.find(origin); found != by_origin_.end()) return found->second;
    const auto found = by_place_.find(place_of(origin));
    return found == by_place_.end() ? 0 : found->second;
  }
  std::uint32_t first() const { return std::max(first_, 1u); }

 private:
  std::pair<const char*, std::uint32_t> place_of(ir::Line line) const {
    const ir::Place& place = program_.places[line - 1u];
    return {place.file, place.line};
  }

  const ir::Program& program_;
  std::map<ir::Line, std::uint32_t> by_origin_;
  std::map<std::pair<const char*, std::uint32_t>, std::uint32_t> by_place_;
  std::uint32_t first_ = 0;
};

std::vector<debug::LineRow> line_rows(const x86::MachineCode& code, const PrintedLines& lines) {
  std::vector<debug::LineRow> rows;
  std::uint32_t last = 0;
  for (const x86::LineEntry& entry : code.lines) {
    const std::uint32_t line = lines.find(entry.line);
    if (line == 0 || line == last) continue;
    rows.push_back({entry.offset, line});
    last = line;
  }
  return rows;
}

std::vector<std::uint8_t> saved_registers(const x86::MachineCode& code) {
  std::vector<std::uint8_t>
      numbers;  // rbx and r12 to r15, the only ones that are saved, have DWARF's numbers 3, 12 ...
  for (std::uint8_t number = 0; number < 16; ++number)
    if ((code.saved_registers >> number & 1) != 0) numbers.push_back(number);
  return numbers;
}

debug::NativeFunction describe(const MadeVersion& version, const cpp::PrintedSource& source, std::string file) {
  const PrintedLines lines(version.compiler.recorded(), source.origins);
  debug::NativeFunction function;
  function.name = version.identity.name + (version.is_general ? ".general" : "");
  function.address = version.compiled->address();
  function.size = version.code.code_size;
  function.file = std::move(file);
  function.first_line = lines.first();
  function.rows = line_rows(version.code, lines);
  if (!function.rows.empty()) function.frame_ready = std::max(function.frame_ready, function.rows.front().offset);
  function.saved_registers = saved_registers(version.code);
  function.returns.assign(version.code.returns.begin(), version.code.returns.end());
  std::ranges::sort(function.returns);
  return function;
}

void write_stages(const MadeVersion& version, const cpp::PrintedSource& source, const fs::path& folder) {
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  write(folder / "1-recorded.txt", ir::print(version.compiler.recorded()));
  write(folder / "2-optimized.txt", ir::print(version.compiler.optimized()));
  write(folder / "source.cpp", source.text);
  if (version.compiled == nullptr) return;
  const auto place = [&](std::uint16_t line) {
    const SourcePosition position = stage::position_of(version.compiler.optimized(), line);
    return position.file + ":" + std::to_string(position.line);
  };
  write(folder / "3-assembly.txt", x86::disassemble(version.code, place));
}

}  // namespace

bool expects_tools() { return wishes().gdb || wishes().perf; }

std::unique_ptr<debug::GdbRegistration> show_version(const MadeVersion& version) {
  const auto& [gdb, perf, stages] = wishes();
  if (!gdb && !perf && !stages) [[likely]]
    return nullptr;
  static const fs::path folder = output_folder();
  const std::source_location& at = version.identity.at;
  const cpp::PrintedSource source =
      cpp::print_source_with_origins(version.compiler.recorded(), {.origin = {at.file_name(), at.line(), at.column()}});
  const fs::path file = folder / file_name(version.identity.name, version.is_general);
  if (stages) write_stages(version, source, file);
  if (version.compiled == nullptr || (!gdb && !perf)) return nullptr;
  const std::string text_file = file.string() + ".cpp";
  write(text_file, source.text);
  const debug::NativeFunction function = describe(version, source, text_file);
  if (perf) {
    static debug::PerfFiles& files = *new debug::PerfFiles(folder.string());  // functions may come as the process ends
    files.add(function, version.code.bytes.first(version.code.code_size));
  }
  if (!gdb) return nullptr;
  return std::make_unique<debug::GdbRegistration>(debug::make_elf_image(function));
}

}  // namespace cogent::jit
