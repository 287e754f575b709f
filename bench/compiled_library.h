// Printed sources, compiled while the benchmark runs.
#pragma once

#include <string>
#include <vector>

namespace bench {

class CompiledLibrary {
 public:
  // By a command with its options. Throws std::runtime_error if that fails.
  explicit CompiledLibrary(const std::vector<std::string>& sources, const std::string& compiler = "g++ -O1");
  ~CompiledLibrary();
  CompiledLibrary(const CompiledLibrary&) = delete;
  CompiledLibrary& operator=(const CompiledLibrary&) = delete;

  // A function that one of the sources defines.
  void* function(const std::string& name) const;

 private:
  void* library_ = nullptr;
};

}  // namespace bench
