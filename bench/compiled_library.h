// Printed sources, compiled by g++ -O1 while the benchmark runs.
#pragma once

#include <string>
#include <vector>

namespace bench {

class CompiledLibrary {
 public:
  // Throws std::runtime_error with what the compiler says.
  explicit CompiledLibrary(const std::vector<std::string>& sources);
  ~CompiledLibrary();
  CompiledLibrary(const CompiledLibrary&) = delete;
  CompiledLibrary& operator=(const CompiledLibrary&) = delete;

  // A function that one of the sources defines.
  void* function(const std::string& name) const;

 private:
  void* library_ = nullptr;
};

}  // namespace bench
