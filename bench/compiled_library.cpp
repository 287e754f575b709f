// Each source becomes a file of a temporary folder, all of them one shared library.
#include "compiled_library.h"

#include <dlfcn.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace bench {

namespace fs = std::filesystem;

CompiledLibrary::CompiledLibrary(const std::vector<std::string>& sources, const std::string& compiler) {
  std::string path = (fs::temp_directory_path() / "cogent-bench-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
  const fs::path folder = path, library = folder / "library.so";
  std::string command = compiler + " -std=c++20 -shared -fPIC -o " + library.string();
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const fs::path file = folder / ("source" + std::to_string(i) + ".cpp");
    std::ofstream(file) << sources[i];
    command += " " + file.string();
  }
  const bool is_made = std::system(command.c_str()) == 0;
  if (is_made) library_ = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  if (library_ == nullptr) throw std::runtime_error("the printed sources cannot be compiled or loaded");
}

CompiledLibrary::~CompiledLibrary() {
  if (library_ != nullptr) ::dlclose(library_);
}

void* CompiledLibrary::function(const std::string& name) const {
  void* found = ::dlsym(library_, name.c_str());
  if (found == nullptr) throw std::runtime_error("there is no function " + name);
  return found;
}

}  // namespace bench
