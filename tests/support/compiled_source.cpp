// Joins sources to one file (their #include lines first, each in a namespace of its own), compiles and loads it.
#include "support/compiled_source.h"

#include <dlfcn.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "support/faults.h"

namespace cogent::testing {
namespace {

namespace fs = std::filesystem;

std::string joined(const std::vector<std::string>& sources) {
  std::set<std::string> includes;
  std::string rest;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    rest += "namespace source_" + std::to_string(i) + " {\n";
    std::istringstream lines(sources[i]);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("#include"))
        includes.insert(line);
      else
        rest += line + '\n';
    }
    rest += "}\n";
  }
  std::string text;
  for (const std::string& include : includes) text += include + '\n';
  return text + rest;
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string path = (fs::temp_directory_path() / "cogent-source-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
    path_ = path;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

std::string output_of(const std::string& command, int& status) {
  std::string output;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  char part[4096];
  for (std::size_t count; (count = std::fread(part, 1, sizeof part, pipe)) > 0;) output.append(part, count);
  status = ::pclose(pipe);
  return output;
}

struct EntryError {
  std::uint32_t where = 0, reserved = 0;
  std::int64_t index = 0;
};
using Entry = std::int32_t(std::uint64_t* arguments, EntryError* error, void* context);

}  // namespace

CompiledSources::CompiledSources(const std::vector<std::string>& sources, const CompileOptions& options) {
  const TemporaryFolder folder;
  const fs::path source = folder / "source.cpp", library = folder / "library.so";
  std::ofstream(source) << joined(sources);
  const std::string action = options.load ? " -shared -fPIC -o " + library.string() : " -fsyntax-only";
  int status = 0;
  messages_ = output_of(options.compiler + " " + options.flags + action + " " + source.string(), status);
  if (status != 0 && messages_.empty()) messages_ = options.compiler + " failed";
  if (status != 0 || !options.load) return;
  library_ = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) messages_ += ::dlerror();
}

CompiledSources::~CompiledSources() {
  if (library_ != nullptr) ::dlclose(library_);
}

void* CompiledSources::address(const std::string& name) const {
  return library_ == nullptr ? nullptr : ::dlsym(library_, name.c_str());
}

Executor CompiledSources::executor(const std::string& name) const {
  Entry* entry = function<Entry>(name + "_entry");
  if (entry == nullptr) throw std::runtime_error("the compiled source has no " + name + "_entry");
  return [entry](const ir::Program& program, std::uint64_t* arguments) {
    EntryError error;
    interpret::Outcome outcome;
    if (entry(arguments, &error, nullptr) == 0) return outcome;
    outcome.end = interpret::Outcome::End::Fault;
    const ir::FaultKind kind = kind_of_fault(program, program.statements.at(error.where));
    outcome.fault = fault_at(program, error.where, kind, error.index, arguments);
    return outcome;
  };
}

}  // namespace cogent::testing
