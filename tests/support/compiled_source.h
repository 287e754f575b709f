// Compiles printed C++ with the real compiler, many functions in one file, and calls it.
//
//   CompiledSources compiled({cpp::print_source(program, {.function_name = "f1", .with_entry = true}), ...});
//   ASSERT_EQ("", compiled.messages());
//   find_difference(inputs, {"recorded", program, interpreter()}, {"compiled", program, compiled.executor("f1")});
#pragma once
#include <string>
#include <vector>

#include "support/execution.h"

namespace cogent::testing {

struct CompileOptions {
  std::string compiler = COGENT_CXX_COMPILER;
  /// Arrays of different types may share memory, which C++ takes for a mistake unless told.
  std::string flags = "-std=c++20 -O1 -Wall -Wextra -fno-strict-aliasing";
  bool load = true;  // false: only look at the compiler's messages
};

class CompiledSources {
 public:
  /// Each source is a text that compiles by itself; the names of their functions differ.
  explicit CompiledSources(const std::vector<std::string>& sources, const CompileOptions& options = {});
  ~CompiledSources();
  CompiledSources(const CompiledSources&) = delete;

  /// What the compiler said: empty if it had nothing to complain of, not even a warning.
  const std::string& messages() const { return messages_; }
  bool is_loaded() const { return library_ != nullptr; }

  /// An extern "C" function; null if there is none of this name.
  void* address(const std::string& name) const;
  template <class Function>
  Function* function(const std::string& name) const {
    return reinterpret_cast<Function*>(address(name));
  }

  /// Runs NAME_entry, which SourceOptions::with_entry adds, as a contender of find_difference. Must not outlive this.
  Executor executor(const std::string& name) const;

 private:
  void* library_ = nullptr;
  std::string messages_;
};

}  // namespace cogent::testing
